"""The archive as volumes: runs of some hundred articles, each indexed by itself.

What is known of a volume rests on its own texts alone, so that an article more or less makes one volume anew. A volume
begins at an article whose own sum says so, not at a round number: else one article would move all that follow.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

# Articles of a volume at most, and volumes at most in an archive that has more than a few thousand articles.
LARGEST, MOST = 800, 16
# How many articles are few enough to be read, of the whole archive, and of a volume at least.
READ, LEAST = 32, 3


def rounded(number: int) -> int:
    """A number that seldom changes when another does a little: the power of two below."""
    return 1 << (number.bit_length() - 1) if number else 0


def volumes(ids: Sequence[str]) -> list[range]:
    """Articles in order, cut into volumes.

    A run that is too long is cut at the article of its middle quarter whose sum is least.
    """
    sums = [zlib.crc32(name.encode()) for name in ids]
    most = max(LARGEST, rounded(len(ids)) // MOST)
    found, waiting = [], [range(len(ids))] if ids else []
    while waiting:
        run = waiting.pop()
        if len(run) <= most:
            found.append(run)
            continue
        middle = run[len(run) * 3 // 8 : len(run) * 5 // 8]
        cut = min(middle, key=sums.__getitem__)
        waiting += [range(cut, run.stop), range(run.start, cut)]
    return found


def few(articles: int) -> int:
    """How many articles of a volume are few: all volumes together may leave so many to be read."""
    return max(LEAST, READ // max(1, rounded(articles) // (LARGEST // 2)))
