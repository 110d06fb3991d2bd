"""The table of strings cut into files of a few kilobytes, each readable by itself.

A record: how its string differs from the one before, what it has, its list of articles, and, where it has them, the
articles with it in the title, its tail, its head, and the word it is with its counts. ``docs/dev/search.md`` gives
the bits one by one; ``web/search.js`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import Ints, Symbols, armoured, golomb, packed, rice, rice_width
from build_tools.site.search.records import Table, parents
from build_tools.site.search.runs import Codes

# Bytes of a file at least and at most. A query asks for a few files and, in the manifest, for some ten bytes of every
# one: what it loads is least where a file is about the root of five times the whole.
SMALLEST, LARGEST = 2_000, 16_000
TITLED, WORD, TAILED, HEADED, LISTLESS = 1, 2, 4, 8, 16
# Low bits of exponential Golomb codes: for the step to the next character, and for a character by itself.
STEP, CHARACTER = 4, 9
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: where the strings that it answers for begin, how many records it holds, and their bits as text."""

    first: tuple[int, ...]
    records: int
    text: str


def cuts(table: Table) -> list[int]:
    """Records at which a shard begins; strings that begin with the same two characters stay together if they can."""
    weight = np.cumsum(table.weight())
    bits = 7 * int(np.clip(np.sqrt(5 * int(weight[-1]) / 7), SMALLEST, LARGEST))
    pairs = table.string[:, 0].astype(np.int64) * (int(table.string.max(initial=0)) + 1) + table.string[:, 1]
    groups = np.nonzero(np.diff(pairs, prepend=-1))[0]
    ends = np.append(groups[1:], len(pairs))
    found, begun = [0], 0
    for start, end in zip(groups.tolist(), ends.tolist(), strict=True):
        if start > found[-1] and int(weight[end - 1]) - begun > bits:
            found.append(start)
            begun = int(weight[start - 1])
        while int(weight[end - 1]) - begun > 2 * bits:
            # One record may be larger than a file should be; it then has a file to itself.
            inside = max(int(np.searchsorted(weight, begun + bits)), found[-1] + 1)
            if inside >= end:
                break
            found.append(inside)
            begun = int(weight[inside - 1])
    return found


def shards(table: Table) -> Iterator[Shard]:
    """The table's shards in order."""
    if not len(table.string):
        return
    starts = [*cuts(table), len(table.string)]
    for low in range(0, len(starts) - 1, _AT_ONCE):
        yield from _some(table, starts[low : low + _AT_ONCE + 1])


def _some(table: Table, starts: list[int]) -> Iterator[Shard]:
    """A few shards at once. Each begins with copies of the records that its first string's list is a part of.

    A shard thus has the lists, heads and tails of all beginnings of a string that it answers for.
    """
    above = [_above(table, start) for start in starts[:-1]]
    rows = np.concatenate([
        np.concatenate((np.array(copies, np.int64), np.arange(start, end)))
        for copies, start, end in zip(above, starts[:-1], starts[1:], strict=True)
    ])  # fmt: skip
    sizes = np.array([len(copies) for copies in above])
    ends = np.cumsum(sizes + np.diff(starts))
    begins = ends - sizes - np.diff(starts)
    symbols, offset = _written(table, rows, begins, sizes)
    bits = packed(symbols)
    at = np.concatenate(([0], np.cumsum(symbols.lengths())))
    edges = at[offset[np.append(begins, len(rows))]]
    for number, start in enumerate(starts[:-1]):
        text = armoured(bits[edges[number] : edges[number + 1]])
        yield Shard(_divider(table, start), int(ends[number] - begins[number]), text)


def _above(table: Table, row: int) -> list[int]:
    """The rows that a row's list is a part of, longest list first."""
    found: list[int] = []
    while (row := int(table.parent[row])) >= 0:
        found.insert(0, row)
    return found


def _divider(table: Table, row: int) -> tuple[int, ...]:
    """The shortest string that is not before a record's and behind all before it: the manifest holds one a file."""
    string = table.string[row]
    shared = int(np.argmax(string != table.string[row - 1])) if row else 0
    return tuple(string[: shared + 1].tolist())


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


