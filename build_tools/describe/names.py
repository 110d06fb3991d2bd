"""Where a person's name begins and ends.

A title anchors a name; how long it is, or whether there is one at all, is what explains the text best: a name of
two to four characters and then what follows names, or words alone. ``书记苏树伟和市里的领导`` → 苏树伟,
``副市长党帅部署`` → 党帅, ``书记高度重视`` → nobody. Shares of surnames, given names and words are in ``knowledge``;
characters lost in the source (□) count as characters.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from build_tools.describe.prose import tails, word
from build_tools.knowledge import tables
from build_tools.knowledge.places import gazetteer

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff□]+")
_DOTTED = re.compile(r"[\u3400-\u9fff□]{1,8}(?:·[\u3400-\u9fff□]{1,8})+")
_SPACE = re.compile(r"[ \u00a0\u2002\u2003\u3000]{1,3}")
_CLOSED = frozenset("，。；：、！？（）()《》“”‘’\n\t \u3000—…【】〔〕,.;:")
_ADVERBS = frozenset("也还均已曾将并又则都就在")
_OFFICE = re.compile(r"[副正双总第常主组政局顾县市区省书]")  # what one is appointed to begins so
_JOINING = frozenset("和与及同在对向从为")
_ASPECT = frozenset("了着过")  # behind verbs
_TAKES = frozenset("任为兼和与及")
_LAST = frozenset("等说称讲")  # particles that may end a clause
_SPEAKS = frozenset({"指出", "强调", "介绍", "表示", "一行", "回应"})
_NEARBY = 3000  # characters in which a second mention is looked for
_MENTIONS, _WORTH = 3, 8.0  # further mentions that are asked where it is close, and the most that one may add
_CLOSE_CALL = 5.0
_LONGEST = 6  # characters of a name without interpuncts
_WINDOW = 10  # characters that the rival readings have to explain

# Log-odds of a name against words from which a name is believed: after a title, and as a further name of a list,
# where no title stands right before it. Calibrated on the develop part of the annotated set.
AFTER_TITLE, IN_LIST, SURE = -0.1, 1.5, 4.0

# Shares, estimated once: of names among what follows a title, of one and of two given-name characters, of compound
# surnames, of names without a Han surname by length; of what follows a name.
_NAMED = math.log(0.6 / 0.4)
_ONE_GIVEN, _TWO_GIVEN = math.log(0.25), math.log(0.75)
_COMPOUND, _UNLISTED = math.log(3e-4), math.log(1e-6)
_NO_SURNAME = {
    size: math.log(0.02 * share) for size, share in ((2, 0.15), (3, 0.3), (4, 0.45), (5, 0.08), (6, 0.02))
}
_SYLLABLE = math.log(1 / 400)
_PARTICLE = -3.0
_RARE = 3.0  # per million: of a surname or a given name's character that its table does not have
_LOST = math.log(1e-3)
_CLOSE, _VERB, _POST = math.log(0.4), math.log(0.25 / 300), math.log(0.1 / 40)
_OFTEN, _ONE = math.log(0.02), math.log(0.12 / 60)
_WORD_AFTER_NAME, _CHARACTER_AFTER_NAME, _WORD_AFTER_TITLE = math.log(0.1), math.log(0.015), math.log(0.15)
_PLAIN = 100.0  # per million: from here a surname or a given name's character is an ordinary one


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; ``text`` is the name itself, without a filler space; ``score`` its log-odds."""

    start: int
    end: int
    text: str
    score: float


@cache
def _given() -> dict[str, float]:
    return {character: math.log(ppm / 1e6) for character, ppm in tables.given().items()} | {"□": _LOST}


@cache
def _surnames() -> dict[str, float]:
    logs = {surname: math.log(max(ppm, _RARE) / 1e6) for surname, ppm in tables.surnames().items()}
    return logs | {surname: _COMPOUND for surname in logs if len(surname) > 1} | {"□": _LOST}


@cache
def _follow_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in tables.names().follow}, reverse=True))


def _verb(text: str, at: int, end: int) -> int:
    """Length of the longest word at ``at`` that follows names; 0 where none does."""
    follow = tables.names().follow
    return next(
        (size for size in _follow_lengths() if at + size <= end and text[at : at + size] in follow), 0
    )


def _post(text: str, at: int) -> int:
    """Length of the post at ``at`` that may stand after a name: 李国英省长, 朱洪副组长."""
    posts = tables.titles().after_name
    rank = text.startswith("副", at)
    return next((size + rank for size in (3, 2) if text[at + rank : at + rank + size] in posts), 0)


def clear(text: str, at: int) -> bool:
    """Whether what stands at ``at`` commonly follows a name: a mark, a verb, a post, a particle."""
    if at >= len(text) or text[at] in _CLOSED:
        return True
    return bool(
        _verb(text, at, len(text)) or _post(text, at) or text[at] in tables.names().follow_one
    ) or text.startswith(("说", "称"), at)


