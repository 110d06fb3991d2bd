"""What stands around an article: others of the same inspection, and those before and after it."""

from __future__ import annotations

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.markup import Markup, el
from build_tools.site.shelves import Shelves

_RELATED = 5
_REACH = 20
_FAR = 2


def related(record: Record, shelf: Shelves, root: str) -> Markup | None:
    """Other articles of the same inspection in the same province, its own city first."""
    front = record.front
    if not front.provinces:
        return None
    pool = shelf.provinces[front.provinces[0]]
    at = shelf.positions[record.id]
    near = [other for other in pool[max(0, at - _REACH) : at + _REACH + 1] if other.id != record.id]
    close = sorted(
        (other for other in near if _distance(record, other) < _FAR),
        key=lambda other: _distance(record, other),
    )[:_RELATED]
    if not close:
        return None
    items = [
        el(
            "li",
            el("a", wording.title(other), href=root + addresses.article(other.id)),
            " ",
            el("small", wording.day(other.front.date)),
        )
        for other in close
    ]
    return el("section", el("h2", "同一督察的其他文章"), el("ul", items), class_="da-related", id="related")


def _distance(one: Record, other: Record) -> int:
    """0 for the same batch and city, 1 for the same batch, ``_FAR`` for anything else."""
    a, b = one.front, other.front
    if a.round is None or (a.level, a.round, a.batch, a.mode) != (b.level, b.round, b.batch, b.mode):
        return 0 if a.city and (a.city, a.mode, a.level) == (b.city, b.mode, b.level) else _FAR
    return 0 if a.city == b.city else 1


def neighbours(newer: Record | None, older: Record | None, root: str) -> Markup:
    """The next article on each side in time."""

    def link(record: Record | None, label: str, rel: str) -> Markup | None:
        if record is None:
            return None
        address = root + addresses.article(record.id)
        return el("a", el("span", label), wording.title(record), href=address, rel=rel)

    return el(
        "nav",
        link(older, "较早一篇", "prev"),
        link(newer, "较晚一篇", "next"),
        class_="da-neighbours",
        aria_label="前后文章",
    )
