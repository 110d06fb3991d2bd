"""Drawings made at build time, as SVG: months as stacked bars, a sparkline, the tile map of provinces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.knowledge.schedule import Batch, schedule
from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.markup import Child, Markup, el
from build_tools.site.tiles import Tile, tiles

SHADES = 5
_MOST_YEARS = 24  # that have room for their number on an axis
_LOW = 5  # below this no scale is drawn to the top: one article is not a peak


@dataclass(frozen=True, slots=True)
class Scale:
    """Months on a horizontal axis; ``first`` and ``last`` as year * 12 + month - 1."""

    first: int
    last: int
    step: float

    @property
    def width(self) -> float:
        """Width of the whole axis."""
        return (self.last - self.first + 1) * self.step

    def at(self, date: str) -> float:
        """Where a day lies, days within a month being 31 equal parts."""
        day_of_month = int(date[8:10]) - 1 if len(date) >= 10 else 0
        return (month_number(date) - self.first + day_of_month / 31) * self.step


def month_number(date: str) -> int:
    """Months since year 0 for ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return int(date[:4]) * 12 + int(date[5:7]) - 1


def scale_of(months: Sequence[str], windows: Sequence[tuple[str, str]], width: float) -> Scale | None:
    """An axis of whole years that holds all months and windows; ``None`` if there is nothing to show."""
    numbers = [month_number(date) for date in (*months, *(day for window in windows for day in window))]
    if not numbers:
        return None
    first, last = min(numbers) // 12 * 12, max(numbers) // 12 * 12 + 11
    return Scale(first, last, width / (last - first + 1))


class Window(NamedTuple):
    """Days on site: what stayed, where its page is, the first and the last day."""

    label: str
    address: str
    start: str
    end: str


def window_of(batch: Batch) -> Window | None:
    """The days a batch was on site, where the schedule may show them and both are known."""
    start, _, end = str(batch.window.shown or "").partition("/")
    if len(start) != 10 or len(end) != 10:
        return None
    return Window(batch.label, addresses.batch(batch), start, end)


def windows_at(province: str) -> list[Window]:
    """The stays in one province: its own days where they are shown, else those of the whole batch."""
    found = []
    for batch in schedule().batches:
        if target := batch.target(province):
            start, end = str(target.entry.shown or ""), str(target.end.shown or "")
            own = Window(batch.label, addresses.batch(batch), start, end)
            window = own if len(start) == len(end) == 10 else window_of(batch)
            found += [window] if window else []
    return found


def histogram(
    months: Mapping[str, Sequence[Record]],
    windows: Sequence[Window],
    month_page: Callable[[str], str],
    root: str,
    height: int = 150,
) -> Markup:
    """Articles by month, stacked by kind of inspection, with the days on site drawn behind.

    ``month_page`` tells where a month's articles are listed, from the site's root.
    """
    dated = {month: records for month, records in months.items() if len(month) == 7}
    scale = scale_of(list(dated), [(window.start, window.end) for window in windows], 960)
    if scale is None:
        return el("p", "还没有文章。", class_="da-note")
    base = height + 18
    top = max([_LOW, *map(len, dated.values())])
    bars = [
        _bar(month, records, scale, height / top, base, root + month_page(month))
        for month, records in sorted(dated.items())
    ]
    most = max(map(len, dated.values()), default=0)
    label = f"各月文章数，{scale.first // 12}年至{scale.last // 12}年，最多的一个月{most}篇"
    return el(
        "svg",
        el("title", label),
        el("g", [_window(window, scale, base, root) for window in windows], class_="da-windows"),
        el("path", d=f"M0 {base}H{scale.width:g}", class_="da-axis"),
        _level(top, height, base, scale.width),
        el("g", bars),
        el("g", _years(scale, base), class_="da-years"),
        viewBox=f"0 0 {scale.width:g} {base + 26}",
        class_="da-histogram",
        role="group",
        aria_label=label,
    )


