"""The rounds of inspection: a grid of batches and provinces with its gaps, and a page for each batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_tools.knowledge.schedule import Batch, Target, schedule
from build_tools.site import addresses, chart, listing, wording
from build_tools.site.listing import Section
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.pages.notes import Notes
from build_tools.site.shelves import Records, Shelves
from build_tools.site.tiles import Tile, tiles


def round_pages(shelf: Shelves) -> Iterator[Page]:
    """The grid and a page for every batch of the schedule."""
    counts = _counts(shelf)
    yield _overview(shelf, counts)
    for batch in schedule().batches:
        yield from _batch(batch, shelf.batches.get(batch.id, ()), counts)


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
    address = f"{root}{addresses.batch(batch)}#{tile.slug}"
    if count:
        link = el("a", str(count), href=address, title=f"{tile.name} {batch.label}：{count}篇")
        return el("td", link, class_=f"da-q{min(chart.SHADES, 1 + count // 5)}")
    if batch.target(tile.name):
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


def _batch(batch: Batch, records: Records, counts: Counter[tuple[str, str]]) -> Iterator[Page]:
    page = Page(addresses.batch(batch), batch.label, Markup(), addresses.ROUNDS, f"{batch.label}的日程与文章")
    notes = Notes(batch)
    facts: list[tuple[str, Child]] = [
        ("名称", batch.system_name),
        ("启动", notes.shown(batch.announced, wording.day)),
        ("在现场", notes.shown(batch.window, wording.span)),
        ("反馈", notes.shown(batch.feedback_window, wording.span)),
    ]
    trail = el("a", "轮次", href=page.root + addresses.ROUNDS)
    lead = [
        el("dl", [el("div", el("dt", name), el("dd", value)) for name, value in facts], class_="da-facts"),
        el("h2", "督察对象", id="targets"),
        el("div", _targets(batch, counts, notes, page.root), class_="da-scroll", tabindex=0),
        el("p", "“推”：由同序名单或整批时段推定。数字是来源的序号。", class_="da-note"),
        notes.listed(),
        el("h2", f"文章（{len(records)}篇）", id="articles"),
        None if records else el("p", f"{wording.GAP}。", class_="da-note"),
    ]
    sections = [
        Section(stage, f"s{number}", found)
        for number, stage in enumerate(wording.STAGES, 1)
        if (found := tuple(reversed([record for record in records if record.front.stage == stage])))
    ]
    yield from listing.in_parts(page, trail, lead, sections)


def _targets(batch: Batch, counts: Counter[tuple[str, str]], notes: Notes, root: str) -> Markup:
    names = ("对象", "督察组", "组长", "副组长", "进驻", "结束", "反馈", "文章")
    head = el("tr", [el("th", name, scope="col") for name in names])
    rows = [_target(batch, target, counts[batch.id, target.name], notes, root) for target in batch.targets]
    return el("table", el("thead", head), el("tbody", rows), class_="da-table")


def _target(batch: Batch, target: Target, count: int, notes: Notes, root: str) -> Markup:
    tile = tiles().get(target.name)
    name: Child = el("a", target.short, href=root + addresses.province(target.name)) if tile else target.name
    gap = el("a", wording.GAP, href=root + addresses.CONTRIBUTE, class_="da-gap")
    cells: list[Child] = [
        el("th", name, el("small", target.special_topic) if target.special_topic else None, scope="row"),
        el("td", notes.shown(target.group, lambda value: f"第{wording.numeral(int(value))}组")),
        *(el("td", notes.shown(fact, str)) for fact in (target.head, target.deputy)),
        *(el("td", notes.shown(fact, wording.day)) for fact in (target.entry, target.end, target.feedback)),
        el("td", f"{count}篇" if count else gap),
    ]
    return el("tr", cells, id=tile.slug if tile and batch.target(target.name) is target else None)