class _Window:
    """The text from one offset to the next mark (or a few words on), and how well words alone explain it."""

    def __init__(self, text: str, start: int) -> None:
        end = min(len(text), start + _WINDOW)
        self.text, self.start = text, start
        self.end = next((at for at in range(start, end) if text[at] in _CLOSED), end)
        self.tails = tails(text, start, self.end)

    def tail(self, at: int) -> float:
        """Log probability of the words from ``at`` on."""
        return self.tails[at - self.start]

    def after(self, at: int, *, name: bool) -> float:
        """Log probability of what stands from ``at`` on, right after a name or else after a bare title."""
        text, end, often = self.text, self.end, tables.names().often
        if at >= len(text) or text[at] in _CLOSED:
            return _CLOSE
        found = [self._words(at) if name else self.tail(at) + _WORD_AFTER_TITLE]
        if size := _verb(text, at, end):
            found.append((_OFTEN if text[at : at + size] in often else _VERB) + self.tail(at + size))
        if name and at + 1 < end and text[at + 1] in _ASPECT:
            found.append(_VERB + self.tail(at + 2))  # 杨涛领了任务
        if name and (size := _post(text, at)) and at + size <= end:
            found.append(_POST + self.tail(at + size))
        if self._particle(at) and (name or text[at] != "包"):
            found.append((_OFTEN if text[at] in often else _ONE) + self._governed(at))
        return max(found)

    def _governed(self, at: int) -> float:
        """Log probability of what stands behind the particle at ``at``: a verb behind an adverb, else words."""
        if self.text[at] == "任":
            office = _OFFICE.match(self.text, at + 1)
            return self.tail(at + 1) if office else -math.inf
        if self.text[at + 1 : at + 2] == "被":
            return -math.inf  # 林锦来被诫勉
        words = self.tail(at + 1)
        return max(words, self.after(at + 1, name=True)) if self.text[at] in _ADVERBS else words

    def _words(self, at: int) -> float:
        """Log probability of words right after a name; one of a single character is seldom the first of them."""
        found = [_CHARACTER_AFTER_NAME + self.tail(at)]
        for size in (2, 3):
            log = word(self.text[at : at + size]) if at + size <= self.end else None
            if log is not None:
                found.append(_WORD_AFTER_NAME + log + self.tail(at + size))
        return max(found)

    def _particle(self, at: int) -> bool:
        """Whether a word of one character that follows names stands at ``at``, with something to govern."""
        if at >= self.end or self.text[at] not in tables.names().follow_one:
            return False
        return at + 1 < self.end or self.end - self.start == _WINDOW or self.text[at] in _LAST

    def odds(self, size: int, log: float) -> float:
        """Log-odds of a name of ``size`` characters and log probability ``log`` against words alone."""
        return log + self.after(self.start + size, name=True) - self.after(self.start, name=False) + _NAMED


@lru_cache(maxsize=8192)
def _log_of(name: str) -> float | None:
    """Log probability of a name; ``None`` where it cannot be one."""
    surnames, given = _surnames(), _given()
    rare = math.log(_RARE / 1e6)
    found = []
    for stem in (1, 2):
        rest = name[stem:]
        if len(rest) in (1, 2) and name[:stem] in surnames:
            length = _TWO_GIVEN if len(rest) == 2 else _ONE_GIVEN
            found.append(surnames[name[:stem]] + length + sum(given.get(one, rare) for one in rest))
    plain = tables.given()
    if (
        not found
        and len(name) == 3
        and name[0] not in _JOINING
        and all(plain.get(one, 0.0) >= _PLAIN for one in name[1:])
    ):
        found.append(_UNLISTED + _TWO_GIVEN + sum(given[one] for one in name[1:]))
    if name[0] in tables.names().syllables and len(name) in _NO_SURNAME and not _foreign(name):
        found.append(_NO_SURNAME[len(name)] + len(name) * _SYLLABLE)
    return max(found, default=None)


def _foreign(name: str) -> bool:
    """Whether a character of a name is none that names without a Han surname are written with."""
    return not tables.names().syllables.issuperset(name)


def _looks_like_words(name: str, rest: str) -> bool:
    """Whether a candidate is a place or a piece of a title rather than a name."""
    names, parts = tables.names(), tables.titles()
    guarded = name in names.guards and (len(name) > 2 or name[0] in names.follow_one)
    if guarded or name in gazetteer().full or "某" in name:
        return True
    if name in parts.posts or name in parts.organs or name in parts.after_name or name in parts.fields:
        return True
    if name[1:] in parts.posts or name[-2:] in parts.posts or name[:2] in gazetteer().full:
        return True
    if name[-1] in _TAKES and _post(rest, 0):
        return True  # 杨侃任副组长, 王伟和副市长
    return name[-1] + rest[:1] in parts.after_name or not names.never.isdisjoint(name[1:])


