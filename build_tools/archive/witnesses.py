"""Which records are witnesses of the same text: duplicates, reprints, cut or damaged copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from build_tools.models import Record

_SHINGLE = 9  # characters: long enough that set phrases alone do not make two texts alike
_SAMPLE = 4  # one shingle in four is kept, the same ones in every text
SAME, CLOSE = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter of two texts stands in the other, from 0 to 1."""

    record: Record
    share: float

    @property
    def same(self) -> bool:
        """Whether the two are the same article."""
        return self.share >= SAME


def fingerprint(paragraphs: Iterable[str]) -> frozenset[int]:
    """Hashes of a fixed sample of a text's shingles; punctuation, spaces and editorial marks do not count."""
    text = "".join(re.findall(r"[0-9A-Za-z\u3400-\u9fff]", "".join(paragraphs)))
    hashes = (
        crc32(text[at : at + _SHINGLE].encode()) for at in range(max(1, len(text) - _SHINGLE + 1)) if text
    )
    return frozenset(value for value in hashes if value % _SAMPLE == 0)


def alike(paragraphs: Iterable[str], records: Iterable[Record]) -> list[Likeness]:
    """Records that share much of their text with these paragraphs, most alike first."""
    mine = fingerprint(paragraphs)
    found = []
    for record in records:
        theirs = fingerprint(record.paragraphs)
        smaller = min(len(mine), len(theirs))
        if smaller >= 5 and (share := len(mine & theirs) / smaller) >= CLOSE:
            found.append(Likeness(record, share))
    return sorted(found, key=lambda likeness: (-likeness.share, likeness.record.id))
