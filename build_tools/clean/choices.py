"""Characters to choose from where a byte is left, as the lexicon sees them: what each may score in a word."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from build_tools.clean.gbk import MARKS
from build_tools.clean.lexicon import lexicon
from build_tools.clean.script import simplify
from build_tools.clean.trie import Branch


class Choice(NamedTuple):
    """A Han character, how the lexicon writes it, and what it costs beside the words.

    ``alone`` is its log probability as a word of its own, ``words`` are those that it begins; ``top`` is the best that
    it may come to, cost included.
    """

    character: str
    simple: str
    cost: float
    alone: float
    words: Branch
    top: float


class Choices(NamedTuple):
    """What may stand at one place: Han, the likeliest first, and marks.

    ``simple`` and ``characters`` are the Han as the lexicon writes them and as they are.
    """

    han: tuple[Choice, ...]
    marks: tuple[str, ...]
    simple: frozenset[str]
    characters: frozenset[str]


@cache
def _choice(character: str) -> Choice:
    simple = simplify(character)
    words = lexicon().words.next.get(simple, Branch([], [], 1))
    alone = max(words.log, lexicon().floor)
    return Choice(character, simple, 0.0, alone, words, max(alone, words.longer))


@lru_cache(maxsize=16384)
def choices(*characters: str) -> Choices:
    """Han and marks of any number, ready to be chosen from.

    >>> [one.simple for one in choices("環", "鐶", "，").han], choices("環", "，").marks
    (['环', '镮'], ('，',))
    """
    han = tuple(one for one in characters if one not in MARKS)
    return Choices(
        tuple(sorted(map(_choice, han), key=attrgetter("top"), reverse=True)),
        tuple(one for one in characters if one in MARKS),
        frozenset(map(simplify, han)),
        frozenset(han),
    )


def dearer(offered: Choices, characters: frozenset[str], cost: float) -> Choices:
    """Choices of which some Han cost more."""
    if characters.isdisjoint(offered.characters):
        return offered
    han = (
        one._replace(cost=cost, top=one.top + cost) if one.character in characters else one
        for one in offered.han
    )
    return offered._replace(han=tuple(sorted(han, key=attrgetter("top"), reverse=True)))
