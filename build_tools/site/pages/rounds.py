"""The rounds of inspection: a grid of batches and provinces with its gaps, and a page for each batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from build_tools.knowledge.schedule import Batch, Fact, Target, schedule
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.pages.notes import Notes
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Records, Shelves
from build_tools.site.tiles import Tile, tiles

_CORE = {"动员", "进驻", "边督边改", "反馈", "整改"}  # what every inspection goes through


def rounds_page(shelf: Shelves) -> Page:
    """The grid of batches and provinces with its gaps."""
    return _overview(shelf, _counts(shelf))


def batch_pages(shelf: Shelves) -> Iterator[Recipe[Page]]:
    """A page for every batch of the schedule."""
    for batch in schedule().batches:
        yield from _batch(batch, shelf.batches.get(batch.id, ()))


def _counts(shelf: Shelves) -> Counter[tuple[str, str]]:
    """Articles by batch and province."""
    return Counter(
        (batch_id, province)
        for batch_id, records in shelf.batches.items()
        for record in records
        for province in dict.fromkeys(record.front.provinces)
    )


def _overview(shelf: Shelves, counts: Counter[tuple[str, str]]) -> Page:
    address = addresses.ROUNDS
    root = addresses.root_of(address)
    batches = schedule().batches
    head = el(
        "tr",
        el("th", "地区", scope="col"),
        [
            el(
                "th",
                el("a", _short(batch), href=root + addresses.batch(batch), title=batch.label),
                scope="col",
            )
            for batch in batches
        ],
    )
    rows = [_row(tile, batches, counts, root) for tile in tiles().values() if tile.inspected]
    table = el("table", el("thead", head), el("tbody", rows), class_="da-grid")
    gaps = sum(
        1
        for batch in batches
        for target in batch.targets
        if target.name in tiles() and not counts[batch.id, target.name]
    )
    lead = "横行是省份，竖列是批次。数字是本档案收录的文章数；“○”表示该省在这一批受过督察而本档案尚无文章"
    lead += f"，这样的空缺有{gaps}处，欢迎补上。" if gaps else "。"
    lead += "列首“1-4”是第一轮第四批，“回”是“回头看”。"
    provincial = sum(1 for record in shelf.corpus if record.front.level == "provincial")
    body = join(
        [
            el("h1", "轮次"),
            el("p", lead, el("a", "如何参与", href=root + addresses.CONTRIBUTE), class_="da-lead"),
            el("div", table, class_="da-scroll", tabindex=0, role="region", aria_label="批次与省份"),
            el("p", f"另有省级督察的文章{provincial}篇，不在此表。", class_="da-note")
            if provincial
            else None,
            el("h2", "各批次"),
            el("ul", [_batch_row(batch, shelf, root) for batch in batches], class_="da-rows"),
            el(
                "p",
                f"日程整理于{schedule().compiled}，所据资料截至{schedule().coverage_until}。",
                class_="da-note",
            ),
        ]
    )
    return Page(address, "轮次", body, address, "历次中央生态环境保护督察的批次、省份与文章")


def _short(batch: Batch) -> str:
    """A batch in a column's width: 1-4, 1-回2, 试点."""
    if batch.mode == "试点":
        return "试点"
    return f"{batch.round}-{'回' if batch.mode == '回头看' else ''}{batch.batch}"


def _row(tile: Tile, batches: tuple[Batch, ...], counts: Counter[tuple[str, str]], root: str) -> Markup:
    cells = [_cell(tile, batch, counts[batch.id, tile.name], root) for batch in batches]
    name = el("a", tile.short, href=root + addresses.province(tile.name))
    return el("tr", el("th", name, scope="row"), cells)


def _cell(tile: Tile, batch: Batch, count: int, root: str) -> Markup:
    is_target = batch.target(tile.name) is not None
    address = f"{root}{addresses.batch(batch)}" + (f"#{tile.slug}" if is_target else "")
    if count:
        link = el("a", str(count), href=address, title=f"{tile.name} {batch.label}：{count}篇")
        return el("td", link, class_=f"da-q{min(chart.SHADES, 1 + count // 5)}")
    if is_target:
        title = f"{tile.name} {batch.label}：{wording.GAP}"
        return el("td", el("a", "○", href=address, title=title, aria_label=title), class_="da-gap")
    return el("td")


def _batch_row(batch: Batch, shelf: Shelves, root: str) -> Markup:
    count = len(shelf.batches.get(batch.id, ()))
    name = el("a", batch.label, href=root + addresses.batch(batch))
    return el(
        "li",
        el("time", wording.day(str(batch.window.shown or batch.announced.shown or "")[:7] or None)),
        el("span", name, " ", el("small", f"{count}篇" if count else wording.GAP)),
        class_="da-row",
    )


def _batch(batch: Batch, records: Records) -> Iterator[Recipe[Page]]:
    page = Page(addresses.batch(batch), batch.label, Markup(), addresses.ROUNDS, f"{batch.label}的日程与文章")
    batches = schedule().batches
    at = batches.index(batch)
    trail: list[Child] = [
        el("a", "轮次", href=page.root + addresses.ROUNDS),
        listing.near(
            [(other.label, page.root + addresses.batch(other)) for other in batches[max(0, at - 1) : at]],
            [(other.label, page.root + addresses.batch(other)) for other in batches[at + 1 : at + 2]],
        ),
    ]
    stages = [stage for stage in wording.STAGES if any(record.front.stage == stage for record in records)]
    sections = [
        Section(stage, f"s{wording.STAGES.index(stage) + 1}", _oldest_first(records, stage))
        for stage in stages
    ]
    lead = partial(_lead, batch, sections, records, page)
    yield from listing.in_parts(page, trail, lead, sections)


