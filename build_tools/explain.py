"""What the tools changed on a page and why: raw beside result, every repair, every fact with its ground."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from build_tools.clean.decode import decode
from build_tools.models import Cleaned, FrontMatter, Record, Repair
from build_tools.pipeline import Draft, record_of
from build_tools.refresh import merged

_CERTAINTY = {"certain": "确定", "conjecture": "推测", "lost": "缺失"}
_COLOURS = {"certain": "green", "conjecture": "yellow", "lost": "red"}


def explanation(made: Draft, record: Record | None = None) -> dict[str, Any]:
    """Everything there is to say of a page, as data: encoding, repairs, notes, facts, findings.

    Where the page's record is given, what a person has confirmed in it stands in ``meta``.
    """
    front = _front(made, record)
    return {
        "encoding": made.cleaned.encoding,
        "encoding_evidence": made.cleaned.encoding_evidence,
        "text": made.cleaned.text,
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


def show(made: Draft, record: Record | None = None, width: int | None = None) -> None:
    """Print the explanation for a person; ``width`` counts columns, the terminal's own where not given."""
    console = Console(width=width, highlight=False)
    cleaned = made.cleaned
    console.print(
        f"[bold]{escape(made.page.name)}[/]  {cleaned.encoding}（{escape(cleaned.encoding_evidence)}）"
    )
    console.print(_side_by_side(made))
    console.print(_repairs(cleaned))
    console.print(_facts(made, _front(made, record)))
    for finding in made.findings:
        console.print(f"[yellow]{finding.code}[/] {escape(finding.message)}；{escape(finding.cure)}")


def _side_by_side(made: Draft) -> Table:
    table = Table("原文", "结果", title="对照", expand=True, show_lines=True)
    raw = decode(made.page.raw).text
    table.add_row(Text(raw[:20_000]), _coloured(made.cleaned))
    return table


def _coloured(cleaned: Cleaned) -> Text:
    text = Text(cleaned.text)
    for repair in cleaned.repairs:
        if repair.end > repair.start:
            text.stylize(_COLOURS[repair.certainty], repair.start, repair.end)
    return text


def _repairs(cleaned: Cleaned) -> Table:
    table = Table("位置", "规则", "改前", "改后", "把握", "上下文", title=f"{len(cleaned.repairs)} 处改动")
    for repair in cleaned.repairs:
        table.add_row(
            str(repair.start), repair.rule, Text(_short(repair.before)), Text(_short(repair.after)),
            Text(_CERTAINTY[repair.certainty], _COLOURS[repair.certainty]),
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
