"""What readers may ask of an archive, and the articles that are the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from build_tools.archive.corpus import Corpus
from build_tools.site.search import fold, texts
from build_tools.site.search.words import words_of

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_INSIDE = re.compile(r"[\u4e00-\u9fff][,.;:\"、()<>][\u4e00-\u9fff]")
SIZES = (1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 14, 20)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its kind, and the ids of all articles whose folded text contains it."""

    kind: str
    query: str
    truth: frozenset[str]


def questions(corpus: Corpus, count: int, seed: int = 7) -> list[Question]:
    """Questions of every kind: pieces cut anywhere, words, names, Traditional script, punctuation inside."""
    from opencc import OpenCC

    folded = [fold.fold_lines(texts.searched(record)) for record in corpus]
    draw = random.Random(seed)
    lines = [line for text in draw.sample(folded, min(len(folded), 400)) for line in text.split("\n") if line]
    words = words_of(folded[:200]).vocabulary
    names = sorted({official.name for record in corpus for official in record.front.officials})
    traditional = OpenCC("s2t").convert

    def piece(fits: Callable[[str], object], sizes: Sequence[int]) -> str:
        while True:
            line, size = draw.choice(lines), draw.choice(sizes)
            start = draw.randrange(max(len(line) - size, 0) + 1)
            found = line[start : start + size]
            if " " not in found and '"' not in found and found[:1] != "-" and fits(found):
                return found

    def alike(wanted: str) -> bool:
        return any(map(str.isalnum, wanted))

    kinds: dict[str, tuple[float, Callable[[], str]]] = {
        "cut": (0.5, lambda: piece(alike, SIZES)),
        "word": (0.15, lambda: draw.choice(words)),
        "name": (0.15, lambda: draw.choice(names) if names else piece(_HAN.fullmatch, (3,))),
        "traditional": (0.1, lambda: str(traditional(piece(_HAN.fullmatch, (2, 3, 4, 6))))),
        "punctuation": (0.1, lambda: piece(_INSIDE.search, (4, 6, 9))),
    }
    found: dict[str, str] = {}
    for kind, (share, make) in kinds.items():
        for _ in range(round(count * share)):
            query = make()
            while query in found:
                query = make()
            found[query] = kind
    return [Question(kind, query, _truth(query, corpus, folded)) for query, kind in found.items()]


def _truth(query: str, corpus: Corpus, folded: Sequence[str]) -> frozenset[str]:
    wanted = fold.fold(query)
    # 瞭解 is looked for as 了解 where the archive has no 瞭解.
    other = "".join(fold.READINGS.get(character, character) for character in wanted)
    for spelling in (wanted, other):
        if found := [record.id for record, text in zip(corpus, folded, strict=True) if spelling in text]:
            return frozenset(found)
    return frozenset()
