"""The articles' texts in few bits: frequent phrases become one sign, and frequent signs have short codes.

A sign is a character, or two signs that often stand side by side. Pairs are found in a sample of the texts, some
hundreds a round, and each then counts as one sign in the next round. The browser gets the table once and spells
any text with it.
"""

from __future__ import annotations

import hashlib
import heapq
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import (
    Ints,
    Pieces,
    armoured,
    golomb,
    joined,
    joined_pieces,
    pieces,
    raw,
)
from build_tools.site.search.runs import Codes

# Phrases at most, in how many rounds they are found, and how many texts of the sample there are for each time that a
# phrase must occur: rarer ones would lengthen the table, which every reader loads, by more than they save a reader.
PHRASES, ROUNDS, RARE = 1600, 10, 16
# Characters that the phrases are learned from.
SAMPLE = 500_000
# A character that the sample does not have is this sign and then its code point.
OTHER, POINT = 0, 21
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Spelling:
    """Signs: ``OTHER``, the characters of ``alphabet`` in order, then phrases, each as two earlier signs.

    ``rounds`` says how many phrases each round found; ``code`` and ``width`` are the signs' canonical Huffman codes.
    """

    alphabet: str
    phrases: Codes
    rounds: tuple[int, ...]
    code: Ints
    width: Ints

    @property
    def key(self) -> str:
        """What stands for the spelling."""
        return hashlib.sha256(self.table().encode()).hexdigest()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The spelling as plain arrays."""
        points = np.array([ord(character) for character in self.alphabet], np.int64)
        return {
            "alphabet": points,
            "phrases": self.phrases,
            "rounds": np.array(self.rounds, np.int64),
            "width": self.width,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Spelling:
        """The spelling of such arrays."""
        alphabet, rounds = "".join(map(chr, arrays["alphabet"].tolist())), tuple(arrays["rounds"].tolist())
        return cls(alphabet, arrays["phrases"], rounds, _canonical(arrays["width"]), arrays["width"])

    def table(self) -> str:
        """All that is needed to read texts, as armoured bits."""
        letters = np.array([ord(character) for character in self.alphabet], np.int64)
        head = np.array([len(letters), len(self.phrases), self.width.max()], np.int64)
        numbers = [
            golomb(head),
            golomb(np.diff(letters, prepend=-1) - 1),
            golomb(self.width.max() - self.width, 1),
        ]
        signs = self.phrases.ravel()
        return armoured(joined([*numbers, raw(self.code[signs], self.width[signs])]))

    def written(self, texts: Sequence[str]) -> tuple[Pieces, Ints]:
        """Each text as armoured bits, and of how many signs they are."""
        steps = self._steps()
        parts = [self._written(texts[low : low + _AT_ONCE], steps) for low in range(0, len(texts), _AT_ONCE)]
        counts = np.concatenate([np.zeros(0, np.int64), *(count for _, count in parts)])
        return joined_pieces([part for part, _ in parts]), counts

    def _written(self, texts: Sequence[str], steps: list[_Step]) -> tuple[Pieces, Ints]:
        points = _points(texts)
        signs = _signs(points, self.alphabet)
        others = points[signs == OTHER]
        signs[points == _END] = end = len(self.width)
        for step in steps:
            signs = step.apply(signs)
        code, width = np.append(self.code, 0)[signs], np.append(self.width, 0)[signs]
        ends = np.flatnonzero(signs == end)
        counts = np.diff(ends, prepend=-1) - 1
        if len(others):
            at = np.flatnonzero(signs == OTHER) + 1
            code, width = np.insert(code, at, others), np.insert(width, at, POINT)
            ends += np.searchsorted(at, ends, side="right")
        return pieces(raw(code, width), ends + 1), counts

    def _steps(self) -> list[_Step]:
        size = len(self.width) + 1
        sign, low, steps = len(self.alphabet) + 1, 0, []
        for count in self.rounds:
            steps.append(_Step.of(self.phrases[low : low + count], sign + low, size))
            low += count
        return steps


_END = 0x110000


def _points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """The texts' code points one behind another, ``_END`` behind each."""
    whole = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return np.insert(whole, ends, np.uint32(_END))


