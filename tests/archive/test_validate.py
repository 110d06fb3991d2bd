"""Every check finds what it is for, at its line, and nothing in a record that is right."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.archive import validate
from build_tools.archive.record import read, write
from build_tools.archive.tags import tags_of
from build_tools.archive.validate import check
from build_tools.knowledge.codes import codes as documented
from build_tools.models import Official, Record
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
    """Codes of errors, and of warnings that the committed records do not have."""
    return {one.finding.code for one in check(list(paths))} - {"SOURCE"}


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


def _made_a_link(path: Path) -> None:
    kept = path.with_suffix(".bak")
    path.rename(kept)
    path.symlink_to(kept)


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
    "a day that is none": (lambda path: change(path, date="2017-02-30"), {"DATE-NONE"}),
    "a day before all inspections": (
        lambda path: change(path, date="0001-01-01", city=None, round=None, batch=None),
        {"DATE-FAR"},
    ),
    "a paper before all inspections": (lambda path: change(path, published="2014"), {"DATE-FAR"}),
    "a capture at the end of time": (lambda path: change(path, retrieved="9999-12-31"), {"DATE-FAR"}),
    "a day after the capture": (lambda path: change(path, retrieved="2016-01-01"), {"DATE-ORDER"}),
    "a day before the inspection": (lambda path: change(path, date="2017-05-01"), {"DATE-WINDOW"}),
    "a visit long over": (lambda path: change(path, stage="进驻", date="2018-05-01"), {"DATE-WINDOW"}),
    "a city elsewhere": (lambda path: change(path, city="太原市"), {"PLACE-UNKNOWN"}),
    "a city that is none": (lambda path: change(path, city="无此市"), {"PLACE-UNKNOWN"}),
    "a county before its time": (
        lambda path: change(path, county="莱芜区", date="2015-01-01", round=None, batch=None),
        {"PLACE-UNKNOWN"},
    ),
    "another head of the group": (
        lambda path: change(path, stage="进驻", officials=[Official(name="无此人", title="督察组组长")]),
        {"OFFICIAL"},
    ),
    "an address that nobody else reaches": (
        lambda path: change(path, url="http://192.168.1.8/a"),
        {"LINK"},
    ),
    "a mark that nobody noted": (edit(r"\A((.|\n)*)。\n\Z", r"\1□。\n"), {"MARKS"}),
    "a link for a record": (
        _made_a_link,
        {"FILE-LINK", "FILE-STRAY"},
    ),
    "a link for a year": (lambda path: (path.parent.parent / "2001").symlink_to("/"), {"FILE-LINK"}),
    "a copy under another id": (lambda path: copied(path, "2017-08-21-jinan-7732"), {"RAW-TWICE"}),
    "a reprint that nobody named": (
        lambda path: copied(path, "2017-08-21-jinan-7732", b"another page"),
        {"DUPLICATE"},
    ),
    "a table of people that cannot be read": (
        lambda path: (path.parent.parent / "people.yml").write_bytes(b"people: [{name: x}]\n"),
        {"PERSONS"},
    ),
    "a witness that is gone": (
        edit(
            "^  evidence:\n", "  evidence:\n    witness.2017-01-01-jinan-0000: {basis: witness, words: x}\n"
        ),
        {"WITNESS", "RECORD-FORM"},
    ),
    "YAML that runs": (edit("^source: .*$", "source: !!python/object/apply:os.system [ls]"), {"RECORD-READ"}),
    "YAML that refers to itself": (edit("^city: .*$", "city: &a 济南市\ncounty: *a"), {"RECORD-FORM"}),
    "YAML that grows": (
        edit("^reporters: .*$", "reporters: &a [[x], [x]]\neditors: [*a, *a]"),
        {"RECORD-READ"},
    ),
}


def copied(path: Path, record_id: str, raw: bytes | None = None) -> None:
    """The same record under another id, of the same page or of another."""
    page = path.with_name(f"{path.stem}.raw.txt").read_bytes() if raw is None else raw
    other = path.with_name(f"{record_id}.md")
    old = read(path.read_text(encoding="utf-8"))
    made = old.front.made.model_copy(update={"raw_sha256": hashlib.sha256(page).hexdigest()})
    front = old.front.model_copy(update={"id": record_id, "made": made})
    other.write_text(write(Record(front, old.paragraphs)), encoding="utf-8", newline="\n")
    other.with_name(f"{record_id}.raw.txt").write_bytes(page)


@pytest.mark.parametrize(("spoil", "expected"), SPOILT.values(), ids=SPOILT.keys())
def test_a_fault_is_found(
    archive: Path, record: Path, spoil: Callable[[Path], object], expected: set[str]
) -> None:
    assert codes(archive) == set()
    spoil(record)
    assert codes(archive) == expected
    assert expected <= documented().keys()


def test_every_finding_says_what_to_do(archive: Path) -> None:
    for path in archive.rglob("*.md"):
        edit("^tags: .*$", "tags: []")(path)
    for one in check([archive]):
        assert one.finding.message
        assert one.finding.cure
        assert one.finding.code in documented()


def test_every_code_of_check_is_under_test() -> None:
    tried = {code for _, expected in SPOILT.values() for code in expected}
    said = {name for name, code in documented().items() if code.by == "check"}
    assert said - tried == {"SOURCE", "UNRELIABLE"}, "which need no spoiling: see below"


def test_missing_source_and_unreliable_text_are_warned_of(record: Path) -> None:
    old = read(record.read_text(encoding="utf-8"))
    made = old.front.made.model_copy(update={"reliable": False})
    change(record, made=made, source=None)
    found = [one.finding for one in check([record])]
    assert {(one.code, one.severity) for one in found} == {("SOURCE", "warning"), ("UNRELIABLE", "warning")}
    lines = record.read_text(encoding="utf-8").splitlines()
    assert [lines[(one.line or 0) - 1].strip() for one in found] == ["source: null", "reliable: false"]


def test_what_a_person_settled_is_not_doubted(record: Path) -> None:
    change(record, city="无此市", date="2015-01-01", confirmed=["city", "date"])
    assert codes(record) == set()


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
