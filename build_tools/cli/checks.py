"""``check``: every record held against the archive's rules; ``knows``: what the tables say of a word."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from build_tools.cli.terminal import ARTICLES, ROOT, say

if TYPE_CHECKING:
    from build_tools.archive.validate import Located


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True
)
@click.option("--fix", is_flag=True, help="Put right what is mechanical: form, tags, leftovers.")
@click.option("--links", is_flag=True, help="Also ask every address in the records whether it still answers.")
@ARTICLES
def check(paths: tuple[Path, ...], form: str, fix: bool, links: bool, articles: Path) -> None:
    """Validate every record (or those in PATHS)."""
    from build_tools.archive.store import alone
    from build_tools.archive.validate import check, fix_files

    targets = list(paths) or [articles]
    if fix and articles.is_dir():
        with alone(articles):
            for path in fix_files(targets):
                click.echo(f"{path}: 已改成规范写法" if path.exists() else f"{path}: 已删去", err=True)
    found = check(targets, workers=os.cpu_count() or 1)
    if links:
        found += _links(targets)
    _PRINTERS[form](found)
    errors = sum(one.finding.severity == "error" for one in found)
    if form == "text":
        click.echo(f"{errors} errors, {len(found) - errors} warnings", err=True)
    sys.exit(1 if errors else 0)


def _as_text(found: Iterable[Located]) -> None:
    for one in found:
        say(one.path, one.finding)


def _as_json(found: Iterable[Located]) -> None:
    rows = [{"path": str(one.path), **asdict(one.finding)} for one in found]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def _as_annotations(found: Iterable[Located]) -> None:
    """Workflow commands that GitHub shows at the line; ``%`` and line ends are escaped as it asks."""
    for one in found:
        kind = "error" if one.finding.severity == "error" else "warning"
        text = f"{one.finding.code}: {one.finding.message}; {one.finding.cure}"
        place = _escaped(_from_root(one.path)).replace(":", "%3A").replace(",", "%2C")
        click.echo(f"::{kind} file={place},line={one.finding.line or 1}::{_escaped(text)}")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _from_root(path: Path) -> str:
    """A path as GitHub knows it: from the repository's root, where it lies below that."""
    whole = Path(os.path.abspath(path))  # links are named as they are, not followed
    return whole.relative_to(ROOT).as_posix() if whole.is_relative_to(ROOT) else str(path)


def _links(targets: Sequence[Path]) -> list[Located]:
    """Addresses that do not answer any more, asked one after another: each host is someone else's."""
    from build_tools.archive.corpus import record_paths
    from build_tools.archive.record import RecordError, read
    from build_tools.archive.validate import Located
    from build_tools.capture.web import probe

    found = []
    for path in (one for given in targets for one in (record_paths(given) if given.is_dir() else [given])):
        try:
            url = read(path.read_bytes().decode()).front.url
        except (RecordError, UnicodeDecodeError):
            continue  # already named
        problem = probe(url) if url else None
        if problem:
            text = path.read_bytes().decode()
            found.append(Located(path, replace(problem, line=text[: text.index("\nurl:")].count("\n") + 2)))
    return found


_PRINTERS = {"text": _as_text, "json": _as_json, "github": _as_annotations}


@click.command()
@click.argument("words", nargs=-1, required=True)
def knows(words: tuple[str, ...]) -> None:
    """Say which table holds a name, place or title, or which one it belongs in."""
    from build_tools.knowledge.advise import where

    for word in words:
        for found in where(word):
            row = f" {found.row}" if found.row else ""
            click.echo(f"{found.word}: build_tools/knowledge/{found.table}:{row} {found.advice}")
