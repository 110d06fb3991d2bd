"""Reading comfort: for every eye and hand, in either script, without a jump, whatever the record holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from benchmarks.screenshots import views
from build_tools.archive.corpus import corpus_of
from build_tools.site.build import build
from tests.browser.conftest import Visit, serving
from tests.site.conftest import difficult, ordinary, write_articles

pytestmark = pytest.mark.browser

ARTICLE = "articles/2017/2017-08-21-jinan-7731.html"
DAMAGED = "articles/2019/2019-11-12-qujing-28f4.html"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Pages on which something is chosen, and what then stands there.
CHOSEN = {
    "provinces.html#a=山东&b=青海": ".da-pair h3",
    "timeline.html#province=山东": "#timeline-app .da-row",
    "people.html#q=wang": "#people-app li",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def difficult_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Records with empty fields, a title of 300 characters, 500 officials, markup everywhere; and their pages."""
    folder = tmp_path_factory.mktemp("difficult")
    articles = write_articles(corpus_of([ordinary(), *difficult()]), folder / "articles")
    assert build(articles, folder / "site") == []
    pages = sorted((folder / "site" / "articles").rglob("*.html"))
    with serving(folder / "site") as base:
        yield base, [path.relative_to(folder / "site").as_posix() for path in pages]


def _kinds(site: Path) -> list[str]:
    """One page of every kind that the site has, and two articles."""
    return [*(view.address for view in views(site)), ARTICLE, DAMAGED]


def _faults(page: Page, *rules: str) -> list[str]:
    """What axe-core finds wrong by all its rules, or by those named, in its own words."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    result = Axe().run(page, options={"resultTypes": ["violations"], **only}).response
    assert result["passes"], "axe looked at nothing"
    return [
        f"{fault['id']}: {node['html'][:150]}" for fault in result["violations"] for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, served: str, site: Path, scheme: Literal["light", "dark"]
) -> None:
    """A scheme changes colours and nothing else: in the dark, contrast alone is looked at again."""
    page = browser.new_page(color_scheme=scheme)
    for address, there in [*((kind, "") for kind in _kinds(site)), *CHOSEN.items()]:
        page.goto(served + address)
        if "search.html?" in address:
            expect(page.locator("#results")).to_have_attribute("data-state", "done")
        elif there:
            page.locator(there).first.wait_for()
        assert _faults(page, *(["color-contrast"] if scheme == "dark" else [])) == [], address
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_when_all_is_open_and_in_traditional(
    browser: Browser, served: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(served + DAMAGED)
    page.locator(".da-beside summary").click()
    expect(page.locator(".da-sides")).to_be_visible()
    page.locator(".da-script").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert _faults(page) == []
    page.close()


# ---------------------------------------------------------------- the script


def test_traditional_is_shown_remembered_and_taken_back(visit: Visit) -> None:
    page = visit.open(ARTICLE)
    expect(page.locator("h1")).to_contain_text("督察组反馈问题")
    assert not any("traditional" in url for url in visit.requests)
    page.get_by_role("button", name="繁体显示").click()
    expect(page.locator("h1")).to_contain_text("督察組反饋問題")
    expect(page.locator(".da-text")).to_contain_text("市委書記王文濤出席會議")
    expect(page.locator(".da-cite pre").first).to_contain_text("督察组反馈问题")  # what is copied stays
    assert "簡體原文" in page.evaluate(
        "getComputedStyle(document.querySelector('.da-header'), '::after').content"
    )
    visit.open("provinces.html")
    expect(page.locator("h1")).to_have_text("省份")
    expect(page.locator("svg.da-tiles")).to_contain_text("雲南")
    page.get_by_role("button", name="简体显示").or_(page.get_by_role("button", name="簡體顯示")).click()
    expect(page.locator("svg.da-tiles")).to_contain_text("云南")
    visit.open(ARTICLE)
    expect(page.locator("h1")).to_contain_text("督察组反馈问题")
    assert visit.complaints == []


def test_what_a_script_adds_later_is_traditional_too_and_matches_are_marked(visit: Visit) -> None:
    page = visit.open("search.html")
    page.get_by_role("button", name="繁体显示").click()
    page.locator("#search-app input[name=q]").fill("王文涛")
    page.locator("#search-app input[name=q]").press("Enter")
    expect(page.locator("#results > li").first).to_contain_text("王文濤")
    visit.open(f"{ARTICLE}?q=反馈问题")
    expect(page.locator("mark").first).to_have_text("反饋問題")
    expect(page.locator(".da-steps")).to_be_visible()
    assert visit.complaints == []


def test_a_surname_keeps_its_form_in_traditional(visit: Visit) -> None:
    page = visit.open(ARTICLE)
    shown = page.evaluate(
        """async () => {
          document.querySelector('.da-officials a').firstChild.data = '于云后';
          document.querySelector('.da-text p').textContent = '于云后说，关于后面的云，干部发展理念的高度';
          document.querySelector('.da-script').click();
          while (document.documentElement.lang !== 'zh-Hant') await new Promise(requestAnimationFrame);
          return document.querySelector('.da-text p').textContent;
        }"""
    )
    assert shown == "于雲後說，關於後面的雲，幹部發展理念的高度"


# ---------------------------------------------------------------- marks, facts, the raw page


def test_a_mark_is_explained_to_keyboard_and_finger(
    browser: Browser, difficult_site: tuple[str, list[str]]
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700}, has_touch=True)
    page.goto(f"{difficult_site[0]}articles/2017/2017-08-21-jinan-0001.html")
    said = "getComputedStyle(document.activeElement, '::after').content"
    page.locator("abbr.da-supplied").focus()
    assert "效清" in page.evaluate(said)
    page.locator("abbr.da-lost").tap()
    assert "1字脱落" in page.evaluate(said)
    assert page.evaluate(OVERFLOW) == 0
    page.close()


def test_an_official_leads_to_the_words_that_name_them(visit: Visit) -> None:
    page = visit.open(ARTICLE)
    page.locator(".da-officials li", has_text="王忠林").get_by_role("link", name="原文").click()
    assert page.evaluate("document.querySelector(':target').textContent.includes('王忠林')")


def test_the_raw_page_stands_beside_the_text_with_every_difference(visit: Visit) -> None:
    page = visit.open(ARTICLE)
    assert not any("beside" in url for url in visit.requests)
    page.locator(".da-beside summary").click()
    first = page.locator(".da-sides .da-found", has_text="環(huán)境保護督察組反饋").first
    expect(first.locator("del").first).to_have_text("(huán)")
    found = "".join(page.locator(".da-found").all_text_contents())
    clean = page.locator(".da-clean").all_text_contents()
    paragraphs = page.locator(".da-text p").all_text_contents()
    assert [text for text in clean if text][-len(paragraphs) :] == paragraphs
    raw = (Path(__file__).parents[2] / "articles/2017/2017-08-21-jinan-7731.raw.txt").read_text(
        encoding="utf-8"
    )
    assert "".join(found.split()) == "".join(raw.split())
    assert visit.complaints == []


# ---------------------------------------------------------------- weight and stillness


def _loaded(browser: Browser, url: str) -> dict[str, int]:
    answers: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))  # playwright marks the function
    page.goto(url, wait_until="networkidle")
    sizes = {answer.url: len(answer.body()) for answer in answers}
    context.close()
    return sizes


@pytest.mark.parametrize("address", ["index.html", ARTICLE])
def test_a_first_visit_is_light(served: str, browser: Browser, address: str) -> None:
    """150 KB without the theme's own files."""
    own = {
        url: size for url, size in _loaded(browser, served + address).items() if "/stylesheets/" not in url
    }
    assert sum(own.values()) < 150_000, own


