"""The command line: ``ducha`` and ``python -m build_tools``. Commands import what they need when they run."""

from __future__ import annotations

from build_tools.cli.bulk import convert
from build_tools.cli.changes import changes
from build_tools.cli.checks import check, knows
from build_tools.cli.intake import add, explain, refresh
from build_tools.cli.publish import build, bundle, pages, serve
from build_tools.cli.review import review
from build_tools.cli.terminal import main

__all__ = ["main"]

for command in (add, explain, refresh, review, check, changes, knows, convert, build, bundle, serve, pages):
    main.add_command(command)
