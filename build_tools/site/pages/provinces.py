"""Places: the tile map, a page for every province and for every city below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from build_tools.knowledge.schedule import Batch, schedule
from build_tools.models import Record
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.marks import marked
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Records, Shelves, batch_of
from build_tools.site.surnames import pinyin
from build_tools.site.tiles import short_name, tiles

Named = tuple[str, str, int]
"""A person by name and page, and in how many articles."""

_MOST_NAMED = 60
_HEIGHT = 90


def provinces_page(shelf: Shelves) -> Page:
    """The map of all provinces, and two of them side by side."""
    return _overview(shelf)


def province_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """The provinces in the table's order, and places it does not know."""
    known = [tile.name for tile in tiles().values() if tile.inspected or tile.name in shelf.provinces]
    for name in [*known, *sorted(set(shelf.provinces) - set(known))]:
        yield from _province(name, shelf)


def city_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """A page for every city."""
    for (province, city), records in shelf.cities.items():
        yield from _city(province, city, records, shelf)


def _overview(shelf: Shelves) -> Page:
    address = addresses.PROVINCES
    root = addresses.root_of(address)
    counts = {name: len(records) for name, records in shelf.provinces.items()}
    listed = [tile.name for tile in tiles().values() if tile.inspected]
    others = sorted(set(counts) - set(tiles()))
    items = [
        el(
            "li",
            el("a", short_name(name), href=root + addresses.province(name)),
            " ",
            el("small", str(counts.get(name, 0))),
        )
        for name in [*listed, *others]
    ]
    body = join(
        [
            el("h1", "省份"),
            el(
                "p",
                "每个方格是一个省级地区，颜色越深，文章越多。方格只示意方位，不表示疆界。",
                class_="da-lead",
            ),
            el(
                "div",
                el("div", chart.tile_map(counts, root), class_="da-map"),
                el("section", el("h2", "按行政区划代码排列"), el("ul", items, class_="da-columns")),
                class_="da-places",
            ),
            el("div", el("h2", "并排比较"), el("div", id="compare-app"), class_="da-compare"),
        ]
    )
    return Page(address, "省份", body, address, "各省级地区的文章、官员和历次督察", scripts=("compare.js",))


def _province(name: str, shelf: Shelves) -> Iterator[Recipe[Page]]:
    records = shelf.provinces.get(name, ())
    page = Page(addresses.province(name), name, Markup(), addresses.PROVINCES, f"{name}：督察、官员与文章")
    cities = _most_first(
        (city, len(found)) for (province, city), found in shelf.cities.items() if province == name
    )
    people = _most_named(
        (one.name, one.address, len(one.record_ids)) for one in shelf.people_at.get(name, ())
    )
    sections = _by_year(records)
    lead = partial(_province_lead, name, page, records, sections, cities, people)
    trail = el("a", "省份", href=page.root + addresses.PROVINCES)
    yield from listing.in_parts(page, trail, lead, sections, (cities, people))


def _province_lead(
    name: str,
    page: Page,
    records: Records,
    sections: list[Section],
    cities: tuple[tuple[str, int], ...],
    people: tuple[Named, ...],
) -> Markup:
    root = page.root
    links = [
        el("li", el("a", city, href=root + addresses.city(name, city)), " ", el("small", str(count)))
        for city, count in cities
    ]
    return join(
        [
            _summary(name, page, records, sections),
            _history(name, records, root),
            join([el("h2", "市、州", id="cities"), el("ul", links, class_="da-columns")]) if links else None,
            _people(people, root),
            el("h2", f"文章（{len(records)}篇）", id="articles"),
        ]
    )


def _city(province: str, city: str, records: Records, shelf: Shelves) -> Iterator[Recipe[Page]]:
    address = addresses.city(province, city)
    page = Page(address, f"{short_name(province)} · {city}", Markup(), addresses.PROVINCES, f"{city}的文章")
    trail = [
        el("a", "省份", href=page.root + addresses.PROVINCES),
        el("a", province, href=page.root + addresses.province(province)),
    ]
    sections = _by_year(records)
    lead = partial(_city_lead, province, page, records, sections, shelf)
    yield from listing.in_parts(page, trail, lead, sections)


