"""Which file answers for a string: the range of all strings halved, and each half again while it is too heavy.

Where a range is cut hardly depends on what is in it, only whether: an article more or less moves few cuts. A string is
told by keys, a number for every three characters; a range is cut at the first bit in which its strings differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from build_tools.site.search.bits import Ints, armoured, golomb
from build_tools.site.search.characters import WIDTH
from build_tools.site.search.records import TOGETHER, Table

DEPTH = WIDTH * TOGETHER
_NO_KEY = (1 << DEPTH) - 1
# A file of strings with the same key may be so many times larger than others: cut further it would hold little but
# copies of their beginnings.
SPARED = 4


@dataclass(frozen=True, slots=True)
class Range:
    """The strings whose keys are ``path``, but the last: that is at least the path's, and agrees in ``depth`` bits."""

    path: tuple[int, ...]
    depth: int

    def __str__(self) -> str:
        return " ".join(map(str, (*self.path, self.depth)))


@dataclass(frozen=True, slots=True)
class Tree:
    """Ranges from the left, as they are met: the bit at which each is cut, or -1 for a file; and the files."""

    cuts: tuple[int, ...]
    files: tuple[Range, ...]

    def written(self) -> str:
        """The cuts as armoured bits: 0 for a file, else one more than the bits skipped since the cut above."""
        numbers, waiting = [], [-1]
        for cut in self.cuts:
            above = waiting.pop()
            numbers.append(cut - above if cut >= 0 else 0)
            if cut >= 0:
                waiting += [cut, cut]
        return armoured(golomb(np.array(numbers, np.int64)))


@dataclass(frozen=True, slots=True)
class Weights:
    """Strings in order of their first keys, and what all before each weigh, and all of them.

    ``long`` are the places of those that have more keys, ``keys`` these keys.
    """

    key: Ints
    before: Ints
    long: Ints
    keys: Ints

    @classmethod
    def of(cls, table: Table) -> Weights:
        """What a volume's strings weigh."""
        long = np.flatnonzero(table.size > TOGETHER)
        more = -(-int(table.size.max(initial=0)) // TOGETHER)
        keys = [table.keys(block)[long] for block in range(1, max(more, 2))]
        return cls(table.keys(), np.append(0, np.cumsum(table.weight())), long, np.stack(keys, axis=1))

    @classmethod
    def joined(cls, volumes: Sequence[Weights]) -> Weights:
        """What the strings of all volumes weigh."""
        first = np.cumsum([0, *(len(volume.key) for volume in volumes)])
        keys = np.zeros(
            (sum(len(volume.long) for volume in volumes), max(v.keys.shape[1] for v in volumes)), np.int64
        )
        row = 0
        for volume in volumes:
            keys[row : row + len(volume.long), : volume.keys.shape[1]] = volume.keys
            row += len(volume.long)
        key = np.concatenate([volume.key for volume in volumes])
        weight = np.concatenate([np.diff(volume.before) for volume in volumes])
        long = np.concatenate([volume.long + start for volume, start in zip(volumes, first, strict=False)])
        order = np.argsort(key, kind="stable")
        place = np.empty(len(key), np.int64)
        place[order] = np.arange(len(key))
        turn = np.argsort(place[long])
        return cls(key[order], np.append(0, np.cumsum(weight[order])), place[long][turn], keys[turn])

    def within(self, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
        """Of some ranges what their strings weigh, and the least and greatest key; for none the greatest and least."""
        start, end = np.searchsorted(self.key, first), np.searchsorted(self.key, last, side="right")
        key = np.concatenate((self.key, [_NO_KEY, -1]))
        least, greatest = np.where(start < end, (start, end - 1), [[-2], [-1]])
        return self.before[end] - self.before[start], key[least], key[greatest]

    def behind(self, key: int) -> Weights:
        """The strings with this first key, by their next."""
        start, end = np.searchsorted(self.key, (key, key + 1)).tolist()
        first, last = np.searchsorted(self.long, (start, end)).tolist()
        long = self.long[first:last] - start
        found = np.zeros(end - start, np.int64)
        found[long] = self.keys[first:last, 0]
        further = self.keys[first:last, 1:]
        longer = further.any(axis=1)
        before = self.before[start : end + 1] - self.before[start]
        return Weights(found, before, long[longer], further[longer])


def span(depth: int) -> int:
    """How many keys agree in so many bits."""
    return 1 << (DEPTH - depth)


def tree_of(volumes: Sequence[Weights], most: int, block: int = 0) -> Tree:
    """Ranges cut until none weighs more than ``most`` bits; ``block`` keys before are the same for all."""
    found = _cuts(volumes, most)
    cuts: list[int] = []
    files: list[Range] = []
    waiting = [(0, 0)]
    while waiting:
        low, depth = waiting.pop()
        key, bit = found[low, depth]
        if bit == DEPTH:
            # Few strings are left: together they are looked through at once.
            inner = tree_of([Weights.joined([volume.behind(key) for volume in volumes])], most, block + 1)
            cuts += inner.cuts
            files += (Range((key, *file.path), file.depth) for file in inner.files)
        elif bit >= 0:
            cuts.append(block * DEPTH + bit)
            half = 1 << (DEPTH - bit - 1)
            low = key & -2 * half
            waiting += [(low + half, bit + 1), (low, bit + 1)]
        else:
            cuts.append(-1)
            files.append(Range((low,), depth))
    return Tree(tuple(cuts), tuple(files))


def _cuts(volumes: Sequence[Weights], most: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each range that is met its least key and the bit at which it is cut.

    The bit is -1 for a file, and ``DEPTH`` for a range that its next keys must cut.
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    is_long = any(len(volume.long) for volume in volumes)
    low, depth = np.zeros(1, np.int64), np.zeros(1, np.int64)
    while len(low):
        last = low + (np.left_shift(1, DEPTH - np.maximum(depth, 1)) - 1) * np.where(depth, 1, 2)
        told = [volume.within(low, last) for volume in volumes]
        weight = np.sum([one[0] for one in told], axis=0)
        least, greatest = np.min([one[1] for one in told], axis=0), np.max([one[2] for one in told], axis=0)
        differing = np.maximum(least ^ greatest, 0).tolist()
        bit = DEPTH - np.array([number.bit_length() for number in differing], np.int64)
        is_spared = (weight <= SPARED * most) | (not is_long)
        bit[(weight <= most) | ((bit == DEPTH) & is_spared)] = -1
        found |= zip(
            zip(low.tolist(), depth.tolist(), strict=True),
            zip(least.tolist(), bit.tolist(), strict=True),
            strict=True,
        )
        is_cut = (bit >= 0) & (bit < DEPTH)
        half = np.left_shift(1, DEPTH - 1 - bit[is_cut])
        lower = least[is_cut] & (-2 * half)
        low, depth = np.concatenate((lower, lower + half)), np.tile(bit[is_cut] + 1, 2)
    return found
