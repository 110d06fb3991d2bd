"""Places: the tile map, a page for every province and for every city below it."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.knowledge.schedule import Batch, schedule
from build_tools.models import Record
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.people import Career
from build_tools.site.shelves import Records, Shelves
from build_tools.site.tiles import short_name, tiles

_MOST_NAMED = 60


def province_pages(shelf: Shelves) -> Iterator[Page]:
    """The map, the provinces in the table's order, and places it does not know."""
    yield _overview(shelf)
    known = [tile.name for tile in tiles().values() if tile.inspected or tile.name in shelf.provinces]
    for name in [*known, *sorted(set(shelf.provinces) - set(known))]:
        yield from _province(name, shelf)


def city_pages(shelf: Shelves) -> Iterator[Page]:
    """A page for every city."""
    for (province, city), records in shelf.cities.items():
        yield from _city(province, city, records)


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
            el("div", chart.tile_map(counts, root), class_="da-map"),
            el("h2", "按行政区划代码排列"),
            el("ul", items, class_="da-columns"),
            el("div", el("h2", "并排比较"), el("div", id="compare-app"), class_="da-compare"),
        ]
    )
    return Page(address, "省份", body, address, "各省级地区的文章、官员和历次督察", scripts=("compare.js",))


def _province(name: str, shelf: Shelves) -> Iterator[Page]:
    records = shelf.provinces.get(name, ())
    page = Page(addresses.province(name), name, Markup(), addresses.PROVINCES, f"{name}：督察、官员与文章")
    root = page.root
    cities = [(city, found) for (province, city), found in shelf.cities.items() if province == name]
    links = [
        el("li", el("a", city, href=root + addresses.city(name, city)), " ", el("small", str(len(found))))
        for city, found in cities
    ]
    trail = el("a", "省份", href=root + addresses.PROVINCES)
    lead = [
        _summary(records, root),
        _history(name, shelf, root),
        join([el("h2", "市、州", id="cities"), el("ul", links, class_="da-columns")]) if links else None,
        _people([career for career in shelf.people if career.place == name], root),
        el("h2", f"文章（{len(records)}篇）", id="articles"),
    ]
    yield from listing.in_parts(page, trail, lead, _by_year(records))


def _city(province: str, city: str, records: Records) -> Iterator[Page]:
    address = addresses.city(province, city)
    page = Page(address, f"{short_name(province)} · {city}", Markup(), addresses.PROVINCES, f"{city}的文章")
    trail = [
        el("a", "省份", href=page.root + addresses.PROVINCES),
        el("a", province, href=page.root + addresses.province(province)),
    ]
    yield from listing.in_parts(page, trail, _summary(records, page.root), _by_year(records))


def _summary(records: Records, root: str) -> Markup:
    if not records:
        invite = el("a", "如何参与", href=root + addresses.CONTRIBUTE)
        return el("p", f"{wording.GAP}，欢迎补上。", invite, class_="da-lead")
    months: dict[str, list[Record]] = {}
    for record in records:
        months.setdefault((record.front.date or "")[:7], []).append(record)
    return join([el("p", f"{len(records)}篇文章", class_="da-lead"), chart.sparkline(months)])


def _history(name: str, shelf: Shelves, root: str) -> Markup | None:
    """The inspections the province went through, with their shown days and counts."""
    rows = [
        _inspection(batch, name, shelf, root)
        for batch in schedule().batches
        if batch.target(name) is not None
    ]
    if not rows:
        return None
    head = el("tr", [el("th", label, scope="col") for label in ("批次", "进驻", "反馈", "文章")])
    table = el("table", el("thead", head), el("tbody", rows), class_="da-table")
    return join([el("h2", "历次中央督察", id="rounds"), el("div", table, class_="da-scroll", tabindex=0)])


def _inspection(batch: Batch, name: str, shelf: Shelves, root: str) -> Markup:
    target = batch.target(name)
    count = sum(name in record.front.provinces for record in shelf.batches.get(batch.id, ()))
    days: list[Child] = [
        wording.day(str(fact.shown)) if fact and fact.shown else el("span", "未见来源", class_="da-unknown")
        for fact in (target and target.entry, target and target.feedback)
    ]
    return el(
        "tr",
        el("th", el("a", batch.label, href=root + addresses.batch(batch)), scope="row"),
        [el("td", day) for day in days],
        el("td", f"{count}篇" if count else el("span", wording.GAP, class_="da-gap")),
    )


def _people(people: list[Career], root: str) -> Markup | None:
    if not people:
        return None
    most = sorted(people, key=lambda career: -len(career.record_ids))[:_MOST_NAMED]
    items = [
        el(
            "li",
            el("a", career.name, href=root + career.address),
            " ",
            el("small", str(len(career.record_ids))),
        )
        for career in most
    ]
    note = f"文章最多的{_MOST_NAMED}人；全部见" if len(people) > _MOST_NAMED else "全部见"
    index = el("p", note, el("a", "人物", href=root + addresses.PEOPLE), class_="da-note")
    return join([el("h2", "官员", id="people"), el("ul", items, class_="da-columns"), index])


def _by_year(records: Records) -> list[Section]:
    years: dict[str, list[Record]] = {}
    for record in records:
        years.setdefault((record.front.date or "")[:4], []).append(record)
    return [
        Section(f"{year}年" if year else "日期不详", f"y{year or '0'}", tuple(found))
        for year, found in years.items()
    ]
