"""Which common string begins at every place of the texts, as strings grow by a character at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from build_tools.site.search.bits import Ints
from build_tools.site.search.runs import RUN, Codes, Places, constant_run, fours

LONGEST = 24
_ROWS = 1 << 20


@dataclass(frozen=True, slots=True)
class Grown:
    """Where strings one longer begin and which they are; ``new`` rows, with both halves, have no number yet."""

    at: Places
    number: Codes
    new: Ints
    front: Codes
    back: Codes


class Walk:
    """Common strings of growing length: which one begins at every place of the texts.

    A number stands for a class of occurrences: a string and, one level up, the same string with the first
    character of its tail. ``left`` and ``right`` count how much of head and tail a number already includes.
    While the tail lasts nothing changes at a place: it sleeps until the length at which the tail is used up.
    """

    def __init__(self, codes: Codes, size: int) -> None:
        self.size = size
        pad = np.zeros(LONGEST + RUN + 1, np.int32)
        # Zeros on both sides: looking beyond either end finds the end of a paragraph.
        self.codes = np.concatenate((pad, codes, pad))
        self.fours = fours(self.codes)
        self.shift = len(pad)
        # Half the width of a usual place where that is enough: these are the longest rows of all.
        self.narrow: type[np.signedinteger[Any]] = np.int32 if len(self.codes) < 1 << 31 else np.int64
        self.here: Codes = np.zeros(0, np.int32)
        self.sleeping: dict[int, list[Places]] = {}
        self.articles: Ints = np.zeros(0, np.int64)
        self.sample: Ints = np.zeros(0, np.int64)
        self.left: Ints = np.zeros(0, np.int64)
        self.right: Ints = np.zeros(0, np.int64)
        self.head_size: Ints = np.zeros(0, np.int64)
        self.tail_size: Ints = np.zeros(0, np.int64)

    def characters(self, at: Places, offset: int) -> Codes:
        """The characters some way from places of the texts."""
        found: Codes = self.codes[at + (self.shift + offset)]
        return found

    def enter(self, at: Places, number: Codes, counts: Ints, length: int) -> tuple[Codes, Codes]:
        """Give new common strings, found at some places, their numbers; their heads and tails."""
        kinds = len(counts)
        heads = constant_run(self.fours, at, number, kinds, self.shift - 1, -1)
        tails = constant_run(self.fours, at, number, kinds, self.shift + length, 1)
        sample = np.zeros(kinds, np.int64)
        sample[number] = at
        none = np.zeros(kinds, np.int64)
        self._append(counts, sample, none, none, (heads > 0).sum(axis=1), (tails > 0).sum(axis=1))
        return heads, tails

    def _append(self, *columns: Ints) -> None:
        names = ("articles", "sample", "left", "right", "head_size", "tail_size")
        for name, column in zip(names, columns, strict=True):
            setattr(self, name, np.concatenate((getattr(self, name), column)))

    def grow(self, length: int) -> Grown:
        """Go to strings one longer: two that begin side by side make one. Those that are new wait for a number."""
        none: Places = np.zeros(0, self.narrow)
        at: Places = np.concatenate([none, *self.sleeping.pop(length, ())])
        back = self.here[at + 1]
        alone = back < 0
        if alone.any():
            self.here[at[alone]] = -1
            at, back = at[~alone], back[~alone]
        front = self.here[at]
        followed = self.right < self.tail_size
        preceded = self.left < self.head_size
        same = followed[front]
        number = np.where(same, front, np.int32(-1))
        wider = np.flatnonzero(preceded[back] & ~same)
        chosen = np.zeros(len(self.articles), bool)
        chosen[back[wider]] = True
        known = np.flatnonzero(chosen)
        place = np.cumsum(chosen, dtype=np.int32) + np.int32(len(self.articles) - 1)
        number[wider] = place[back[wider]]
        # Strings that are another one and the character always before it have a number of their own.
        self._append(self.articles[known], self.sample[known] - 1, self.left[known] + 1, self.right[known],
                     self.head_size[known], self.tail_size[known])  # fmt: skip
        self.right[: len(followed)] += followed
        new = np.flatnonzero(number < 0)
        return Grown(at, number, new, front[new], back[new])

    def keep(self, at: Places, number: Codes, length: int) -> None:
        """What begins at some places, at the length now reached; -1 is no common string."""
        for low in range(0, len(at), _ROWS):
            some, row = at[low : low + _ROWS], number[low : low + _ROWS]
            self.here[some] = row
            some, row = some[row >= 0], row[row >= 0]
            lasting = (self.tail_size - self.right).astype(np.uint8)[row]
            order = np.argsort(lasting, kind="stable")
            ends = np.cumsum(np.bincount(lasting, minlength=1))
            for more, places in enumerate(np.split(some[order].astype(self.narrow, copy=False), ends[:-1])):
                if length + more < LONGEST and len(places):
                    self.sleeping.setdefault(length + more, []).append(places)
