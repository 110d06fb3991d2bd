"""The committed records are the golden cases: their raw pages must give them again, byte for byte.

After a deliberate change, ``ducha refresh`` shows what differs and ``ducha refresh --yes`` accepts it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.archive.corpus import record_paths
from build_tools.archive.record import read, write
from build_tools.archive.store import raw_path
from build_tools.refresh import derived, merged
from tests.conftest import ARTICLES

RECORDS = record_paths(ARTICLES)


def test_there_are_records() -> None:
    assert RECORDS


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_page_gives_its_record(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    record = read(text)
    raw = raw_path(path)
    assert raw is not None
    again = merged(record, derived(record, raw))
    assert again.paragraphs == record.paragraphs
    assert again.front.model_dump() == record.front.model_dump()
    assert write(again) == text


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_text_is_free_of_damage(path: Path) -> None:
    """What no article may show, whatever the page was like."""
    text = read(path.read_text(encoding="utf-8")).text
    assert "\ufffd" not in text
    assert "<" not in text
    assert "&nbsp" not in text
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)
    assert not any(line != line.strip() for line in text.split("\n"))
