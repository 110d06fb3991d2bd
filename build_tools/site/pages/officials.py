"""People: an index by the surname's initial, and a page for each person with dated titles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from build_tools.site import addresses, listing, wording
from build_tools.site.listing import pager
from build_tools.site.marks import marked
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.people import CENTRAL, UNKNOWN_PLACE, Career
from build_tools.site.shelves import Shelves, parts
from build_tools.site.surnames import surname
from build_tools.site.tiles import short_name

_PER_INDEX = 400
_COMPANIONS = 12


def index_pages(shelf: Shelves) -> Iterator[Page]:
    """The index and its letters."""
    letters: dict[str, list[Career]] = defaultdict(list)
    for career in shelf.people:
        letters[career.initial].append(career)
    yield _overview(letters, shelf)
    for letter in sorted(letters):
        yield from _letter(letter, letters)


def person_pages(shelf: Shelves) -> Iterator[Page]:
    """A page for every person."""
    namesakes: dict[str, list[Career]] = defaultdict(list)
    for career in shelf.people:
        namesakes[career.name].append(career)
    for career in shelf.people:
        yield from _person(career, namesakes[career.name], shelf)


def _letter_address(letter: str) -> str:
    return addresses.initial("0" if letter == "#" else letter)


def _alphabet(letters: dict[str, list[Career]], root: str, current: str = "") -> Markup:
    names = [*(chr(code) for code in range(ord("A"), ord("Z") + 1)), *(["#"] if "#" in letters else [])]
    items = [
        el(
            "a",
            letter,
            href=root + _letter_address(letter),
            title=f"{len(letters[letter])}人",
            aria_current="page" if letter == current else None,
        )
        if letter in letters
        else el("span", letter)
        for letter in names
    ]
    return el("nav", items, class_="da-alphabet", aria_label="按姓氏拼音")


def _overview(letters: dict[str, list[Career]], shelf: Shelves) -> Page:
    address = addresses.PEOPLE
    root = addresses.root_of(address)
    most = sorted(shelf.people, key=lambda career: -len(career.record_ids))[: _PER_INDEX // 4]
    body = join(
        [
            el("h1", "人物"),
            el(
                "p",
                f"文章以职务提及的{len(shelf.people)}人，按姓氏拼音排列。同名者按地区分列，不凭推测合并。",
                class_="da-lead",
            ),
            _alphabet(letters, root),
            el("h2", "文章较多的人物" if len(shelf.people) > len(most) else "全部人物"),
            _entries(most, root),
        ]
    )
    return Page(address, "人物", body, address, "文章中以职务出现的官员")


def _entries(people: Sequence[Career], root: str) -> Markup:
    return el(
        "ul", [_entry(career, root) for career in people], class_="da-people", data_filter="姓名、地区或职务"
    )


def _entry(career: Career, root: str) -> Markup:
    count = len(career.record_ids)
    return el(
        "li",
        el("a", marked(career.name), href=root + career.address),
        el("span", marked(_last_title(career) or "职务未载")),
        el("small", f"{short_name(career.place)} {count}篇"),
    )


def _last_title(career: Career) -> str | None:
    return next((m.official.title for m in reversed(career.mentions) if m.official.title), None)


def _letter(letter: str, letters: dict[str, list[Career]]) -> Iterator[Page]:
    address = _letter_address(letter)
    pieces = parts(letters[letter], _PER_INDEX)
    for number, piece in enumerate(pieces, 1):
        groups: dict[str, list[Career]] = defaultdict(list)
        for career in piece:
            groups[surname(career.name).characters].append(career)
        here = addresses.part(address, number)
        root = addresses.root_of(here)
        body = join(
            [
                el("p", el("a", "人物", href=root + addresses.PEOPLE), class_="da-kicker"),
                el("h1", f"姓氏 {letter}" + (f"（第{number}页）" if number > 1 else "")),
                _alphabet(letters, root, letter),
                [join([el("h2", name), _entries(people, root)]) for name, people in groups.items()],
                pager(address, number, len(pieces)),
            ]
        )
        yield Page(here, f"人物：{letter}", body, addresses.PEOPLE, f"姓氏拼音以{letter}开头的人物")


def _person(career: Career, namesakes: Sequence[Career], shelf: Shelves) -> Iterator[Page]:
    place = career.place if career.place in (CENTRAL, UNKNOWN_PLACE) else short_name(career.place)
    page = Page(
        career.address,
        f"{career.name}（{place}）",
        Markup(),
        addresses.PEOPLE,
        f"{career.name}：{_last_title(career) or place}",
    )
    letter = career.initial
    trail = [
        el("a", "人物", href=page.root + addresses.PEOPLE),
        el("a", letter, href=page.root + _letter_address(letter)),
        el("a", place, href=page.root + addresses.province(career.place))
        if career.place in shelf.provinces
        else el("span", place),
    ]
    others = [other for other in namesakes if other.place != career.place]
    lead: list[Child] = [
        _namesakes(others, page.root),
        el("h2", "职务", id="titles"),
        el("p", "职务以文章所载为准，日期为文章所记之日，并非任免日期。", class_="da-note"),
        _titles(career),
        _companions(career, shelf, page.root),
        el("h2", f"文章（{len(career.record_ids)}篇）", id="articles"),
    ]
    records = tuple({m.record.id: m.record for m in reversed(career.mentions)}.values())
    yield from listing.in_parts(page, trail, lead, [listing.Section("", "all", records)])


def _namesakes(others: Sequence[Career], root: str) -> Markup | None:
    if not others:
        return None
    links = [
        el("a", f"{short_name(other.place)}（{len(other.record_ids)}篇）", href=root + other.address)
        for other in others
    ]
    return el("p", "同名者（未必是同一人）：", join(links, "、"), class_="da-notice")


def _titles(career: Career) -> Markup:
    """Each title in the order of its first appearance, with the first and last day the articles give it."""
    spans: dict[str, list[str | None]] = defaultdict(list)
    for mention in career.mentions:
        spans[(mention.official.tenure or "") + (mention.official.title or "职务未载")].append(
            mention.record.front.date
        )
    rows = []
    for title, days in spans.items():
        dated = sorted(day for day in days if day)
        ends = list(dict.fromkeys([dated[0], dated[-1]])) if dated else [None]
        when = "至".join(wording.day(day) for day in ends)
        rows.append(el("li", el("time", when), el("span", marked(title)), el("small", f"{len(days)}篇")))
    return el("ol", rows, class_="da-course")


def _companions(career: Career, shelf: Shelves, root: str) -> Markup | None:
    """Who else the same articles name, most often first."""
    others = [other for record_id in career.record_ids for other in shelf.people_of[record_id]]
    counts = Counter((other.name, other.address) for other in others if other is not career)
    if not counts:
        return None
    items = [
        el("li", el("a", marked(name), href=root + address), " ", el("small", str(count)))
        for (name, address), count in counts.most_common(_COMPANIONS)
    ]
    return join([el("h2", "同在一文的人", id="companions"), el("ul", items, class_="da-columns")])
