"""Which records are witnesses of the same text: duplicates, reprints, cut or damaged copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

_SHINGLE = 9  # characters: long enough that set phrases alone do not make two texts alike
_SAMPLE = 4  # one shingle in four is kept, the same ones in every text
_FEWEST = 5  # sampled shingles below which two texts are too short to compare
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no character is lost; the golden ratio of 2**64
SAME, CLOSE = 0.8, 0.4

_NOT_LETTERS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter of two texts stands in the other, from 0 to 1."""

    id: str
    share: float

    @property
    def same(self) -> bool:
        """Whether the two are the same article."""
        return self.share >= SAME


def fingerprint(text: str) -> np.ndarray:
    """Sorted hashes of a fixed sample of a text's shingles; punctuation, spaces and editorial marks do not count.

    >>> one, other = fingerprint("督察组进驻山东省，开展督察工作。"), fingerprint("督察组进驻山东省 开展督察工作")
    >>> one.tolist() == other.tolist()
    True
    """
    letters = np.frombuffer(_NOT_LETTERS.sub("", text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(letters) < _SHINGLE:
        return np.empty(0, dtype=np.uint64)
    count = len(letters) - _SHINGLE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(_SHINGLE):
        hashes = hashes * _FACTOR + letters[offset : offset + count]
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _FACTOR
    return np.unique(hashes[(hashes >> np.uint64(40)) % np.uint64(_SAMPLE) == 0])


class Witnesses:
    """Texts by id, to be compared with a new one: some 0.1 s a comparison at 10,000 texts."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._prints: list[np.ndarray] = []

    def add(self, text_id: str, text: str) -> None:
        """Keep a text's fingerprint."""
        self._ids.append(text_id)
        self._prints.append(fingerprint(text))
        self.__dict__.pop("_all", None)

    @cached_property
    def _all(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every hash, the number of the text that it belongs to, and the number of hashes of each text."""
        sizes = np.array([len(one) for one in self._prints], dtype=np.int64)
        hashes = np.concatenate(self._prints) if self._prints else np.empty(0, dtype=np.uint64)
        return hashes, np.repeat(np.arange(len(sizes)), sizes), sizes

    def alike(self, text: str) -> list[Likeness]:
        """Texts that share much with this one, most alike first."""
        mine = fingerprint(text)
        hashes, owners, sizes = self._all
        if len(mine) < _FEWEST or not len(hashes):
            return []
        places = np.minimum(np.searchsorted(mine, hashes), len(mine) - 1)
        shared = np.bincount(owners[mine[places] == hashes], minlength=len(sizes))
        smaller = np.minimum(sizes, len(mine))
        shares = np.where(smaller >= _FEWEST, shared / np.maximum(smaller, 1), 0.0)
        found = [Likeness(self._ids[at], float(shares[at])) for at in np.flatnonzero(shares >= CLOSE)]
        return sorted(found, key=lambda likeness: (-likeness.share, likeness.id))
