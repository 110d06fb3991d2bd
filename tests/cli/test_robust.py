"""Hostile pages, and runs that are killed at any moment: a whole record or none, and nothing anywhere else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_tools.archive.record import read
from build_tools.archive.store import raw_path
from build_tools.archive.validate import check
from tests.capture.archives import page
from tests.capture.hostile import hostile_files
from tests.cli.command import ducha, tree
from tests.conftest import ROOT


def test_a_hundred_hostile_pages_break_nothing(tmp_path: Path) -> None:
    sources = hostile_files(tmp_path / "pages")
    assert len(sources) >= 100
    around = set(tmp_path.rglob("*"))
    articles = tmp_path / "articles"
    for source in sources:
        result = ducha("add", "--force", "--articles", articles, "--", source)
        assert result.exit_code in (0, 1), source
    new = set(tmp_path.rglob("*")) - around
    assert all(path == articles or articles in path.parents for path in new)
    assert [
        one for one in check([articles]) if one.finding.code in ("FILE-STRAY", "RAW-ALONE", "RECORD-READ")
    ] == []
    for record in articles.rglob("*.md"):
        read(record.read_text(encoding="utf-8"))
        assert raw_path(record)


def killed_after(seconds: float, articles: Path, source: Path) -> None:
    """A run of ``add`` that ends so."""
    command = [sys.executable, "-m", "build_tools", "add", str(source), "--articles", str(articles)]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.wait()


def is_whole(articles: Path) -> bool:
    """Whether each record has its page, each page its record, and nothing else is there."""
    records = {name.removesuffix(".md") for name in tree(articles) if name.endswith(".md")}
    pages = {name.partition(".raw.")[0] for name in tree(articles) if ".raw." in name}
    for path in articles.rglob("*.md"):
        read(path.read_text(encoding="utf-8"))
    return records == pages and len(tree(articles)) == 2 * len(records)


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="elsewhere a hidden file may be left")
def test_a_run_killed_at_any_moment_leaves_whole_records(tmp_path: Path) -> None:
    """Here a few moments, none of which decides the test; benchmarks/intake.py tries two hundred."""
    chance = random.Random(3)
    for number in range(4):
        (tmp_path / f"{number}.html").write_bytes(page(number))
        killed_after(chance.uniform(0.2, 3), tmp_path / "articles", tmp_path / f"{number}.html")
        assert is_whole(tmp_path / "articles")
