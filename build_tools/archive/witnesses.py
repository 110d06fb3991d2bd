"""Which records are witnesses of the same text: duplicates, reprints, cut or damaged copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

_SHINGLE = 9  # characters: long enough that set phrases alone do not make two texts alike
_SAMPLE = 4  # one shingle in four is kept, the same ones in every text
_FEWEST = 5  # sampled shingles below which two texts are too short to compare
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no character is lost; the golden ratio of 2**64
_AT_ONCE = 256  # texts whose shingles are made together: numpy's calls are shared, memory stays small
_MINIMA = 32  # by which pairs are estimated before they are compared, and
_DOUBT = 0.15  # how far off such an estimate may be
SAME, CLOSE = 0.8, 0.25

_BOUNDS = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x3400, 0x9FFF))  # digits, Latin letters, Han


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter of two texts stands in the other, from 0 to 1."""

    id: str
    share: float

    @property
    def same(self) -> bool:
        """Whether the two are the same article beyond doubt; from ``CLOSE`` on they may be."""
        return self.share >= SAME


def fingerprint(text: str) -> np.ndarray:
    """Sorted hashes of a fixed sample of a text's shingles; punctuation, spaces and editorial marks do not count.

    >>> one, other = fingerprint("督察组进驻山东省，开展督察工作。"), fingerprint("督察组进驻山东省 开展督察工作")
    >>> one.tolist() == other.tolist()
    True
    """
    return fingerprints([text])[0]


def fingerprints(texts: Sequence[str]) -> list[np.ndarray]:
    """The fingerprint of each text; 10,000 texts of 700 characters take about half a second."""
    return [
        one
        for start in range(0, len(texts), _AT_ONCE)
        for one in _fingerprints(texts[start : start + _AT_ONCE])
    ]


def _fingerprints(texts: Sequence[str]) -> Iterator[np.ndarray]:
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    owners = np.repeat(np.arange(len(texts)), np.array([len(text) for text in texts], dtype=np.int64))
    letters = np.zeros(len(codes), dtype=bool)
    for first, last in _BOUNDS:
        letters |= (codes >= first) & (codes <= last)
    codes, owners = codes[letters].astype(np.uint64), owners[letters]
    count = max(0, len(codes) - _SHINGLE + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(_SHINGLE):
        hashes = hashes * _FACTOR + codes[offset : offset + count]
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _FACTOR
    kept = (hashes >> np.uint64(40)) % np.uint64(_SAMPLE) == 0
    if count:
        kept &= owners[:count] == owners[_SHINGLE - 1 :]  # no shingle reaches into the next text
    hashes, owners = hashes[kept], owners[:count][kept]
    ends = np.searchsorted(owners, np.arange(len(texts)), side="right")
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        yield np.unique(hashes[start:end])


class Witnesses:
    """Texts by id, to be compared with a new one: some 0.1 s a comparison at 10,000 texts."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._prints: list[np.ndarray] = []

    def __contains__(self, text_id: object) -> bool:
        return text_id in self._known

    @cached_property
    def _known(self) -> set[str]:
        return set(self._ids)

    def add(self, *texts: tuple[str, str]) -> None:
        """Keep the fingerprints of texts, given as id and text."""
        self.keep([text_id for text_id, _ in texts], fingerprints([text for _, text in texts]))

    def keep(self, ids: Sequence[str], prints: Sequence[np.ndarray]) -> None:
        """Keep fingerprints that were made elsewhere."""
        self._ids += ids
        self._prints += prints
        for derived in ("_all", "_known"):
            self.__dict__.pop(derived, None)

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

    def families(self) -> list[tuple[str, ...]]:
        """Ids of texts that are the same article, each family sorted; time grows with the text, not with its square."""
        family = list(range(len(self._ids)))

        def head(member: int) -> int:
            while family[member] != member:
                member = family[member]
            return member

        for one, other in self._likely():
            mine, theirs = self._prints[one], self._prints[other]
            shared = len(np.intersect1d(mine, theirs, assume_unique=True))
            if shared >= SAME * min(len(mine), len(theirs)):
                family[head(other)] = head(one)
        members: dict[int, list[str]] = defaultdict(list)
        for at, text_id in enumerate(self._ids):
            members[head(at)].append(text_id)
        return sorted(tuple(sorted(group)) for group in members.values() if len(group) > 1)

    def _likely(self) -> list[list[int]]:
        """Pairs of texts, by number, worth comparing: neighbours when all are sorted by minima of their hashes.

        The minimum of a text's hashes is another text's with the chance of what the two share (MinHash), and equal
        minima sort together; each of ``_MINIMA`` orders begins with another one.
        """
        hashes, owners, sizes = self._all
        large = np.flatnonzero(sizes >= _FEWEST)
        if len(large) < 2:
            return []
        hashes = hashes[sizes[owners] >= _FEWEST]
        starts = np.concatenate([[0], np.cumsum(sizes[large])[:-1]])
        salts = (np.arange(1, _MINIMA + 1, dtype=np.uint64) * _FACTOR) | np.uint64(1)
        minima = np.stack([np.minimum.reduceat(hashes * salt, starts) for salt in salts])
        pairs = []
        for turn in range(_MINIMA):
            order = np.lexsort(np.roll(minima, -turn, axis=0)[2::-1])
            beside = minima[turn, order[1:]] == minima[turn, order[:-1]]
            pairs.append(np.sort(np.stack([order[:-1][beside], order[1:][beside]], axis=1), axis=1))
        one, other = np.unique(np.concatenate(pairs), axis=0).T
        alike = (minima[:, one] == minima[:, other]).mean(axis=0)
        small = np.minimum(sizes[large[one]], sizes[large[other]])
        share = alike / (1 + alike) * (sizes[large[one]] + sizes[large[other]]) / small
        likely = share >= SAME - _DOUBT
        return np.stack([large[one[likely]], large[other[likely]]], axis=1).tolist()  # type: ignore[no-any-return]