def _city_lead(
    province: str, page: Page, records: Records, sections: list[Section], shelf: Shelves
) -> Markup:
    named = Counter(
        (one.name, one.address) for record in records for one in shelf.people_of.get(record.id, ())
    )
    people = _most_named((*person, count) for person, count in named.items())
    return join(
        [
            _summary(province, page, records, sections),
            _course(records, page.root),
            _people(people, page.root),
            el("h2", f"文章（{len(records)}篇）", id="articles"),
        ]
    )


def _summary(province: str, page: Page, records: Records, sections: list[Section]) -> Markup:
    """How many articles, and when: the province's own days on site are drawn behind."""
    if not records:
        invite = el("a", "如何参与", href=page.root + addresses.CONTRIBUTE)
        return el("p", f"{wording.GAP}，欢迎补上。", invite, class_="da-lead")
    months: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        months[(record.front.date or "")[:7]].append(record)
    places = listing.anchors(page.address, sections)
    drawing = chart.histogram(
        months, chart.windows_at(province), lambda month: places[f"y{month[:4]}"], page.root, _HEIGHT
    )
    years = sorted(filter(None, {(record.front.date or "")[:4] for record in records}))
    ends = f"，{'至'.join(dict.fromkeys((years[0], years[-1])))}年" if years else ""
    return join(
        [
            el("p", f"{len(records)}篇文章{ends}", class_="da-lead"),
            el("div", drawing, class_="da-scroll", tabindex=0, role="region", aria_label="各月文章数"),
            chart.legend(),
        ]
    )


def _history(name: str, records: Records, root: str) -> Markup | None:
    """The inspections the province went through, with their shown days and counts."""
    counts = _by_batch(records)
    rows = [_inspection(batch, name, counts, root) for batch in schedule().batches if batch.target(name)]
    if not rows:
        return None
    head = el("tr", [el("th", label, scope="col") for label in ("批次", "进驻", "反馈", "文章")])
    table = el("table", el("thead", head), el("tbody", rows), class_="da-table")
    return join([el("h2", "历次中央督察", id="rounds"), el("div", table, class_="da-scroll", tabindex=0)])


def _by_batch(records: Records) -> Counter[str]:
    return Counter(row.id for record in records if (row := batch_of(record.front)))


def _inspection(batch: Batch, name: str, counts: Counter[str], root: str) -> Markup:
    target, count = batch.target(name), counts[batch.id]
    days: list[Child] = [
        wording.day(str(fact.shown)) if fact and fact.shown else el("span", "未见来源", class_="da-unknown")
        for fact in (target and target.entry, target and target.feedback)
    ]
    gap = el("a", wording.GAP, href=root + addresses.CONTRIBUTE, class_="da-gap")
    return el(
        "tr",
        el("th", el("a", batch.label, href=root + addresses.batch(batch)), scope="row"),
        [el("td", day) for day in days],
        el("td", f"{count}篇" if count else gap),
    )


def _course(records: Records, root: str) -> Markup | None:
    """The inspections that a city's articles tell of, in order of time."""
    counts = _by_batch(records)
    items = [
        el(
            "li",
            el("a", batch.label, href=root + addresses.batch(batch)),
            " ",
            el("small", f"{counts[batch.id]}篇"),
        )
        for batch in schedule().batches
        if counts[batch.id]
    ]
    return join([el("h2", "督察", id="rounds"), el("ul", items, class_="da-columns")]) if items else None


def _most_first(cities: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(cities, key=lambda one: (-one[1], pinyin(one[0]), one[0])))


def _most_named(people: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(people, key=lambda one: (-one[2], one[1])))


def _people(people: tuple[Named, ...], root: str) -> Markup | None:
    if not people:
        return None
    items = [
        el("li", el("a", marked(name), href=root + address), " ", el("small", str(count)))
        for name, address, count in people[:_MOST_NAMED]
    ]
    note = f"文章最多的{_MOST_NAMED}人；全部见" if len(people) > _MOST_NAMED else "全部见"
    index = el("p", note, el("a", "人物", href=root + addresses.PEOPLE), class_="da-note")
    return join([el("h2", "官员", id="people"), el("ul", items, class_="da-columns"), index])


def _by_year(records: Records) -> list[Section]:
    years: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        years[(record.front.date or "")[:4]].append(record)
    return [
        Section(f"{year}年" if year else "日期不详", f"y{year or '0'}", tuple(found))
        for year, found in years.items()
    ]
