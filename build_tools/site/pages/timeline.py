"""The timeline: months as bars, then the articles of each year by month."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.knowledge.schedule import schedule
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Shelves

_LEAD = (
    "每一竖条是一个月的文章，按督察种类分层；浅色竖带是中央督察组在现场的日子。"
    "点竖条看那个月的文章，点竖带看那一批督察。"
)


def timeline_page(shelf: Shelves) -> Page:
    """The overview: complete without script, which adds zoom, filters and a list that follows."""
    pages = _month_pages(shelf)
    windows = [window for batch in schedule().batches if (window := chart.window_of(batch))]
    drawing = chart.histogram(shelf.months, windows, pages.__getitem__, "")
    body = join(
        [
            el("h1", "时间线"),
            el("p", _LEAD, class_="da-lead"),
            el("div", id="timeline-filters"),
            el(
                "div",
                drawing,
                class_="da-scroll da-drawing",
                tabindex=0,
                role="region",
                aria_label="各月文章数",
            ),
            chart.legend(),
            el("div", id="timeline-app"),
            _years(shelf, pages),
        ]
    )
    return Page(
        addresses.TIMELINE,
        "时间线",
        body,
        addresses.TIMELINE,
        "按年月排列的全部文章",
        scripts=("timeline-time.js", "timeline.js"),
    )


def year_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """A page for every year; a year of many articles is cut into parts."""
    labels = _labels(shelf)
    for at, label in enumerate(labels):
        yield from _year(label, labels[at + 1 : at + 2], labels[max(0, at - 1) : at], shelf)


def _labels(shelf: Shelves) -> list[str]:
    """Years, newest first, then articles without a date."""
    return [*sorted(filter(None, shelf.years), reverse=True), *([""] if "" in shelf.years else [])]


def _name(label: str) -> str:
    return f"{label}年" if label else "日期不详"


def _month_pages(shelf: Shelves) -> dict[str, str]:
    """Where each month begins, from the site's root."""
    return {
        f"{label}-{anchor[1:]}": place
        for label in shelf.years
        for anchor, place in listing.anchors(addresses.year(label), _sections(shelf, label)).items()
    }


def _years(shelf: Shelves, pages: dict[str, str]) -> Markup:
    """Every year with its months, or with its articles while they are few."""
    is_short = len(shelf.corpus) <= listing.PER_PAGE
    rows: list[Child] = []
    for label in _labels(shelf):
        records = shelf.years[label]
        heading = [
            el("a", _name(label), href=addresses.year(label)),
            " ",
            el("small", f"{len(records)}篇"),
        ]
        below = (
            listing.rows(records, "")
            if is_short
            else el("p", _months(shelf, label, pages), class_="da-months")
        )
        rows.append(el("section", el("h2", heading), below))
    return el("div", rows or el("p", "还没有文章。"), class_="da-years-list")


def _months(shelf: Shelves, label: str, pages: dict[str, str]) -> list[Markup]:
    found = sorted(month for month in shelf.months if label and month[:4] == label and len(month) == 7)
    return [
        el("a", f"{int(month[5:])}月", " ", el("small", str(len(shelf.months[month]))), href=pages[month])
        for month in found
    ]


def _year(label: str, before: list[str], after: list[str], shelf: Shelves) -> Iterator[Recipe[Page]]:
    name = _name(label)
    page = Page(addresses.year(label), name, Markup(), addresses.TIMELINE, f"{name}的文章")
    sections = _sections(shelf, label)
    places = listing.anchors(page.address, sections)
    months = [
        el(
            "a",
            section.heading,
            " ",
            el("small", str(len(section.records))),
            href=page.root + places[section.anchor],
        )
        for section in sections
        if section.heading
    ]
    trail: list[Child] = [
        el("a", "时间线", href=page.root + addresses.TIMELINE),
        listing.near(
            *(
                [(_name(other), page.root + addresses.year(other)) for other in side]
                for side in (before, after)
            )
        ),
    ]
    lead = join(
        [
            el("p", f"{len(shelf.years[label])}篇文章", class_="da-lead"),
            el("nav", months, class_="da-months", aria_label="月份") if months else None,
        ]
    )
    yield from listing.in_parts(page, trail, lambda: lead, sections)


def _sections(shelf: Shelves, label: str) -> list[Section]:
    """A year's months, newest first."""
    found = []
    for month in sorted({(record.front.date or "")[:7] for record in shelf.years[label]}, reverse=True):
        heading = wording.day(month) if len(month) == 7 else (f"{label}年（月份不详）" if label else "")
        found.append(Section(heading, f"m{month[5:] or '00'}", shelf.months[month]))
    return found
