"""Records on disk: nothing half written, nothing overwritten, each page once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.archive.store import find, free_id, raw_path, record_path, replace_file, save
from build_tools.archive.validate import check
from build_tools.models import FrontMatter, Made, Record
from tests.conftest import ARTICLES

SHA = "5f3c" + "0" * 60
RECORD = Record(
    FrontMatter(id="2017-08-21-jinan-5f3c", title="督察组进驻", made=Made(raw_sha256=SHA, encoding="utf-8")),
    ("正文。",),
)


def test_a_record_lies_in_its_year_with_its_page_beside_it(tmp_path: Path) -> None:
    path = save(tmp_path, RECORD, b"page", ".html")
    assert path == tmp_path / "2017" / "2017-08-21-jinan-5f3c.md"
    assert raw_path(path) == path.with_name("2017-08-21-jinan-5f3c.raw.html")
    assert find(tmp_path, SHA) == path
    assert find(tmp_path, "5f3c" + "1" * 60) is None


def test_an_undated_record_has_a_folder_too() -> None:
    assert record_path(Path(), "undated-quanguo-5f3c") == Path("undated/undated-quanguo-5f3c.md")


def test_a_taken_id_grows_by_a_digit(tmp_path: Path) -> None:
    save(tmp_path, RECORD, b"page", ".txt")
    assert free_id(tmp_path, RECORD.id, SHA) == "2017-08-21-jinan-5f3c0"
    assert free_id(tmp_path, "2017-08-22-jinan-5f3c", SHA) == "2017-08-22-jinan-5f3c"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


_KILLED = """
import os, signal, sys
real, left = os.link, [int(sys.argv[1])]
def link(*arguments, **options):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
os.link = link
from build_tools.cli import main
main(["add", sys.argv[2], "--articles", sys.argv[3]])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
@pytest.mark.parametrize("written", [0, 1], ids=["before the page is there", "before the record is there"])
def test_a_killed_add_leaves_no_half_record(tmp_path: Path, written: int) -> None:
    """Killed at the worst moments; the next run completes what was begun, and nothing but a leftover remains."""
    raw, articles = min(ARTICLES.rglob("*.raw.txt")), tmp_path / "articles"
    killed = [sys.executable, "-c", _KILLED, str(written), str(raw), str(articles)]
    assert subprocess.run(killed, check=False, env=os.environ).returncode == -signal.SIGKILL
    assert not list(articles.rglob("*.md"))
    again = [sys.executable, "-m", "build_tools", "add", str(raw), "--articles", str(articles)]
    assert subprocess.run(again, check=False, capture_output=True).returncode == 0
    (record,) = articles.rglob("*.md")
    page = raw_path(record)
    assert page is not None
    assert page.read_bytes() == raw.read_bytes()
    assert {one.finding.code for one in check([articles])} <= {"FILE-STRAY", "SOURCE"}
