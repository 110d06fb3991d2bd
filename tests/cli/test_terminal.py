"""What all commands share."""

from __future__ import annotations

import re

from tests.cli.command import ducha


def test_help_names_every_command() -> None:
    text = ducha("--help").output
    for command in ("add", "explain", "refresh", "check", "convert", "build", "bundle", "serve", "pages"):
        assert re.search(rf"^  {command} ", text, re.MULTILINE)
        assert ducha(command, "--help").exit_code == 0
    assert ducha("--version").exit_code == 0