def _written(table: Table, rows: Ints, begins: Ints, copies: Ints) -> tuple[Symbols, Ints]:
    """The symbols of records, and where each record's begin.

    Shards begin at ``begins``, each with some ``copies``.
    """
    first = np.zeros(len(rows), bool)
    first[begins] = True
    copied = np.zeros(len(rows), bool)
    copied[np.repeat(begins, copies) + _within(copies)] = True
    string, size = table.string[rows].astype(np.int64), table.size[rows]
    gram, word = table.gram[rows], np.where(copied, -1, table.word[rows])
    own = np.where(copied, -1, gram)
    titles = table.titles.counts(own)
    edge = np.where(gram >= 0, table.edge[gram], -1)
    tails, heads = _sizes(table.tails, edge), _sizes(table.heads, edge)
    shared, before = _shared(string, size, first)
    lists = _Listed.of(table, gram, parents(size, shared, gram >= 0))
    word_counts = table.words.counts(word)
    one = np.ones(len(rows), np.int64)
    writer = _Writer(
        [one * 3, size - shared - 1, one, (gram >= 0) * 1, lists.written(), (titles > 0) + titles,
         (tails > 0) + tails, (heads > 0) + heads, (word >= 0) + 2 * word_counts]
    )  # fmt: skip
    at = writer.starts
    _put_string(writer, string, size, shared, before)
    has = (titles > 0) * TITLED + (word >= 0) * WORD + (tails > 0) * TAILED + (heads > 0) * HEADED
    writer.put(at[2], golomb(has + (gram < 0) * LISTLESS))
    listed = np.nonzero(gram >= 0)[0]
    writer.put(at[3][listed], golomb(lists.count[listed] - 1))
    lists.put(writer)
    titled = np.nonzero(titles > 0)[0]
    writer.put(at[5][titled], golomb(titles[titled] - 1))
    owner, member_at = table.titles.spread(gram[titled])
    places = table.titles.member[member_at].astype(np.int64)
    _put_gaps(writer, at[5][titled] + 1, owner, places, lists.count[titled])
    _put_characters(writer, at[6], table.tails, edge, tails)
    _put_characters(writer, at[7], table.heads, edge, heads)
    _put_words(writer, table, word, lists)
    return Symbols(writer.unary, writer.width, writer.low), writer.offset


def _within(sizes: Ints) -> Ints:
    """0, 1, … for each of some rows, one behind another."""
    within: Ints = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return within


def _shared(string: Ints, size: Ints, first: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Characters each string shares with the one before it, and the other's size; none at the head of a shard."""
    shared = np.zeros(len(string), np.int64)
    shared[1:] = np.argmax(string[1:] != string[:-1], axis=1)
    before = np.zeros(len(string), np.int64)
    before[1:] = size[:-1]
    shared[first], before[first] = 0, 0
    return shared, before


def _put_string(writer: _Writer, string: Ints, size: Ints, shared: Ints, before: Ints) -> None:
    at = writer.starts[0]
    up = before - shared
    # Going up by one is the rule; it gets the shortest code.
    writer.put(at, golomb(np.where(up == 1, 0, np.where(up == 0, 1, up))))
    writer.put(at + 1, golomb(size - shared - 1))
    every = np.arange(len(string))
    code = string[every, shared]
    base = np.where(up > 0, string[every - 1, shared], 0)
    step, alone = up > 0, up == 0
    writer.put(at[step] + 2, golomb((code - base - 1)[step], STEP))
    writer.put(at[alone] + 2, golomb(code[alone] - 1, CHARACTER))
    more = size - shared - 1
    owner = np.repeat(every, more)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(more) - more, more)
    codes = string[owner, shared[owner] + 1 + within]
    writer.put(writer.starts[1][owner] + within, golomb(codes - 1, CHARACTER))


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

    def put(self, writer: _Writer) -> None:
        """Write all lists."""
        _put_gaps(writer, writer.starts[4], self.owner, self.places, self.space)


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


def _put_characters(writer: _Writer, at: Ints, source: Codes, edge: Ints, sizes: Ints) -> None:
    rows = np.nonzero(sizes > 0)[0]
    writer.put(at[rows], golomb(sizes[rows] - 1))
    owner = np.repeat(rows, sizes[rows])
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes[rows]) - sizes[rows], sizes[rows])
    writer.put(at[owner] + 1 + within, golomb(source[edge[owner], within].astype(np.int64) - 1, CHARACTER))


def _put_words(writer: _Writer, table: Table, word: Ints, lists: _Listed) -> None:
    """Words: their articles as places in the string's own list or its parent's, each with a count."""
    has = np.nonzero(word >= 0)[0]
    at = writer.starts[8][has]
    writer.put(at, golomb(table.words.count[word[has]] - 1))
    owner, member_at = table.words.spread(word[has])
    within = np.where(lists.count[has] > 0, has, lists.parent[has])
    places = lists.within(within[owner], table.words.member[member_at].astype(np.int64))
    _put_gaps(writer, at + 1, owner, places, lists.count[within], stride=2)
    turn = _within(table.words.count[word[has]])
    writer.put(at[owner] + 2 + 2 * turn, golomb(table.word_counts[member_at].astype(np.int64) - 1))
