"""The tables keep their own rules: sorted, unique, references exist, no impossible intervals."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from build_tools.describe.windows import windows
from build_tools.knowledge import tables
from build_tools.knowledge.advise import where
from build_tools.knowledge.places import gazetteer, papers

TSV = ("places", "places_extra", "papers", "surnames", "surnames_extra", "given", "words")
YAML = ("titles", "names", "credits", "stages", "eras", "levels")
LEVELS = {"province", "city", "county", "direct", "zone"}


def text(name: str) -> str:
    return files("build_tools.knowledge").joinpath(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*(f"{one}.tsv" for one in TSV), *(f"{one}.yml" for one in YAML)])
def test_a_table_says_its_format_source_and_rules(name: str) -> None:
    head = "".join(line for line in text(name).splitlines(keepends=True) if line.startswith("#"))
    assert "Format:" in head
    assert "Source:" in head
    assert "New rows:" in head or "Regenerate:" in head


@pytest.mark.parametrize("name", TSV)
def test_a_tsv_table_is_sorted_and_unique(name: str) -> None:
    lines = [line for line in text(f"{name}.tsv").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    assert len({len(row) for row in rows}) == 1
    assert len({tuple(row) for row in rows}) == len(rows)
    keys = [row[0] for row in rows]
    assert keys == sorted(keys)
    assert name == "places" or len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ["titles", "names"])
def test_a_list_of_words_holds_each_word_once(name: str) -> None:
    body = "".join(line for line in text(f"{name}.yml").splitlines() if not line.startswith("#"))
    for block in re.findall(r"\[([^\]]*)\]", body):
        words = [word.strip() for word in block.split(",") if word.strip()]
        assert len(set(words)) == len(words)


def test_places_refer_to_places_and_to_possible_years() -> None:
    book = gazetteer()
    for place in book.places:
        assert place.level in LEVELS
        assert not place.parent or place.parent in book.by_code, place
        assert place.level == "province" or place.parent
        assert 2014 <= place.first <= (place.last or 2026) <= 2026
    for byname in book.bynames.values():
        assert byname.target in book.forms or byname.target in book.bynames, byname
    assert all(place in book.forms or place in book.bynames for place in papers().values())


def test_places_remember_and_forget() -> None:
    book = gazetteer()
    (old,), (new,) = book.forms["莱芜市"], book.forms["莱芜区"]
    assert old.stands(2018)
    assert not old.stands(2020)
    assert new.stands(2019)
    assert not new.stands(2015)
    assert book.province(book.forms["忻州市"][0]) == "山西省"


def test_cues_and_eras_compile_and_mean_something() -> None:
    for cue in tables.stage_cues():
        assert re.compile(cue.pattern).search("") is None, "a cue that matches nothing at all says nothing"
        assert cue.points > 0
    for era in tables.eras():
        re.compile(era.word)
        assert era.until is None or era.since < era.until
    for name, rows in tables.levels():
        for row in rows:
            assert re.compile(row).search("") is None, name


def test_what_the_schedule_only_recalls_is_no_window() -> None:
    row = next(row for row in windows("黑龙江省") if (row.round, row.batch, row.mode) == (1, 1, "例行"))
    assert row.feedback is None  # the schedule only recalls it
    assert row.entry is not None  # from the batch's own window
    assert not row.exact


@pytest.mark.parametrize(
    ("word", "table", "held"),
    [
        ("闽东日报", "papers.tsv", True),
        ("忻州市", "places.tsv", True),
        ("雄安新区", "places_extra.tsv", True),
        ("市长", "titles.yml", True),
        ("欧阳", "surnames.tsv", True),
        ("月亮湾晚报", "papers.tsv", False),
        ("督察副专员", "titles.yml", False),
        ("月亮湾开发区", "places_extra.tsv", False),
        ("河务管理局", "titles.yml", False),
        ("蹅", "surnames_extra.tsv", False),
        ("夸赞", "names.yml", False),
        ("一件一件地", "names.yml", False),
        ("鬯建国", "surnames_extra.tsv", False),
        ("王市长青", "names.yml", False),
    ],
)
def test_where_a_word_belongs(word: str, table: str, *, held: bool) -> None:
    advice = where(word)
    assert any(one.table == table and bool(one.row) == held and one.advice for one in advice)
