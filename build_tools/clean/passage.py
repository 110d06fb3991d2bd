"""The byte model of a passage: from each place, in step or out of it, the characters that may come next.

Three kinds of place: *out* (the page is read one byte out of step, and a first byte waits for its second), *gap*
(so, inside a pair of bytes that shows as nothing) and *in* (in step, where the page shows what was written).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

from build_tools.clean.fluency import MARK_SCORE, closes, is_han
from build_tools.clean.gbk import MARKS, encoded, in_gb2312, in_use, pairs, vanishing
from build_tools.clean.lexicon import has_reading, lexicon
from build_tools.clean.script import simplified_only, simplify, traditional_forms
from build_tools.clean.units import Unit
from build_tools.models import LOST

INSERTED_AT = "。，、！？；"  # the marks that tools put a byte in front of
OUT, GAP, IN = 0, 1, 2

# Costs are logarithms of probabilities, estimated on damaged pages with known answers.
_UNKNOWN = -10.5  # a character that no word explains, of a name for example
_UNREAD = -12.5  # the same where both its bytes are on the page: then it could be read off
_ORPHAN_KEPT = -14.0  # a question mark that belongs where it stands, on a page that has orphans
_OWN_QUESTION = -5.0  # the same on other pages
_ASTRAY = -15.0  # a reading behind a character that does not have it
_SKIPPED = -9.0  # a character or mark that the tool would have treated, and did not
_FOREIGN = -4.0  # a Simplified character in a Traditional page: one in fifty that tools leave as it is
_LATIN = -7.0  # a Latin letter among Han
_TRAIL_SIGNS = "@[\\]^_`{|}~"  # beside letters, what a second byte may show as
_EATEN = -6.0  # a digit, letter or blank behind an orphan, gone with it
_EATEN_BYTE = 0
_BYTE_80 = -3.0  # a byte 80 that shows as nothing
_LEAD_GONE = -10.0  # an annotated character of which not even an orphan is left
_CLOSING = -1.5  # the mark that a pair opened before asks for
_UNBALANCED = -6.0  # a quotation left open, or closed twice, where the page is in step again
_GAP = -1.5  # a pair that shows as nothing: what is left to pay beside the words


class Place(NamedTuple):
    """A boundary between characters: before which unit, in what state, with which byte waiting.

    ``quoting`` tells whether a quotation is open there; in step, what the page shows tells it.
    """

    unit: int
    state: int
    byte: int = 0
    quoting: bool = False


class Step(NamedTuple):
    """One character on the way to the next place; ``simple`` is how the lexicon writes it.

    ``sure``: both bytes are on the page, or a reading leaves one character. An empty character moves on only.
    """

    character: str
    simple: str
    to: Place
    cost: float
    sure: bool
    han: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """What a page tells of the tool that cloned it: its script, what it annotates, by reading, and where."""

    traditional: bool
    annotated: dict[str, tuple[str, ...]]
    cloned: bool
    marks: bool

    @property
    def always(self) -> frozenset[str]:
        """Characters that never stand without a reading."""
        return frozenset(character for found in self.annotated.values() for character in found)


class Passage:
    """Units of a line, and the steps that lead from place to place in them."""

    def __init__(self, units: list[Unit], habits: Habits, before: str) -> None:
        self.units = units
        self._habits = habits
        self._always = habits.always
        self._traditional = habits.traditional
        self._before = before
        self._quoting = _quoting(before, units)
        self._expected = _expected(units)

    def steps(self, place: Place) -> list[Step]:
        """Every step from a place."""
        if place.unit >= len(self.units):
            return []
        unit = self.units[place.unit]
        if place.state == IN:
            return list(self._in_step(place, unit))
        if place.state == GAP:
            return list(self._behind_gap(place, unit))
        return list(self._out_of_step(place, unit))

    def _in_step(self, place: Place, unit: Unit) -> Iterator[Step]:
        at = place.unit
        after = Place(at + 1, IN)
        if unit.orphan:
            yield from self._going_out(place, unit)
            cost = _ORPHAN_KEPT if self._habits.cloned or unit.shown != "?" else _OWN_QUESTION
            yield Step(unit.shown, unit.shown, after, cost + (2 * _ASTRAY if unit.note else 0), sure=True)
        elif not unit.shown:
            yield Step("", "", after, _ASTRAY, sure=True)
        else:
            yield Step(unit.shown, simplify(unit.shown), after, _shown_cost(unit), True, is_han(unit.shown))

    def _going_out(self, place: Place, orphan: Unit) -> Iterator[Step]:
        """An orphan in step is a first byte: of a mark that stands across two characters, or of a reading's."""
        at = place.unit
        if orphan.note:
            yield from self._annotated_across(place, orphan.note)
            return
        following = self.units[at + 1 : at + 3]
        if following and following[0].code and self._is_mark(following[0]):
            first, second = following[0].code
            yield from self._endings(place, first, Place(at + 2, OUT, second))
        if len(following) == 2 and following[0].orphan and following[1].code and self._is_mark(following[1]):
            lead = {0xA1: 0xA3, 0xA3: 0xA1}.get(following[1].code[0])
            if lead:
                yield from self._endings(place, lead, Place(at + 2, IN))

    def _endings(self, place: Place, trail: int, to: Place) -> Iterator[Step]:
        for character in trailing(trail, traditional=self._traditional):
            yield self._step(place, character, to, 0.0, sure=False)
        yield Step(LOST, LOST, to, _UNKNOWN, sure=False)

    def _annotated_across(self, place: Place, note: str) -> Iterator[Step]:
        at = place.unit
        before = self.units[at - 1] if at else None
        if not before or not before.code or before.shown in ascii_letters:
            return
        for lead in _leads(before.code[1], note):
            yield Step("", "", Place(at + 1, OUT, lead), 0.0, sure=True)
        told = self._habits.annotated.get(note, ())
        for character in annotatable(note):
            cost = _LEAD_GONE if character in told else 1.5 * _LEAD_GONE
            yield self._step(place, character, Place(at + 1, IN), cost, sure=character in told)
        yield Step(LOST, LOST, Place(at + 1, IN), _LEAD_GONE + _UNKNOWN, sure=False)

    def _out_of_step(self, place: Place, unit: Unit) -> Iterator[Step]:
        at, _, lead, _ = place
        if lead == _EATEN_BYTE:
            yield Step(LOST, LOST, Place(at, IN), _EATEN, sure=False)
            return
        if self._traditional and (character := pairs().get((lead, 0x80))) and self._may_stand(character):
            if not unit.shown and has_reading(character, unit.note or ""):
                yield self._step(place, character, Place(at + 1, IN), 0.0, sure=True)
            yield self._step(
                place, character, Place(at, IN), _BYTE_80 + self._bare(at, character), sure=False
            )
        yield from self._coming_in(place, unit)
        if unit.code:
            to = Place(at + 1, OUT, unit.code[1])
            character = pairs().get((lead, unit.code[0]), "")
            if character and self._may_stand(character):
                yield self._step(place, character, to, self._bare(at, character), sure=True)
            yield Step(LOST, LOST, to, _UNREAD, sure=False)
        for character, trail in before_gap(lead, traditional=self._traditional):
            yield self._step(
                place, character, Place(at, GAP, trail), _GAP + self._bare(at, character), sure=False
            )

    def _coming_in(self, place: Place, unit: Unit) -> Iterator[Step]:
        at, _, lead, _ = place
        to = Place(at + 1, IN)
        if unit.single is not None and unit.single >= 0x40:
            character = pairs().get((lead, unit.single), "")
            if character and self._may_stand(character) and _told(character, unit.note):
                yield self._step(
                    place, character, to, 0.0 if unit.note else self._bare(at, character), sure=True
                )
        if not unit.orphan:
            return
        if unit.note:
            found = _trails(lead, unit.note)
            for character in found:
                yield self._step(place, character, to, 0.0, sure=len(found) == 1)
            return
        to = self._behind_orphan(at + 1)
        for character in leading(lead, traditional=self._traditional):
            yield self._step(place, character, to, self._bare(at, character), sure=False)
        yield Step(LOST, LOST, to, _UNKNOWN, sure=False)

    def _behind_orphan(self, at: int) -> Place:
        """In step; an orphan eats the byte before a mark or the start of a tag, else a letter, digit or blank."""
        following = self.units[at] if at < len(self.units) else None
        if following is None or following.shown == "/" or self._is_mark(following):
            return Place(at, IN)
        return Place(at, OUT, _EATEN_BYTE)

    def _behind_gap(self, place: Place, unit: Unit) -> Iterator[Step]:
        at, _, lead, _ = place
        to = Place(at + 1, IN)
        if unit.orphan and unit.note:
            for first in vanishing()[lead]:
                for character in _trails(first, unit.note):
                    yield self._step(place, character, to, 0.0, sure=False)
        elif unit.orphan:
            yield Step(LOST, LOST, self._behind_orphan(at + 1), _UNKNOWN, sure=False)
        if unit.code:
            for character in behind_gap(lead, unit.code[0], traditional=self._traditional):
                cost = self._bare(at, character)
                yield self._step(place, character, Place(at + 1, OUT, unit.code[1]), cost, sure=False)
            yield Step(LOST, LOST, Place(at + 1, OUT, unit.code[1]), _UNKNOWN, sure=False)
        if unit.single is not None and unit.single >= 0x40:
            for character in behind_gap(lead, unit.single, traditional=self._traditional):
                if _told(character, unit.note):
                    yield self._step(place, character, to, 0.0, sure=bool(unit.note))

    def _is_mark(self, unit: Unit) -> bool:
        return unit.code in _mark_codes()

    def _may_stand(self, character: str) -> bool:
        return character in MARKS or in_use(character, traditional=False)

    def _bare(self, at: int, character: str) -> float:
        """What it costs that a character stands out of step without what the tool puts in there."""
        split = (
            at and self.units[at - 1].orphan and self.units[at - 1].note
        )  # a reading came between its bytes
        if not split and (character in self._always or (self._habits.marks and character in INSERTED_AT)):
            return _SKIPPED
        return 0.0

    def _step(self, here: Place, character: str, to: Place, cost: float, *, sure: bool) -> Step:
        quoting = here.quoting if here.state != IN else self._quoting[here.unit]
        if self._traditional and character in simplified_only():
            cost += _FOREIGN
        elif character in MARKS:
            cost += self._mark_score(character, here.unit, quoting=quoting)
            quoting = character == "“" or (quoting and character != "”")
        if to.state != IN:
            to = to._replace(quoting=quoting)
        elif here.state != IN and self._expected[to.unit] not in (None, quoting):
            cost += _UNBALANCED
        return Step(character, simplify(character), to, cost, sure, is_han(character))

    def _mark_score(self, mark: str, at: int, *, quoting: bool) -> float:
        if mark in "“”":
            if quoting != (mark == "”"):
                return 2 * MARK_SCORE
            return _CLOSING if quoting else MARK_SCORE
        left = self._before + "".join(unit.shown for unit in self.units[:at])
        return _CLOSING if closes(mark, left) else MARK_SCORE


