"""How likely a stretch of text is as running prose, word by word (unigrams, natural logarithms)."""

from __future__ import annotations

import math
from functools import cache

from build_tools.knowledge import tables

_LONGEST = 3
_UNSEEN = 0.3  # occurrences credited to a character that the table lacks


@cache
def _logs() -> tuple[dict[str, float], float]:
    counts = tables.word_counts()
    total = math.log(sum(counts.values()))
    return {word: math.log(count) - total for word, count in counts.items()}, math.log(_UNSEEN) - total


def word(text: str) -> float | None:
    """Log probability of a word; ``None`` where the table lacks it."""
    return _logs()[0].get(text)


def tails(text: str, start: int, end: int) -> list[float]:
    """For each offset from ``start`` to ``end``: the log probability of the likeliest words from there to ``end``.

    The last one is 0: nothing is left to explain.
    """
    logs, unseen = _logs()
    best = [0.0] * (end - start + 1)
    for at in range(end - 1, start - 1, -1):
        top = logs.get(text[at], unseen) + best[at + 1 - start]
        for size in range(2, min(_LONGEST, end - at) + 1):
            log = logs.get(text[at : at + size])
            if log is not None and (total := log + best[at + size - start]) > top:
                top = total
        best[at - start] = top
    return best
