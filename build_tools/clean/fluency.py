"""How well a whole passage reads: its words, its punctuation, and the pairs it leaves open."""

from __future__ import annotations

import re

from build_tools.clean.gbk import MARKS
from build_tools.clean.lexicon import lexicon
from build_tools.clean.script import simplify

MARK_SCORE = -6.0  # a mark that anything may follow: about one character in four hundred
_PAIRED = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "【": "】"}
CLOSING = frozenset(_PAIRED.values())
_PIECES = re.compile(r"([^\u3400-\u9fff])")


def is_han(character: str) -> bool:
    """Whether a character is one of the Han that GBK has."""
    return "\u3400" <= character <= "\u9fff"


def closes(mark: str, before: str) -> bool:
    """Whether a mark closes a pair that is open in the text before it.

    >>> closes("”", "打赢“清"), closes("”", "打赢“清”")
    (True, False)
    """
    return any(
        mark == closing and before.rfind(opening) > before.rfind(closing)
        for opening, closing in _PAIRED.items()
    )


def fluency(text: str) -> float:
    """Log probability of a text; marks cost what they cost anywhere, odd symbols as much as unknown words."""
    total = 0.0
    for piece in _PIECES.split(text):
        if len(piece) == 1 and not is_han(piece):
            total += MARK_SCORE if piece in MARKS or piece in ",!?;:" else 3 * MARK_SCORE
        else:
            total += lexicon().score(simplify(piece))
    return total