def _quoting(before: str, units: list[Unit]) -> list[bool]:
    """Whether a quotation is open before each unit, by the marks that the page shows up to there."""
    quoting = before.rfind("“") > before.rfind("”")
    found = []
    for unit in units:
        found.append(quoting)
        quoting = unit.shown == "“" or (quoting and unit.shown != "”")
    return found


def _expected(units: list[Unit]) -> list[bool | None]:
    """Whether a quotation has to be open before each unit, by the next mark that the page shows."""
    expected: bool | None = None
    found = [expected]
    for unit in reversed(units):
        expected = {"“": False, "”": True}.get(unit.shown, expected)
        found.append(expected)
    return found[::-1]


def _shown_cost(unit: Unit) -> float:
    if is_han(unit.shown):
        return 0.0
    if unit.shown.isascii():
        return (
            _LATIN
            if unit.shown.isalpha() or unit.shown in _TRAIL_SIGNS
            else _ASTRAY
            if unit.note
            else MARK_SCORE
        )
    return 0.0 if unit.shown in MARKS else 2 * MARK_SCORE


def _told(character: str, note: str | None) -> bool:
    return note is None or has_reading(character, note)


@lru_cache(maxsize=1)
def _mark_codes() -> frozenset[tuple[int, int]]:
    codes = (encoded(mark) or b"" for mark in INSERTED_AT)
    return frozenset((code[0], code[1]) for code in codes)


