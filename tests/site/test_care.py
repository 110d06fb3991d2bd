"""Pages for those who take care of the archive: what needs a person, witnesses side by side, codes."""

from __future__ import annotations

import pytest

from build_tools.archive.collation import witness_of
from build_tools.archive.corpus import corpus_of
from build_tools.knowledge.codes import codes
from build_tools.models import Record
from build_tools.site.page import Page
from build_tools.site.pages.attention import attention_pages
from build_tools.site.pages.codes import codes_page
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.pages.witnesses import families, witness_pages
from build_tools.site.shelves import shelves
from tests.site.conftest import ordinary, record
from tests.site.links import read_page

TEXT = "8月21日，会议召开，通报了督察组移交问题及整改落实情况，要求对照成效清单逐项整改到位。"


def attention(*records: Record, repository: Repository = NOWHERE) -> dict[str, Page]:
    shelf = shelves(corpus_of(list(records)))
    return {recipe.address: recipe.make() for recipe in attention_pages(shelf, repository)}


def test_what_needs_a_person_stands_under_its_kind() -> None:
    pages = attention(ordinary(1), record(2))
    assert "缺 1 字，推补 1 字" in pages["attention/body.html"].body
    assert "没有可靠的日期" in pages["attention/date.html"].body
    assert "attention/provinces.html" in pages
    assert "王文涛" in pages["attention/names.html"].body


def test_what_a_person_settled_is_gone() -> None:
    settled = ordinary(1, confirmed=["body", "round", "officials"])
    pages = attention(settled)
    assert list(pages) == ["attention.html"]
    assert "没有待核的地方" in pages["attention.html"].body


def test_names_that_two_articles_share_are_not_new() -> None:
    assert "attention/names.html" not in attention(ordinary(1), ordinary(2))


@pytest.mark.parametrize(
    ("repository", "links"), [(NOWHERE, 0), (Repository(edit="https://example.org/edit/main/articles/"), 1)]
)
def test_an_edit_link_is_there_where_there_is_a_repository(repository: Repository, links: int) -> None:
    body = attention(ordinary(1), repository=repository)["attention/body.html"].body
    assert body.count("https://example.org/edit/main/articles/2017/2017-08-21-jinan-0001.md") == links


def test_a_long_list_is_cut() -> None:
    pages = attention(*(ordinary(number) for number in range(1, 151)))
    assert {"attention/body.html", "attention/body-2.html"} <= pages.keys()


def test_witnesses_are_held_against_each_other_word_by_word() -> None:
    whole = record(1, TEXT, date="2017-08-21", source="甲报")
    broken = record(2, TEXT.replace("整改到位", "整改到底").replace("成效清单", "成效□单"), source="乙报")
    other = record(3, "另一篇。")
    linked = witness_of(broken, whole, 0.95)
    assert "成效清单" in linked.text
    overview, recipe = witness_pages(families(corpus_of([whole, linked, other])))
    assert "2份" in overview.make().body
    page = recipe.make()
    read = read_page(page.body)
    assert {"del", "ins"} <= read.tags
    assert "<del>到位</del><ins>到底</ins>" in page.body
    assert "效清单逐（据 2017-08-21-jinan-0001）" in page.body or "据 2017-08-21-jinan-0001" in page.body
    assert "另一篇" not in page.body


def test_a_page_of_witnesses_escapes_what_they_say() -> None:
    one, other = record(1, "<b>甲</b>" + TEXT), record(2, "<i>乙</i>" + TEXT)
    _, recipe = witness_pages(families(corpus_of([one, witness_of(other, one, 0.9)])))
    assert "<b>甲" not in recipe.make().body
    assert not read_page(recipe.make().body).tags & {"i"}


def test_every_code_has_a_row() -> None:
    page = codes_page()
    assert read_page(page.body).tags
    for name in codes():
        assert f'id="{name.lower()}"' in page.body
