"""Generated pages: text stays text, links lead somewhere, equal input gives equal bytes."""

from __future__ import annotations

import json
from collections import Counter

import pytest
import yaml

from benchmarks.believable import archive
from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.archive.persons import persons_of
from build_tools.clean.repair import RULES
from build_tools.models import Official, Record
from build_tools.site import addresses, wording
from build_tools.site.exports import exports
from build_tools.site.files import data_files, deep_pages, site_files, top_pages
from build_tools.site.page import Page, markdown
from build_tools.site.people_data import people_file
from build_tools.site.search.suggestions import suggestion_files
from build_tools.site.shell import FRAMES, Shell, place_of
from build_tools.site.shelves import shelves
from tests.site.conftest import difficult, ordinary, record
from tests.site.links import broken_links, read_page


def _pages(corpus: Corpus) -> dict[str, Page]:
    shelf = shelves(corpus)
    made = [recipe.make() for recipe in (*top_pages(shelf), *deep_pages(shelf))]
    return {page.address: page for page in made}


@pytest.fixture(scope="module")
def pages(corpus: Corpus) -> dict[str, Page]:
    return _pages(corpus)


def test_text_of_a_hostile_record_is_shown_and_never_becomes_markup(pages: dict[str, Page]) -> None:
    for page in pages.values():
        read = read_page(page.body)
        assert not read.tags & {"script", "style", "iframe", "object", "img", "base"}, page.address
        assert "{{" not in page.body, page.address
        assert "{%" not in page.body, page.address
        assert not any(char < " " and char != "\n" for char in page.body), page.address
        assert "\n\n" not in page.body, page.address
    attacked = pages["articles/2017/2017-08-21-jinan-0008.html"]
    assert "<script>alert(1)</script>{{ config }}" in "".join(read_page(attacked.body).text)


def test_every_address_is_used_once(corpus: Corpus) -> None:
    paths = Counter(file.path for file in site_files(corpus))
    assert [path for path, count in paths.items() if count > 1] == []


def test_every_id_stands_once_on_its_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        repeated = [name for name, count in Counter(read_page(page.body).ids).items() if count > 1]
        assert repeated == [], page.address


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    shuffled = corpus_of(list(reversed(corpus.records)))
    assert list(site_files(corpus)) == list(site_files(shuffled))


def test_an_empty_archive_has_all_its_pages() -> None:
    assert {"index.html", "timeline.html", "rounds.html", "people.html"} <= set(_pages(corpus_of([])))


def test_marks_are_explained_where_they_stand(pages: dict[str, Page]) -> None:
    body = pages["articles/2017/2017-08-21-jinan-0001.html"].body
    assert '<abbr class="da-lost" title="原文此处有1字脱落，无法复原" tabindex="0">□</abbr>' in body
    assert '<abbr class="da-supplied"' in body


def test_a_fact_shows_what_it_rests_on_and_whether_it_was_inferred(pages: dict[str, Page]) -> None:
    body = pages["articles/2017/2017-08-21-jinan-0001.html"].body
    assert "<summary>原文</summary><p>文中写：<q>8月21日</q>" in body
    assert "<summary>推定</summary><p>据督察日程：<q>R1B4 山东省</q>（2017年8月10日进驻）" in body


def test_an_unreliable_page_warns(pages: dict[str, Page]) -> None:
    assert "da-warning" in pages["articles/2017/2017-08-21-jinan-0008.html"].body
    assert "da-warning" not in pages["articles/2017/2017-08-21-jinan-0001.html"].body


def test_a_supplied_title_stands_in_brackets(pages: dict[str, Page]) -> None:
    page = pages["articles/2017/2017-08-21-jinan-000a.html"]
    assert page.title == "［代拟］"


def test_the_day_is_told_from_the_inspection(pages: dict[str, Page]) -> None:
    assert "本文：进驻第12天" in pages["articles/2017/2017-08-21-jinan-0001.html"].body


def test_what_the_schedule_only_recalls_is_not_shown(pages: dict[str, Page]) -> None:
    # 黑龙江's entry on 19 July 2016 is recalled: rounds.yml names no source for it.
    assert "2016年7月19日<" in pages["rounds/r1b1.html"].body  # announced, which has a source
    row = pages["rounds/r1b1.html"].body.partition('id="heilongjiang"')[2].partition("</tr>")[0]
    assert "未见来源" in row
    assert "7月19日" not in row


def test_gaps_say_that_there_is_no_article(pages: dict[str, Page]) -> None:
    assert "浙江省 第一轮第四批：尚无文章" in pages["rounds.html"].body


def test_namesakes_are_kept_apart_by_place_and_point_at_each_other() -> None:
    corpus = corpus_of([ordinary(1), ordinary(2, provinces=["浙江省"], city="杭州市")])
    found = [page for page in _pages(corpus).values() if page.title.startswith("王文涛")]
    assert sorted(page.title for page in found) == ["王文涛（山东）", "王文涛（浙江）"]
    assert all("同名者" in page.body for page in found)


def test_people_stand_by_the_sound_of_their_surname(pages: dict[str, Page]) -> None:
    assert "欧阳明" in pages["people/o.html"].body
    assert ">欧阳</h2>" in pages["people/o.html"].body


def test_a_long_list_is_cut_and_no_page_lists_everything() -> None:
    corpus = corpus_of([ordinary(number) for number in range(1, 251)])
    pages = _pages(corpus)
    assert "provinces/shandong-3.html" in pages
    assert max(page.body.count('da-row"') for page in pages.values()) <= 100


