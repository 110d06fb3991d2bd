"""One file of pairs that Python and the browser must both fold and take apart as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from build_tools.site.search import fold
from tests.search.conftest import Reader, archive, chromium, reader_of  # noqa: F401

CASES: dict[str, list[list[Any]]] = json.loads(
    Path(__file__).with_name("search.json").read_text(encoding="utf-8")
)
_RULES = """([texts, variants, dropped, pairs]) => {
    const foldCharacter = Archive.text.folder({ variants, dropped, simplified: new Map(pairs) });
    return texts.map((text) => Archive.text.fold(text, foldCharacter));
}"""


@pytest.fixture(scope="module")
def page(reader_of: Any) -> Reader:  # noqa: F811
    made: Reader = reader_of(archive("题\n文"))
    return made


def folded_by_browser(page: Reader, texts: list[str]) -> list[str]:
    rules = [list(fold.VARIANTS), fold.DROPPED, list(fold.simplified().items())]
    made: list[str] = page.evaluate(_RULES, [texts, *rules])
    return made


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_python_folds_as_agreed(text: str, folded: str) -> None:
    assert fold.fold(text) == folded
    assert fold.fold(folded) == folded


@pytest.mark.browser
def test_browser_folds_as_agreed(page: Reader) -> None:
    assert folded_by_browser(page, [text for text, _ in CASES["fold"]]) == [
        folded for _, folded in CASES["fold"]
    ]


@pytest.mark.browser
def test_browser_takes_queries_apart_as_agreed(page: Reader) -> None:
    asked = [query for query, _ in CASES["query"]]
    terms = page.evaluate(
        "(queries) => queries.map((q) => Archive.text.parseQuery(q).map((t) => [t.text, t.exclude, t.quoted]))",
        asked,
    )
    assert dict(zip(asked, terms, strict=True)) == dict(CASES["query"])


@pytest.mark.browser
def test_both_fold_every_character_alike(page: Reader) -> None:
    """All of the first two planes that both sides know, a character at a time."""
    import unicodedata

    known = [
        chr(code)
        for code in range(0x20, 0x2FA20)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs") and not 0xE000 <= code < 0xF900
    ]
    browser = folded_by_browser(page, known)
    differing = {
        character: (fold.fold(character), other)
        for character, other in zip(known, browser, strict=True)
        if fold.fold(character) != other
    }
    assert differing == {}


def test_a_piece_of_a_text_folds_to_a_piece_of_the_folded_text() -> None:
    text = "〈生態環境〉 ＰＭ２.５ 成〔效清〕單——Blue Sky，乾隆顯著"
    whole = fold.fold(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert fold.fold(text[start:end]) in whole
