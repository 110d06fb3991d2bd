"""Who is who by hand: the table joins and parts people, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.archive.persons import persons_of, read_persons
from build_tools.archive.record import RecordError
from build_tools.archive.validate import check

ROW = "{name: 李伟, label: 济南, places: [山东省], why: 同一人}"


def test_a_row_claims_mentions_by_place_or_by_article() -> None:
    persons = persons_of(
        "people:\n"
        "- {name: 李伟, label: 两地任职, places: [山东省, 江苏省], why: 职务前后相接}\n"
        "- {name: 王芳, label: 青岛, articles: [a-1], why: 同省另有一人}\n",
        ["a-1"],
    )
    assert persons.claim("李伟", "江苏省", "x") == persons.claim("李伟", "山东省", "y")
    assert persons.claim("李伟", "云南省", "x") is None
    assert (claim := persons.claim("王芳", "山东省", "a-1")) is not None
    assert claim.label == "青岛"
    assert persons.claim("王芳", "山东省", "a-2") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: [", "not valid YAML"),
        ("people: 3", "people: "),
        ("folk: []", "folk: "),
        ("people: [{name: 李伟, label: 济南, places: [山东省]}]", r"people\.0\.why: "),
        (f"people: [{ROW}, {ROW}]", "label 济南 stands twice; join"),
        ("people: [{name: 李伟, label: 济南, why: 无}]", "either places or articles"),
        ("people: [{name: 李伟, label: 济南, articles: [a-9], why: 无}]", "no record a-9; correct"),
    ],
)
def test_a_wrong_table_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "people.yml"
    path.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(RecordError, match=said):
        persons_of(text, ["a-1"])
    with pytest.raises(RecordError, match=r"people\.yml:\d+: "):
        read_persons(tmp_path, [])
    (found,) = check([tmp_path])
    assert (found.finding.code, found.path) == ("PERSONS", path)


def test_a_right_table_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "people.yml").write_text(f"people: [{ROW}]", encoding="utf-8", newline="\n")
    assert check([tmp_path]) == []
