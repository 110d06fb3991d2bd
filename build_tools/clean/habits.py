"""What a page tells of the tool that cloned it, and of its own vocabulary."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from build_tools.clean.lexicon import has_reading, lexicon
from build_tools.clean.script import is_traditional, simplify
from build_tools.clean.trie import Branch
from build_tools.clean.units import ORPHAN, SYLLABLE, without_notes

_ANNOTATION = re.compile(rf"\((?<=[\u3400-\u9fff]\()({SYLLABLE})\s?\)")
_ORPHANED = re.compile(rf"[{ORPHAN}][。，！；、,!;]")
_ORPHANS = re.compile(f"[{ORPHAN}]")
_VISIBLE = re.compile(
    r",[。，、；！？,!?;]"
)  # a tool whose byte shows leaves about every third mark without it
_SEVERAL = 2
_AGAIN = 0.2  # share of words that stand elsewhere on their page
_PER_WORD = 3.0  # characters of a text, for each word of two or more


class PageWords(dict[Branch, float]):
    """Log probability of words beside a text that has some already: what stands there comes again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._share = _AGAIN * _PER_WORD / max(len(text), 1)

    def __missing__(self, one: Branch) -> float:
        word = one.word
        count = self._text.count(word) if len(word) > 1 and one.log > -math.inf else 0
        self[one] = log = (
            math.log(math.exp(one.log) + self._share * count * _itself(one)) if count else one.log
        )
        return log


def _itself(one: Branch) -> float:
    """The probability that what stands in a text is a word, not the words that it can be cut into."""
    word, score = one.word, lexicon().score
    parts = max(score(word[:at]) + score(word[at:]) for at in range(1, len(word)))
    return 1 / (1 + math.exp(parts - one.log))


@dataclass(frozen=True, slots=True)
class Habits:
    """Its script; what is annotated, by reading; whether it has readings or broken marks at all.

    ``marks`` tells that marks are always broken, ``visible`` that the byte put in shows, as a comma; ``words`` are
    those that stand in step, ``always`` the characters that never stand without a reading.
    """

    traditional: bool
    annotated: dict[str, tuple[str, ...]]
    always: frozenset[str]
    cloned: bool
    marks: bool
    visible: bool
    words: PageWords


def habits(text: str) -> Habits:
    """The habits of a page.

    >>> habits("保護(hù)").annotated
    {'hù': ('護',)}
    """
    annotated: dict[str, set[str]] = {}
    for character, reading in sorted({(text[one.start() - 1], one[1]) for one in _ANNOTATION.finditer(text)}):
        if has_reading(character, reading):
            annotated.setdefault(reading, set()).add(character)
    orphaned = len(_ORPHANED.findall(text))
    visible = len(_VISIBLE.findall(text)) >= _SEVERAL
    return Habits(
        is_traditional(text),
        {reading: tuple(sorted(characters)) for reading, characters in annotated.items()},
        frozenset[str]().union(*annotated.values()),
        cloned=bool(annotated) or orphaned >= _SEVERAL,
        marks=orphaned > 0 and not visible,
        visible=visible,
        words=PageWords(_in_step(text)),
    )


def _in_step(text: str) -> str:
    """What stands in step for certain, Simplified: the lines up to their first orphan."""
    return simplify("\n".join(_ORPHANS.split(line, 1)[0] for line in without_notes(text).split("\n")))
