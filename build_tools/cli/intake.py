"""Pages in: ``add``, ``explain``, ``refresh``."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from build_tools.cli.terminal import ARTICLES, is_terminal, say, say_all
from build_tools.models import Finding, Page, Record

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _web_address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A URL as the record's form asks; anything else is wrong usage."""
    if value is not None and not (value.startswith(("http://", "https://")) and len(value.split()) == 1):
        raise click.BadParameter("must begin with http:// or https:// and hold no space")
    return value


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", callback=_web_address, help="Where the page was found.")
@click.option("--retrieved", type=_DAY, help="Day on which it was captured, as 2026-01-31.")
@click.option("--source", help="Who published the article, if the page does not say.")
@click.option("--force", is_flag=True, help="Add pages that are not about an inspection, and reprints.")
@ARTICLES
def add(
    files: tuple[Path, ...],
    url: str | None,
    retrieved: datetime | None,
    source: str | None,
    force: bool,
    articles: Path,
) -> None:
    """Turn scraped pages (txt, html, mhtml; - for stdin) into records."""
    from build_tools.intake import Intake

    intake = Intake(articles, force=force)
    day = retrieved.date().isoformat() if retrieved else None
    failed = False
    for path in files:
        raw = _read(path)
        if isinstance(raw, Finding):
            failed |= say_all(path, [raw])
            continue
        result = intake.add(Page(raw, str(path), url, day, source))
        say_all(path, result.findings)
        failed |= result.refused
        click.echo(f"{path}: {result.summary}")
    sys.exit(1 if failed else 0)


def _read(path: Path) -> bytes | Finding:
    """The bytes of a page, or why it cannot be had."""
    from build_tools.clean.repair import LIMIT

    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with path.open("rb") as stream:
                raw = stream.read(LIMIT + 1)
    except FileNotFoundError:
        return Finding("FILE", "error", "没有这个文件", "核对路径")
    except IsADirectoryError:
        return Finding("FILE", "error", "是文件夹", "给出其中的页面文件，如 文件夹/*.html")
    except OSError as error:
        return Finding("FILE", "error", f"读不出来：{error.strerror}", "检查文件和权限")
    if len(raw) > LIMIT:
        message = f"超过 {LIMIT // 2**20} MB，不像一个页面"
        return Finding("FILE-LARGE", "error", message, "只保存文章所在的页面")
    if not raw.strip():
        return Finding("FILE-EMPTY", "error", "文件是空的", "重新保存页面")
    return raw


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
    from build_tools.refresh import page_of

    path = Path(target)
    if target == "-" or (path.exists() and path.suffix != ".md"):
        raw = _read(path)
        return (raw if isinstance(raw, Finding) else Page(raw, target)), None
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
    """Derive records again from their raw pages; confirmed fields stay. Shows a diff first."""
    from build_tools.archive.store import replace_file
    from build_tools.refresh import refreshed

    changes = written = 0
    failed = False
    for change in refreshed(articles, ids):
        if change.finding:
            failed |= say_all(change.path, [change.finding])
        if not change.diff:
            continue
        changes += 1
        click.echo(change.diff)
        if yes or (is_terminal(sys.stdin) and click.confirm(f"write {change.path}?")):
            replace_file(change.path, change.after.encode())
            written += 1
    left = f", {changes - written} left as they are; --yes writes them" if changes > written else ""
    click.echo(f"{written} records changed{left}")
    sys.exit(1 if failed else 0)
