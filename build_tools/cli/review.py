"""``review``: records that need a person, one after another, at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from build_tools.cli.terminal import ARTICLES, say, say_all
from build_tools.models import Finding, Record


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--list", "only_list", is_flag=True, help="Only list what needs a person.")
@ARTICLES
def review(ids: tuple[str, ...], only_list: bool, articles: Path) -> None:
    """Walk through records with unsure fields (or those with IDS): confirm, correct, or leave for later."""
    from build_tools.archive.record import write
    from build_tools.archive.settling import LABELS, doubts
    from build_tools.archive.store import alone, replace_file

    failed, changed, left = False, 0, 0
    for path, record in _records(ids, articles):
        if isinstance(record, Finding):
            failed |= say_all(path, [record])
            continue
        unsure = doubts(record)
        if not unsure:
            continue
        left += 1
        if only_list:
            for doubt in unsure:
                click.echo(f"{path}: {LABELS[doubt.field]}：{doubt.why}")
            continue
        before = path.read_bytes()
        after = _reviewed(path, record)
        if after is None:
            break
        if after != record:
            with alone(articles):
                if path.read_bytes() != before:
                    say(path, Finding("RECORD-BUSY", "warning", "其间被改动，答复没有写入", "再运行一次"))
                    continue
                replace_file(path, write(after).encode())
            changed += 1
            left -= not doubts(after)
    click.echo(f"{changed} records changed, {left} still need a person")
    sys.exit(1 if failed else 0)


def _records(ids: tuple[str, ...], articles: Path) -> Iterator[tuple[Path, Record | Finding]]:
    from build_tools.archive.corpus import record_paths
    from build_tools.archive.record import RecordError, read
    from build_tools.archive.store import record_path

    for path in [record_path(articles, one) for one in ids] if ids else record_paths(articles):
        try:
            yield path, read(path.read_bytes().decode())
        except FileNotFoundError:
            yield path, Finding("RECORD-UNKNOWN", "error", "没有这个记录", "核对 id")
        except (RecordError, UnicodeDecodeError) as error:
            line = getattr(error, "line", 1)
            yield path, Finding("RECORD-READ", "error", str(error), "先改正记录", line)


def _reviewed(path: Path, record: Record) -> Record | None:
    """The record with a person's answers; ``None`` if they have had enough."""
    from build_tools.archive.settling import doubts
    from build_tools.cli.questions import asked, console, gaps, overview

    console().print(overview(record))
    for gap in gaps(record):
        console().print(gap)
    choice = click.prompt(
        f"{path}\n  a 逐项回答  b 正文无误，核定  s 跳过  q 结束",
        type=click.Choice(["a", "b", "s", "q"]),
        default="a",
        show_choices=False,
    )
    if choice == "q":
        return None
    if choice == "s":
        return record
    if choice == "b":
        from build_tools.archive.settling import settled

        record = settled(record, "body")
    return asked(record) if any(doubt.is_answerable for doubt in doubts(record)) else record
