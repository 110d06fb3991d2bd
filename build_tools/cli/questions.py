"""What a person sees of a record at a terminal: a table of what was understood, and questions about the rest."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text

from build_tools.archive.settling import LABELS, Doubt, doubts, settled, shown
from build_tools.cli.terminal import is_terminal
from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Record

_BASIS = {
    "text": "原文", "page": "原页", "schedule": "日程", "table": "对照表", "given": "提供者", "supplied": "代拟",
    "witness": "另一见本",
}  # fmt: skip
_MARK = re.compile(f"{LOST}+|{CONJECTURE_OPEN}[^{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]*{CONJECTURE_CLOSE}")


def console() -> Console:
    """Where tables go: as wide as the terminal, or 100 columns where there is none."""
    return Console(width=None if is_terminal(sys.stdout) else 100, highlight=False)


def overview(record: Record) -> Table:
    """What was understood of a page, what each fact rests on, and what is unsure and why."""
    unsure = {doubt.field: doubt.why for doubt in doubts(record)}
    front = record.front
    columns = [Column(heading, overflow="fold") for heading in ("字段", "值", "依据", "存疑")]
    table = Table(*columns, title=escape(record.id), title_justify="left")
    for name, label in LABELS.items():
        value = shown(record, name)
        if not value and name not in unsure:
            continue
        ground = front.made.evidence.get(name)
        basis = "已核定" if name in front.confirmed else _BASIS[ground.basis] if ground else ""
        table.add_row(label, Text(value or "—"), basis, Text(unsure.get(name, ""), "yellow"))
    return table


def asked(record: Record) -> Record:
    """The record with what a person answers about its unsure fields; nothing is asked twice."""
    for doubt in doubts(record):
        if doubt.is_answerable:
            record = _answered(record, doubt)
    return record


def _answered(record: Record, doubt: Doubt) -> Record:
    """Return leaves the field as it is and unconfirmed, ``=`` confirms it, anything else is its new value."""
    name = doubt.field
    value = shown(record, name)
    ground = record.front.made.evidence.get(name)
    quoted = f"\n  原话：{ground.words}" if ground else ""
    click.echo(f"\n{LABELS[name]}：{value or '—'}\n  {doubt.why}{quoted}")
    choices = "回车留待以后，= 照此核定，或写出正确的值" if value else "回车留待以后，或写出正确的值"
    while True:
        answer = str(click.prompt(f"  {choices}", default="", show_default=False)).strip()
        if not answer:
            return record
        try:
            return settled(record, name, None if answer == "=" and value else answer)
        except ValueError as error:
            click.echo(f"  {error}", err=True)


def gaps(record: Record) -> Iterator[Text]:
    """Every mark of lost or conjectured text with some words around it."""
    for paragraph in record.paragraphs:
        for mark in _MARK.finditer(paragraph):
            before, after = paragraph[max(0, mark.start() - 20) : mark.start()], paragraph[mark.end() :][:20]
            yield Text.assemble("  …", before, (mark[0], "bold red"), after, "…")
