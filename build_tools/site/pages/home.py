"""The front page: search, figures, the latest articles, the shape of the archive in time and space."""

from __future__ import annotations

from build_tools.knowledge.schedule import schedule
from build_tools.site import addresses, chart, listing
from build_tools.site.markup import Child, Markup, el
from build_tools.site.page import Page
from build_tools.site.shelves import Shelves

_LATEST = 12
_LEAD = "收录各地报道中央与省级生态环境保护督察的新闻，逐字修复、注明出处，供检索、引用与核对。"


def home_page(shelf: Shelves) -> Page:
    """The front page."""
    counts = {name: len(records) for name, records in shelf.provinces.items()}
    body = el(
        "div",
        el("h1", "督察档案", class_="da-masthead"),
        el("p", _LEAD, class_="da-lead"),
        search_box(),
        _figures(shelf),
        el(
            "div",
            el(
                "section",
                el("h2", "最新文章"),
                listing.rows(shelf.corpus.records[:_LATEST], "")
                if len(shelf.corpus)
                else el("p", "还没有文章。"),
                el("p", el("a", "全部文章，按年月", href=addresses.TIMELINE), class_="da-more"),
            ),
            el(
                "section",
                el("h2", el("a", "时间", href=addresses.TIMELINE)),
                chart.sparkline(shelf.months),
                el("h2", el("a", "省份", href=addresses.PROVINCES)),
                chart.tile_map(counts, ""),
            ),
            class_="da-two",
        ),
        class_="da-home",
    )
    return Page(addresses.HOME, "督察档案", body, addresses.HOME, _LEAD)


def search_box() -> Markup:
    """A form that works without script: it opens the search page with the query in its address."""
    return el(
        "form",
        el(
            "input",
            type="search",
            name="q",
            placeholder="原文中的词、人名、地名",
            aria_label="检索全文",
            autocomplete="off",
        ),
        el("button", "检索", type="submit"),
        action=addresses.SEARCH,
        method="get",
        class_="da-search",
        role="search",
    )


def _figures(shelf: Shelves) -> Markup:
    years = sorted(filter(None, shelf.years))
    covered = sum(1 for batch in schedule().batches if batch.id in shelf.batches)
    figures: list[tuple[str, str, str]] = [
        (str(len(shelf.corpus)), "篇文章", addresses.TIMELINE),
        (f"{years[0]}—{years[-1]}" if years else "—", "年", addresses.TIMELINE),
        (str(len(shelf.provinces)), "个省级地区", addresses.PROVINCES),
        (f"{covered}/{len(schedule().batches)}", "批中央督察", addresses.ROUNDS),
        (str(len(shelf.people)), "位官员", addresses.PEOPLE),
    ]
    items: list[Child] = [
        el("li", el("a", el("strong", value), label, href=href)) for value, label, href in figures
    ]
    return el("ul", items, class_="da-figures")
