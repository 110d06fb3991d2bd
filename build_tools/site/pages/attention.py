"""What needs a person: lost text, conjecture, unknown dates and the rest, each with the way to settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from build_tools.archive.settling import doubts
from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.listing import PER_PAGE, pager
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.pages.provenance import Repository
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Shelves, parts

_KINDS = {
    "body": "缺字、推补与不可靠的文字",
    "date": "日期不详或推定",
    "title": "代拟的标题",
    "level": "级别不详",
    "round": "轮次由日程推定",
    "stage": "阶段不详",
    "provinces": "地点不详",
    "officials": "没有头衔的官员",
    "source": "没有来源",
    "names": "只见于一篇的人名",
}


@dataclass(frozen=True, slots=True)
class _Item:
    record: Record
    why: str


_Items = dict[str, list[_Item]]


def attention_pages(shelf: Shelves, repository: Repository) -> Iterator[Recipe[Page]]:
    """How much of each kind there is, and the records of each, newest first, cut into parts."""
    items = _items(shelf)
    counts = tuple((kind, len(items[kind])) for kind in _KINDS if kind in items)
    yield Recipe(addresses.ATTENTION, counts, partial(_overview, counts))
    for kind, found in items.items():
        pieces = parts(found, PER_PAGE)
        for number, piece in enumerate(pieces, 1):
            read = tuple((item.record, item.why) for item in piece)
            yield Recipe(
                addresses.part(addresses.attention(kind), number),
                (kind, number, len(pieces), repository.edit, read),
                partial(_part, kind, tuple(piece), number, len(pieces), repository),
            )


def _overview(counts: tuple[tuple[str, int], ...]) -> Page:
    rows = [
        el("li", el("a", _KINDS[kind], href=addresses.attention(kind)), " ", el("small", f"{count}篇"))
        for kind, count in counts
    ]
    body = join(
        [
            el("p", el("a", "参与", href=addresses.CONTRIBUTE), class_="da-kicker"),
            el("h1", "待核"),
            el("p", "工具拿不准、要人看一眼的地方。核定之后列入 confirmed，便不再出现。", class_="da-lead"),
            el("ul", rows) if rows else el("p", "没有待核的地方。"),
        ]
    )
    return Page(addresses.ATTENTION, "待核", body, addresses.CONTRIBUTE, "要人核对的缺字、日期与人名")


def _items(shelf: Shelves) -> _Items:
    found: _Items = defaultdict(list)
    for record in shelf.corpus:
        for doubt in doubts(record):
            found[doubt.field].append(_Item(record, doubt.why))
        if "officials" not in record.front.confirmed and (names := _only_here(record, shelf)):
            found["names"].append(_Item(record, "、".join(names)))
    return found


def _only_here(record: Record, shelf: Shelves) -> list[str]:
    """People of an article whom no other article names."""
    return [one.name for one in shelf.people_of.get(record.id, ()) if len(one.record_ids) == 1]


def _part(kind: str, items: tuple[_Item, ...], number: int, count: int, repository: Repository) -> Page:
    address = addresses.attention(kind)
    root = addresses.root_of(address)
    body = join(
        [
            el("p", el("a", "待核", href=root + addresses.ATTENTION), class_="da-kicker"),
            el("h1", _KINDS[kind]),
            el("ul", [_row(item, repository, root) for item in items], class_="da-rows"),
            pager(address, number, count),
        ]
    )
    suffix = f"（第{number}页）" if number > 1 else ""
    return Page(addresses.part(address, number), _KINDS[kind] + suffix, body, addresses.CONTRIBUTE)


def _row(item: _Item, repository: Repository, root: str) -> Markup:
    record = item.record
    edit: Child = None
    if repository.edit:
        edit = el("a", "编辑", href=repository.edit + addresses.record(record.id), rel="external")
    return el(
        "li",
        el("time", wording.day(record.front.date), datetime=record.front.date),
        el("a", wording.title(record), href=root + addresses.article(record.id)),
        el("span", el("i", item.why), el("i", edit) if edit else None, class_="da-row-facts"),
        class_="da-row",
    )
