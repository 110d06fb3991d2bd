"""Pages in: ``add``, ``explain``, ``refresh``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from build_tools.cli.terminal import ARTICLES, is_terminal, say, say_all
from build_tools.models import Finding, Page, Record

if TYPE_CHECKING:
    from build_tools.intake import Intaken

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _web_address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A URL as the record's form asks; anything else is wrong usage."""
    if value is not None and not (
        value.startswith(("http://", "https://")) and len(value.split()) == 1 and len(value) <= 2000
    ):
        raise click.BadParameter(
            "must begin with http:// or https://, hold no space and be no longer than 2000"
        )
    return value


def _one_line(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A name as the record's form asks; anything else is wrong usage."""
    if value is not None and not (value.strip() and value.isprintable() and len(value) <= 200):
        raise click.BadParameter("must be one line of at most 200 characters")
    return value


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=str))
@click.option("--url", callback=_web_address, help="Where the page was found.")
@click.option("--retrieved", type=_DAY, help="Day on which it was captured, as 2026-01-31.")
@click.option("--source", callback=_one_line, help="Who published the article, if the page does not say.")
@click.option("--yes", is_flag=True, help="Ask nothing: leave unsure fields marked for a later review.")
@click.option(
    "--witness", is_flag=True, help="Keep a reprint as a further witness; each restores what the other lost."
)
@click.option("--force", is_flag=True, help="Add pages that are not about an inspection, and reprints.")
@ARTICLES
def add(
    sources: tuple[str, ...],
    url: str | None,
    retrieved: datetime | None,
    source: str | None,
    yes: bool,
    witness: bool,
    force: bool,
    articles: Path,
) -> None:
    """Turn pages into records: files (txt, html, mhtml, warc), folders of them, addresses, - for stdin."""
    from build_tools.capture.pages import captured
    from build_tools.cli.questions import asked, console, overview
    from build_tools.intake import Intake, Reprint

    def review(record: Record) -> Record:
        console().print(overview(record))
        return asked(record)

    def choose(reprint: Reprint) -> bool:
        click.echo(f"与 {reprint.id} 是同一篇（相同部分占 {reprint.share:.0%}），{reprint.verdict}。")
        return click.confirm("留作又一见本？")

    intake = Intake(articles, force=force, witness=witness)
    if is_terminal(sys.stdin) and not yes:
        intake.review, intake.choose = review, choose
    day = retrieved.date().isoformat() if retrieved else None
    failed = False
    for name in sources:
        for label, item in captured(name, sys.stdin.buffer):
            if isinstance(item, Finding):
                failed |= say_all(label, [item])
                continue
            page = replace(
                item, url=url or item.url, retrieved=day or item.retrieved, source=source or item.source
            )
            result = intake.add(page)
            say_all(label, result.findings)
            failed |= result.refused
            click.echo(f"{label}: {_outcome(result)}")
            if result.is_new and result.record and intake.choose is None:
                console().print(overview(result.record))
            for path in result.restored:
                click.echo(f"{path}: 据新见本补出缺字")
    sys.exit(1 if failed else 0)


def _outcome(result: Intaken) -> str:
    if result.path is None:
        return "未加入"
    return f"已加入：{result.path.name}" if result.is_new else f"已在档案中：{result.path.name}"


@click.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True, help="The same as data.")
@ARTICLES
def explain(target: str, as_json: bool, articles: Path) -> None:
    """Show every change from a page (FILE, or the ID of a record) to its record, and what each fact rests on."""
    from build_tools.explain import explanation, show
    from build_tools.pipeline import draft

    page, record = _page_of(target, articles)
    if isinstance(page, Finding):
        say(target, page)
        sys.exit(1)
    made = draft(page)
    if as_json:
        click.echo(json.dumps(explanation(made, record), ensure_ascii=False, indent=1))
    else:
        show(made, record, width=None if is_terminal(sys.stdout) else 160)


def _page_of(target: str, articles: Path) -> tuple[Page | Finding, Record | None]:
    """The page that a FILE is, or that lies beside the record named by its file or ID, and that record."""
    from build_tools.archive.record import RecordError, read
    from build_tools.archive.store import raw_path, record_path
    from build_tools.capture.pages import captured
    from build_tools.refresh import page_of

    path = Path(target)
    if target == "-" or (path.exists() and path.suffix != ".md"):
        return next(captured(target, sys.stdin.buffer))[1], None
    path = path if path.exists() else record_path(articles, target)
    if not path.exists():
        return Finding("FILE", "error", "没有这个文件，也没有这个 id 的记录", "核对路径或 id"), None
    beside = raw_path(path)
    if beside is None:
        return Finding("RAW-MISSING", "error", "旁边没有原始页面", "放回原始页面"), None
    try:
        record = read(path.read_bytes().decode())
    except (RecordError, UnicodeDecodeError) as error:
        return Finding("RECORD-READ", "error", str(error), "先改正记录", getattr(error, "line", 1)), None
    return page_of(record, beside), record


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--yes", is_flag=True, help="Write without asking.")
@ARTICLES
def refresh(ids: tuple[str, ...], yes: bool, articles: Path) -> None:
    """Derive records again from their raw pages; confirmed fields stay. Shows each field that would differ."""
    from build_tools.archive.store import alone, replace_file
    from build_tools.refresh import refreshed

    changes = written = 0
    failed = False
    for change in refreshed(articles, ids):
        if change.finding:
            failed |= say_all(change.path, [change.finding])
        if not change.differences:
            continue
        changes += 1
        click.echo(f"{change.path}")
        for difference in change.differences:
            click.echo(f"  {difference.shown}")
        if yes or (is_terminal(sys.stdin) and click.confirm(f"write {change.path}?")):
            with alone(articles):
                replace_file(change.path, change.after.encode())
            written += 1
    left = f", {changes - written} left as they are; --yes writes them" if changes > written else ""
    click.echo(f"{written} records changed{left}")
    sys.exit(1 if failed else 0)
