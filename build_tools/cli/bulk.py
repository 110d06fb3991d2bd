"""``convert``: many pages at once."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from build_tools.cli.terminal import is_terminal, say
from build_tools.models import Finding

if TYPE_CHECKING:
    from rich.progress import Progress

    from build_tools.bulk import Outcome


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use.")
def convert(source: Path, target: Path, workers: int) -> None:
    """Convert many pages: JSON Lines in, JSON Lines out, in order. Run again to go on after an interruption."""
    from build_tools.bulk import convert

    if target.exists() and target.samefile(source):
        raise click.BadParameter("is the input itself", param_hint="TARGET")
    if not target.absolute().parent.is_dir():
        raise click.BadParameter(f"no folder {target.parent}", param_hint="TARGET")
    with _bar() as progress:
        begun = time.monotonic()
        task = progress.add_task("", total=source.stat().st_size, lines=0, rate=0.0)

        def watch(place: int, line: int, outcome: Outcome) -> None:
            if outcome.problem:
                say(f"{source}:{line}", Finding("LINE", "error", outcome.problem, "这一行已跳过"))
            rate = line / max(0.001, time.monotonic() - begun)
            progress.update(task, completed=place, lines=line, rate=rate)

        bad = convert(source, target, workers=workers, watch=watch)
    sys.exit(1 if bad else 0)


def _bar() -> Progress:
    """A progress bar on stderr, silent where nobody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.fields[lines]} lines"), BarColumn(), TextColumn("{task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(), console=Console(stderr=True), disable=not is_terminal(sys.stderr),
    )  # fmt: skip
