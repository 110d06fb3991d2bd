"""A reprint is known by its text, whatever was done to it."""

from __future__ import annotations

from itertools import combinations

import pytest

from build_tools.archive.corpus import read_corpus
from build_tools.archive.witnesses import SAME, Witnesses, fingerprint
from tests.conftest import ARTICLES

TEXTS = {record.id: "".join(record.paragraphs) for record in read_corpus(ARTICLES)}


def share(one: str, other: str) -> float:
    witnesses = Witnesses()
    witnesses.add(("one", one))
    return next((likeness.share for likeness in witnesses.alike(other)), 0.0)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_copy_is_the_same(text: str) -> None:
    assert share(text, text) == 1.0
    assert share(text, text.replace("，", ",").replace("。", " ")) == 1.0
    assert share(text, text[: len(text) // 2]) >= 0.95, "cut short"
    assert share(text, text.replace("督察", "督查")) < 1.0
    damaged = "".join(character for at, character in enumerate(text) if at % 60)
    assert share(text, damaged) >= SAME, "a character in sixty lost"


@pytest.mark.parametrize(("one", "other"), list(combinations(TEXTS, 2)))
def test_two_articles_are_not(one: str, other: str) -> None:
    assert share(TEXTS[one], TEXTS[other]) < 0.4


def test_too_short_to_compare() -> None:
    assert fingerprint("督察组").tolist() == []
    assert share("督察组进驻", "督察组进驻") == 0.0


def test_most_alike_first_and_later_additions_count() -> None:
    text = next(iter(TEXTS.values()))
    witnesses = Witnesses()
    assert witnesses.alike(text) == []
    witnesses.add(("part", text[: len(text) // 2] + next(reversed(TEXTS.values()))))
    assert [one.id for one in witnesses.alike(text)] == ["part"]
    witnesses.add(("whole", text))
    assert [one.id for one in witnesses.alike(text)] == ["whole", "part"]
    assert not witnesses.alike(text)[1].same
