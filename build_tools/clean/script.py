"""Traditional and Simplified script: what belongs to which, and conversion character by character."""

from __future__ import annotations

import re
from functools import cache
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
        if len(source) == 1 and targets[0] != source and source not in targets
    }


@cache
def simplified_only() -> frozenset[str]:
    """Characters that a Traditional text does not contain (OpenCC)."""
    return frozenset(
        source for source, targets in _characters("STCharacters.txt").items() if source not in targets
    )


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, simplified_forms())) + "]")


@cache
def _simplified() -> re.Pattern[str]:
    return re.compile("[" + "".join(simplified_only()) + "]")


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional script: its characters outweigh the Simplified-only ones.

    >>> is_traditional("環境保護督察"), is_traditional("环境保护督察")
    (True, False)
    """
    traditional = len(_traditional().findall(text))
    return traditional >= 2 and traditional > 2 * len(_simplified().findall(text))


def simplify(text: str) -> str:
    """Character-wise Simplified form, for comparing and scoring; same length as ``text``."""
    return text.translate(simplified_forms())
