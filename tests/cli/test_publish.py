"""``ducha pages``, ``bundle`` and ``build``, and what a broken record does to them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.command import ducha, tree


def test_pages_writes_plain_files(archive: Path, tmp_path: Path) -> None:
    result = ducha("pages", "--out", tmp_path / "out", "--articles", archive)
    assert result.exit_code == 0
    assert (tmp_path / "out" / "index.md").is_file()
    again = tmp_path / "again"
    ducha("pages", "--out", again, "--articles", archive)
    assert tree(again) == tree(tmp_path / "out")


def test_bundle_writes_one_zip(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "archive.zip"
    result = ducha("bundle", "--out", out, "--articles", archive)
    assert result.exit_code == 0, result.stderr
    with zipfile.ZipFile(out) as packed:
        assert any(name.endswith("/index.html") for name in packed.namelist())
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("command", [("build", "--site-dir"), ("bundle", "--out"), ("pages", "--out")])
def test_a_broken_record_stops_publishing_with_its_place(
    archive: Path, tmp_path: Path, command: tuple[str, str]
) -> None:
    record = next(archive.rglob("*.md"))
    record.write_text("---\nid: x\n---\n", encoding="utf-8", newline="\n")
    result = ducha(*command, tmp_path / "out", "--articles", archive)
    assert result.exit_code == 1
    assert f"{record}:" in result.stderr


def test_a_site_that_cannot_be_written_is_one_line(archive: Path, page: Path) -> None:
    result = ducha("pages", "--out", page / "below", "--articles", archive)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
