"""Every check finds what it is for, at its line, and nothing in a record that is right."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.archive import validate
from build_tools.archive.record import read, write
from build_tools.archive.tags import tags_of
from build_tools.archive.validate import check
from build_tools.models import Record
from tests.conftest import ARTICLES


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the committed records."""
    return Path(shutil.copytree(ARTICLES, tmp_path / "articles"))


@pytest.fixture
def record(archive: Path) -> Path:
    """One of them."""
    return min(archive.rglob("*.md"))


def codes(*paths: Path) -> set[str]:
    return {one.finding.code for one in check(list(paths)) if one.finding.severity == "error"}


def change(path: Path, **fields: object) -> None:
    """Writes a record again with other fields, tags in step."""
    old = read(path.read_text(encoding="utf-8"))
    front = old.front.model_copy(update=fields)
    front = front.model_copy(update={"tags": tags_of(front)})
    path.write_text(write(Record(front, old.paragraphs)), encoding="utf-8", newline="\n")


def edit(pattern: str, replacement: str) -> Callable[[Path], None]:
    def carried_out(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        after = re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert after != text
        path.write_text(after, encoding="utf-8", newline="\n")

    return carried_out


SPOILT: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "not a record": (lambda path: path.write_bytes(b"\xff\xfe"), {"RECORD-READ"}),
    "an unknown field": (edit("^stage:", "stag:"), {"RECORD-READ"}),
    "other quotes": (edit("^source: .*$", "source: '人民日报'"), {"RECORD-FORM"}),
    "line ends of another system": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")),
        {"RECORD-FORM"},
    ),
    "another name": (
        lambda path: path.rename(path.with_name("x.md")),
        {"RECORD-PLACE", "RAW-MISSING", "RAW-ALONE"},
    ),
    "no text": (edit(r"\n---\n(.|\n)*", "\n---\n"), {"RECORD-EMPTY"}),
    "no raw page": (lambda path: path.with_name(f"{path.stem}.raw.txt").unlink(), {"RAW-MISSING"}),
    "an edited raw page": (
        lambda path: path.with_name(f"{path.stem}.raw.txt").write_bytes(b"x"),
        {"RAW-CHANGED"},
    ),
    "a raw page alone": (lambda path: path.unlink(), {"RAW-ALONE"}),
    "tags out of step": (edit("^tags: .*$", "tags: []"), {"TAGS"}),
    "a day and no basis": (lambda path: change(path, date_basis="unknown"), {"DATE-BASIS"}),
    "a basis and no day": (lambda path: change(path, date=None, date_basis="text"), {"DATE-BASIS"}),
    "a batch that never was": (lambda path: change(path, level="central", round=3, batch=39), {"SCHEDULE"}),
    "a province that is none": (lambda path: change(path, provinces=["山东"]), {"PLACE"}),
    "a field that is none": (lambda path: change(path, confirmed=["titel"]), {"CONFIRMED"}),
}


@pytest.mark.parametrize(("spoil", "expected"), SPOILT.values(), ids=SPOILT.keys())
def test_a_fault_is_found(
    archive: Path, record: Path, spoil: Callable[[Path], object], expected: set[str]
) -> None:
    assert codes(archive) == set()
    spoil(record)
    assert codes(archive) == expected
    assert expected <= validate.CODES.keys()


def test_every_finding_says_what_to_do(archive: Path) -> None:
    for path in archive.rglob("*.md"):
        edit("^tags: .*$", "tags: []")(path)
    for one in check([archive]):
        assert one.finding.message
        assert one.finding.cure
        assert one.finding.code in validate.CODES


def test_what_belongs_to_no_record_is_named(archive: Path) -> None:
    (archive / "2017" / ".writing-x1").write_bytes(b"")
    (found,) = [one for one in check([archive]) if one.finding.code == "FILE-STRAY"]
    assert found.path.name == ".writing-x1"
    assert found.finding.severity == "warning"


def test_several_processes_find_the_same(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted(archive.rglob("*.md"))[:2]:
        edit("^tags: .*$", "tags: []")(path)
    alone = check([archive])
    monkeypatch.setattr(validate, "_MANY", 1)
    monkeypatch.setattr(validate, "_CHUNK", 2)
    assert check([archive], workers=2) == alone
