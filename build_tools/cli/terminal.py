"""What all commands share: the group they belong to, where the archive is, and how findings are said."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

import click

from build_tools.models import Finding

ROOT = Path(__file__).resolve().parents[2]

ARTICLES = click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "articles",
    show_default="articles/",
    help="Folder of the records.",
)


class _InListedOrder(click.Group):
    """Commands in the order of the work: pages in, checks, publishing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


@click.group(
    cls=_InListedOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="ducha-archive", prog_name="ducha")
def main() -> None:
    """督察档案: clean, tag, check and publish news about environmental-protection inspections."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # file names need not be text


def say(path: object, finding: Finding) -> None:
    """One line on stderr: ``path:line: CODE: message; what to do``."""
    place = f"{path}:{finding.line}" if finding.line else str(path)
    cure = f"; {finding.cure}" if finding.cure else ""
    click.echo(f"{place}: {finding.code}: {finding.message}{cure}", err=True)


def say_all(path: object, findings: Iterable[Finding]) -> bool:
    """Each finding on a line; returns whether one of them is an error."""
    failed = False
    for finding in findings:
        say(path, finding)
        failed |= finding.severity == "error"
    return failed


def is_terminal(stream: object) -> bool:
    """Whether a person watches: progress and questions are for them alone."""
    return isinstance(stream, TextIOWrapper) and stream.isatty()
