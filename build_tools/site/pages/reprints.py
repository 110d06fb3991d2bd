"""Other witnesses of an article's text: reprints that the archive holds as records of their own."""

from __future__ import annotations

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.marks import marked
from build_tools.site.markup import Markup, el
from build_tools.site.pages.witnesses import Family, address_of


def reprints(record: Record, family: Family, root: str) -> Markup | None:
    """Where else the same text stands, and what was taken from there; ``family`` holds the record too."""
    if len(family) < 2:
        return None
    items = [
        el(
            "li",
            el("a", marked(wording.title(other)), href=root + addresses.article(other.id)),
            " ",
            el("small", "，".join(_said(record, other))),
        )
        for other in family
        if other.id != record.id
    ]
    whole = el("p", el("a", "逐词互校", href=root + address_of(family)), class_="da-note")
    return el(
        "section", el("h2", "同一篇的其他见本"), el("ul", items), whole, class_="da-related", id="reprints"
    )


def _said(record: Record, other: Record) -> list[str]:
    ground = record.front.made.evidence.get(f"witness.{other.id}")
    parts = (
        other.front.source,
        wording.day(other.front.date),
        ground and ground.words,
        ground and ground.why,
    )
    return [part for part in parts if part]
