"""Where a person's name begins and ends.

A title anchors a name; surnames, given-name characters and the words that follow only decide its length:
``书记苏树伟和市里的领导`` → 苏树伟, ``副市长党帅部署`` → 党帅. Characters lost in the source (□) count as characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from build_tools.knowledge import tables
from build_tools.knowledge.places import gazetteer

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff□]+")
_DOTTED = re.compile(r"[\u3400-\u9fff□]{1,8}(?:·[\u3400-\u9fff□]{1,8})+")
_SPACE = re.compile(r"[ \u00a0\u2002\u2003\u3000]{1,3}")
_CLOSED = frozenset("，。；：、！？（）()《》“”‘’\n\t \u3000—…【】〔〕,.;:")

_PLAUSIBLE = 100.0  # per million: rarer characters after a word-like surname make a phrase, not a name
_COMMON = 100.0  # per million: rarer first characters are seldom surnames
_SPEAKS = frozenset({"指出", "强调", "介绍", "表示", "一行", "回应"})
_NEARBY = 3000  # characters in which a second mention is looked for

# Points, calibrated on the develop part of the annotated set: a title and a clear end make a name.
PUNCTUATION, LONG_VERB, POST, WORD_AFTER_ONE, ONE, SOME_WORD = 3.0, 3.0, 2.8, 2.5, 1.8, 0.6
TORN_WORD = 0.8  # taken off where the name would end inside a word: 龚正关|于
THRESHOLD = 2.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; ``text`` is the name itself, without a filler space."""

    start: int
    end: int
    text: str
    score: float


@cache
def _follow_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in tables.names().follow}, reverse=True))


def boundary(text: str, at: int) -> float:
    """How clearly a name ends before ``at``: points for punctuation, a verb, a post, a particle."""
    if at >= len(text) or text[at] in _CLOSED:
        return PUNCTUATION
    names = tables.names()
    if any(text[at : at + size] in names.follow for size in _follow_lengths()):
        return LONG_VERB
    parts = tables.titles()
    post = at + (text[at] == "副")
    if any(text[post : post + size] in parts.after_name for size in (2, 3)):
        return POST
    if text[at] in "说称" and text[at + 1 : at + 2] in _CLOSED:
        return LONG_VERB
    if text[at] in "和与及" and text[at + 1 : at + 2] in names.follow_one:
        return SOME_WORD  # 王国和|作表态: nothing that 和 could join follows
    if text[at] in names.follow_one:
        return WORD_AFTER_ONE if text[at + 1 : at + 3] in tables.words() else ONE
    return SOME_WORD if text[at : at + 2] in tables.words() else 0.0


def _given_points(given: str) -> float:
    ppm = tables.given()
    points = 0.0
    for character in given:
        share = ppm.get(character, 0.0)
        if character == "□":
            points += 0.2
        elif share >= 1000:
            points += 0.4
        elif share >= 200:
            points += 0.25
        else:
            points += 0.1 if share else -0.4
    return points / max(1, len(given)) * 2


def _looks_like_words(name: str, rest: str) -> bool:
    """Whether a candidate is a word, a place or a piece of a title rather than a name."""
    words = tables.words()
    parts = tables.titles()
    if name in words or name in gazetteer().full or "某" in name:
        return True
    if name in parts.posts or name in parts.organs or name in parts.after_name or name in parts.fields:
        return True
    if name[1:] in parts.posts or name[-2:] in parts.posts:
        return True
    return name[-1] + rest[:1] in parts.after_name or name[:2] in gazetteer().full


def _score(text: str, at: int, size: int) -> float | None:
    """Points of the candidate of ``size`` characters, or ``None`` where it cannot be a Han name."""
    name = text[at : at + size]
    if len(name) < size or not _HAN.fullmatch(name):
        return None
    surnames = tables.surnames()
    stem = 2 if size > 2 and name[:2] in surnames else 1
    share = surnames.get(name[:stem])
    if share is None and name[0] != "□":
        return None
    given = name[stem:]
    if not 1 <= len(given) <= 2 or not tables.names().never.isdisjoint(given):
        return None
    if _looks_like_words(name, text[at + size : at + size + 2]):
        return None
    clear = boundary(text, at + size)
    if name[-1] == "和" and clear in (POST, 0.0):
        return None  # 王伟和副市长: two people
    points = clear + _given_points(given)
    points += 0.6 if (share or 0) >= 100 or stem == 2 else 0.3
    if name[0] in tables.names().wordlike and any(
        tables.given().get(character, 0.0) < _PLAUSIBLE for character in given
    ):
        return None
    if name[0] in tables.names().wordlike and (name[1:3] in tables.words() or name[:2] in tables.words()):
        points -= 1.2
    elif len(given) == 2 and name[:2] in tables.words():
        points -= 0.5
    if (
        clear < LONG_VERB
        and text[at + size : at + size + 1] != "等"
        and len(given) == 2
        and text[at + size - 1 : at + size + 1] in tables.words()
    ):
        points -= TORN_WORD
    return points


