"""What the tools changed on a page and why: raw beside result, every repair, every fact with its ground."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from build_tools.clean.manuscript import Trace
from build_tools.clean.repair import RULES, work_on
from build_tools.models import Cleaned, FrontMatter, Record, Repair
from build_tools.pipeline import Draft, record_of
from build_tools.refresh import merged

_CERTAINTY = {"certain": "确定", "conjecture": "推测", "lost": "缺失"}
_MARKS = {"certain": "", "conjecture": "underline", "lost": "reverse"}
_COLOURS = (
    "green",
    "cyan",
    "magenta",
    "yellow",
    "blue",
    "red",
    "bright_green",
    "bright_cyan",
    "bright_magenta",
)
_NARROW = 80  # columns below which raw and result stand one above the other
_SHOWN = 20_000  # characters of a page that are printed


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the result, and the part of the page it came from."""

    raw: range
    text: range


def explanation(made: Draft, record: Record | None = None) -> dict[str, Any]:
    """Everything there is to say of a page, as data: encoding, repairs, notes, facts, findings.

    Where the page's record is given, what a person has confirmed in it stands in ``meta``.
    """
    front = _front(made, record)
    trace = work_on(made.page).manuscript.trace()
    return {
        "encoding": made.cleaned.encoding,
        "encoding_evidence": made.cleaned.encoding_evidence,
        "text": made.cleaned.text,
        "rows": [
            {
                "raw": trace.raw[row.raw.start : row.raw.stop],
                "text": made.cleaned.text[row.text.start : row.text.stop],
            }
            for row in rows(trace, made.cleaned.text)
        ],
        "meta": front.model_dump(exclude={"made"}),
        "evidence": {name: asdict(one) for name, one in made.facts.evidence.items()},
        "repairs": [asdict(repair) for repair in made.cleaned.repairs],
        "notes": [asdict(note) for note in made.cleaned.notes],
        "findings": [asdict(finding) for finding in made.findings],
        "reliable": made.cleaned.reliable,
        "relevant": made.facts.relevant,
    }


def _front(made: Draft, record: Record | None) -> FrontMatter:
    return merged(record, record_of(made, record.id)).front if record else record_of(made).front


def rows(trace: Trace, text: str) -> list[Row]:
    """A page cut where the paragraphs of its text begin; all of the page is in some row."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    begins = [0, *(trace.origin[start] for start in starts[1:]), len(trace.raw)]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return [
        Row(range(begins[number], begins[number + 1]), range(start, ends[number]))
        for number, start in enumerate(starts)
    ]


def show(made: Draft, record: Record | None = None, width: int | None = None) -> None:
    """Print the explanation for a person; ``width`` counts columns, the terminal's own where not given."""
    console = Console(width=width, highlight=False)
    cleaned = made.cleaned
    console.print(
        f"[bold]{escape(made.page.name)}[/]  {cleaned.encoding}（{escape(cleaned.encoding_evidence)}）"
    )
    colours = _colours(cleaned)
    console.print(_side_by_side(made, colours, narrow=console.width < _NARROW))
    console.print(_legend(cleaned, colours))
    console.print(_repairs(cleaned, colours))
    console.print(_facts(made, _front(made, record)))
    for finding in made.findings:
        console.print(f"[yellow]{finding.code}[/] {escape(finding.message)}；{escape(finding.cure)}")


def _colours(cleaned: Cleaned) -> dict[str, str]:
    """A colour for each rule that changed the page; the most frequent ones differ."""
    counts = Counter(repair.rule for repair in cleaned.repairs)
    ranked = sorted(counts, key=lambda rule: (-counts[rule], rule))
    return {rule: _COLOURS[number % len(_COLOURS)] for number, rule in enumerate(ranked)}


