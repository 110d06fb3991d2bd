"""A volume's strings as sections of the index's files, each readable by itself.

A record: how its string differs from the one before, what it has, its list of articles, and, where it has them, the
articles with it in the title, its tail, its head, and the word it is with its counts. ``docs/dev/search.md`` gives
the bits one by one; ``web/search-bits.js`` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import (
    Ints,
    Pieces,
    Symbols,
    golomb,
    joined_pieces,
    pieces,
    rice,
    rice_width,
)
from build_tools.site.search.characters import WIDTH
from build_tools.site.search.records import TOGETHER, Table, parents, shared
from build_tools.site.search.runs import Codes
from build_tools.site.search.tree import DEPTH, Range, span

TITLED, WORD, TAILED, HEADED, LISTLESS = 1, 2, 4, 8, 16
# Low bits of exponential Golomb codes: for the step to the next character, for a character by itself, for how many
# records there are.
STEP, CHARACTER, RECORDS = 4, 9, 4
_AT_ONCE = 256


def sections(table: Table, files: Sequence[Range]) -> Pieces:
    """What a volume has to say in each of some files.

    Each begins with copies of the beginnings that all its strings share and that stand in other files: a file has
    the lists, heads and tails of all beginnings of whatever it answers for.
    """
    parts = _parts(table, files)
    made = [_some(table, parts[low : low + _AT_ONCE]) for low in range(0, len(parts), _AT_ONCE)]
    return joined_pieces(made)


_Rows = tuple[list[int], int, int]


def _parts(table: Table, files: Sequence[Range]) -> list[_Rows]:
    """For each file the rows of beginnings that stand in other files, and where its own rows begin and end."""
    keys = table.keys()
    if not len(keys):
        return [([], 0, 0)] * len(files)
    first = np.array([file.path[0] for file in files], np.int64)
    depth = np.array([file.depth if len(file.path) == 1 else DEPTH for file in files], np.int64)
    start = np.searchsorted(keys, first)
    end = np.searchsorted(keys, first + (1 << (DEPTH - depth)) - 1, side="right")
    above: list[list[int]] = [[] for _ in files]
    for size in range(1, TOGETHER + 1):
        rest = DEPTH - size * WIDTH
        beginning = first >> rest << rest
        row = np.searchsorted(keys, beginning)
        there = np.minimum(row, len(keys) - 1)
        is_one = (row < end) & (keys[there] == beginning) & (table.size[there] == size)
        for place in np.flatnonzero(is_one & (depth >= size * WIDTH)).tolist():
            above[place].append(int(row[place]))
    keys_of = lru_cache(1)(table.keys)  # files side by side mostly share all keys but the last
    found = zip(files, above, start.tolist(), end.tolist(), strict=True)
    return [_rows(table, keys_of, *one) for one in found]


def _rows(
    table: Table,
    keys_of: Callable[[int, int, int], Ints],
    file: Range,
    above: list[int],
    start: int,
    end: int,
) -> _Rows:
    """The same for one file, when its first key is looked up: its other keys, if it has any."""
    for block in range(1, len(file.path)):
        key, is_last = file.path[block], block == len(file.path) - 1
        keys = keys_of(block, start, end)
        sizes = range(1, TOGETHER + 1 if not is_last else 1 + file.depth // WIDTH)
        rests = [DEPTH - size * WIDTH for size in sizes]
        last = key + (span(file.depth) if is_last else 1)
        sought = [*(key >> rest << rest for rest in rests), key, last]
        *rows, first, behind = np.searchsorted(keys, sought).tolist()
        for size, beginning, row in zip(sizes, sought, rows, strict=False):
            is_there = row < len(keys) and keys[row] == beginning
            if is_there and table.size[start + row] == block * TOGETHER + size:
                above.append(start + row)
        start, end = start + first, start + behind
    above = [row for row in above if row < start]
    # A single character is never looked for as a beginning: it is there for the lists that are a part of its own.
    is_needed = end > start or any(table.size[row] > 1 for row in above)
    return (above if is_needed else []), start, end


def _some(table: Table, parts: list[_Rows]) -> Pieces:
    """The sections of a few files at once."""
    copies = np.array([len(above) for above, _, _ in parts])
    sizes = copies + np.array([end - start for _, start, end in parts])
    rows = np.concatenate([np.array([*above, *range(start, end)], np.int64) for above, start, end in parts])
    copied = _within(sizes) < np.repeat(copies, sizes)
    symbols, offset = _written(table, rows, sizes, copied)
    return pieces(symbols, offset[np.cumsum(sizes)])


class _Writer:
    """Symbols of many records, each put at its place."""

    def __init__(self, sizes: list[Ints]) -> None:
        table = np.stack(sizes)
        ends = np.cumsum(table.T.ravel())
        self.starts = (ends - table.T.ravel()).reshape(table.T.shape).T
        self.offset = np.append(self.starts[0], ends[-1] if len(ends) else 0)
        self.unary, self.width, self.low = (np.zeros(int(self.offset[-1]), np.int64) for _ in range(3))

    def put(self, at: Ints, symbols: Symbols) -> None:
        """Write symbols at their places."""
        self.unary[at], self.width[at], self.low[at] = symbols.unary, symbols.width, symbols.low


def _written(table: Table, rows: Ints, sizes: Ints, copied: NDArray[np.bool_]) -> tuple[Symbols, Ints]:
    """The symbols of the records in some rows, and where each record's begin.

    ``sizes`` says how many rows each section has, ``copied`` which are copies.
    """
    sizes = sizes[sizes > 0]
    begins = np.cumsum(sizes) - sizes
    first = np.zeros(len(rows), bool)
    first[begins] = True
    string, size = table.number[table.string[rows]], table.size[rows]
    gram, word = table.gram[rows], np.where(copied, -1, table.word[rows])
    titles = table.titles.counts(np.where(copied, -1, gram))
    edge = np.where(gram >= 0, table.edge[gram], -1)
    tails, heads = _sizes(table.tails, edge), _sizes(table.heads, edge)
    alike, before = _alike(string, size, first)
    lists = _Listed.of(table, gram, parents(size, alike, gram >= 0))
    word_counts = table.words.counts(word)
    one = np.ones(len(rows), np.int64)
    writer = _Writer(
        [first * 1, one * 3, size - alike - 1, one, (gram >= 0) * 1, lists.written(), (titles > 0) + titles,
         (tails > 0) + tails, (heads > 0) + heads, (word >= 0) + 2 * word_counts]
    )  # fmt: skip
    at = writer.starts
    writer.put(at[0][begins], golomb(sizes - 1, RECORDS))
    _put_string(writer, string, size, alike, before)
    has = (titles > 0) * TITLED + (word >= 0) * WORD + (tails > 0) * TAILED + (heads > 0) * HEADED
    writer.put(at[3], golomb(has + (gram < 0) * LISTLESS))
    listed = np.nonzero(gram >= 0)[0]
    writer.put(at[4][listed], golomb(lists.count[listed] - 1))
    _put_gaps(writer, at[5], lists.owner, lists.places, lists.space)
    titled = np.nonzero(titles > 0)[0]
    writer.put(at[6][titled], golomb(titles[titled] - 1))
    owner, member_at = table.titles.spread(gram[titled])
    places = table.titles.member[member_at].astype(np.int64)
    _put_gaps(writer, at[6][titled] + 1, owner, places, lists.count[titled])
    _put_characters(writer, at[7], table.number[table.tails], edge, tails)
    _put_characters(writer, at[8], table.number[table.heads], edge, heads)
    _put_words(writer, at[9], table, word, lists)
    return Symbols(writer.unary, writer.width, writer.low), writer.offset


def _within(sizes: Ints) -> Ints:
    """0, 1, … for each of some rows, one behind another."""
    within: Ints = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return within


def _alike(string: Ints, size: Ints, first: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Characters each string shares with the one before it, and the other's size; none at the head of a section."""
    alike, before = shared(string), np.zeros(len(string), np.int64)
    before[1:] = size[:-1]
    alike[first], before[first] = 0, 0
    return alike, before


