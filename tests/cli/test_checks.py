"""``ducha check``: what it finds, where, and what it mends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import ducha


def test_check_finds_no_error_in_the_archive() -> None:
    result = ducha("check")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_check_says_where_and_what_to_do(archive: Path, form: str) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8")
    record.write_text(
        re.sub("^provinces: .*", "provinces: [无此省]", text, flags=re.MULTILINE),
        encoding="utf-8",
        newline="\n",
    )
    result = ducha("check", record, "--format", form, "--articles", archive)
    line = text[: text.index("\nprovinces:")].count("\n") + 2
    assert result.exit_code == 1
    if form == "text":
        assert f"{record}:{line}: PLACE: " in result.stderr
    elif form == "github":
        assert f"::error file={record},line={line}::PLACE: " in result.stdout
    else:
        rows = [(row["path"], row["line"], row["code"]) for row in json.loads(result.stdout)]
        assert (str(record), line, "PLACE") in rows


@pytest.mark.parametrize("spoil", ["\ufeff{}", "crlf", "tags"])
def test_check_fixes_what_is_mechanical(archive: Path, spoil: str) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8")
    spoilt = {
        "crlf": text.replace("\n", "\r\n"),
        "tags": re.sub("^tags: .*", "tags: []", text, flags=re.MULTILINE),
    }.get(spoil, "\ufeff" + text)
    record.write_bytes(spoilt.encode())
    assert ducha("check", "--articles", archive).exit_code == 1
    assert ducha("check", "--fix", "--articles", archive).exit_code == 0
    assert record.read_bytes() == text.encode()


def test_annotations_name_files_as_github_knows_them() -> None:
    """From the repository's root, wherever the command is run and however the records are named."""
    shown = ducha("check", "--format", "github").stdout
    places = re.findall(r"file=([^,]+),line=(\d+)::", shown)
    assert places, "two of the founding pages name no source"
    assert all(place.startswith("articles/") and int(line) > 1 for place, line in places)


def test_what_an_interrupted_run_left_is_removed(archive: Path) -> None:
    left = archive / "2017" / ".writing-x1"
    left.write_bytes(b"half")
    assert "FILE-STRAY" in ducha("check", "--articles", archive).stderr
    ducha("check", "--fix", "--articles", archive)
    assert not left.exists()
