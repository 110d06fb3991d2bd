"""Who is named in office in an article, with the title the text gives and the place where it gives it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from build_tools.models import Official, Record
from build_tools.site import addresses
from build_tools.site.marks import marked
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.pages import facts
from build_tools.site.people import place_of
from build_tools.site.shelves import Shelves


def officials(record: Record, shelf: Shelves, root: str) -> Markup | None:
    """Officials in order of mention; neighbours of one title and one ground stand together."""
    front = record.front
    if not front.officials:
        return None
    pages = {career.name: career.address for career in shelf.people_of.get(record.id, ())}
    rows = []
    for (office, basis), group in groupby(front.officials, lambda one: (_office(one), _basis(record, one))):
        links = [el("a", marked(one.name), href=root + _page(one, record, pages)) for one in group]
        rows.append(el("li", join(links, "、"), " ", el("span", marked(office)), " ", basis))
    return el("section", el("h2", "文中官员"), el("ul", rows, class_="da-officials"), id="officials")


def _page(official: Official, record: Record, pages: dict[str, str]) -> str:
    return pages.get(official.name) or addresses.person(official.name, place_of(official, record.front))


def _office(official: Official) -> str:
    return (official.tenure or "") + (official.title or "职务未载")


def _basis(record: Record, official: Official) -> Child:
    """The paragraph that names someone; elsewhere the words themselves, on demand."""
    front = record.front
    if "officials" in front.confirmed:
        return facts.confirmed()
    ground = front.made.evidence.get(f"officials.{official.name}")
    if ground is None:
        return None
    if ground.basis == "text":
        for number in _paragraphs_with(record, official.name):
            return el("a", "原文", href=f"#p{number}")
    return facts.basis([ground])


def _paragraphs_with(record: Record, words: str) -> Iterator[int]:
    return (number for number, text in enumerate(record.paragraphs, 1) if words in text)
