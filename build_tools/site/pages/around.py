"""What stands around an article: others of the same inspection, and those before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.markup import Markup, el
from build_tools.site.shelves import Shelves, kinship

_RELATED = 5
_REACH = 20


def kin(record: Record, shelf: Shelves) -> tuple[Record, ...]:
    """Others of the same inspection in the same province, those of its own city first, then the nearest in time."""
    pool = shelf.kin.get(kinship(record.front), ())
    if len(pool) < 2:
        return ()
    at = shelf.positions[record.id]
    near = pool[max(0, at - _REACH) : at] + pool[at + 1 : at + _REACH + 1]
    city = record.front.city
    close = [other for other in near if other.front.city == city][:_RELATED]
    far = (other for other in near if other.front.city != city)
    return (*close, *islice(far, _RELATED - len(close)))


def related(close: Sequence[Record], root: str) -> Markup | None:
    """Articles of the same inspection."""
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
