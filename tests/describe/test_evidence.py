"""Evidence that a reader can find: what is quoted from the text stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.archive.corpus import record_paths
from build_tools.archive.record import read
from build_tools.archive.store import raw_path
from build_tools.models import Page
from build_tools.pipeline import draft
from tests.conftest import ARTICLES


@pytest.mark.parametrize("path", record_paths(ARTICLES), ids=lambda path: path.stem)
def test_words_quoted_from_the_text_stand_in_it(path: Path) -> None:
    raw = raw_path(path)
    assert raw is not None
    made = draft(Page(raw.read_bytes(), raw.name))
    cleaned = made.cleaned
    notes = (note.text for note in cleaned.notes)
    text = " ".join(filter(None, (cleaned.title, cleaned.subtitle, *cleaned.paragraphs, *notes)))
    for name, ground in made.facts.evidence.items():
        if ground.basis == "text":
            pieces = ground.words.split("、") if name == "officials" else [ground.words]
            assert all(piece in text for piece in pieces), (name, ground.words)


@pytest.mark.parametrize("path", record_paths(ARTICLES), ids=lambda path: path.stem)
def test_every_fact_of_a_record_says_what_it_rests_on(path: Path) -> None:
    front = read(path.read_text(encoding="utf-8")).front
    for name in ("date", "level", "round", "stage", "provinces", "city", "county", "source"):
        if getattr(front, name) not in (None, [], "其他"):
            assert name in front.made.evidence, name
