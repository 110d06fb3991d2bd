"""Words of the articles, for ranking: jieba's cut, with the archive's own terms.

jieba decides what a word is; it never decides what can be found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

import numpy as np
import rjieba
import yaml

from build_tools.site.search.fold import fold
from build_tools.site.search.runs import Codes

LONGEST_WORD = 10
_CLAUSE = re.compile(r"[^,;:!?、()<>\"'\[\]\n]+")
# Runs of Han characters; numbers and Latin words, with a point inside (pm2.5).
_RUN = re.compile(r"[\u2e80-\U0003ffff]+|[^\W_\u2e80-\U0003ffff]+(?:\.[^\W_\u2e80-\U0003ffff]+)*")


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
def _cutter() -> rjieba.Jieba:
    """jieba's dictionary with the archive's terms."""
    found = rjieba.Jieba()
    for term in [*_terms()["words"], *(term for group in synonyms() for term in group)]:
        found.add_word(fold(term), None, None)
    return found


def cut_clause(clause: str) -> list[str]:
    """The words of a clause, single characters left out.

    >>> cut_clause("立行立改与pm2.5")
    ['立行立改', 'pm2.5']
    """
    words: list[str] = []
    for run in _RUN.findall(clause):
        words += _cutter().cut(run, hmm=False) if run[0] >= "\u2e80" else [run]
    return [word for word in words if 2 <= len(word) <= LONGEST_WORD]


def words_of(texts: Sequence[str]) -> Words:
    """All words of folded texts. News repeats its clauses, so each different one is cut once."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(clause, len(known)) for clause in _CLAUSE.findall(text)] for text in texts]
    numbers: dict[str, int] = {}
    cuts = [[numbers.setdefault(word, len(numbers)) for word in cut_clause(clause)] for clause in known]
    vocabulary = sorted(numbers)
    place = np.empty(len(numbers), np.int64)
    place[[numbers[word] for word in vocabulary]] = np.arange(len(vocabulary))
    sizes = np.array([len(cut) for cut in cuts], np.int64)
    flat = place[np.fromiter(chain.from_iterable(cuts), np.int64, int(sizes.sum()))]
    clause = np.fromiter(chain.from_iterable(rows), np.int64, sum(map(len, rows)))
    article = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    taken = sizes[clause]
    starts = (np.cumsum(sizes) - sizes)[clause]
    within = np.arange(int(taken.sum())) - np.repeat(np.cumsum(taken) - taken, taken)
    keys = flat[np.repeat(starts, taken) + within] * len(texts) + np.repeat(article, taken)
    keys, count = np.unique(keys, return_counts=True)
    word, article = np.divmod(keys, max(len(texts), 1))
    return Words(vocabulary, word.astype(np.int32), article.astype(np.int32), count.astype(np.int32))
