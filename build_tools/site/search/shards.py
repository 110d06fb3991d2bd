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
from build_tools.site.search.records import Lists, Table
from build_tools.site.search.runs import Codes

# Bytes of a file at least and at most. A query asks for a few files and, in the manifest, for some ten bytes of every
# one: what it loads is least where a file is about the root of eight times the whole.
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
    bits = 7 * int(np.clip(np.sqrt(8 * int(weight[-1]) / 7), SMALLEST, LARGEST))
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
    """A few shards at once. One that begins inside a pair's strings gets a copy of the pair's record in front."""
    row = np.arange(starts[0], starts[-1])
    begins = np.array(starts[:-1]) - starts[0]
    inside = table.size[row[begins]] > 2
    rows = np.insert(row, begins[inside], table.pair[row[begins[inside]]])
    copied = np.zeros(len(rows), bool)
    begins = begins + np.cumsum(inside) - inside
    copied[begins[inside]] = True
    first = np.zeros(len(rows), bool)
    first[begins] = True
    symbols, offset = _written(table, rows, first, copied)
    bits = packed(symbols)
    at = np.concatenate(([0], np.cumsum(symbols.lengths())))
    edges = at[offset[np.append(begins, len(rows))]]
    for number, start in enumerate(begins.tolist()):
        end = begins[number + 1] if number + 1 < len(begins) else len(rows)
        origin = int(row[starts[number] - starts[0]])
        yield Shard(
            _divider(table, origin), int(end - start), armoured(bits[edges[number] : edges[number + 1]])
        )


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


def _written(
    table: Table, rows: Ints, first: NDArray[np.bool_], copied: NDArray[np.bool_]
) -> tuple[Symbols, Ints]:
    """The symbols of records, and where each record's begin."""
    string, size = table.string[rows].astype(np.int64), table.size[rows]
    gram, word = table.gram[rows], np.where(copied, -1, table.word[rows])
    own = np.where(copied, -1, gram)
    titles = table.titles.counts(own)
    edge = np.where(own >= 0, table.edge[own], -1)
    tails, heads = _sizes(table.tails, edge), _sizes(table.heads, edge)
    counts = table.grams.counts(gram)
    shared, before = _shared(string, size, first)
    few = np.minimum(counts, table.articles - counts)
    word_counts = table.words.counts(word)
    one = np.ones(len(rows), np.int64)
    writer = _Writer(
        [one * 3, size - shared - 1, one, (gram >= 0) * 1, few, (titles > 0) + titles,
         (tails > 0) + tails, (heads > 0) + heads, (word >= 0) + 2 * word_counts]
    )  # fmt: skip
    at = writer.starts
    _put_string(writer, string, size, shared, before)
    has = (titles > 0) * TITLED + (word >= 0) * WORD + (tails > 0) * TAILED + (heads > 0) * HEADED
    writer.put(at[2], golomb(has + (gram < 0) * LISTLESS))
    listed = np.nonzero(gram >= 0)[0]
    writer.put(at[3][listed], golomb(counts[listed] - 1))
    _put_members(writer, table, gram, counts)
    titled = np.nonzero(titles > 0)[0]
    writer.put(at[5][titled], golomb(titles[titled] - 1))
    owner, within, code = _gaps(table.titles, gram[titled], counts[titled])
    writer.put(at[5][titled][owner] + 1 + within, code)
    _put_characters(writer, at[6], table.tails, edge, tails)
    _put_characters(writer, at[7], table.heads, edge, heads)
    _put_words(writer, table, rows, word)
    return Symbols(writer.unary, writer.width, writer.low), writer.offset


def _shared(string: Ints, size: Ints, first: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Characters each string shares with the one before it, and the other's size; none at the head of a shard."""
    shared = np.zeros(len(string), np.int64)
    differs = string[1:] != string[:-1]
    shared[1:] = np.argmax(differs, axis=1)
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


def _gaps(lists: Lists, rows: Ints, space: Ints) -> tuple[Ints, Ints, Symbols]:
    """Members of some lists as gaps: which row, which place in it, and the code."""
    owner, at = lists.spread(rows)
    member = lists.member[at].astype(np.int64)
    within = at - lists.start[rows][owner]
    before = np.empty_like(member)
    before[1:] = member[:-1]
    before[within == 0] = -1
    return owner, within, rice(member - before - 1, rice_width(lists.count[rows], space)[owner])


def _put_members(writer: _Writer, table: Table, gram: Ints, counts: Ints) -> None:
    """Lists of articles; where more than half of all are in it, the list of those that are not."""
    at, most = writer.starts[4], 2 * counts > table.articles
    rare = np.nonzero((gram >= 0) & ~most)[0]
    space = np.full(len(rare), table.articles, np.int64)
    owner, within, code = _gaps(table.grams, gram[rare], space)
    writer.put(at[rare][owner] + within, code)
    for place in np.nonzero(most)[0].tolist():
        start = int(table.grams.start[gram[place]])
        absent = np.ones(table.articles, bool)
        absent[table.grams.member[start : start + int(counts[place])]] = False
        others = np.nonzero(absent)[0]
        if len(others):
            width = rice_width(np.array([len(others)]), table.articles)
            code = rice(np.diff(others, prepend=-1) - 1, np.repeat(width, len(others)))
            writer.put(at[place] + np.arange(len(others)), code)


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


def _put_words(writer: _Writer, table: Table, rows: Ints, word: Ints) -> None:
    """Words: their articles as places in the list of their first two characters, each with a count."""
    has = np.nonzero(word >= 0)[0]
    at = writer.starts[8][has]
    writer.put(at, golomb(table.words.count[word[has]] - 1))
    space = table.grams.count[table.gram[table.pair[rows[has]]]]
    owner, within, code = _gaps(table.words, word[has], space)
    writer.put(at[owner] + 1 + 2 * within, code)
    _, places = table.words.spread(word[has])
    writer.put(at[owner] + 2 + 2 * within, golomb(table.word_counts[places].astype(np.int64) - 1))