@lru_cache(maxsize=512)
def leading(lead: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters and marks in use with this first byte."""
    return tuple(one for (first, _), one in pairs().items() if first == lead and _used(one, traditional))


@lru_cache(maxsize=512)
def trailing(trail: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters and marks in use with this second byte."""
    return tuple(one for (_, last), one in pairs().items() if last == trail and _used(one, traditional))


def _used(character: str, traditional: bool) -> bool:
    if character in MARKS:
        return True
    return in_use(character, traditional=traditional) and (traditional or in_gb2312(character))


@lru_cache(maxsize=512)
def before_gap(lead: int, *, traditional: bool) -> tuple[tuple[str, int], ...]:
    """Characters with this first byte whose second begins a pair that shows as nothing."""
    coded = ((one, one.encode("gbk")[1]) for one in leading(lead, traditional=traditional))
    return tuple(
        (one, trail)
        for one, trail in coded
        if trail in vanishing() and (one in MARKS or lexicon().common(simplify(one)))
    )


@lru_cache(maxsize=8192)
def behind_gap(first: int, trail: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters with this second byte whose first ends a pair that shows as nothing."""
    return tuple(
        one
        for one in trailing(trail, traditional=traditional)
        if one.encode("gbk")[0] in vanishing()[first] and (one in MARKS or lexicon().common(simplify(one)))
    )


@lru_cache(maxsize=2048)
def annotatable(note: str) -> tuple[str, ...]:
    """Characters that tools annotate with a reading."""
    return tuple(
        one
        for one in pairs().values()
        if is_han(one)
        and not in_gb2312(one)
        and in_use(one, traditional=True)
        and lexicon().common(simplify(one))
        and has_reading(one, note)
    )


@lru_cache(maxsize=2048)
def _leads(first: int, note: str) -> tuple[int, ...]:
    """Second bytes of the annotatable characters with this first byte and reading."""
    return tuple(one.encode("gbk")[1] for one in _trails(first, note))


@lru_cache(maxsize=2048)
def _trails(first: int, note: str) -> tuple[str, ...]:
    """Characters that tools annotate, by first byte and reading: in 540 of 543 cases one, variants apart."""
    found: dict[str, str] = {}
    for one in leading(first, traditional=True):
        if not in_gb2312(one) and has_reading(one, note):
            simple = simplify(one)
            if simple not in found or one in traditional_forms():
                found[simple] = one
    return tuple(found.values())
