"""Traditional and Simplified script: what belongs to which, and conversion character by character."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files


@cache
def _characters(table: str) -> dict[str, tuple[str, ...]]:
    text = files("opencc").joinpath("dictionary", table).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {source: tuple(targets.split()) for source, targets in rows}


@cache
def simplified_forms() -> dict[int, str]:
    """A ``str.translate`` table: each Traditional character to its usual Simplified one (OpenCC)."""
    return {
        ord(source): targets[0]
        for source, targets in _characters("TSCharacters.txt").items()
        if len(source) == 1 and targets[0] != source
    }


@cache
def traditional_only() -> frozenset[str]:
    """Characters that a Simplified text does not contain (OpenCC)."""
    return frozenset(
        source for source, targets in _characters("TSCharacters.txt").items() if source not in targets
    )


@cache
def simplified_only() -> frozenset[str]:
    """Characters that a Traditional text does not contain (OpenCC)."""
    return frozenset(
        source for source, targets in _characters("STCharacters.txt").items() if source not in targets
    )


@cache
def traditional_forms() -> frozenset[str]:
    """What OpenCC turns Simplified characters into: the usual forms, without their rarer variants."""
    return frozenset(target for targets in _characters("STCharacters.txt").values() for target in targets)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """OpenCC's phrases, longest first, and what each becomes."""
    phrases = {source: targets[0] for source, targets in _characters("TSPhrases.txt").items()}
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, longest_first))), phrases


@lru_cache(maxsize=16)  # several rules ask it of one text
def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional script: its characters outweigh the Simplified-only ones.

    >>> is_traditional("環境保護督察"), is_traditional("环境保护督察")
    (True, False)
    """
    if traditional_only().isdisjoint(set(text)):
        return False
    traditional = sum(map(traditional_only().__contains__, text))
    return traditional > 1 and traditional > 2 * sum(map(simplified_only().__contains__, text))


def converted(text: str) -> str:
    """OpenCC's Traditional to Simplified, phrases first; the same result as its own converter, much sooner.

    >>> converted("乾隆年間的環境與乾淨的空氣")
    '乾隆年间的环境与干净的空气'
    """
    pattern, phrases = _phrases()
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        pieces += (text[position : match.start()].translate(simplified_forms()), phrases[match[0]])
        position = match.end()
    return "".join(pieces) + text[position:].translate(simplified_forms())


def simplify(text: str) -> str:
    """Character-wise Simplified form, for comparing and scoring; same length as ``text``."""
    return text.translate(simplified_forms())