def test_every_link_of_a_large_archive_leads_somewhere() -> None:
    """So large that months, provinces, batches and letters are cut into parts."""
    records = [_in_two_years(item) for item in archive(420, 3)]
    corpus = corpus_of(records)
    shelf = shelves(corpus)
    raws = {item.id for item in records}
    pages: dict[str, str] = {
        one.address: one.make().body for one in (*top_pages(shelf), *deep_pages(shelf, raws))
    }
    assert {"timeline/2021-2.html", "timeline/2022-2.html"} <= set(pages)
    files = {export.address for export in exports(shelf)} | {file.address for file in data_files(shelf)}
    files |= {"data/datapackage.json", *pages}
    files |= {"search.html", "method.html", "contribute.html", "about.html"}
    files |= {path(item.id) for item in records for path in (addresses.raw_page, addresses.raw_view)}
    assert broken_links(pages, files) == []


def _in_two_years(item: Record) -> Record:
    date = f"{2021 + int(item.id[-1], 16) % 2}-{1 + int(item.id[-2], 16) % 3:02}-15"
    return Record(item.front.model_copy(update={"date": date, "provinces": ["山东省"]}), item.paragraphs)


def test_an_ordinary_article_is_small() -> None:
    long = record(20, *["长" * 250] * 6, provinces=["山东省"], date="2017-08-21")
    page = _pages(corpus_of([long]))["articles/2017/2017-08-21-jinan-0014.html"]
    assert len(page.body.encode()) <= 12 * 1024


def test_markdown_holds_one_block_and_a_front_matter_that_yaml_reads(pages: dict[str, Page]) -> None:
    for page in pages.values():
        text = markdown(page).content
        assert isinstance(text, str)
        _, front, body = text.split("---\n", 2)
        assert yaml.safe_load(front)["title"]
        assert "\n\n" not in body.strip()


def test_a_shell_is_filled_and_a_theme_without_a_mark_is_refused() -> None:
    frame = (
        "<title>@ducha-title@</title>@ducha-description@@ducha-meta@<div>@ducha-body@</div>"
        '<script src="../assets/@ducha-scripts@" defer></script>'
    )
    shell = Shell.of(frame, "x/y.html")
    page = next(
        page for page in _pages(corpus_of(difficult())).values() if page.address.endswith("0008.html")
    )
    filled = shell.fill(page)
    assert "<title>&lt;script&gt;" in filled
    assert page.body in filled
    with pytest.raises(ValueError, match="does not show"):
        Shell.of("<title></title>", "x/y.html")


def test_pages_of_care_stand_in_their_section() -> None:
    assert FRAMES[place_of(addresses.attention("body"))].section == addresses.CONTRIBUTE
    assert FRAMES[place_of(addresses.witnesses("x"))].section == addresses.METHOD


def test_every_rule_has_a_name_in_chinese() -> None:
    assert [rule.name for rule in RULES if rule.name not in wording.REPAIRS] == []


def test_a_web_address_may_break_between_its_parts_and_stays_text() -> None:
    item = ordinary(title="见 https://example.org/a-b/c?d=<1>")
    page = _pages(corpus_of([item]))[addresses.article(item.id)]
    assert "https://<wbr>example.<wbr>org/<wbr>a-<wbr>b/<wbr>c?<wbr>d=<wbr>&lt;1&gt;</h1>" in page.body
    assert page.title == item.front.title


def test_people_are_listed_with_how_their_names_sound() -> None:
    named = [Official(name="曾庆云", title="市长"), Official(name="欧阳明", title="县长")]
    shelf = shelves(corpus_of([ordinary(officials=named)]))
    lines = json.loads(people_file(shelf).make().removeprefix("People.names(").removesuffix(");\n"))
    assert [line.split("\t")[-1] for line in lines.split("\n")] == ["oym", "zqy"]
    rows = [row.split("\t") for _, text, _ in suggestion_files(shelf.corpus) for row in text.split("\n")]
    assert ["曾庆云", "official", "zengqingyun", "zqy", "1", "曾庆云"] in rows


def test_every_page_below_the_top_folder_has_a_frame(corpus: Corpus) -> None:
    for recipe in (*top_pages(shelves(corpus)), *deep_pages(shelves(corpus))):
        frame, page = FRAMES[place_of(recipe.address)], recipe.make()
        assert (page.address, page.root) == (recipe.address, frame.root)
        assert frame.section in (page.section, "")


def test_a_person_joined_by_hand_has_one_page_with_the_reason() -> None:
    persons = persons_of(
        "people:\n"
        "- {name: 王文涛, label: 两地任职, places: [山东省, 浙江省], why: 职务前后相接}\n"
        "- {name: 欧阳明, label: 另一人, articles: [2017-08-21-jinan-0001], why: 同省另有一人}\n",
        ["2017-08-21-jinan-0001"],
    )
    records = [ordinary(1), ordinary(2), ordinary(3, provinces=["浙江省"], city="杭州市")]
    pages = _pages(corpus_of(records, persons))
    (joined,) = [page for page in pages.values() if page.title.startswith("王文涛")]
    assert joined.title == "王文涛（两地任职）"
    assert "经人核定为同一人：职务前后相接" in joined.body
    assert joined.body.count('da-row"') == len(records)
    parted = [page for page in pages.values() if page.title.startswith("欧阳明")]
    assert sorted(page.title for page in parted) == ["欧阳明（另一人）", "欧阳明（山东）", "欧阳明（浙江）"]
    assert all("同名者" in page.body for page in parted)
    (other,) = [page for page in parted if "另一人" in page.title]
    article = pages["articles/2017/2017-08-21-jinan-0001.html"].body
    assert f"../../{joined.address}" in article
    assert f"../../{other.address}" in article
