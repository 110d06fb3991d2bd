"""What a reader does, in a real browser, on http:// under a sub-path and on file:// with no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

KINDS_OF_PAGE = (
    "index.html",
    "timeline.html",
    "timeline/2017.html",
    "rounds.html",
    "rounds/r1b4.html",
    "provinces.html",
    "provinces/shandong.html",
    "people.html",
    "people/w.html",
    "data.html",
    "method.html",
    "contribute.html",
    "about.html",
    "articles/2017/2017-08-21-jinan-7731.html",
)


@pytest.fixture
def quiet(visit: Visit) -> Iterator[Visit]:
    """A visit that must end without a complaint and without a request to another host."""
    yield visit
    assert visit.complaints == []
    assert visit.left_the_site == []


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_page_opens_and_fits(quiet: Visit, width: int) -> None:
    quiet.page.set_viewport_size({"width": width, "height": 800})
    for address in KINDS_OF_PAGE:
        page = quiet.open(address)
        expect(page.locator("h1")).to_have_count(1)
        assert _overflow(page) == 0, address


def test_a_reader_walks_from_the_front_page_to_an_article_and_its_official(quiet: Visit) -> None:
    page = quiet.open("index.html")
    page.get_by_role("link", name="省份", exact=True).first.click()
    page.locator("svg.da-tiles a", has_text="山东").click()
    page.get_by_role("link", name=re.compile("中央环境保护督察组反馈问题")).click()
    expect(page.locator(".da-text p")).not_to_have_count(0)
    page.locator(".da-officials a", has_text="王文涛").click()
    expect(page.locator("h1")).to_contain_text("王文涛")
    page.get_by_role("link", name=re.compile("中央环境保护督察组反馈问题")).click()
    page.get_by_role("link", name="中央第一轮第四批").click()
    expect(page.locator("h1")).to_have_text("第一轮第四批")


def test_the_search_box_leads_to_the_search_page_with_the_query(quiet: Visit) -> None:
    page = quiet.open("index.html")
    page.locator("main input[name=q]").fill("督察")
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?q="))
    page = quiet.open("articles/2017/2017-08-21-jinan-7731.html")
    page.locator("header input[name=q]").fill("督察")
    page.locator("header input[name=q]").press("Enter")
    page.wait_for_url(re.compile(r"/search\.html\?q="))


def test_the_timeline_filters_zooms_and_keeps_its_state_in_the_address(quiet: Visit) -> None:
    page = quiet.open("timeline.html")
    page.locator("select[name=province]").select_option("山东")
    expect(page.locator("#timeline-app .da-row")).to_have_count(1)
    expect(page.locator(".da-count")).to_have_text("1篇")
    assert "province=" in page.url
    page.reload()
    expect(page.locator("#timeline-app .da-row a")).to_contain_text("反馈问题整改")
    page.locator(".da-histogram a", has_text="2017年8月：1篇").click()
    expect(page.locator(".da-histogram a", has_text="2017年8月21日：1篇")).to_have_count(1)
    page.get_by_role("link", name="全部年份").click()
    assert "zoom" not in page.url
    page.locator("#timeline-app .da-row a").click()
    expect(page.locator("article.da-article")).to_have_attribute("data-id", "2017-08-21-jinan-7731")


def test_the_timeline_follows_an_official(quiet: Visit) -> None:
    page = quiet.open("timeline.html")
    page.get_by_label("官员姓名").fill("王文涛")
    page.get_by_label("官员姓名").press("Enter")
    expect(page.locator("#timeline-app .da-row")).to_have_count(1)
    expect(page.locator(".da-count")).to_have_text("1篇")


def test_two_provinces_stand_side_by_side(quiet: Visit) -> None:
    page = quiet.open("provinces.html")
    page.get_by_label("要比较的地区").select_option("山东")
    page.get_by_label("与之比较的地区").select_option("青海")
    row = page.locator(".da-compare tr", has_text="第一轮第四批")
    expect(row.locator("td")).to_have_text(["1篇", "1篇"])
    expect(page.locator(".da-pair h3")).to_have_text(["山东 1篇", "青海 1篇"])


def test_the_scheme_is_chosen_and_kept(quiet: Visit) -> None:
    page = quiet.open("index.html")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".da-scheme").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    quiet.open("about.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("typed", ["王文涛", "wwt", "WenTao", "王文 山东"])
def test_people_are_filtered_as_one_types(quiet: Visit, typed: str) -> None:
    page = quiet.open("people.html")
    page.locator(".da-filter").fill(typed)
    expect(page.locator(".da-people li:visible")).to_have_text([re.compile("^王文涛")])


def test_who_uses_the_keyboard_keeps_their_place(quiet: Visit) -> None:
    page = quiet.open("timeline.html")
    page.get_by_label("全部省份").focus()
    page.get_by_label("全部省份").select_option("山东")
    expect(page.locator(".da-count")).to_have_text("1篇")
    expect(page.locator("select[name=province]")).to_be_focused()
    page.locator(".da-histogram a[aria-label]").first.press("Enter")
    expect(page.locator(".da-path [aria-current]")).to_be_focused()
    expect(page.locator(".da-path [aria-current]")).to_have_text("8月")
    page.get_by_role("link", name="清除筛选").click()
    page.get_by_role("link", name="全部年份").click()
    # The bars are one stop for the Tab key; arrows lead from one to the next.
    expect(page.locator(".da-histogram a[aria-label]")).to_have_count(5)
    page.locator(".da-histogram a[tabindex='0']").press("ArrowLeft")
    expect(page.locator(".da-histogram a:focus")).to_have_attribute("aria-label", "2024年3月：1篇")
    page = quiet.open("provinces.html")
    page.get_by_label("与之比较的地区").focus()
    page.get_by_label("与之比较的地区").select_option("青海")
    expect(page).to_have_url(re.compile("b="))
    expect(page.get_by_label("与之比较的地区")).to_be_focused()


@pytest.mark.parametrize("state", ["zoom=2017-13", "zoom=2017-02-30", "zoom=x&a=b", "zoom=-5"])
def test_nonsense_in_the_state_of_the_timeline_is_passed_over(quiet: Visit, state: str) -> None:
    page = quiet.open(f"timeline.html#{state}")
    expect(page.locator(".da-path")).to_have_text("全部年份")
    expect(page.locator(".da-years-list")).to_be_visible()


def test_paper_is_light_though_the_screen_is_dark(browser: Browser, served: str) -> None:
    colours = """() => [...document.querySelectorAll('body, .da-grid td[class], .da-grid td a')]
      .map((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color].join())"""
    printed = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.emulate_media(media="print")
        page.goto(f"{served}rounds.html")
        printed.append(page.evaluate(colours))
        page.close()
    assert printed[0] == printed[1]


def test_a_fact_opens_to_the_words_it_rests_on(quiet: Visit) -> None:
    page = quiet.open("articles/2017/2017-08-21-jinan-7731.html")
    basis = page.locator(".da-facts details").first
    expect(basis.locator("q").first).to_be_hidden()
    page.locator(".da-kicker a").last.focus()
    page.keyboard.press("Tab")
    expect(basis.locator("summary")).to_be_focused()
    expect(basis.locator("summary")).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(basis.locator("q").first).to_be_visible()


def test_inline_script_would_not_run(visit: Visit) -> None:
    page = visit.open("articles/2017/2017-08-21-jinan-7731.html")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)


@pytest.mark.parametrize("address", ["x.html", "articles/x.html", "articles/2017/x.html"])
def test_a_wrong_address_at_any_depth_leads_back(
    browser: Browser, served: str, site: Path, address: str
) -> None:
    """Though the site was built without knowing its address; a host shows the page wherever it finds nothing."""
    page = browser.new_page()
    page.route(
        served + address,
        lambda route: route.fulfill(
            status=404, content_type="text/html", body=(site / "404.html").read_bytes()
        ),
    )
    page.goto(served + address)
    expect(page.locator(".da-bar")).to_have_css("display", "flex")
    page.locator("main").get_by_role("link", name="时间线").click()
    page.wait_for_url(f"{served}timeline.html")
    page.close()


def test_the_page_for_wrong_addresses_is_right_in_the_zip(browser: Browser, unpacked: Path) -> None:
    page = browser.new_page()
    page.goto((unpacked / "404.html").as_uri())
    expect(page.locator(".da-bar")).to_have_css("display", "flex")
    page.locator("main").get_by_role("link", name="时间线").click()
    page.wait_for_url("**/timeline.html")
    page.close()


def test_everything_is_readable_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}timeline.html")
    expect(page.locator(".da-years-list .da-row")).not_to_have_count(0)
    page.locator(".da-years-list .da-row a").first.click()
    expect(page.locator(".da-text p").first).to_be_visible()
    expect(page.locator(".da-copy").first).to_be_hidden()
    context.close()
