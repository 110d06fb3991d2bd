"""The command line: ``ducha`` and ``python -m build_tools``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from build_tools.models import Finding, Page

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 8 * 2**20
_DATE = click.DateTime(formats=["%Y-%m-%d"])
_ARTICLES = click.option(
    "--articles", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "articles", show_default="articles/",
    help="Folder of the records.",
)  # fmt: skip


def _say(path: object, finding: Finding) -> None:
    """One line on stderr: ``path:line: CODE: message; what to do``."""
    place = f"{path}:{finding.line}" if finding.line else str(path)
    cure = f"; {finding.cure}" if finding.cure else ""
    click.echo(f"{place}: {finding.code}: {finding.message}{cure}", err=True)


def _console(*, err: bool = False) -> Console:
    width = None if sys.stdout.isatty() else 160
    return Console(stderr=err, width=width, highlight=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ducha-archive", prog_name="ducha")
def main() -> None:
    """督察档案: clean, tag, check and publish news about environmental-protection inspections."""


# ------------------------------------------------------------------ pages in


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Where the page was found.")
@click.option("--retrieved", type=_DATE, help="Day on which it was captured, as 2026-01-31.")
@click.option("--source", help="Who published the article, if the page does not say.")
@click.option("--force", is_flag=True, help="Add pages that are not about an inspection, and reprints.")
@_ARTICLES
def add(
    files: tuple[Path, ...], url: str | None, retrieved: Any, source: str | None, force: bool, articles: Path
) -> None:
    """Turn scraped pages (txt, html, mhtml; - for stdin) into records."""
    from build_tools.intake import Intake

    intake = Intake(articles, force=force)
    failed = False
    for path in files:
        raw = _read(path)
        if isinstance(raw, Finding):
            _say(path, raw)
            failed = True
            continue
        day = retrieved.date().isoformat() if retrieved else None
        result = intake.add(Page(raw, str(path), url, day, source))
        for finding in result.findings:
            _say(path, finding)
        failed |= result.refused
        click.echo(f"{path}: {result.summary}")
    sys.exit(1 if failed else 0)


def _read(path: Path) -> bytes | Finding:
    """The bytes of a page, or why it cannot be had."""
    if str(path) == "-":
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        try:
            if not path.is_file():
                message = "是文件夹" if path.is_dir() else "没有这个文件"
                return Finding("FILE", "error", message, "给出一个页面文件")
            with path.open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
        except OSError as error:
            return Finding("FILE", "error", f"读不出来：{error.strerror}", "检查文件和权限")
    if len(raw) > MOST_BYTES:
        return Finding(
            "FILE-LARGE", "error", f"超过 {MOST_BYTES // 2**20} MB，不像一个页面", "只保存文章所在的页面"
        )
    if not raw.strip():
        return Finding("FILE-EMPTY", "error", "文件是空的", "重新保存页面")
    return raw


@main.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True, help="The same as data.")
@_ARTICLES
def explain(target: str, as_json: bool, articles: Path) -> None:
    """Show every change from a page (FILE, or the ID of a record) to its record, and what each fact rests on."""
    from build_tools.archive.store import raw_path, record_path
    from build_tools.explain import explanation, show
    from build_tools.pipeline import draft

    path = Path(target)
    record = record_path(articles, target) if not path.exists() else path
    if record.suffix == ".md" and record.exists() and not record.name.endswith(".raw.md"):
        path = raw_path(record) or path
    raw = _read(path)
    if isinstance(raw, Finding):
        _say(target, raw)
        sys.exit(1)
    made = draft(Page(raw, str(path)))
    if as_json:
        click.echo(json.dumps(explanation(made), ensure_ascii=False, indent=1))
    else:
        show(made, _console())


@main.command()
@click.argument("ids", nargs=-1)
@click.option("--yes", is_flag=True, help="Write without asking.")
@_ARTICLES
def refresh(ids: tuple[str, ...], yes: bool, articles: Path) -> None:
    """Derive records again from their raw pages; confirmed fields stay. Shows a diff first."""
    from build_tools.archive.store import replace_file
    from build_tools.refresh import refreshed

    changes = 0
    for change in refreshed(articles, ids):
        if change.finding:
            _say(change.path, change.finding)
            continue
        if not change.diff:
            continue
        changes += 1
        click.echo(change.diff)
        if yes or (sys.stdin.isatty() and click.confirm(f"write {change.path}?")):
            replace_file(change.path, change.after.encode())
    click.echo(f"{changes} of the records would change" if not yes else f"{changes} records changed")


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use.")
def convert(source: Path, target: Path, workers: int) -> None:
    """Convert many pages: JSON Lines in, JSON Lines out, in order. Run again to go on after an interruption."""
    from build_tools.bulk import Outcome, convert

    bad = 0
    begun = time.monotonic()
    with Progress(
        TextColumn("{task.fields[lines]} lines"), BarColumn(), TextColumn("{task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(), console=Console(stderr=True), disable=not sys.stderr.isatty(),
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=source.stat().st_size, lines=0, rate=0.0)

        def watch(place: int, lines: int, outcome: Outcome) -> None:
            nonlocal bad
            if outcome.problem:
                bad += 1
                _say(f"{source}:{outcome.line}", Finding("LINE", "error", outcome.problem, "这一行已跳过"))
            rate = lines / max(0.001, time.monotonic() - begun)
            progress.update(task, completed=place, lines=lines, rate=rate)

        convert(source, target, workers=workers, watch=watch)
    sys.exit(1 if bad else 0)


# ------------------------------------------------------------------- checks


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True
)
@click.option("--fix", is_flag=True, help="Put right what is mechanical: form and tags.")
@_ARTICLES
def check(paths: tuple[Path, ...], form: str, fix: bool, articles: Path) -> None:
    """Validate every record (or those in PATHS)."""
    from build_tools.archive import validate
    from build_tools.archive.corpus import record_paths
    from build_tools.archive.store import replace_file

    targets = list(paths) or [articles]
    if fix:
        for path in (
            one for target in targets for one in (record_paths(target) if target.is_dir() else [target])
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            after = validate.fixed(text)
            if after is not None and after != text:
                replace_file(path, after.encode())
    found = validate.check(targets)
    _print_findings(found, form)
    errors = sum(one.finding.severity == "error" for one in found)
    if form == "text":
        click.echo(f"{errors} errors, {len(found) - errors} warnings", err=True)
    sys.exit(1 if errors else 0)


def _print_findings(found: list[Any], form: str) -> None:
    if form == "json":
        rows = [{"path": str(one.path), **_fields(one.finding)} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    for one in found if form != "json" else ():
        if form == "github":
            kind = "error" if one.finding.severity == "error" else "warning"
            text = f"{one.finding.code}: {one.finding.message}; {one.finding.cure}".replace(
                "%", "%25"
            ).replace("\n", "%0A")
            click.echo(f"::{kind} file={one.path},line={one.finding.line or 1}::{text}")
        else:
            _say(one.path, one.finding)


def _fields(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in ("code", "severity", "message", "cure", "line")}


# ------------------------------------------------------------------ publish


def _published(work: Callable[[], list[str]]) -> None:
    """Runs a build; its warnings go to stderr, and an error about the content is one line."""
    from build_tools.archive.record import RecordError
    from build_tools.site.build import SiteError

    try:
        for warning in work():
            click.echo(warning, err=True)
    except (RecordError, SiteError) as error:
        click.echo(f"{error}; 运行 ducha check 查看全部问题", err=True)
        sys.exit(1)


@main.command()
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "site",
    show_default="site/",
)
@_ARTICLES
def build(site_dir: Path, articles: Path) -> None:
    """Build the whole site."""
    from build_tools.site.build import build

    _published(lambda: build(articles, site_dir))
    click.echo(f"{site_dir / 'index.html'}")


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=ROOT / "dist" / "ducha.zip",
    show_default="dist/ducha.zip",
)
@_ARTICLES
def bundle(out: Path, articles: Path) -> None:
    """Build the site and pack it into one zip that works from a folder with no network."""
    import tempfile

    from build_tools.site.build import build
    from build_tools.site.bundle import bundle

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        _published(lambda: build(articles, Path(folder)))
        findings = bundle(Path(folder), out)
    for finding in findings:
        _say(out, finding)
    click.echo(f"{out}")
    sys.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True)
@_ARTICLES
def serve(address: str, articles: Path) -> None:
    """Preview the site and rebuild it as records change."""
    from build_tools.site.build import serve

    serve(articles, address)


@main.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@_ARTICLES
def pages(out: Path, articles: Path) -> None:
    """Write the generated pages as plain files, for another generator."""
    from build_tools.archive.corpus import read_corpus
    from build_tools.site.files import raw_files, raw_pages, site_files

    raws = raw_pages(articles)
    count = 0
    for file in site_files(read_corpus(articles), raws):
        path = out / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode())
        count += 1
    for name, source in raw_files(raws):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
        count += 1
    click.echo(f"{out}: {count} files")