def _dotted(text: str, at: int) -> Name | None:
    """A name with interpuncts; its last part ends at the clearest boundary: 雪克来提·扎克尔主持 → 雪克来提·扎克尔."""
    match = _DOTTED.match(text, at)
    if not match:
        return None
    last = text.rindex("·", at, match.end()) + 1
    best: tuple[float, int] = (0.0, match.end())
    for end in range(last + 1, match.end() + 1):
        points = boundary(text, end)
        torn = points == best[0] == LONG_VERB and best[1] == end - 1  # 买买|提出 against 买买提|出席
        if points > best[0] or torn:
            best = (points, end)
    return Name(at, best[1], text[at : best[1]], THRESHOLD + best[0])


def _without_surname(text: str, at: int) -> Name | None:
    """A name of two to six characters without a Han surname, where the end is beyond doubt: 齐扎拉, 洛桑江村."""
    names = tables.names()
    if text[at : at + 1] not in names.syllables and text[at + 2 : at + 3] not in names.syllables:
        return None
    best: Name | None = None
    for size in range(2, 7):
        name = text[at : at + size]
        if len(name) < size or not _HAN.fullmatch(name):
            break
        if boundary(text, at + size) < POST or _looks_like_words(name, ""):
            continue
        if not names.never.isdisjoint(name[1:]):
            break
        if any(name[index : index + 2] in tables.words() for index in range(size - 1)):
            continue
        best = Name(at, at + size, name, THRESHOLD + 1.0)
        break
    return best


def _rare_surname(text: str, at: int) -> Name | None:
    """A three-character name whose surname no table has; the text must name the person again: 副组长因新中."""
    name = text[at : at + 3]
    given = tables.given()
    if len(name) < 3 or not _HAN.fullmatch(name) or all(given.get(one, 0.0) < _PLAUSIBLE for one in name[1:]):
        return None
    if (
        not tables.names().never.isdisjoint(name)
        or _looks_like_words(name, "")
        or boundary(text, at + 3) < POST
    ):
        return None
    if name[:2] in tables.words() or name[1:] in tables.words() or text.find(name, at + 3, at + _NEARBY) < 0:
        return None
    return Name(at, at + 3, name, THRESHOLD + 0.5)


def _also_a_word(text: str, at: int) -> Name | None:
    """A two-character name that is a common word too, if the text lets it speak again: 局长田野、…田野介绍."""
    name = text[at : at + 2]
    known = tables.surnames().get(name[:1], 0.0) >= 100 and name in tables.words()
    if not known or boundary(text, at + 2) < POST or name[-1] in tables.names().never:
        return None
    again = text.find(name, at + 2, at + _NEARBY)
    if again < 0 or text[again + 2 : again + 4] not in _SPEAKS or text[again - 1] not in _CLOSED:
        return None
    return Name(at, at + 2, name, THRESHOLD + 0.5)


def _bare_end(text: str, at: int) -> Name | None:
    """A name after a title whose end no known word marks: 县委书记汤祚民逐件研究, 镇党委书记柏松跑了七个省."""
    given, words = tables.given(), tables.words()
    if tables.surnames().get(text[at : at + 1], 0.0) < _COMMON or text[at] in tables.names().wordlike:
        return None
    size = 3 if given.get(text[at + 2 : at + 3], 0.0) >= _PLAUSIBLE else 2
    if size == 2 and text[at + 2 : at + 3] in given:
        return None  # the third character may or may not belong to the name
    name = text[at : at + size]
    torn = [text[one : one + 2] in words for one in range(at, at + size)]
    if len(name) < size or not _HAN.fullmatch(name) or any(torn) or not tables.names().never.isdisjoint(name):
        return None
    if _looks_like_words(name, text[at + size : at + size + 2]) or given.get(name[1], 0.0) < (
        _PLAUSIBLE if size == 2 else 1.0
    ):
        return None
    return Name(at, at + size, name, THRESHOLD)


def _spaced(text: str, at: int) -> Name | None:
    """A two-character name with a filler space: 刘 伟 → 刘伟."""
    space = _SPACE.match(text, at + 1)
    if not space or text[at : at + 1] not in tables.surnames():
        return None
    end = space.end() + 1
    if end > len(text) or not _HAN.fullmatch(text[space.end() : end]) or boundary(text, end) < POST:
        return None
    return Name(at, end, text[at] + text[end - 1], THRESHOLD + 1.0)


def name_at(text: str, at: int) -> Name | None:
    """The name that begins at ``at``, right after a title or in a list of names; ``None`` where none does.

    >>> name_at("党帅部署有关工作", 0).text
    '党帅'
    """
    dotted = _dotted(text, at)
    if dotted:
        return dotted
    best: Name | None = None
    for size in (2, 3, 4):
        points = _score(text, at, size)
        if points is not None and points >= THRESHOLD and (best is None or points > best.score):
            best = Name(at, at + size, text[at : at + size], points)
    if best and best.score >= THRESHOLD + 1:
        return best
    sure = _without_surname(text, at) or _spaced(text, at)
    return sure or best or _rare_surname(text, at) or _also_a_word(text, at) or _bare_end(text, at)
