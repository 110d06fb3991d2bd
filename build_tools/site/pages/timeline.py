"""The timeline: months as bars, then the articles of each year by month."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.knowledge.schedule import schedule
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.shelves import Records, Shelves


def timeline_pages(shelf: Shelves) -> Iterator[Page]:
    """The overview and a page for every year; a year of many articles is cut into parts."""
    yield _overview(shelf)
    labels = sorted((label for label in shelf.years if label), reverse=True)
    if "" in shelf.years:
        labels.append("")
    for label in labels:
        yield from _year(label, labels, shelf)


def _overview(shelf: Shelves) -> Page:
    page = addresses.TIMELINE
    root = addresses.root_of(page)
    body = join(
        [
            el("h1", "时间线"),
            el(
                "p",
                "每一竖条是一个月，按督察种类分层；浅色竖带是中央督察组在现场的日子，点开可看该批督察。",
                class_="da-lead",
            ),
            el(
                "div", chart.histogram(shelf.months, schedule().batches, root), class_="da-scroll", tabindex=0
            ),
            chart.legend(),
            el("div", id="timeline-app"),
            _years(shelf, root),
        ]
    )
    return Page(page, "时间线", body, page, "按年月排列的全部文章", scripts=("timeline.js",))


def _years(shelf: Shelves, root: str) -> Markup:
    """Every year with its months, or with its articles while they are few: complete without script."""
    is_short = len(shelf.corpus) <= listing.PER_PAGE
    rows: list[Child] = []
    for label, records in sorted(shelf.years.items(), reverse=True):
        months = [
            el(
                "a",
                f"{int(month[5:])}月",
                " ",
                el("small", str(len(shelf.months[month]))),
                href=_month(month, root),
            )
            for month in sorted(shelf.months)
            if label and month[:4] == label and len(month) == 7
        ]
        name = f"{label}年" if label else "日期不详"
        rows.append(
            el(
                "section",
                el(
                    "h2",
                    el("a", name, href=root + addresses.year(label)),
                    " ",
                    el("small", f"{len(records)}篇"),
                ),
                listing.rows(records, root) if is_short else el("p", months, class_="da-months"),
            )
        )
    return el("div", rows or el("p", "还没有文章。"), class_="da-years-list")


def _month(month: str, root: str) -> str:
    return f"{root}{addresses.year(month[:4])}#m{month[5:]}"


def _year(label: str, labels: list[str], shelf: Shelves) -> Iterator[Page]:
    name = f"{label}年" if label else "日期不详"
    page = Page(addresses.year(label), name, Markup(), addresses.TIMELINE, f"{name}的文章")
    at = labels.index(label)
    near: list[Child] = [
        el("a", f"{other}年" if other else "日期不详", href=page.root + addresses.year(other))
        for other in (*labels[at + 1 : at + 2], *labels[max(0, at - 1) : at])
    ]
    sections = _sections(shelf.years[label], shelf, label)
    anchors = [
        el("a", section.heading, " ", el("small", str(len(section.records))), href=f"#{section.anchor}")
        for section in sections
        if section.heading
    ]
    trail = [el("a", "时间线", href=page.root + addresses.TIMELINE), near]
    lead = [
        el("p", f"{len(shelf.years[label])}篇", class_="da-lead"),
        el("nav", anchors, class_="da-months", aria_label="月份")
        if len(shelf.years[label]) <= listing.PER_PAGE
        else None,
    ]
    yield from listing.in_parts(page, trail, lead, sections)


def _sections(records: Records, shelf: Shelves, label: str) -> list[Section]:
    found = []
    for month in sorted({(record.front.date or "")[:7] for record in records}, reverse=True):
        heading = wording.day(month) if len(month) == 7 else (f"{label}年（月份不详）" if label else "")
        found.append(Section(heading, f"m{month[5:] or '00'}", shelf.months[month]))
    return found
