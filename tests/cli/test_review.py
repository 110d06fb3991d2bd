"""``ducha review``: a person goes through what the tools are unsure of."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.archive.record import read
from build_tools.archive.settling import doubts, settled, shown
from build_tools.models import FrontMatter, Made, Record
from tests.cli.command import FINDING, ducha, tree

BARE = Record(
    FrontMatter(
        id="undated-quanguo-5f3c",
        title="督察组进驻",
        made=Made(raw_sha256="5f3c" + "0" * 60, encoding="utf-8", lost=1),
    ),
    ("会□召开。",),
)


def test_what_is_unsure_is_listed_and_nothing_changed(archive: Path) -> None:
    before = tree(archive)
    result = ducha("review", "--list", "--articles", archive)
    assert result.exit_code == 0
    assert "来源：没有来源，也没有网址" in result.stdout
    assert tree(archive) == before


def test_answers_become_part_of_the_record(archive: Path) -> None:
    (path,) = archive.rglob("2025-*.md")
    record = read(path.read_text(encoding="utf-8"))
    questions = [doubt.field for doubt in doubts(record) if doubt.is_answerable]
    assert "source" in questions
    answers = ["a", *("忻州日报" if field == "source" else "" for field in questions)]
    result = ducha("review", path.stem, "--articles", archive, given=("\n".join(answers) + "\n").encode())
    assert result.exit_code == 0, result.output
    after = read(path.read_text(encoding="utf-8"))
    assert after.front.source == "忻州日报"
    assert after.front.confirmed == ["source"]
    assert after.paragraphs == record.paragraphs
    assert ducha("check", "--articles", archive).exit_code == 0
    assert ducha("refresh", "--yes", path.stem, "--articles", archive).stdout == "0 records changed\n"


@pytest.mark.parametrize("answer", ["s\n" * 9, "q\n"])
def test_a_person_may_skip_and_stop(archive: Path, answer: str) -> None:
    before = tree(archive)
    assert ducha("review", "--articles", archive, given=answer.encode()).exit_code == 0
    assert tree(archive) == before


def test_an_unknown_and_a_broken_record_are_findings(archive: Path) -> None:
    result = ducha("review", "2017-01-01-nowhere-0000", "--articles", archive)
    assert result.exit_code == 1
    assert FINDING.match(result.stderr.strip())
    broken = min(archive.rglob("*.md"))
    broken.write_text("---\n", encoding="utf-8", newline="\n")
    assert "RECORD-READ" in ducha("review", "--list", "--articles", archive).stderr


def test_everything_unsure_has_a_reason() -> None:
    found = {doubt.field: doubt.why for doubt in doubts(BARE)}
    assert found.keys() == {"date", "level", "stage", "provinces", "source", "body"}
    assert found["body"] == "缺 1 字"


@pytest.mark.parametrize(
    ("field", "answer", "value"),
    [
        ("date", "2021-05", "2021-05"),
        ("provinces", "山东省、河北省", ["山东省", "河北省"]),
        ("round", "2", 2),
        ("level", "central", "central"),
        ("title", " 另一个标题 ", "另一个标题"),
    ],
)
def test_an_answer_is_confirmed(field: str, answer: str, value: object) -> None:
    after = settled(BARE, field, answer)
    assert getattr(after.front, field) == value
    assert field in after.front.confirmed
    assert field not in [doubt.field for doubt in doubts(after)]
    assert shown(after, field)
    assert set(after.front.provinces) <= set(after.front.tags)


@pytest.mark.parametrize(
    ("field", "answer"),
    [("date", "上周"), ("round", "第二"), ("level", "国家"), ("stage", "x"), ("source", " ")],
)
def test_an_answer_that_does_not_fit_is_refused(field: str, answer: str) -> None:
    with pytest.raises(ValueError, match="："):
        settled(BARE, field, answer)