def test_an_article_page_adds_little_to_its_text(site: Path) -> None:
    """16 KiB for a page are ten for all that is not its text."""
    for path in sorted((site / "articles").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        text = page.partition('class="da-text">')[2].partition("</div>")[0]
        assert len(page.encode()) - len(text.encode()) <= 10 * 1024, path.name


SHIFT = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser: Browser, served: str, site: Path, width: int) -> None:
    """Not at all on the front page and on articles; elsewhere a fifth of what Web Vitals still call good."""
    page = browser.new_page(viewport={"width": width, "height": 844})
    for address in _kinds(site):
        if "search.html" in address:  # its results come in the moment they are found
            continue
        page.goto(served + address, wait_until="networkidle")
        most = 0.001 if address in ("index.html", ARTICLE, DAMAGED) else 0.02
        assert page.evaluate(SHIFT) < most, address
    page.close()


# ---------------------------------------------------------------- whatever a record holds


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_fits_and_pleases_axe_whatever_the_record_holds(
    browser: Browser, difficult_site: tuple[str, list[str]], width: int
) -> None:
    base, addresses = difficult_site
    page = browser.new_page(viewport={"width": width, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    for address in addresses:
        page.goto(base + address)
        page.locator(".da-beside summary").click()
        expect(page.locator(".da-sides")).to_be_visible()
        assert page.evaluate(OVERFLOW) == 0, address
        if width == 360 and address[-9:-5] in (
            "0002",
            "0006",
            "0008",
        ):  # empty, 500 officials, markup everywhere
            assert _faults(page) == [], address
    assert complaints == []
    page.close()
