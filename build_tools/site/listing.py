"""Lists of articles as they stand on every page, and long pages cut into parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.recipe import Input, Recipe
from build_tools.site.shelves import parts

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Section:
    """Some articles under a heading; ``anchor`` is its id on the page."""

    heading: str
    anchor: str
    records: tuple[Record, ...]


def _row(record: Record, root: str) -> Markup:
    front = record.front
    return el(
        "li",
        _time(front.date),
        el("a", wording.title(record), href=root + addresses.article(record.id)),
        _facts(front.stage, wording.place(front), front.source),
        class_="da-row",
    )


# An article stands in ten lists, and what surrounds its title in many more: kept, a row takes a third of the time.
@lru_cache(maxsize=2**14)
def _time(date: str | None) -> Markup:
    return el("time", wording.day(date), datetime=date)


@lru_cache(maxsize=2**14)
def _facts(stage: str, place: str, source: str | None) -> Markup:
    facts = [stage if stage != "其他" else None, place or None, source]
    return el("span", [el("i", fact) for fact in facts if fact], class_="da-row-facts")


def rows(records: Iterable[Record], root: str) -> Markup:
    """A list of articles: day, title, stage, place, source."""
    return el("ul", [_row(record, root) for record in records], class_="da-rows")


def anchors(address: str, sections: Sequence[Section], size: int = PER_PAGE) -> dict[str, str]:
    """Where each section begins when the page at an address is cut into parts, from the site's root."""
    found, before = {}, 0
    for section in sections:
        found[section.anchor] = f"{addresses.part(address, before // size + 1)}#{section.anchor}"
        before += len(section.records)
    return found


def in_parts(
    page: Page,
    trail: Child,
    lead: Callable[[], Child],
    sections: Sequence[Section],
    inputs: tuple[Input, ...] = (),
    size: int = PER_PAGE,
) -> Iterator[Recipe[Page]]:
    """A page for every ``size`` articles: all show ``trail``.

    The first opens with ``lead``, made from ``inputs`` and from all the articles.
    """
    flat = [(section, record) for section in sections for record in section.records]
    pieces = parts(flat, size)
    for number, piece in enumerate(pieces, 1):
        headings = tuple(dict.fromkeys((one.heading, one.anchor, len(one.records)) for one, _ in piece))
        read = (page.title, page.description, join([trail]), number, len(pieces), headings)
        shown = flat if number == 1 else piece
        yield Recipe(
            addresses.part(page.address, number),
            (*read, tuple(record for _, record in shown), inputs if number == 1 else ()),
            partial(_part, page, trail, lead if number == 1 else None, piece, number, len(pieces)),
        )


def _part(
    page: Page,
    trail: Child,
    lead: Callable[[], Child] | None,
    piece: Sequence[tuple[Section, Record]],
    number: int,
    count: int,
) -> Page:
    body = [
        el("p", trail, class_="da-kicker"),
        el("h1", page.title),
        lead() if lead else el("p", f"第{number}页，共{count}页", class_="da-note"),
        _grouped(piece, page.root),
        pager(page.address, number, count),
    ]
    suffix = "" if number == 1 else f"（第{number}页）"
    return replace(
        page, address=addresses.part(page.address, number), title=page.title + suffix, body=join(body)
    )


def _grouped(piece: Sequence[tuple[Section, Record]], root: str) -> Markup:
    groups: dict[str, tuple[Section, list[Record]]] = {}
    for section, record in piece:
        groups.setdefault(section.anchor, (section, []))[1].append(record)
    return join(
        join(
            [
                el(
                    "h2",
                    section.heading,
                    " ",
                    el("small", f"{len(section.records)}篇"),
                    id=section.anchor,
                    class_="da-part",
                )
                if section.heading
                else None,
                rows(records, root),
            ]
        )
        for section, records in groups.values()
    )


def near(before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]) -> Markup:
    """Names and addresses of what lies on each side of a page in time."""
    links = [
        *(el("a", f"‹ {name}", href=href, rel="prev") for name, href in before),
        *(el("a", f"{name} ›", href=href, rel="next") for name, href in after),
    ]
    return el("span", links, class_="da-near")


def pager(address: str, number: int, count: int) -> Markup | None:
    """Links to the other parts of a long page: the first, the last, and those near this one."""
    if count == 1:
        return None
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    name = addresses.part
    links: list[Child] = []
    for before, this in zip([0, *near], near, strict=False):
        if this - before > 1:
            links.append("…")
        target = name(address, this).rpartition("/")[2]
        links.append(el("a", str(this), href=target, aria_current="page" if this == number else None))
    return el("nav", links, class_="da-pager", aria_label="分页")
