"""The search page as a reader uses it, over http under a sub-path and from a folder with no network."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

from build_tools.archive.corpus import Corpus, read_corpus
from build_tools.site.search import facets, fold, texts

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def corpus(articles: Any) -> Corpus:
    return read_corpus(articles)


def ask(visit: Visit, query: str) -> Page:
    page = visit.open("search.html")
    page.locator("input[name=q]").fill(query)
    return done(page)


def done(page: Page) -> Page:
    page.wait_for_selector("#results[data-state=done]")
    return page


def exact(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#results > li[data-tier=exact]", "(rows) => rows.map((row) => row.dataset.id)"
    )
    assert int(page.get_attribute("#results", "data-exact") or -1) == len(found)
    return found


def scan(corpus: Corpus, query: str) -> set[str]:
    return {record.id for record in corpus if fold.fold(query) in fold.fold_lines(texts.searched(record))}


@pytest.mark.parametrize("query", ["督察", "成效清单", "生態環境", "王文涛", "到位不", "整改，", "第三"])
def test_finds_what_a_scan_finds(visit: Visit, corpus: Corpus, query: str) -> None:
    page = ask(visit, query)
    assert set(exact(page)) == scan(corpus, query)
    assert page.locator("#results > li[data-tier=exact] mark").count() > 0 or not scan(corpus, query)
    assert visit.complaints == []
    assert visit.left_the_site == []


def test_nothing_of_the_index_loads_before_a_query(visit: Visit) -> None:
    visit.open("search.html").wait_for_load_state("load")
    assert [url for url in visit.requests if "/search/" in url] == []


def test_results_come_while_typing_but_not_while_composing(visit: Visit) -> None:
    page = visit.open("search.html")
    box = page.locator("input[name=q]")
    box.dispatch_event("compositionstart")
    box.fill("du'cha")
    page.wait_for_timeout(400)
    assert page.get_attribute("#results", "data-state") == "idle"
    box.fill("督察")
    box.dispatch_event("compositionend")
    assert exact(done(page))


def test_everything_is_in_the_address_and_back_works(visit: Visit) -> None:
    page = ask(visit, "督察")
    everything = page.get_attribute("#results", "data-total")
    page.locator(".da-facets button", has_text="山东省").first.click()
    page.wait_for_function("document.querySelector('#results').dataset.total === '1'")
    assert "province=" in page.url
    page.reload()
    assert page.get_attribute("#results", "data-total") == "1" or exact(done(page))
    page.go_back()
    page.wait_for_function(
        "(total) => document.querySelector('#results').dataset.total === total", arg=everything
    )


def test_a_result_opens_its_article(visit: Visit) -> None:
    page = ask(visit, "王文涛")
    wanted = exact(page)[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted}.html*")
    assert "王文涛" in page.inner_text("#main")


def test_nonsense_in_the_address_is_harmless(visit: Visit) -> None:
    page = visit.open("search.html?q=督察&sort=%00&from=never&page=-1&<b>=x&stage=")
    assert exact(done(page))
    page = visit.open("search.html?q=%E0%A4%A&province=<img src=x onerror=alert(1)>")
    done(page)
    assert page.locator("#main img").count() == 0
    assert visit.complaints == []


def test_current_results_can_be_saved(visit: Visit) -> None:
    page = ask(visit, "督察")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + int(page.get_attribute("#results", "data-total") or 0)
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON").click()
    assert json.loads(saved.value.path().read_text(encoding="utf-8"))["query"] == "督察"


def test_an_empty_result_says_what_to_try(visit: Visit) -> None:
    page = ask(visit, "火星人 督察")
    assert page.get_attribute("#results", "data-exact") == "0"
    page = ask(visit, "ⰰⰱⰲⰳⰴ")
    assert page.get_attribute("#results", "data-total") == "0"
    assert page.locator(".da-advice").count() == 1


def test_a_missing_shard_is_named(visit: Visit) -> None:
    page = visit.open("search.html")
    page.route("**/search/g/*.js", lambda route: route.abort())
    page.locator("input[name=q]").fill("督察")
    done(page)
    assert "缺失" in page.inner_text(".da-problems")


@pytest.mark.parametrize(
    ("typed", "meant"), [("wangwentao", "王文涛"), ("wwt", "王文涛"), ("jinan", "济南市")]
)
def test_names_and_places_by_their_sound(visit: Visit, typed: str, meant: str) -> None:
    page = visit.open("search.html")
    page.locator("input[name=q]").press_sequentially(typed)
    page.locator(".da-suggestions li", has_text=meant).first.click()
    page.wait_for_function("(meant) => new URLSearchParams(location.search).get('q') === meant", arg=meant)
    assert exact(done(page))
    assert visit.complaints == []


@pytest.mark.parametrize("address", ["search.html?q=督察", "search.html"])
def test_every_filter_opens_once_and_counts_as_a_scan_does(
    visit: Visit, corpus: Corpus, address: str
) -> None:
    page = visit.open(address)
    page.locator("input[name=q]").fill("督察")
    done(page)
    found = [record for record in corpus if record.id in scan(corpus, "督察")]
    for facet, values_of in facets.FACETS.items():
        box = page.locator(f".da-facets details[data-facet={facet}]")
        assert box.count() == 1
        if box.get_attribute("open") is None:
            assert box.locator("ul").is_hidden()
            box.locator("summary").click()
        box.locator("li").first.wait_for()
        if box.locator(".da-rest").count():
            box.locator(".da-rest").click()
        truth = Counter(str(value) for record in found for value in set(values_of(record.front)) if value)
        rows = box.locator("li button").all()
        names = [row.locator("span").inner_text() for row in rows]
        labels = page.evaluate(
            "([facet, all]) => all.map((v) => Archive.page.label(facet, v))", [facet, list(truth)]
        )
        assert sorted(names) == sorted(labels)
        assert Counter(
            dict(zip(names, (int(row.locator("small").inner_text()) for row in rows), strict=True))
        ) == {label: truth[value] for label, value in zip(labels, truth, strict=True)}
    sign = "(box) => getComputedStyle(box.querySelector('summary'), '::after').content"
    assert page.locator(".da-facets details[data-facet=province]").evaluate(sign) == '"－"'
    page.locator(".da-facets details[data-facet=province] summary").click()
    assert page.locator(".da-facets details[data-facet=province]").evaluate(sign) == '"＋"'
    assert visit.complaints == []


def test_the_page_has_one_heading(visit: Visit) -> None:
    assert visit.open("search.html").locator("h1").all_inner_texts() == ["检索"]


def article_of(corpus: Corpus, name: str) -> str:
    return next(f"articles/{r.id[:4]}/{r.id}.html" for r in corpus if name in r.text)


@pytest.mark.parametrize(
    ("typed", "meant"), [("wangwentao", "王文涛"), ("wwt", "王文涛"), ("jinan", "济南市"), ("王文", "王文涛")]
)
@pytest.mark.parametrize("where", ["index.html", "article"])
def test_the_header_suggests(visit: Visit, corpus: Corpus, where: str, typed: str, meant: str) -> None:
    page = visit.open(article_of(corpus, "王文涛") if where == "article" else where)
    box = page.locator(".da-find input")
    assert not [url for url in visit.requests if "/search" in url]
    box.click()
    page.wait_for_function("() => window.Archive?.offer !== undefined")
    assert not [url for url in visit.requests if "/search/" in url]
    box.press_sequentially(typed)
    page.locator(".da-suggestions li", has_text=meant).first.click()
    page.wait_for_url("**/search.html?q=*")
    assert exact(done(page))
    assert visit.complaints == []
    assert visit.left_the_site == []


def test_an_article_shows_its_matches_and_steps_through_them(visit: Visit, corpus: Corpus) -> None:
    page = visit.open(article_of(corpus, "王文涛") + "?q=督察 環保")
    page.wait_for_selector(".da-steps")
    marks = page.locator(".da-article mark")
    assert set(marks.all_inner_texts()) <= {"督察", "环保", "环保督察"}
    shown = page.locator(".da-steps span").inner_text()
    assert shown == f"1/{marks.count()}"
    page.get_by_role("button", name="下一处").click()
    assert page.locator("mark.da-current").count() == 1
    assert page.locator(".da-steps span").inner_text().startswith("2/")
    page.get_by_role("button", name="上一处").click()
    page.get_by_role("button", name="上一处").click()
    assert page.locator(".da-steps span").inner_text() == f"{marks.count()}/{marks.count()}"
    page.get_by_role("button", name="不再标出").click()
    assert marks.count() == 0
    assert visit.complaints == []
