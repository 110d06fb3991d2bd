"""Words of the articles, for ranking: jieba's cut, with the archive's own terms.

jieba decides what a word is; it never decides what can be found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, compress, count
from typing import Any

import numpy as np
import yaml

from build_tools.site.search.bits import Ints
from build_tools.site.search.fold import fold
from build_tools.site.search.runs import Codes

LONGEST_WORD = 10
_CLAUSE = re.compile(r"[^,;:!?、()<>\"'\[\]\n]+")
_NOT_HAN = re.compile(r"[^\u2e80-\U0003ffff\n]+")
# Numbers and Latin words, with a point inside (pm2.5).
_LATIN = re.compile(r"[^\W_\u2e80-\U0003ffff]+(?:\.[^\W_\u2e80-\U0003ffff]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """Every word with its articles: postings sorted by word, then article."""

    vocabulary: list[str]
    word: Codes
    article: Codes
    count: Codes


@cache
def _terms() -> dict[str, Any]:
    text = files(__package__).joinpath("terms.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def synonyms() -> list[list[str]]:
    """Groups of terms that mean the same to a reader of inspection news, folded."""
    return [[fold(term) for term in group] for group in _terms()["synonyms"]]


@cache
def _cut() -> Callable[[str, bool], list[str]]:
    """jieba's likeliest cut, by its dictionary with the archive's terms."""
    import rjieba  # late: it reads the dictionary, which takes a quarter of a second

    for term in [*_terms()["words"], *(term for group in synonyms() for term in group)]:
        rjieba.add_word(fold(term), None, None)
    return rjieba.cut


def cut(lines: Sequence[str]) -> tuple[list[str], Ints]:
    """All words of some lines, single characters left out, and which line each is from.

    >>> cut(["立行立改与pm2.5", "立行立改"])[0]
    ['立行立改', '立行立改', 'pm2.5']
    """
    text = "\n".join(lines)
    pieces = _cut()(_NOT_HAN.sub(" ", text), False)
    line = np.cumsum([piece == "\n" for piece in pieces], dtype=np.int64)
    wanted = np.array([2 <= len(piece) <= LONGEST_WORD for piece in pieces], bool)
    latin = [match for match in _LATIN.finditer(text) if 2 <= len(match[0]) <= LONGEST_WORD]
    ends = np.cumsum([len(one) + 1 for one in lines], dtype=np.int64)
    places = np.array([match.start() for match in latin], np.int64)
    words = [*compress(pieces, wanted.tolist()), *(match[0] for match in latin)]
    return words, np.concatenate((line[wanted], np.searchsorted(ends, places, side="right")))


def words_of(texts: Sequence[str]) -> Words:
    """All words of folded texts. News repeats its clauses, so each different one is cut once."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    rows = [[known[clause] for clause in _CLAUSE.findall(text)] for text in texts]
    words, line = cut(list(known))
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    number = np.array([numbers[word] for word in words], np.int64)
    vocabulary = sorted(numbers)
    place = np.empty(len(numbers), np.int64)
    place[[numbers[word] for word in vocabulary]] = np.arange(len(vocabulary))
    order = np.argsort(line, kind="stable")
    flat, sizes = place[number[order]], np.bincount(line, minlength=len(known))
    clause = np.fromiter(chain.from_iterable(rows), np.int64, sum(map(len, rows)))
    article = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    taken = sizes[clause]
    starts = (np.cumsum(sizes) - sizes)[clause]
    within = np.arange(int(taken.sum())) - np.repeat(np.cumsum(taken) - taken, taken)
    keys = flat[np.repeat(starts, taken) + within] * len(texts) + np.repeat(article, taken)
    keys, often = np.unique(keys, return_counts=True)
    word, article = np.divmod(keys, max(len(texts), 1))
    return Words(vocabulary, word.astype(np.int32), article.astype(np.int32), often.astype(np.int32))