def _side_by_side(made: Draft, colours: dict[str, str], *, narrow: bool) -> Table:
    """Raw beside result, paragraph by paragraph; what a rule changed has the rule's colour on both sides."""
    trace = work_on(made.page).manuscript.trace()
    raw, result = _coloured(trace.raw, trace.touched, colours), _result(made.cleaned, trace, colours)
    table = Table(title="对照", expand=True, show_lines=True, show_header=not narrow)
    for heading in ("原文",) if narrow else ("原文", "结果"):
        table.add_column(heading, ratio=1, overflow="fold")
    for row in rows(trace, made.cleaned.text[:_SHOWN]):
        cells = raw[row.raw.start : row.raw.stop], result[row.text.start : row.text.stop]
        cells[0].rstrip()
        if narrow:
            table.add_row(Text.assemble(("原 ", "dim"), cells[0]))
            table.add_row(Text.assemble(("今 ", "bold"), cells[1]))
        else:
            table.add_row(*cells)
    return table


def _coloured(text: str, rules: list[str | None], colours: dict[str, str]) -> Text:
    shown, start = Text(text), 0
    for rule, run in groupby(rules):
        end = start + len(list(run))
        if rule:
            shown.stylize(colours.get(rule, _COLOURS[0]), start, end)
        start = end
    return shown


def _result(cleaned: Cleaned, trace: Trace, colours: dict[str, str]) -> Text:
    text = _coloured(cleaned.text, trace.made, colours)
    for repair in cleaned.repairs:
        if repair.end > repair.start and repair.certainty != "certain":
            text.stylize(_MARKS[repair.certainty], repair.start, repair.end)
    return text


def _legend(cleaned: Cleaned, colours: dict[str, str]) -> Table:
    counts = Counter(repair.rule for repair in cleaned.repairs)
    summaries = {rule.name: rule.summary for rule in RULES}
    table = Table("规则", "处", "说明", title="图例")
    for rule, colour in colours.items():
        table.add_row(Text(rule, colour), str(counts[rule]), summaries.get(rule, ""))
    table.add_row(
        Text("推测", "underline"), str(cleaned.count("conjecture")), "依上下文推补的字，在〔 〕里。"
    )
    table.add_row(Text("缺失", "reverse"), str(cleaned.count("lost")), "无法还原的字，写作 □。")
    return table


def _repairs(cleaned: Cleaned, colours: dict[str, str]) -> Table:
    table = Table("位置", "规则", "改前", "改后", "把握", "上下文", title=f"{len(cleaned.repairs)} 处改动")
    for repair in cleaned.repairs:
        table.add_row(
            str(repair.start), Text(repair.rule, colours[repair.rule]),
            Text(_short(repair.before)), Text(_short(repair.after)),
            Text(_CERTAINTY[repair.certainty], _MARKS[repair.certainty]),
            Text(_context(cleaned.text, repair)),
        )  # fmt: skip
    return table


def _short(text: str, most: int = 40) -> str:
    shown = text.replace("\n", "⏎")
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _context(text: str, repair: Repair) -> str:
    return text[max(0, repair.start - 6) : repair.end + 6].replace("\n", "⏎")


def _facts(made: Draft, front: FrontMatter) -> Table:
    table = Table("字段", "值", "依据", "原话", "说明", title="事实")
    evidence = made.facts.evidence
    for name, value in front.model_dump(exclude={"made", "confirmed", "id"}).items():
        if value in (None, [], ""):
            continue
        ground = evidence.get(name)
        shown = "、".join(_item(item) for item in value) if isinstance(value, list) else str(value)
        cells = (ground.basis, ground.words, ground.why) if ground else ("", "", "")
        cells = ("人工核定", "", "") if name in front.confirmed else cells
        table.add_row(name, Text(shown), *(Text(cell) for cell in cells))
    for name, ground in evidence.items():
        if name.startswith("officials."):
            table.add_row(
                f"  {name.partition('.')[2]}", "", ground.basis, Text(ground.words), Text(ground.why)
            )
    return table


def _item(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['name']}（{value['title'] or '无头衔'}）"
    return str(value)
