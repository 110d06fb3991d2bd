"""Strings and words with their lists of articles, in one sorted table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import Ints, rice_width
from build_tools.site.search.characters import WIDTH, numbers_of
from build_tools.site.search.grams import Level, Texts
from build_tools.site.search.runs import Codes
from build_tools.site.search.walk import LONGEST
from build_tools.site.search.words import Words

Rows = NDArray[np.uint16]
# Estimated bits of a record beside its lists, and of a character of its head or tail.
_BESIDE, _CHARACTER = 14, 13
_ROWS = ("number", "gram", "word", "edge")
_LISTS = ("grams", "titles", "words")
# Characters that one key is made of.
TOGETHER = 3


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

    ``number`` gives a character's number by its code, 0 for 0; ``edge`` is the place of a gram's head and tail, or -1.
    """

    number: Ints
    string: Rows
    size: Ints
    gram: Ints
    word: Ints
    grams: Lists
    titles: Lists
    words: Lists
    word_counts: Codes
    edge: Ints
    heads: Codes
    tails: Codes
    articles: int

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The table as plain arrays, as small as they can be."""
        lists = {
            f"{name}.{part}": getattr(getattr(self, name), part).astype(np.int32)
            for name in _LISTS
            for part in ("count", "member")
        }
        rows = {name: getattr(self, name).astype(np.int32) for name in _ROWS}
        return (
            lists
            | rows
            | {
                "flat": self.string[self.string > 0],
                "size": self.size.astype(np.uint8),
                "word_counts": self.word_counts,
                "heads": self.heads,
                "tails": self.tails,
                "articles": np.array([self.articles]),
            }
        )

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Table:
        """The table of such arrays."""
        size = arrays["size"].astype(np.int64)
        string = np.zeros((len(size), LONGEST), np.uint16)
        string[np.arange(LONGEST) < size[:, None]] = arrays["flat"]
        number, gram, word, edge = (arrays[name].astype(np.int64) for name in _ROWS)
        grams, titles, words = (
            _lists(arrays[f"{name}.count"].astype(np.int64), arrays[f"{name}.member"]) for name in _LISTS
        )
        return cls(
            number, string, size, gram, word, grams, titles, words, arrays["word_counts"], edge, arrays["heads"],
            arrays["tails"], int(arrays["articles"][0]),
        )  # fmt: skip

    def keys(self, block: int = 0, start: int = 0, end: int | None = None) -> Ints:
        """For each string from ``start`` to ``end`` the numbers of three characters as one; zeros where it ends."""
        some = self.string[start:end, block * TOGETHER : (block + 1) * TOGETHER]
        key = np.zeros(len(some), np.int64)
        for place in range(TOGETHER):
            key = (key << WIDTH) | self.number[some[:, place]]
        return key

    def weight(self) -> Ints:
        """About how many bits each record takes."""
        counts = self.grams.counts(self.gram)
        parent = parents(self.size, shared(self.string), self.gram >= 0)
        space = np.where(parent >= 0, counts[parent], self.articles)
        few = np.minimum(counts, np.maximum(space - counts, 0))
        beside = np.append((self.heads > 0).sum(axis=1) + (self.tails > 0).sum(axis=1), 0) * _CHARACTER
        edges = np.where(self.gram >= 0, beside[np.append(self.edge, -1)[self.gram]], 0)
        return _BESIDE + few * (rice_width(few, space) + 2) + self.words.counts(self.word) * 4 + edges


def table(texts: Texts, levels: list[Level], words: Words) -> Table:
    """Grams and words in one order."""
    gram_strings = np.concatenate([_padded(level.strings) for level in levels])
    code = {chr(point): place for place, point in enumerate(texts.alphabet.tolist(), 1)}
    word_strings = np.zeros((len(words.vocabulary), LONGEST), np.uint16)
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
    edge = np.full(len(grams.count), -1, np.int64)
    below = np.cumsum([0, *(len(level.counts) for level in levels)])
    edged = np.concatenate([level.edged + low for level, low in zip(levels, below, strict=False)])
    edge[edged] = np.arange(len(edged))
    return Table(
        np.append(0, numbers_of(texts.alphabet)), string, (string > 0).sum(axis=1), gram, word_row, grams,
        _titles(grams, np.concatenate([level.titled for level in levels])),
        _lists(np.bincount(words.word, minlength=len(words.vocabulary)).astype(np.int64), words.article), words.count,
        edge, np.concatenate([level.heads for level in levels]), np.concatenate([level.tails for level in levels]),
        texts.articles,
    )  # fmt: skip


def shared(string: NDArray[np.integer]) -> Ints:
    """How many characters each of some sorted strings shares with the one before it."""
    found = np.zeros(len(string), np.int64)
    found[1:] = np.argmax(string[1:] != string[:-1], axis=1)
    return found


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
    wide = np.zeros((len(strings), LONGEST), np.uint16)
    wide[:, : strings.shape[1]] = strings
    return wide


def _sorted_rows(rows: Rows) -> Ints:
    """Order of rows of codes, compared from the left; four codes of 16 bits go into one number."""
    fours = rows.reshape(len(rows), rows.shape[1] // 4, 4)
    lanes = np.ascontiguousarray(fours[:, :, ::-1]).view(np.uint64)[:, :, 0]
    order = np.argsort(lanes[:, 0], kind="stable")
    first = lanes[order, 0]
    alike = np.zeros(len(rows), bool)
    alike[1:] = first[1:] == first[:-1]
    alike[:-1] |= alike[1:]
    # Few are alike in their first four characters: only those are compared further.
    some = order[alike]
    order[alike] = some[np.lexsort(lanes[some].T[::-1])]
    return order


def _titles(grams: Lists, titled: NDArray[np.bool_]) -> Lists:
    """Places, within each gram's list, of the articles that have it in their title."""
    at = np.nonzero(titled)[0]
    owner = np.searchsorted(grams.start, at, side="right") - 1
    return _lists(np.bincount(owner, minlength=len(grams.start)).astype(np.int64), at - grams.start[owner])
