"""Words by their beginnings: unfolded as far as they are asked for, for a text touches few of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

_LAST = "\U0010ffff"
_NOTHING: Mapping[str, Branch] = {}


class Branch:
    """A beginning of words, in a list of words in order with how often each occurs.

    ``log`` is the logarithm of that if it is a word itself, less that of ``total``; ``longer`` the same of the most
    frequent longer word. Both are negative infinity where there is none. ``next`` has what it grows to, by the next
    character.

    >>> words = Branch(["督", "督察", "督察组"], [1, 100, 10], 1000)
    >>> words.next["督"].longer == words.next["督"].next["察"].log, words.next["督"].word
    (True, '督')
    """

    __slots__ = ("_begin", "_counts", "_depth", "_end", "_total", "_words", "log", "longer", "next")

    next: Mapping[str, Branch]

    def __init__(
        self,
        words: Sequence[str],
        counts: Sequence[int],
        total: int,
        span: tuple[int, int] | None = None,
        depth: int = 0,
    ) -> None:
        self._words, self._counts, self._total, self._depth = words, counts, total, depth
        begin, self._end = span or (0, len(words))
        itself = begin < self._end and len(words[begin]) == depth
        self._begin = begin + itself
        self.log = math.log(counts[begin] / total) if itself else -math.inf
        if self._begin < self._end:
            self.longer = math.log(max(counts[self._begin : self._end]) / total)
        else:
            self.longer = -math.inf
            self.next = _NOTHING

    @property
    def word(self) -> str:
        """The word, or the beginning of words, itself."""
        return self._words[self._begin - (self.log > -math.inf)][: self._depth]

    def __getattr__(self, name: str) -> Mapping[str, Branch]:
        """Unfold: asked for once, the first time that somebody goes on from here."""
        if name != "next":
            raise AttributeError(name)
        words, depth, at = self._words, self._depth + 1, self._begin
        self.next = found = {}
        while at < self._end:
            begin, start = at, words[at][:depth]
            at = bisect_left(words, start + _LAST, begin, self._end)
            found[start[-1]] = Branch(words, self._counts, self._total, (begin, at), depth)
        return found
