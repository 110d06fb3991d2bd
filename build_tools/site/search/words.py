"""Words of the articles, for ranking: jieba's cut, with the archive's own terms.

jieba decides what a word is; it never decides what can be found.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from math import inf, log
from multiprocessing import get_context
from typing import Any

import numpy as np
import yaml

from build_tools.site.search.fold import fold
from build_tools.site.search.runs import Codes

LONGEST_WORD = 10
_MANY = 20_000
_PART = 5_000
_CLAUSE = re.compile(r"[^,;:!?、()<>\"'\[\]\n]+")
# Runs of Han characters; numbers and Latin words, with a point inside (pm2.5).
_RUN = re.compile(r"[\u2e80-\U0003ffff]+|[^\W_\u2e80-\U0003ffff]+(?:\.[^\W_\u2e80-\U0003ffff]+)*")

_UNKNOWN = "\n"


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
def _weights() -> dict[str, float]:
    """jieba's dictionary with the archive's terms: word -> log frequency; a beginning of words has minus infinity."""
    with warnings.catch_warnings():
        # jieba asks for pkg_resources and has unescaped patterns; neither matters here.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for term in [*_terms()["words"], *(term for group in synonyms() for term in group)]:
        tokenizer.add_word(fold(term))
    whole = log(tokenizer.total)
    weights = {word: log(count) - whole if count else -inf for word, count in tokenizer.FREQ.items()}
    return {**weights, _UNKNOWN: -whole}


def best_route(run: str) -> list[str]:
    """The likeliest cut of a run of Han characters: what ``jieba.cut(run, HMM=False)`` gives, three times as fast.

    jieba builds a graph of all words first; walking back from the end needs none.
    """
    weights, size = _weights(), len(run)
    unknown = weights[_UNKNOWN]
    best, step = [0.0] * (size + 1), [0] * size
    for start in range(size - 1, -1, -1):
        top = weights.get(run[start], unknown)
        top = (unknown if top == -inf else top) + best[start + 1]
        to = start + 1
        for end in range(start + 2, size + 1):
            weight = weights.get(run[start:end])
            if weight is None:
                break
            if weight + best[end] >= top:
                top, to = weight + best[end], end
        best[start], step[start] = top, to
    cut, start = [], 0
    while start < size:
        cut.append(run[start : step[start]])
        start = step[start]
    return cut


def cut_clause(clause: str) -> list[str]:
    """The words of a clause, single characters left out.

    >>> cut_clause("立行立改与pm2.5")
    ['立行立改', 'pm2.5']
    """
    words: list[str] = []
    for run in _RUN.findall(clause):
        words += best_route(run) if run[0] >= "\u2e80" else [run]
    return [word for word in words if 2 <= len(word) <= LONGEST_WORD]


def _cut_many(clauses: Sequence[str]) -> str:
    return "\n".join(" ".join(cut_clause(clause)) for clause in clauses)


def _cuts(clauses: Sequence[str]) -> Iterator[list[str]]:
    """The words of each clause in order; many clauses are cut by two processes."""
    if len(clauses) < _MANY:
        yield from map(cut_clause, clauses)
        return
    parts = [clauses[start : start + _PART] for start in range(0, len(clauses), _PART)]
    _weights()
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        for part in pool.map(_cut_many, parts):
            yield from map(str.split, part.split("\n"))


def words_of(texts: Sequence[str]) -> Words:
    """All words of folded texts. News repeats its clauses, so each different one is cut once."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(clause, len(known)) for clause in _CLAUSE.findall(text)] for text in texts]
    numbers: dict[str, int] = {}
    cuts = [[numbers.setdefault(word, len(numbers)) for word in cut] for cut in _cuts(list(known))]
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
