"""People: an index by surname in the order of pinyin, and a page for each person with dated titles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from build_tools.models import Record
from build_tools.site import addresses, listing, wording
from build_tools.site.listing import pager
from build_tools.site.marks import marked
from build_tools.site.markup import Markup, el, join
from build_tools.site.page import Page
from build_tools.site.people import Career
from build_tools.site.recipe import Input, Recipe
from build_tools.site.shelves import Shelves, parts
from build_tools.site.surnames import surname
from build_tools.site.tiles import tiles

_PER_INDEX = 400
_MOST = 60
_COMPANIONS = 12

Letters = dict[str, list[Career]]


def people_page(shelf: Shelves) -> Page:
    """Every surname, and who is named most often; a script adds a box that finds anyone."""
    letters = _letters(shelf)
    most = sorted(shelf.people, key=lambda career: -len(career.record_ids))[:_MOST]
    lead = f"文章以职务提及的{len(shelf.people)}人，按姓氏拼音排列。同名者按地区分列，不凭推测合并。"
    groups = [_surnames(letter, careers) for letter, careers in sorted(letters.items())]
    body = join(
        [
            el("h1", "人物"),
            el("p", lead, class_="da-lead"),
            el("div", id="people-app", data_names="people/names.js"),
            el("h2", "姓氏", id="surnames") if groups else None,
            el("dl", groups, class_="da-surnames") if groups else el("p", "还没有文章提到官员。"),
            el("h2", "文章较多的人物" if len(shelf.people) > len(most) else "全部人物", id="most")
            if most
            else None,
            el("ul", [_entry(career, "") for career in most], class_="da-people") if most else None,
        ]
    )
    return Page(
        addresses.PEOPLE, "人物", body, addresses.PEOPLE, "文章中以职务出现的官员", scripts=("people.js",)
    )


def letter_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """The people of each letter, cut into parts."""
    letters = _letters(shelf)
    for letter in sorted(letters):
        yield from _letter(letter, letters)


def person_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """A page for every person."""
    namesakes: dict[str, list[Career]] = defaultdict(list)
    for career in shelf.people:
        namesakes[career.name].append(career)
    for career in shelf.people:
        yield from _person(career, namesakes[career.name], shelf)


def _letters(shelf: Shelves) -> Letters:
    letters: Letters = defaultdict(list)
    for career in shelf.people:
        letters[career.initial].append(career)
    return letters


def _letter_address(letter: str) -> str:
    return addresses.initial("0" if letter == "#" else letter)


def _anchor(name: str) -> str:
    family = surname(name)
    return addresses.surname(family.characters)


def _surnames(letter: str, people: Sequence[Career]) -> Markup:
    """A letter with its surnames, each with its number of people and the place where they begin."""
    counts = Counter(surname(career.name).characters for career in people)
    begins: dict[str, int] = {}
    for place, career in enumerate(people):
        begins.setdefault(surname(career.name).characters, place // _PER_INDEX + 1)
    address = _letter_address(letter)
    links = [
        el(
            "a",
            marked(name),
            el("small", str(count)),
            href=f"{addresses.part(address, begins[name])}#{addresses.surname(name)}",
        )
        for name, count in counts.items()
    ]
    return el("div", el("dt", el("a", letter, href=address)), el("dd", links))


def _alphabet(letters: Letters, root: str, current: str) -> Markup:
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


def _entry(career: Career, root: str) -> Markup:
    return el(
        "li",
        el("a", marked(career.name), href=root + career.address),
        el("span", marked(career.last_title or "职务未载")),
        el("small", f"{career.shown} {len(career.record_ids)}篇"),
    )


def _letter(letter: str, letters: Letters) -> Iterator[Recipe[Page]]:
    address = _letter_address(letter)
    pieces = parts(letters[letter], _PER_INDEX)
    alphabet = _alphabet(letters, addresses.root_of(address), letter)
    for number, piece in enumerate(pieces, 1):
        here = addresses.part(address, number)
        shown = tuple(
            (career.name, career.address, career.last_title, career.shown, len(career.record_ids))
            for career in piece
        )
        make = partial(_letter_part, here, letter, piece, number, len(pieces), alphabet)
        yield Recipe(here, (letter, number, len(pieces), alphabet, shown), make)


def _letter_part(
    here: str, letter: str, piece: Sequence[Career], number: int, count: int, alphabet: Markup
) -> Page:
    root = addresses.root_of(here)
    groups: dict[str, list[Career]] = defaultdict(list)
    for career in piece:
        groups[surname(career.name).characters].append(career)
    lists = [
        el(
            "section",
            el("h2", marked(name), id=addresses.surname(name)),
            el("ul", [_entry(career, root) for career in people], class_="da-people"),
            class_="da-surname",
        )
        for name, people in groups.items()
    ]
    body = [
        el("p", el("a", "人物", href=root + addresses.PEOPLE), class_="da-kicker"),
        el("h1", f"姓氏 {letter}" + (f"（第{number}页）" if number > 1 else "")),
        alphabet,
        el("div", lists, data_filter="本页的姓名、地区或职务"),
        pager(_letter_address(letter), number, count),
    ]
    return Page(here, f"人物：{letter}", join(body), addresses.PEOPLE, f"姓氏拼音以{letter}开头的人物")


def _person(career: Career, namesakes: Sequence[Career], shelf: Shelves) -> Iterator[Recipe[Page]]:
    page = Page(
        career.address,
        f"{career.name}（{career.shown}）",
        Markup(),
        addresses.PEOPLE,
        f"{career.name}：{career.last_title or career.shown}",
    )
    letter = career.initial
    root = page.root
    trail = [
        el("a", "人物", href=root + addresses.PEOPLE),
        el("a", letter, href=root + _letter_address(letter)),
        el("a", career.shown, href=root + addresses.province(career.label))
        if career.label in tiles() and career.label in shelf.provinces
        else el("span", career.shown),
    ]
    records = tuple({mention.record.id: mention.record for mention in reversed(career.mentions)}.values())
    others = [other for other in namesakes if other is not career]
    apart = tuple((other.shown, other.address, len(other.record_ids)) for other in others)
    inputs: tuple[Input, ...] = (career.name, career.label, career.why, apart)
    lead = partial(_person_lead, career, apart, records, shelf, root)
    yield from listing.in_parts(page, trail, lead, [listing.Section("", "all", records)], inputs)


def _companions(career: Career, shelf: Shelves) -> Iterator[tuple[str, str, int]]:
    """Who else the same articles name, most often first: name, page, number of articles."""
    others = (other for record_id in career.record_ids for other in shelf.people_of[record_id])
    counts = Counter((other.name, other.address) for other in others if other is not career)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ((*person, count) for person, count in order[:_COMPANIONS])


def _person_lead(
    career: Career,
    apart: tuple[tuple[str, str, int], ...],
    records: tuple[Record, ...],
    shelf: Shelves,
    root: str,
) -> Markup:
    return join(
        [
            _namesakes(apart, root),
            el("p", f"经人核定为同一人：{career.why}", class_="da-notice") if career.why else None,
            el("h2", "职务", id="titles"),
            el("p", "职务以文章所载为准，日期为文章所记之日，并非任免日期。", class_="da-note"),
            _titles(career),
            _places(records, root),
            _near(_companions(career, shelf), root),
            el("h2", f"文章（{len(records)}篇）", id="articles"),
        ]
    )


def _namesakes(apart: Sequence[tuple[str, str, int]], root: str) -> Markup | None:
    if not apart:
        return None
    links = [el("a", f"{shown}（{count}篇）", href=root + address) for shown, address, count in apart]
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
    return el("ol", rows, class_="da-course da-terms")


def _places(records: Sequence[Record], root: str) -> Markup | None:
    """Where the articles are set, most often first."""
    counts = Counter(
        (record.front.provinces[0], record.front.city) for record in records if record.front.provinces
    )
    items = [_place(province, city, count, root) for (province, city), count in counts.most_common()]
    return join([el("h2", "地区", id="places"), el("ul", items, class_="da-columns")]) if items else None


def _place(province: str, city: str | None, count: int, root: str) -> Markup:
    is_below = city is not None and city != province
    address = addresses.city(province, city) if city and is_below else addresses.province(province)
    return el(
        "li", el("a", city if is_below else province, href=root + address), " ", el("small", str(count))
    )


def _near(near: Iterator[tuple[str, str, int]], root: str) -> Markup | None:
    items = [
        el("li", el("a", marked(name), href=root + address), " ", el("small", str(count)))
        for name, address, count in near
    ]
    return (
        join([el("h2", "同在一文的人", id="companions"), el("ul", items, class_="da-columns")])
        if items
        else None
    )