def _put_string(writer: _Writer, string: Ints, size: Ints, alike: Ints, before: Ints) -> None:
    at = writer.starts[1]
    up = before - alike
    # Going up by one is the rule; it gets the shortest code.
    writer.put(at, golomb(np.where(up == 1, 0, np.where(up == 0, 1, up))))
    writer.put(at + 1, golomb(size - alike - 1))
    every = np.arange(len(string))
    number = string[every, alike]
    step, alone = up > 0, up == 0
    writer.put(at[step] + 2, golomb((number - string[every - 1, alike] - 1)[step], STEP))
    writer.put(at[alone] + 2, golomb(number[alone] - 1, CHARACTER))
    more = size - alike - 1
    owner = np.repeat(every, more)
    within = _within(more)
    writer.put(
        writer.starts[2][owner] + within, golomb(string[owner, alike[owner] + 1 + within] - 1, CHARACTER)
    )


def _put_gaps(writer: _Writer, at: Ints, owner: Ints, places: Ints, space: Ints, stride: int = 1) -> None:
    """Rows of places as gaps: ``owner`` says whose each is, ``at`` where a row's first goes, ``space`` its bound."""
    counts = np.bincount(owner, minlength=len(at))
    within = _within(counts)
    before = np.empty_like(places)
    before[1:] = places[:-1]
    before[within == 0] = -1
    widths = rice_width(counts, space)[owner]
    writer.put(at[owner] + stride * within, rice(places - before - 1, widths))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The lists of some records, each as places in its parent's list, or in all articles where it has none.

    ``places`` holds, for a list that takes more than half of its parent's, what it does not take; ``owner`` says
    whose each is. ``keys`` are all members by record, sorted, and ``start`` where a record's begin.
    """

    parent: Ints
    count: Ints
    space: Ints
    owner: Ints
    places: Ints
    keys: Ints
    start: Ints
    articles: int

    @classmethod
    def of(cls, table: Table, gram: Ints, parent: Ints) -> _Listed:
        """The lists of grams, -1 where a record has none."""
        listed = np.nonzero(gram >= 0)[0]
        count = table.grams.counts(gram)
        space = np.where(parent >= 0, count[parent], table.articles)
        owner, at = table.grams.spread(gram[listed])
        owner, member = listed[owner], table.grams.member[at].astype(np.int64)
        keys, start = owner * table.articles + member, np.cumsum(count) - count
        whole = cls(parent, count, space, owner, member, keys, start, table.articles)
        places = whole.within(parent[owner], member)
        most = 2 * count > space
        few = ~most[owner]
        lacking, absent = _absent(space, np.flatnonzero(most & (count < space)), owner, places)
        owner, places = np.concatenate((owner[few], lacking)), np.concatenate((places[few], absent))
        order = np.argsort(owner, kind="stable")
        return cls(parent, count, space, owner[order], places[order], keys, start, table.articles)

    def within(self, record: Ints, articles: Ints) -> Ints:
        """The places of articles in the lists of records; the articles themselves for -1."""
        found = np.searchsorted(self.keys, record * self.articles + articles) - self.start[record]
        return np.where(record >= 0, found, articles)

    def written(self) -> Ints:
        """How many places each record writes."""
        return np.bincount(self.owner, minlength=len(self.count)).astype(np.int64)


def _absent(space: Ints, rows: Ints, owner: Ints, places: Ints) -> tuple[Ints, Ints]:
    """What some lists do not take of their space: whose each place is, and the place."""
    size = np.zeros(len(space), np.int64)
    size[rows] = space[rows]
    base = np.cumsum(size) - size
    open_ = np.ones(int(size.sum()), bool)
    taken = size[owner] > 0
    open_[base[owner[taken]] + places[taken]] = False
    at = np.flatnonzero(open_)
    whose = rows[np.searchsorted(base[rows], at, side="right") - 1] if len(rows) else at
    return whose, at - base[whose]


def _sizes(runs: Codes, rows: Ints) -> Ints:
    """Characters of some heads or tails; 0 for -1."""
    size = np.zeros(len(rows), np.int64)
    some = rows >= 0
    size[some] = (runs[rows[some]] > 0).sum(axis=1)
    return size


def _put_characters(writer: _Writer, at: Ints, source: Ints, edge: Ints, sizes: Ints) -> None:
    rows = np.nonzero(sizes > 0)[0]
    writer.put(at[rows], golomb(sizes[rows] - 1))
    owner, within = np.repeat(rows, sizes[rows]), _within(sizes[rows])
    writer.put(at[owner] + 1 + within, golomb(source[edge[owner], within] - 1, CHARACTER))


def _put_words(writer: _Writer, starts: Ints, table: Table, word: Ints, lists: _Listed) -> None:
    """Words: their articles as places in the string's own list or its parent's, each with a count."""
    has = np.nonzero(word >= 0)[0]
    at = starts[has]
    writer.put(at, golomb(table.words.count[word[has]] - 1))
    owner, member_at = table.words.spread(word[has])
    within = np.where(lists.count[has] > 0, has, lists.parent[has])
    places = lists.within(within[owner], table.words.member[member_at].astype(np.int64))
    _put_gaps(writer, at + 1, owner, places, lists.count[within], stride=2)
    turn = _within(table.words.count[word[has]])
    writer.put(at[owner] + 2 + 2 * turn, golomb(table.word_counts[member_at].astype(np.int64) - 1))
