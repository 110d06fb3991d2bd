"""``ducha changes``: what a reviewer is told of a pull request."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import ducha


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(archive: Path) -> Path:
    """The archive in a repository of its own."""
    git(archive.parent, "init", "-q")
    git(archive.parent, "add", "articles")
    git(archive.parent, "commit", "-qm", "founded")
    return archive


def test_what_is_new_changed_and_gone_is_told(committed: Path, page: Path) -> None:
    first, second, *_ = sorted(committed.rglob("*.md"))
    text = first.read_text(encoding="utf-8")
    first.write_text(
        re.sub("^city: .*$", "city: 青岛市", text, flags=re.MULTILINE), encoding="utf-8", newline="\n"
    )
    second.unlink()
    ducha("add", page, "--articles", committed)
    told = ducha("changes", "HEAD", "--articles", committed)
    assert told.exit_code == 0
    assert told.stdout.startswith("新增 1 篇，改动 1 篇，删去 1 篇\n")
    assert "-city: 济南市\n  +city: 青岛市" in told.stdout
    assert "日期：2021-05-08" in told.stdout
    assert f"D {second.relative_to(committed)}" in told.stdout


def test_nothing_changed_is_told(committed: Path) -> None:
    assert ducha("changes", "HEAD", "--articles", committed).stdout == "新增 0 篇，改动 0 篇，删去 0 篇\n"


def test_a_record_that_cannot_be_read_is_told(committed: Path) -> None:
    record = min(committed.rglob("*.md"))
    record.write_bytes(b"\xff")
    assert "读不出来" in ducha("changes", "HEAD", "--articles", committed).stdout


def test_an_unknown_revision_is_wrong_usage(committed: Path) -> None:
    assert ducha("changes", "no-such-branch", "--articles", committed).exit_code == 2
    assert ducha("changes", "--output=x", "--articles", committed).exit_code == 2
