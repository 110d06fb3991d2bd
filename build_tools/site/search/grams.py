"""Which strings deserve a list of the articles that contain them.

Every character and every pair of characters has one. A longer string has one of its own only where two shorter
lists cannot answer for it: both its halves (all but the last, all but the first character) stand in more than
``common`` articles, and either so does it or chance alone would leave more than that many articles in both.
Whatever a reader types is then a string with a list, or has a part that stands in few articles, whose texts the
browser reads to be sure.

Repeated phrases would make such strings without number, and all with the same list. So a string that is always
followed by the same character is not extended: it carries the characters that follow it wherever it stands
(its tail), and likewise those before it (its head).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import Ints
from build_tools.site.search.characters import numbers_of
from build_tools.site.search.runs import RUN, Codes, Places
from build_tools.site.search.walk import LONGEST, Walk

Points = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Texts:
    """Folded texts as one row of codes; a code is a character's place in the alphabet, 0 ends a paragraph.

    ``alphabet`` holds the code points of the characters, in order of their numbers.
    """

    alphabet: Points
    codes: Codes
    article: Codes
    in_title: NDArray[np.bool_]
    articles: int


@dataclass(frozen=True, slots=True)
class Level:
    """Strings of one length: a row of codes each, their article lists one behind another.

    Few have a head or a tail: ``edged`` says which, ``heads`` and ``tails`` hold theirs. Heads are written
    outwards, nearest character first; both end at the first zero.
    """

    strings: Codes
    counts: Ints
    members: Codes
    titled: NDArray[np.bool_]
    edged: Ints
    heads: Codes
    tails: Codes


def texts_of(folded: Sequence[str]) -> Texts:
    """Texts in one row, article by article; the first line of each is its title (empty where it has none)."""
    joined = "".join(text + "\n" for text in folded)
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    used = np.unique(points)
    used = used[np.argsort(numbers_of(used))]
    used = np.concatenate((np.array([10], np.uint32), used[used != 10]))
    codes = np.zeros(int(points.max(initial=10)) + 1, np.int32)
    codes[used] = np.arange(len(used), dtype=np.int32)
    sizes = np.array([len(text) + 1 for text in folded], np.int64)
    titles = np.array([len(text.partition("\n")[0]) for text in folded], np.int64)
    starts = np.cumsum(sizes) - sizes
    turns = np.zeros(len(points) + 1, np.int8)
    np.add.at(turns, starts, 1)
    np.add.at(turns, starts + titles, -1)
    return Texts(
        alphabet=used[1:],
        codes=codes[points],
        article=np.repeat(np.arange(len(folded), dtype=np.int32), sizes),
        in_title=np.cumsum(turns[:-1], dtype=np.int8) > 0,
        articles=len(folded),
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    keys: Ints
    counts: Ints
    members: Codes
    titled: NDArray[np.bool_]

    def chosen(self, wanted: NDArray[np.bool_]) -> _Lists:
        """Only some of the lists."""
        rows = np.repeat(wanted, self.counts)
        return _Lists(self.keys[wanted], self.counts[wanted], self.members[rows], self.titled[rows])


def _lists(keys: Ints, at: Places, texts: Texts) -> _Lists:
    """The articles of each distinct key, and whether the key stands in the title of each."""
    rows = (keys * texts.articles + texts.article[at]) * 2 + ~texts.in_title[at]
    rows.sort()
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] >> 1) != (rows[:-1] >> 1)
    rows = rows[first]
    titled = (rows & 1) == 0
    rows >>= 1
    owner = rows // texts.articles
    places = np.nonzero(np.diff(owner, prepend=-1))[0]
    members = (rows - owner * texts.articles).astype(np.int32)
    return _Lists(owner[places], np.diff(np.append(places, len(owner))), members, titled)


def single_characters(texts: Texts) -> Level:
    """Every character of the alphabet."""
    is_in = np.zeros((len(texts.alphabet) + 1, texts.articles), bool)
    is_titled = is_in.copy()
    is_in[texts.codes, texts.article] = True
    is_titled[texts.codes[texts.in_title], texts.article[texts.in_title]] = True
    is_in[0] = False
    codes, members = np.nonzero(is_in)
    counts = np.bincount(codes, minlength=len(is_in))
    keys = np.flatnonzero(counts)
    found = _Lists(keys, counts[keys], members.astype(np.int32), is_titled[codes, members])
    none = np.zeros((0, RUN), np.int32)
    strings = found.keys.astype(np.int32)[:, None]
    return Level(strings, found.counts, found.members, found.titled, np.zeros(0, np.int64), none, none)


def _level(strings: Codes, lists: _Lists, common: Ints, edges: tuple[Codes, Codes]) -> Level:
    """A level of strings of which some, ``common``, may have heads and tails."""
    heads, tails = edges
    some = (heads[:, 0] > 0) | (tails[:, 0] > 0)
    return Level(strings, lists.counts, lists.members, lists.titled, common[some], heads[some], tails[some])


def _pairs(texts: Texts) -> _Lists:
    """Every pair of neighbours."""
    codes, size = texts.codes, len(texts.alphabet) + 1
    second = np.append(codes[1:], np.int32(0))
    at = np.flatnonzero((codes > 0) & (second > 0))
    return _lists(codes[at].astype(np.int64) * size + second[at], at, texts)


def levels(texts: Texts, common: int) -> list[Level]:
    """All strings that have a list, by length from one; ``common`` is how many articles are not few."""
    walk = Walk(texts.codes, len(texts.alphabet) + 1)
    found = [single_characters(texts)]
    if len(texts.codes) < 2:
        none = np.zeros(0, np.int32)
        wide = np.zeros((0, RUN), np.int32)
        far = none.astype(np.int64)
        return [*found, Level(np.zeros((0, 2), np.int32), far, none, none > 0, far, wide, wide)]
    found.append(_second_level(texts, walk, common))
    for length in range(2, LONGEST):
        if not walk.sleeping:
            break
        found.append(_next_level(texts, walk, length, common))
    return found


def _second_level(texts: Texts, walk: Walk, most: int) -> Level:
    size = walk.size
    pairs = _pairs(texts)
    common = pairs.counts > most
    here = _numbered(texts.codes, pairs.keys[common], size)
    at = np.flatnonzero(here >= 0).astype(walk.narrow)
    number = here[at]
    edges = walk.enter(at, number, pairs.counts[common], 2)
    walk.here = np.append(here, np.int32(-1))
    walk.keep(at, number, 2)
    strings = np.stack((pairs.keys // size, pairs.keys % size), axis=1).astype(np.int32)
    return _level(strings, pairs, np.nonzero(common)[0], edges)


def _numbered(codes: Codes, keys: Ints, size: int) -> Codes:
    """At every place, which of some pairs of characters begins there, or -1."""
    firsts, seconds = np.unique(keys // size), np.unique(keys % size)
    row, column = np.full(size, len(firsts), np.int32), np.full(size, len(seconds), np.int32)
    row[firsts], column[seconds] = np.arange(len(firsts)), np.arange(len(seconds))
    number = np.full((len(firsts) + 1, len(seconds) + 1), -1, np.int32)
    number[row[keys // size], column[keys % size]] = np.arange(len(keys), dtype=np.int32)
    found: Codes = number[row[codes], column[np.append(codes[1:], 0)]]
    return found


def _next_level(texts: Texts, walk: Walk, length: int, most: int) -> Level:
    grown = walk.grow(length)
    at = grown.at[grown.new]
    keys = grown.front.astype(np.int64) * walk.size + walk.characters(at, length)
    every = _lists(keys, at, texts)
    places = np.searchsorted(every.keys, keys)
    front, last = every.keys // walk.size, every.keys % walk.size
    back = np.zeros(len(every.keys), np.int64)
    back[places] = grown.back
    common = every.counts > most
    wanted = common | (walk.articles[front] * walk.articles[back] > most * texts.articles)
    strings = np.zeros((int(wanted.sum()), length + 1), np.int32)
    for offset in range(length):
        strings[:, offset] = walk.characters(walk.sample[front[wanted]], offset)
    strings[:, length] = last[wanted]
    rank = np.cumsum(common, dtype=np.int32) - 1
    stays = common[places]
    grown.number[grown.new[stays]] = rank[places[stays]] + len(walk.articles)
    edges = walk.enter(at[stays], rank[places[stays]], every.counts[common], length + 1)
    walk.keep(grown.at, grown.number, length + 1)
    return _level(strings, every.chosen(wanted), (np.cumsum(wanted) - 1)[common], edges)
