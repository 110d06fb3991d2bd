"""The search page as a reader uses it, over http under a sub-path and from a folder with no network."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, Route

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


def listed(page: Page) -> list[Locator]:
    """All results, in order."""
    while page.locator(".da-showmore").is_visible():
        page.locator(".da-showmore").click()
    return page.locator("#results > li").all()


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
    page.wait_for_function("() => document.querySelector('#results').dataset.total === '1'")
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
    assert page.locator(".da-chips li").count() == 0
    page = visit.open("search.html?q=%E0%A4%A&province=<img src=x onerror=alert(1)>")
    done(page)
    assert page.locator("#main img").count() == 0
    assert visit.complaints == []


def test_current_results_can_be_saved(visit: Visit) -> None:
    page = ask(visit, "督察")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(saved.value.path().read_text(encoding="utf-8-sig").splitlines()))
    shown = [(row.get_attribute("data-id"), row.locator("a").inner_text()) for row in listed(page)]
    assert [(row["id"], row["title"]) for row in rows] == shown
    assert any(title.startswith("［") for _, title in shown)
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON").click()
    told = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert (told["query"], told["results"]) == ("督察", rows)


def test_an_empty_result_says_what_to_try(visit: Visit) -> None:
    page = ask(visit, "火星人 督察")
    assert page.get_attribute("#results", "data-exact") == "0"
    page = ask(visit, "ⰰⰱⰲⰳⰴ")
    assert page.get_attribute("#results", "data-total") == "0"
    assert page.locator(".da-advice").count() == 1


@pytest.mark.parametrize(
    "part", ["index", "spelling", "g/*", "t/*", "f/province", "f/date", "s/*", "c/*", "ids", "fold"]
)
@pytest.mark.parametrize("damage", ["缺失", "已损坏"])
def test_a_broken_file_is_named_and_the_rest_works(visit: Visit, part: str, damage: str) -> None:
    page = visit.open("search.html")

    def broken(route: Route) -> None:
        if damage == "缺失":
            route.abort()
        else:
            route.fulfill(body='Archive.receive("g/0",3,1,"x")', content_type="text/javascript")

    page.route(f"**/search/{part}.js", broken)
    page.locator("input[name=q]").fill("督察")
    done(page)
    page.locator(".da-facets summary", has_text="阶段").or_(page.locator(".da-problems p")).first.wait_for()
    if part in ("index", "spelling", "g/*", "t/*", "f/province", "f/date"):
        page.locator(".da-warning").first.wait_for()
        said = " ".join(page.locator(".da-warning").all_inner_texts())
        name = part.replace("*", r"[\d-]+")
        assert re.search(rf"search/{name}.js {damage}", said)
    else:
        assert page.locator(".da-warning").count() == 0
    # What does not need the file works, and with the file back so does all.
    assert page.locator("#results > li").count() == 0 or part not in ("index", "g/*")
    page.unroute(f"**/search/{part}.js")
    page.locator("input[name=q]").fill("督察组")
    page.wait_for_function("() => document.querySelector('#results > li mark')?.textContent === '督察组'")
    assert exact(done(page))


HOSTILE = [
    "督" * 10_000, "督察 " * 3000, ".*+?^${}()|[]\\", "<img src=x onerror=alert(1)>", "'\"><script>alert(1)</script>",
    "督察\x01\x1f\x7f", "😀🏳️\u200d🌈", "\u202e督察", "——……", "。", "-", "--", '"', '""', "－", "\ufffe", "%E0%A4%A",
    "__proto__", "constructor", "&lt;b&gt;", "${7*7}",
]  # fmt: skip


def test_whatever_is_typed_is_text(visit: Visit) -> None:
    page = visit.open("search.html")
    page.evaluate("() => { window.alert = () => { throw new Error('ran'); }; }")
    for query in HOSTILE:
        page.locator("input[name=q]").fill(query)
        page.locator("form[role=search] button").click()
        done(page)
        assert page.locator("#main img, #main script").count() == 0, query
        assert int(page.get_attribute("#results", "data-exact") or -1) <= 5, query
    for half in ("\\ud800", "督察\\udc00"):
        page.evaluate(
            f"() => {{ const box = document.querySelector('input[name=q]'); box.value = '{half}';"
            " box.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        page.wait_for_function(
            f"() => document.querySelector('#results').dataset.exact === String({5 if half[0] == '督' else 0})"
        )
    page.locator("input[name=q]").fill("督察")
    page.wait_for_selector("#results mark >> text=督察")
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("王文滔", "王文涛"), ("王涛文", "王文涛"), ("环保督査组", "环保督察组"), ("wangwentoa", "王文涛")],
)
def test_near_misses_are_offered(visit: Visit, typed: str, meant: str) -> None:
    page = ask(visit, typed)
    page.locator(".da-meant button", has_text=meant).first.click()
    page.wait_for_function("(meant) => new URLSearchParams(location.search).get('q') === meant", arg=meant)
    assert exact(done(page))
    assert page.locator(".da-meant").count() == 0
    assert visit.complaints == []


def test_a_range_of_dates_is_drawn_over_the_bars(visit: Visit, corpus: Corpus) -> None:
    page = ask(visit, "督察")
    bars = page.locator(".da-bars button")
    bars.first.wait_for()
    found = [record.front.date or "" for record in corpus if record.id in scan(corpus, "督察")]
    years = sorted(date[:4] for date in found if date)
    assert [bars.first.get_attribute("data-date"), bars.last.get_attribute("data-date")] == [
        years[0],
        years[-1],
    ]
    boxes = [box for bar in bars.all() if (box := bar.bounding_box())]
    first, second = boxes[0], boxes[1]
    page.mouse.move(first["x"] + 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(second["x"] + second["width"] / 2, second["y"] + 30, steps=4)
    assert page.locator(".da-bars .da-chosen").count() == 2
    page.mouse.up()
    low, high = int(years[0]), int(years[0]) + 1
    page.wait_for_url(f"**from={low}&to={high}*")
    within = sum(low <= int(date[:4] or 0) <= high for date in found)
    page.wait_for_function(
        "(n) => document.querySelector('#results').dataset.exact === String(n)", arg=within
    )
    # Two years are shown by month; the keyboard takes one bar.
    page.wait_for_selector(".da-bars button[data-date*='-']")
    bar = page.locator(".da-bars button:not([title$=' 0篇'])").first
    month = bar.get_attribute("data-date") or ""
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**from={month}&to={month}*")
    within = sum(date[:7] == month for date in found)
    page.wait_for_function(
        "(n) => document.querySelector('#results').dataset.exact === String(n)", arg=within
    )
    page.go_back()
    page.go_back()
    page.wait_for_function(
        "(n) => document.querySelector('#results').dataset.exact === String(n)", arg=len(found)
    )
    page.go_forward()
    page.wait_for_url(f"**from={low}&to={high}*")
    assert visit.complaints == []


def test_all_results_are_printed(visit: Visit) -> None:
    page = ask(visit, "督察")
    page.evaluate(
        "() => { window.print = () => { window.printed = document.querySelectorAll('#results > li').length; }; }"
    )
    page.get_by_role("button", name="打印").click()
    page.wait_for_function(
        "() => window.printed === Math.min(200, Number(document.querySelector('#results').dataset.total))"
    )
    page.emulate_media(media="print")
    assert page.locator(".da-facets").is_hidden()
    assert page.locator("#results > li").first.is_visible()
    assert page.locator(".da-on-paper").inner_text().startswith("检索：督察。")


@pytest.mark.parametrize(("typed", "kind"), [("diyilun", "轮次"), ("第一轮", "轮次"), ("污染防治", "文章")])
def test_the_header_suggests_rounds_and_articles(visit: Visit, corpus: Corpus, typed: str, kind: str) -> None:
    page = visit.open("timeline.html")
    page.locator(".da-find input").press_sequentially(typed)
    row = page.locator(".da-suggestions li").filter(has=page.locator("small", has_text=kind)).first
    row.click()
    if kind == "文章":
        page.wait_for_url("**/articles/**?q=*")
        assert page.locator(".da-article").count() == 1
        page.wait_for_selector(".da-steps")
    else:
        page.wait_for_url("**/search.html?round=1*")
        listed = exact(done(page))
        assert set(listed) <= {record.id for record in corpus if record.front.round == 1}
        assert listed
    assert visit.complaints == []


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
    box = page.locator("input[name=q]:visible")
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