def _doubt(first: str) -> float:
    """Log-odds to take off where a name would begin with a particle that is a rare surname: 主席和普京总统."""
    common = tables.surnames().get(first, 0.0) >= _PLAIN
    return 0.0 if common or first not in tables.names().follow_one else _PARTICLE


def _candidates(text: str, at: int) -> list[Name]:
    """Every name without a mark inside that may begin at ``at``."""
    han = _HAN.match(text, at, at + _LONGEST)
    if han is None:
        return []
    logs = {size: _log_of(text[at : at + size]) for size in range(2, han.end() - at + 1)}
    sizes = {size: log for size, log in logs.items() if log is not None}
    window = _Window(text, at) if sizes else None
    found = []
    for size, log in sizes.items():
        name = text[at : at + size]
        if window and not _looks_like_words(name, text[at + size : at + size + 4]):
            found.append(Name(at, at + size, name, window.odds(size, log) + _doubt(name[0])))
    return found


def _wordless(name: str) -> bool:
    """Whether no two characters of a name are a word: prose repeats words, not such strings."""
    return all(word(name[at : at + 2]) is None for at in range(len(name) - 1))


def _weighed(text: str, at: int, found: list[Name]) -> list[Name]:
    """Candidates with what the other mentions of the person say: 彭东来讲话 … 彭东来强调 is 彭东来 twice."""
    shortest = min(found, key=lambda name: name.end).text
    first, last = max(0, at - _NEARBY), min(len(text), at + _NEARBY)
    scores = [name.score for name in found]
    place = text.find(shortest, first, last)
    for _ in range(_MENTIONS):
        if place == at:
            place = text.find(shortest, at + 1, last)
        if place < 0:
            break
        window = _Window(text, place)
        for index, name in enumerate(found):
            log = _log_of(name.text)
            if log is not None and text.startswith(name.text, place):
                odds = window.odds(len(name.text), log)
                again = text[place - 1] in _CLOSED and _wordless(name.text)
                scores[index] += _WORTH if again else max(-_WORTH, min(_WORTH, odds))
        place = text.find(shortest, place + 1, last)
    return [replace(name, score=score) for name, score in zip(found, scores, strict=True)]


def _dotted(text: str, at: int) -> Name | None:
    """A name with interpuncts; where its last part ends is what explains the text best: 雪克来提·扎克尔主持."""
    match = _DOTTED.match(text, at)
    if not match:
        return None
    last = text.rindex("·", at, match.end()) + 1
    window = _Window(text, last)
    sizes = range(1, window.end - last + 1)
    syllables = tables.names().syllables
    logs = [0.0]
    for character in text[last : window.end]:
        logs.append(logs[-1] + (_SYLLABLE if character in syllables else 2 * _SYLLABLE))
    size = max(sizes, key=lambda size: logs[size] + window.after(last + size, name=True))
    return Name(at, last + size, text[at : last + size], SURE)


def _also_a_word(text: str, at: int) -> Name | None:
    """A two-character name that is a common word too, if the text lets it speak again: 局长田野、…田野介绍."""
    name = text[at : at + 2]
    common = tables.surnames().get(name[:1], 0.0) >= _PLAIN
    if not common or name not in tables.words() or not clear(text, at + 2):
        return None
    again = text.find(name, at + 2, at + _NEARBY)
    if again < 0 or text[again + 2 : again + 4] not in _SPEAKS or text[again - 1] not in _CLOSED:
        return None
    return Name(at, at + 2, name, AFTER_TITLE)


def _spaced(text: str, at: int) -> Name | None:
    """A two-character name with a filler space: 刘 伟 → 刘伟."""
    space = _SPACE.match(text, at + 1)
    if not space or text[at : at + 1] not in tables.surnames():
        return None
    end = space.end() + 1
    if end > len(text) or not _HAN.fullmatch(text[space.end() : end]) or not clear(text, end):
        return None
    return Name(at, end, text[at] + text[end - 1], SURE)


def name_at(text: str, at: int) -> Name | None:
    """The name that begins at ``at``, right after a title or in a list of names; ``None`` where none does.

    >>> name_at("党帅部署有关工作", 0).text
    '党帅'
    """
    if at >= len(text) or text[at] in _CLOSED:
        return None
    if dotted := _dotted(text, at):
        return dotted
    if text[at : at + 3] in tables.names().doctrine:
        return Name(at, at + 3, text[at : at + 3], SURE)
    found = sorted(_candidates(text, at), key=lambda name: -name.score)
    if found and (
        found[0].score < SURE or (len(found) > 1 and found[0].score - found[1].score < _CLOSE_CALL)
    ):
        found = sorted(_weighed(text, at, found), key=lambda name: -name.score)
    if found and found[0].score >= AFTER_TITLE:
        return found[0]
    return _spaced(text, at) or _also_a_word(text, at)