def _signs(points: NDArray[np.uint32], alphabet: str) -> Codes:
    lookup = np.full(_END + 1, OTHER, np.int32)
    lookup[[ord(character) for character in alphabet]] = np.arange(1, len(alphabet) + 1)
    lookup[_END] = -1
    found: Codes = lookup[points]
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """One round: which pairs of signs become which sign, in a table of the signs that take part."""

    row: Codes
    column: Codes
    sign: Codes

    @classmethod
    def of(cls, pairs: Codes, first: int, size: int) -> _Step:
        """``pairs`` become the signs from ``first`` on; ``size`` is greater than any sign."""
        lefts, rights = np.unique(pairs[:, 0]), np.unique(pairs[:, 1])
        row, column = np.full(size, len(lefts), np.int32), np.full(size, len(rights), np.int32)
        row[lefts], column[rights] = np.arange(len(lefts)), np.arange(len(rights))
        sign = np.full((len(lefts) + 1, len(rights) + 1), -1, np.int32)
        sign[row[pairs[:, 0]], column[pairs[:, 1]]] = np.arange(first, first + len(pairs))
        return cls(row, column, sign)

    def apply(self, signs: Codes) -> Codes:
        """Every such pair replaced, from the left where they overlap."""
        new = self.sign[self.row[signs[:-1]], self.column[signs[1:]]]
        hits = np.flatnonzero(new >= 0)
        within = np.arange(len(hits))
        begins = np.ones(len(hits), bool)
        begins[1:] = np.diff(hits) > 1
        # Of pairs that overlap, the first, the third, and so on.
        hits = hits[(within - np.maximum.accumulate(np.where(begins, within, 0))) % 2 == 0]
        made = signs.copy()
        made[hits] = new[hits]
        keeps = np.ones(len(signs), bool)
        keeps[hits + 1] = False
        return made[keeps]


def sample_of(texts: Sequence[str]) -> list[str]:
    """The texts that a spelling is learned from.

    A text is in the sample by the sum of its id, so that another text beside it seldom changes the spelling.
    """
    share, size = 1, sum(map(len, texts))
    while size > SAMPLE * share:
        share *= 2
    return [text for text in texts if zlib.crc32(text.partition("\t")[0].encode()) % share == 0]


def learned(sample: Sequence[str]) -> Spelling:
    """The spelling that makes these texts short."""
    points, least = _points(sample), max(len(sample) // RARE, RARE)
    alphabet = "".join(map(chr, np.unique(points[points != _END]).tolist()))
    signs = _signs(points, alphabet)
    size = len(alphabet) + 1 + PHRASES
    signs[points == _END] = size
    phrases: list[Codes] = []
    found = len(alphabet) + 1
    for _ in range(ROUNDS):
        pairs = _frequent(signs, size, least)
        if not len(pairs):
            break
        signs = _Step.of(pairs, found, size + 1).apply(signs)
        phrases.append(pairs)
        found += len(pairs)
    counts = np.bincount(signs[signs != size], minlength=found)[:found]
    width = _widths(np.maximum(counts, 1).tolist())
    none = np.zeros((0, 2), np.int32)
    return Spelling(
        alphabet, np.concatenate([none, *phrases]), tuple(map(len, phrases)), _canonical(width), width
    )


def _frequent(signs: Codes, size: int, least: int) -> Codes:
    """A round's share of pairs: the most frequent, each ``least`` times; ``size`` is the end of a text."""
    left, right = signs[:-1].astype(np.int64), signs[1:]
    keys = (left * (size + 1) + right)[(left != size) & (right != size)]
    pairs, counts = np.unique(keys, return_counts=True)
    order = np.argsort(-counts, kind="stable")[: PHRASES // ROUNDS]
    chosen = pairs[order[counts[order] >= least]]
    return np.stack((chosen // (size + 1), chosen % (size + 1)), axis=1).astype(np.int32)


def _widths(counts: Sequence[int]) -> Ints:
    """Bits of each sign in a Huffman code."""
    if len(counts) == 1:
        return np.ones(1, np.int64)
    heap = [(count, sign) for sign, count in enumerate(counts)]
    heapq.heapify(heap)
    above = [0] * (2 * len(counts) - 1)
    for node in range(len(counts), len(above)):
        (one, a), (other, b) = heapq.heappop(heap), heapq.heappop(heap)
        above[a] = above[b] = node
        heapq.heappush(heap, (one + other, node))
    depth = [0] * len(above)
    for node in range(len(above) - 2, -1, -1):
        depth[node] = depth[above[node]] + 1
    return np.array(depth[: len(counts)], np.int64)


def _canonical(width: Ints) -> Ints:
    """Codes in order of width, then of sign: the widths alone say them."""
    code = np.zeros(len(width), np.int64)
    next_code, before = 0, 0
    for sign in np.argsort(width, kind="stable").tolist():
        bits = int(width[sign])
        next_code <<= bits - before
        code[sign], before = next_code, bits
        next_code += 1
    return code