def _level(top: int, height: int, base: float, width: float) -> Markup:
    """Two lines that tell how much a bar is."""
    lines: list[Child] = []
    for count in sorted({top // 2, top}):
        y = base - count / top * height
        lines.append(el("path", d=f"M0 {y:.1f}H{width:g}", class_="da-level"))
        lines.append(el("text", f"{count}篇", x=2, y=f"{y - 3:.1f}"))
    return el("g", lines, class_="da-levels")


def _window(window: Window, scale: Scale, base: float, root: str) -> Markup:
    start, end = scale.at(window.start), scale.at(window.end)
    return el(
        "a",
        el("title", f"{window.label}：{wording.day(window.start)}至{wording.day(window.end)}在现场"),
        el("rect", x=f"{start:.1f}", y=8, width=f"{max(end - start, 1.5):.1f}", height=base - 8),
        href=root + window.address,
        tabindex=-1,
    )


def _bar(month: str, records: Sequence[Record], scale: Scale, unit: float, base: float, href: str) -> Markup:
    counts = Counter(wording.kind(record.front) for record in records)
    x, y = scale.at(month), base
    stack: list[Child] = [el("title", f"{wording.day(month)}：{len(records)}篇")]
    for number, name in enumerate(wording.KINDS):
        if count := counts[name]:
            y -= count * unit
            stack.append(
                el(
                    "rect",
                    x=f"{x + scale.step * 0.12:.1f}",
                    y=f"{y:.1f}",
                    width=f"{max(scale.step * 0.76, 1):.1f}",
                    height=f"{count * unit:.1f}",
                    class_=f"da-k{number}",
                )
            )
    return el("a", stack, href=href)


def _years(scale: Scale, base: float) -> Iterator[Markup]:
    first, last = scale.first // 12, scale.last // 12
    for year in range(first, last + 1, 1 + (last - first) // _MOST_YEARS):
        x = scale.at(f"{year:04}-01")
        yield el("path", d=f"M{x:.1f} {base}v5", class_="da-axis")
        yield el("text", str(year), x=f"{x + scale.step * 6:.1f}", y=base + 20, text_anchor="middle")


def legend() -> Markup:
    """What the bars' colours and the bands behind them stand for."""
    kinds = [el("li", el("b", class_=f"da-k{number}"), name) for number, name in enumerate(wording.KINDS)]
    return el("ul", kinds, el("li", el("b", class_="da-kw"), "中央督察组在现场的日子"), class_="da-legend")


def sparkline(months: Mapping[str, Sequence[Record]]) -> Markup | None:
    """Articles by month as one small line of bars."""
    dated = {month: len(records) for month, records in months.items() if len(month) == 7}
    scale = scale_of(list(dated), [], 480)
    if scale is None:
        return None
    top = max(_LOW, *dated.values())
    path = "".join(
        f"M{scale.at(month):.1f} 40v-{max(2, count / top * 38):.1f}" for month, count in sorted(dated.items())
    )
    ends = f"{scale.first // 12}年至{scale.last // 12}年"
    return el(
        "svg",
        el("title", f"各月文章数，{ends}"),
        el("path", d="M0 40.5H480", class_="da-axis"),
        el("path", d=path, class_="da-spark-bars", stroke_width=f"{min(6, max(1.2, scale.step * 0.7)):.1f}"),
        el("text", str(scale.first // 12), x=0, y=56),
        el("text", str(scale.last // 12), x=480, y=56, text_anchor="end"),
        viewBox="0 0 480 60",
        class_="da-spark",
        role="img",
        aria_label=f"各月文章数，{ends}",
    )


def tile_map(counts: Mapping[str, int], root: str) -> Markup:
    """A square a province, shaded by its number of articles, each a link to the province's page."""
    top = max(_LOW, *counts.values(), 0)
    squares = [_tile(tile, counts.get(tile.name, 0), top, root) for tile in tiles().values()]
    return el(
        "svg",
        el("title", "各省级地区文章数（示意方格，不表示疆界）"),
        squares,
        viewBox="-1 -1 542 482",
        class_="da-tiles",
        role="group",
        aria_label="各省级地区文章数，示意方格，不表示疆界",
    )


def shade(count: int, top: int) -> int:
    """0 for nothing, then 1 to ``SHADES`` by share of the largest count."""
    return 0 if count == 0 else max(1, round(SHADES * (count / top) ** 0.6))


def _tile(tile: Tile, count: int, top: int, root: str) -> Markup:
    x, y = tile.column * 60, tile.row * 60
    square = [
        el("title", f"{tile.name}：{count}篇" if tile.inspected or count else f"{tile.name}：不在督察范围"),
        el("rect", x=x + 2, y=y + 2, width=56, height=56, rx=2),
        el("text", tile.short, x=x + 30, y=y + 28, text_anchor="middle", class_="da-tile-name"),
        el("text", str(count), x=x + 30, y=y + 46, text_anchor="middle", class_="da-tile-count")
        if tile.inspected or count
        else None,
    ]
    if not (tile.inspected or count):
        return el("g", square, class_="da-tile da-outside")
    address = root + addresses.province(tile.name)
    return el("a", square, href=address, class_=f"da-tile da-q{shade(count, top)}")
