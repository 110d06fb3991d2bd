"""Strings and words with their lists of articles, in one sorted table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import Ints, rice_width
from build_tools.site.search.grams import Level, Texts
from build_tools.site.search.runs import Codes
from build_tools.site.search.walk import LONGEST
from build_tools.site.search.words import Words

WIDTH = LONGEST
Rows = NDArray[np.uint16]
# Estimated bits of a record beside its lists.
_BESIDE = 14


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists one behind another: where each begins, how long it is, and all members."""

    start: Ints
    count: Ints
    member: Ints | Codes

    def counts(self, rows: Ints) -> Ints:
        """How long some lists are; 0 for -1, which is none."""
        return np.append(self.count, 0)[rows]

    def spread(self, rows: Ints) -> tuple[Ints, Ints]:
        """For some lists, which of ``rows`` each member belongs to, and the members' places."""
        count = self.count[rows]
        owner = np.repeat(np.arange(len(rows)), count)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        return owner, np.repeat(self.start[rows], count) + within


def _lists(count: Ints, member: Ints | Codes) -> Lists:
    return Lists(np.cumsum(count) - count, count, member)


@dataclass(frozen=True, slots=True)
class Table:
    """All strings in order. ``gram`` and ``word`` say where a string's lists are, -1 if it has none.

    ``parent`` is the row of the longest beginning of a string that has a list, -1 if none does, ``edge`` the place
    of a gram's head and tail, or -1.
    """

    string: Rows
    size: Ints
    shared: Ints
    gram: Ints
    word: Ints
    parent: Ints
    grams: Lists
    titles: Lists
    words: Lists
    word_counts: Codes
    edge: Ints
    heads: Codes
    tails: Codes
    articles: int

    def weight(self) -> Ints:
        """About how many bits each record takes."""
        counts = self.grams.counts(self.gram)
        space = np.where(self.parent >= 0, counts[self.parent], self.articles)
        few = np.minimum(counts, np.maximum(space - counts, 0))
        return _BESIDE + few * (rice_width(few, space) + 2) + self.words.counts(self.word) * 4


def table(texts: Texts, levels: list[Level], words: Words) -> Table:
    """Grams and words in one order."""
    gram_strings = np.concatenate([_padded(level.strings) for level in levels])
    code = {character: place for place, character in enumerate(texts.alphabet, 1)}
    word_strings = np.zeros((len(words.vocabulary), WIDTH), np.uint16)
    for row, word in enumerate(words.vocabulary):
        word_strings[row, : len(word)] = [code[character] for character in word]
    every = np.concatenate((gram_strings, word_strings))
    order = _sorted_rows(every)
    ordered = every[order]
    new = np.ones(len(ordered), bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    place = np.empty(len(every), np.int64)
    place[order] = np.cumsum(new) - 1
    string = ordered[new]
    gram = np.full(len(string), -1, np.int64)
    gram[place[: len(gram_strings)]] = np.arange(len(gram_strings))
    word_row = np.full(len(string), -1, np.int64)
    word_row[place[len(gram_strings) :]] = np.arange(len(word_strings))
    grams = _lists(
        np.concatenate([level.counts for level in levels]),
        np.concatenate([level.members for level in levels]),
    )
    size = (string > 0).sum(axis=1)
    shared = np.zeros(len(string), np.int64)
    shared[1:] = np.argmax(string[1:] != string[:-1], axis=1)
    edge = np.full(len(grams.count), -1, np.int64)
    below = np.cumsum([0, *(len(level.counts) for level in levels)])
    edged = np.concatenate([level.edged + low for level, low in zip(levels, below, strict=False)])
    edge[edged] = np.arange(len(edged))
    return Table(
        string, size, shared, gram, word_row, parents(size, shared, gram >= 0), grams,
        _titles(grams, np.concatenate([level.titled for level in levels])),
        _lists(np.bincount(words.word, minlength=len(words.vocabulary)).astype(np.int64), words.article), words.count,
        edge, np.concatenate([level.heads for level in levels]), np.concatenate([level.tails for level in levels]),
        texts.articles,
    )  # fmt: skip


def parents(size: Ints, shared: Ints, listed: NDArray[np.bool_]) -> Ints:
    """For each of some sorted strings, the row of its longest proper beginning that has a list, or -1.

    ``shared`` is how many characters each string shares with the one before it.
    """
    rows = np.arange(len(size))
    found = np.full(len(size), -1, np.int64)
    for length in range(1, int(size.max(initial=1))):
        last = np.maximum.accumulate(np.where(listed & (size == length), rows, -1))
        # From the last string that shares fewer characters on, all begin with the same ones.
        since = np.maximum.accumulate(np.where(shared < length, rows, 0))
        fits = (last >= since) & (size > length)
        found[fits] = last[fits]
    return found


def _padded(strings: Codes) -> Rows:
    wide = np.zeros((len(strings), WIDTH), np.uint16)
    wide[:, : strings.shape[1]] = strings
    return wide


def _sorted_rows(rows: Rows) -> Ints:
    """Order of rows of codes, compared from the left; three codes of up to 21 bits go into one number."""
    keys = []
    for first in range(0, WIDTH, 3):
        key = np.zeros(len(rows), np.int64)
        for column in range(first, first + 3):
            key = (key << 21) | (rows[:, column] if column < WIDTH else 0)
        keys.append(key)
    return np.lexsort(keys[::-1])


def _titles(grams: Lists, titled: NDArray[np.bool_]) -> Lists:
    """Places, within each gram's list, of the articles that have it in their title."""
    at = np.nonzero(titled)[0]
    owner = np.searchsorted(grams.start, at, side="right") - 1
    return _lists(np.bincount(owner, minlength=len(grams.start)).astype(np.int64), at - grams.start[owner])
