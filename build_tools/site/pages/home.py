"""The front page: search, figures, the latest articles, the shape of the archive in time, space and rounds."""

from __future__ import annotations

from build_tools.knowledge.schedule import schedule
from build_tools.models import Record
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.marks import marked
from build_tools.site.markup import Child, Markup, el
from build_tools.site.page import Page
from build_tools.site.shelves import Shelves

_LATEST = 12
_EXCERPT = 110
_LEAD = "收录各地报道中央与省级生态环境保护督察的新闻，逐字修复、注明出处，供检索、引用与核对。"


def home_page(shelf: Shelves) -> Page:
    """The front page."""
    counts = {name: len(records) for name, records in shelf.provinces.items()}
    records = shelf.corpus.records[:_LATEST]
    spark = chart.sparkline(shelf.months)
    body = el(
        "div",
        el(
            "header",
            el("h1", "督察档案", class_="da-masthead"),
            el("p", _LEAD, class_="da-lead"),
            search_box(),
            _figures(shelf),
        ),
        el(
            "section",
            el("h2", "最新文章"),
            _story(records[0]) if records else el("p", "还没有文章。"),
            listing.rows(records[1:], "") if records[1:] else None,
            el("p", el("a", "全部文章，按年月", href=addresses.TIMELINE), class_="da-more"),
        ),
        el(
            "section",
            [el("h2", el("a", "时间", href=addresses.TIMELINE)), spark] if spark else None,
            el("h2", el("a", "省份", href=addresses.PROVINCES)),
            chart.tile_map(counts, ""),
            el("h2", el("a", "轮次", href=addresses.ROUNDS)),
            _batches(shelf),
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


def _story(record: Record) -> Markup:
    """The newest article with how it begins."""
    front = record.front
    facts = [front.stage if front.stage != "其他" else None, wording.place(front) or None, front.source]
    return el(
        "article",
        el("h3", el("a", marked(wording.title(record)), href=addresses.article(record.id))),
        el("p", marked(_excerpt(record.paragraphs[0]))) if record.paragraphs else None,
        el(
            "p",
            el("time", wording.day(front.date), datetime=front.date),
            [el("i", fact) for fact in facts if fact],
            class_="da-row-facts",
        ),
        class_="da-story",
    )


def _excerpt(text: str) -> str:
    """The beginning of a paragraph, up to a comma or full stop where one is near.

    >>> _excerpt("甲。") , _excerpt("甲" * 80 + "，" + "乙" * 80) == "甲" * 80 + "……"
    ('甲。', True)
    """
    if len(text) <= _EXCERPT:
        return text
    end = max(text.rfind(mark, _EXCERPT // 2, _EXCERPT) for mark in "，。；")
    return text[: end if end > 0 else _EXCERPT] + "……"


def _figures(shelf: Shelves) -> Markup:
    years = sorted(filter(None, shelf.years))
    covered = sum(1 for batch in schedule().batches if batch.id in shelf.batches)
    figures: list[tuple[str, str, str]] = [
        (str(len(shelf.corpus)), "篇文章", addresses.TIMELINE),
        (_years(years), "年", addresses.TIMELINE),
        (str(len(shelf.provinces)), "个省级地区", addresses.PROVINCES),
        (f"{covered}/{len(schedule().batches)}", "批中央督察", addresses.ROUNDS),
        (str(len(shelf.people)), "位官员", addresses.PEOPLE),
    ]
    items: list[Child] = [
        el("li", el("a", el("strong", value), label, href=href)) for value, label, href in figures
    ]
    return el("ul", items, class_="da-figures")


def _years(years: list[str]) -> str:
    return "—".join(dict.fromkeys((years[0], years[-1]))) if years else "—"


def _batches(shelf: Shelves) -> Markup:
    """Every batch with its number of articles; those without one invite it."""
    rows = [
        el(
            "li",
            el("a", batch.label.partition("（")[0], href=addresses.batch(batch)),
            el("small", str(count))
            if (count := len(shelf.batches.get(batch.id, ())))
            else el("small", "○", title="尚无文章"),
        )
        for batch in schedule().batches
    ]
    return el("ul", rows, class_="da-batches")
