"""``changes``: what a pull request does to the records, for whoever reviews it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from build_tools.cli.terminal import ARTICLES
from build_tools.models import Record

_MOST = 40  # records shown one by one: a comment that nobody reads to its end helps nobody


@click.command()
@click.argument("revision")
@ARTICLES
def changes(revision: str, articles: Path) -> None:
    """Show, field by field, how the records differ from a git REVISION (origin/main, HEAD~1, ...)."""
    root = articles.resolve()
    listed = _git(
        root,
        "diff",
        "--relative",
        "--no-renames",
        "--name-status",
        "-z",
        "--end-of-options",
        revision,
        "--",
        ".",
    )
    if listed is None:
        raise click.BadParameter(f"git knows no revision {revision} here", param_hint="REVISION")
    cells = listed.decode("utf-8", "surrogateescape").split("\0")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".") or b""
    names = dict(zip(cells[1::2], cells[0::2], strict=False))
    names |= dict.fromkeys(untracked.decode("utf-8", "surrogateescape").split("\0"), "A")
    found = sorted(name for name in names if name.endswith(".md"))
    kinds = [names[name][0] for name in found]
    click.echo(f"新增 {kinds.count('A')} 篇，改动 {kinds.count('M')} 篇，删去 {kinds.count('D')} 篇")
    for name in found[:_MOST]:
        click.echo("\n".join([f"\n{names[name][0]} {name}", *_lines(root, name, revision)]))
    if len(found) > _MOST:
        click.echo(f"\n另有 {len(found) - _MOST} 篇，见改动的文件")
    sys.exit(0)


def _lines(root: Path, name: str, revision: str) -> list[str]:
    """A new record in a few lines, a changed one by what differs."""
    from build_tools.archive.settling import LABELS, doubts, shown
    from build_tools.refresh import differences

    path = root / name
    before = _read(_git(root, "show", "--end-of-options", f"{revision}:./{name}"))
    after = _read(path.read_bytes() if path.is_file() and not path.is_symlink() else None)
    if after is None:
        return [] if before and not path.exists() else ["  读不出来"]
    if before is not None:
        return [f"  {one.shown}" for one in differences(before, after)] or ["  只改了写法"]
    facts = ("title", "date", "provinces", "city", "stage", "officials", "source", "url")
    known = [f"  {LABELS[field]}：{value}" for field in facts if (value := shown(after, field))]
    return known + [f"  存疑 {LABELS[doubt.field]}：{doubt.why}" for doubt in doubts(after)]


def _read(content: bytes | None) -> Record | None:
    from build_tools.archive.record import RecordError, read

    try:
        return read(content.decode()) if content is not None else None
    except (RecordError, UnicodeDecodeError):
        return None


def _git(folder: Path, *arguments: str) -> bytes | None:
    result = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607
    return result.stdout if result.returncode == 0 else None