def _oldest_first(records: Records, stage: str) -> Records:
    return tuple(reversed([record for record in records if record.front.stage == stage]))


def _stage_counts(records: Records) -> Counter[tuple[str, str]]:
    """Articles by province and stage."""
    return Counter(
        (province, record.front.stage)
        for record in records
        for province in dict.fromkeys(record.front.provinces)
    )


def _lead(batch: Batch, sections: list[Section], records: Records, page: Page) -> Markup:
    notes, counts = Notes(batch), _stage_counts(records)
    facts: list[tuple[str, Child]] = [
        ("名称", batch.system_name),
        ("启动", notes.shown(batch.announced, wording.day)),
        ("在现场", notes.shown(batch.window, wording.span)),
        ("反馈", notes.shown(batch.feedback_window, wording.span)),
    ]
    total = sum(len(section.records) for section in sections)
    return join(
        [
            el(
                "dl", [el("div", el("dt", name), el("dd", value)) for name, value in facts], class_="da-facts"
            ),
            el("h2", "日程", id="targets"),
            el("div", _targets(batch, notes, page.root), class_="da-scroll", tabindex=0),
            el("p", "“推”：由同序名单或整批时段推定。小数字是来源的序号。", class_="da-note"),
            notes.listed(),
            el("h2", "各阶段的文章", id="stages"),
            el("div", _stages(batch, sections, counts, page), class_="da-scroll", tabindex=0),
            el(
                "p",
                "“○”处本档案尚无文章。",
                el("a", "补一篇", href=page.root + addresses.CONTRIBUTE),
                class_="da-note",
            ),
            el("h2", f"文章（{total}篇）", id="articles"),
            None if total else el("p", f"{wording.GAP}，欢迎补上。", class_="da-note"),
        ]
    )


def _targets(batch: Batch, notes: Notes, root: str) -> Markup:
    """The schedule's own facts, each with its confidence and sources."""
    columns: list[tuple[str, Callable[[Target], Fact], Callable[[str], str]]] = [
        ("督察组", lambda row: row.group, lambda value: f"第{wording.numeral(int(value))}组"),
        ("组长", lambda row: row.head, str),
        ("副组长", lambda row: row.deputy, str),
        ("进驻", lambda row: row.entry, wording.day),
        ("结束", lambda row: row.end, wording.day),
        ("反馈", lambda row: row.feedback, wording.day),
    ]
    names = ("对象", *(name for name, _, _ in columns))
    head = el("tr", [el("th", name, scope="col") for name in names])
    rows = [
        el(
            "tr",
            el("th", _target_name(target, root), scope="row"),
            [el("td", notes.shown(fact(target), say)) for _, fact, say in columns],
            id=_slug(batch, target),
        )
        for target in batch.targets
    ]
    return el("table", el("thead", head), el("tbody", rows), class_="da-table da-schedule")


def _slug(batch: Batch, target: Target) -> str | None:
    """What the grid points at; a target that stands twice is pointed at once."""
    tile = tiles().get(target.name)
    return tile.slug if tile and batch.target(target.name) is target else None


def _target_name(target: Target, root: str) -> Child:
    tile = tiles().get(target.name)
    name: Child = el("a", target.short, href=root + addresses.province(target.name)) if tile else target.short
    return [name, el("small", target.special_topic) if target.special_topic else None]


def _stages(batch: Batch, sections: list[Section], counts: Counter[tuple[str, str]], page: Page) -> Markup:
    """Who has articles of which stage; every stage has its column, so that what is missing shows."""
    places = listing.anchors(page.address, sections)
    shown = {section.heading for section in sections} | _CORE
    columns = [stage for stage in wording.STAGES if stage in shown]
    head = [
        el("th", el("a", stage, href=page.root + places[anchor]) if anchor in places else stage, scope="col")
        for stage, anchor in ((stage, f"s{wording.STAGES.index(stage) + 1}") for stage in columns)
    ]
    rows = []
    for target in batch.targets:
        cells = [_stage_cell(counts[target.name, stage]) for stage in columns]
        total = sum(counts[target.name, stage] for stage in columns)
        gap = el("a", wording.GAP, href=page.root + addresses.CONTRIBUTE, class_="da-gap")
        rows.append(
            el(
                "tr",
                el("th", _target_name(target, page.root), scope="row"),
                cells,
                el("td", f"{total}篇" if total else gap),
            )
        )
    header = el("tr", el("th", "对象", scope="col"), head, el("th", "合计", scope="col"))
    return el("table", el("thead", header), el("tbody", rows), class_="da-grid da-stages")


def _stage_cell(count: int) -> Markup:
    if not count:
        return el("td", el("span", aria_label=wording.GAP, role="img", class_="da-none"))
    return el("td", str(count), class_=f"da-q{min(chart.SHADES, 1 + count // 5)}")
