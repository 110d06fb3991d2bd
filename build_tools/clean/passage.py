"""The byte model of a passage: from each place, in step or out of it, the characters that may come next.

Three kinds of place: *out* (the page is read one byte out of step, and a first byte waits for its second), *gap*
(so, inside a pair of bytes that shows as nothing) and *in* (in step, where the page shows what was written).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters
from typing import NamedTuple

from build_tools.clean.candidates import (
    INSERTED_AT,
    annotatable,
    annotatable_behind_gap,
    annotatable_leading,
    before_gap,
    behind_gap,
    leading,
    mark_codes,
    marks_ending_in,
    may_stand,
    trailing,
)
from build_tools.clean.choices import Choices, choices, dearer
from build_tools.clean.fluency import CLOSING, MARK_SCORE, closes, is_han
from build_tools.clean.gbk import MARKS, pairs
from build_tools.clean.habits import Habits
from build_tools.clean.lexicon import has_reading
from build_tools.clean.script import simplified_only
from build_tools.clean.units import Unit
from build_tools.models import LOST

OUT, GAP, IN = 0, 1, 2

# Costs are logarithms of probabilities, estimated on damaged pages with known answers.
_UNKNOWN = -10.5  # a character that no word explains, of a name for example
_UNREAD = -12.5  # the same where both its bytes are on the page: then it could be read off
_MISREAD = -14.0  # the same where what they spell is a character in use
_ORPHAN_KEPT = -14.0  # a question mark that belongs where it stands, on a page that has orphans
_OWN_QUESTION = -5.0  # the same on other pages
_ASTRAY = -15.0  # a reading behind a character that does not have it
_SKIPPED = -9.0  # a character or mark that the tool would have treated, and did not
_FOREIGN = -4.0  # a Simplified character in a Traditional page: one in fifty that tools leave as it is
_LATIN = -7.0  # a Latin letter among Han
_TRAIL_SIGNS = "@[\\]^_`{|}~"  # beside letters, what a second byte may show as
_EATEN = -6.0  # a digit, letter or blank behind an orphan, gone with it
_EATEN_BYTE = 0
_MARKS_ROW = 0xA1  # the first byte of most marks
_BYTE_80 = -3.0  # a byte 80 that shows as nothing
_LEAD_GONE = -10.0  # an annotated character of which not even an orphan is left
_CLOSING = -1.5  # the mark that a pair opened before asks for
_UNBALANCED = -6.0  # a quotation left open, or closed twice, where the page is in step again
_GAP = -1.5  # a pair that shows as nothing: what is left to pay beside the words


_OPEN_BEFORE = {"“": False, "”": True}
_QUOTATION = re.compile("[“”]")


class Place(NamedTuple):
    """A boundary between characters: before which unit, in what state, with which byte waiting.

    ``quoting`` tells whether a quotation is open there; in step, what the page shows tells it.
    """

    unit: int
    state: int
    byte: int = 0
    quoting: bool = False


class Step(NamedTuple):
    """One character on the way to the next place.

    ``sure``: both bytes are on the page, or a reading leaves one character. An empty character moves on only.
    """

    character: str
    to: Place
    sure: bool


class Single(NamedTuple):
    """A step outside words: a mark, a loss, or nothing but moving on."""

    step: Step
    cost: float


class Move(NamedTuple):
    """Han of which each leads to the same place, as part of a word; the likeliest first."""

    choices: Choices
    to: Place
    cost: float
    sure: bool


class Ways(NamedTuple):
    """Everything that may come next at a place.

    ``idle`` are the steps with no character.
    """

    moves: list[Move]
    singles: list[Single]
    idle: list[Single]


class Passage:
    """Units of a line, and the steps that lead from place to place in them."""

    def __init__(self, units: list[Unit], habits: Habits, before: str, behind: str) -> None:
        self.units = units
        self.words = habits.words
        self._habits = habits
        self._always = habits.always
        self._traditional = habits.traditional
        self._before = before
        self._quoting = _quoting(before, units)
        self._expected = _expected(units, behind)

    def ways(self, place: Place) -> Ways:
        """Every way on from a place."""
        if place.unit >= len(self.units):
            return Ways([], [], [])
        ways = Ways([], [], [])
        for one in (self._out_of_step, self._behind_gap, self._in_step)[place.state](
            place, self.units[place.unit]
        ):
            if isinstance(one, Move):
                ways.moves.append(one)
            else:
                ways.singles.append(one)
                if not one.step.character:
                    ways.idle.append(one)
        return ways

    def _in_step(self, place: Place, unit: Unit) -> Iterator[Move | Single]:
        at = place.unit
        after = Place(at + 1, IN)
        if unit.orphan:
            yield from self._going_out(place, unit)
            cost = _ORPHAN_KEPT if self._habits.cloned or unit.shown != "?" else _OWN_QUESTION
            yield Single(Step(unit.shown, after, sure=True), cost + (2 * _ASTRAY if unit.note else 0))
        elif not unit.shown:
            yield Single(Step("", after, sure=True), _ASTRAY)
        elif is_han(unit.shown):
            yield Move(choices(unit.shown), after, 0.0, sure=True)
        else:
            yield Single(Step(unit.shown, after, sure=True), _shown_cost(unit))
            if unit.shown == "," and self._habits.visible:
                yield from self._mark_across(place)

    def _mark_across(self, place: Place) -> Iterator[Move | Single]:
        """A comma put in front of a mark that another one straddles: the orphan behind it began a mark."""
        at = place.unit
        following = self.units[at + 1 : at + 3]
        doubled = at and self.units[at - 1].shown == ","  # then it is a mark itself
        if doubled or len(following) < 2 or not following[0].orphan or following[0].note:
            return
        if following[1].code and self._is_mark(following[1]):
            first, second = following[1].code
            to = Place(at + 3, OUT, second)
            yield from self._any_of(marks_ending_in(first), place, to, sure=second == _MARKS_ROW)

    def _going_out(self, place: Place, orphan: Unit) -> Iterator[Move | Single]:
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

    def _endings(self, place: Place, trail: int, to: Place) -> Iterator[Move | Single]:
        yield from self._any_of(trailing(trail, traditional=self._traditional), place, to)
        yield _lost(to, _UNKNOWN)

    def _annotated_across(self, place: Place, note: str) -> Iterator[Move | Single]:
        at = place.unit
        before = self.units[at - 1] if at else None
        if not before or not before.code or before.shown in ascii_letters:
            return
        for character in annotatable_leading(before.code[1], note):
            yield Single(Step("", Place(at + 1, OUT, character.encode("gbk")[1]), sure=True), 0.0)
        after = Place(at + 1, IN)
        told = self._habits.annotated.get(note, ())
        known = tuple(one for one in annotatable(note) if one in told)
        other = tuple(one for one in annotatable(note) if one not in told)
        yield from self._any_of(known, place, after, _LEAD_GONE, sure=True)
        yield from self._any_of(other, place, after, 1.5 * _LEAD_GONE)
        yield _lost(after, _LEAD_GONE + _UNKNOWN)

    def _out_of_step(self, place: Place, unit: Unit) -> Iterator[Move | Single]:
        at, _, lead, _ = place
        if lead == _EATEN_BYTE:
            yield _lost(Place(at, IN), _EATEN)
            return
        if self._traditional and (character := pairs().get((lead, 0x80))) and may_stand(character):
            if not unit.shown and has_reading(character, unit.note or ""):
                yield self._read(place, character, Place(at + 1, IN))
            yield from self._any_of((character,), place, Place(at, IN), _BYTE_80, bare=True)
        yield from self._coming_in(place, unit)
        if unit.code:
            to = Place(at + 1, OUT, unit.code[1])
            character = pairs().get((lead, unit.code[0]), "")
            if character and may_stand(character):
                yield self._read(place, character, to, self._bare(at, character))
            yield _lost(to, _UNREAD if not character else _MISREAD)
        for trail, characters in before_gap(lead, traditional=self._traditional):
            yield from self._any_of(characters, place, Place(at, GAP, trail), _GAP, bare=True)

    def _coming_in(self, place: Place, unit: Unit) -> Iterator[Move | Single]:
        at, _, lead, _ = place
        to = Place(at + 1, IN)
        if unit.single is not None and unit.single >= 0x40:
            character = pairs().get((lead, unit.single), "")
            if character and may_stand(character) and _told(character, unit.note):
                yield self._read(place, character, to, 0.0 if unit.note else self._bare(at, character))
        if not unit.orphan:
            return
        if unit.note:
            found = annotatable_leading(lead, unit.note)
            yield from self._any_of(found, place, to, sure=len(found) == 1)
            return
        to = self._behind_orphan(at + 1)
        yield from self._any_of(leading(lead, traditional=self._traditional), place, to, bare=True)
        yield _lost(to, _UNKNOWN)

    def _behind_orphan(self, at: int) -> Place:
        """In step; an orphan eats the byte before a mark or the start of a tag, else a letter, digit or blank."""
        following = self.units[at] if at < len(self.units) else None
        if following is None or following.shown == "/" or self._is_mark(following):
            return Place(at, IN)
        return Place(at, OUT, _EATEN_BYTE)

    def _behind_gap(self, place: Place, unit: Unit) -> Iterator[Move | Single]:
        at, _, lead, _ = place
        to = Place(at + 1, IN)
        if unit.orphan and unit.note:
            yield from self._any_of(annotatable_behind_gap(lead, unit.note), place, to)
        elif unit.orphan:
            yield _lost(self._behind_orphan(at + 1), _UNKNOWN)
        if unit.code:
            on = Place(at + 1, OUT, unit.code[1])
            found = behind_gap(lead, unit.code[0], traditional=self._traditional)
            yield from self._any_of(found, place, on, bare=True)
            yield _lost(on, _UNKNOWN)
        if unit.single is not None and unit.single >= 0x40:
            found = behind_gap(lead, unit.single, traditional=self._traditional)
            told = tuple(one for one in found if _told(one, unit.note))
            yield from self._any_of(told, place, to, sure=bool(unit.note))

    def _is_mark(self, unit: Unit) -> bool:
        return unit.code in mark_codes()

    def _read(self, here: Place, character: str, to: Place, cost: float = 0.0) -> Move | Single:
        """The way on by a character both of whose bytes the page shows, or which a reading gives."""
        if character in MARKS:
            return self._mark(here, character, to, cost, sure=True)
        if self._traditional and character in simplified_only():
            cost += _FOREIGN
        return self._han(here, choices(character), to, cost, sure=True)

    def _any_of(
        self,
        characters: tuple[str, ...],
        here: Place,
        to: Place,
        cost: float = 0.0,
        *,
        sure: bool = False,
        bare: bool = False,
    ) -> Iterator[Move | Single]:
        """Ways on by one of several characters; ``bare`` where what the tool puts in may be missing."""
        found = choices(*characters)
        if found.han:
            if bare and not self._split(here.unit):
                found = dearer(found, self._always, _SKIPPED)
            yield self._han(here, found, to, cost, sure=sure)
        for mark in found.marks:
            yield self._mark(here, mark, to, cost + (self._bare(here.unit, mark) if bare else 0.0), sure=sure)

    def _split(self, at: int) -> bool:
        """Whether a reading came between the bytes of the character that ends with this unit."""
        return at > 0 and self.units[at - 1].orphan and self.units[at - 1].note is not None

    def _bare(self, at: int, character: str) -> float:
        """What it costs that a character stands out of step without what the tool puts in there."""
        treated = character in self._always or (self._habits.marks and character in INSERTED_AT)
        return _SKIPPED if treated and not self._split(at) else 0.0

    def _han(self, here: Place, han: Choices, to: Place, cost: float, *, sure: bool) -> Move:
        quoting = self._quotes_at(here)
        return Move(han, self._with_quotes(to, quoting), cost + self._balance(here, to, quoting), sure)

    def _mark(self, here: Place, mark: str, to: Place, cost: float, *, sure: bool) -> Single:
        quoting = self._quotes_at(here)
        cost += self._mark_score(mark, here.unit, quoting=quoting)
        quoting = mark == "“" or (quoting and mark != "”")
        cost += self._balance(here, to, quoting)
        return Single(Step(mark, self._with_quotes(to, quoting), sure), cost)

    def _quotes_at(self, here: Place) -> bool:
        return here.quoting if here.state != IN else self._quoting[here.unit]

    def _with_quotes(self, to: Place, quoting: bool) -> Place:
        return Place(to.unit, to.state, to.byte, quoting=True) if quoting and to.state != IN else to

    def _balance(self, here: Place, to: Place, quoting: bool) -> float:
        """What it costs to be in step again where the page's next quotation mark does not fit."""
        wrong = here.state != IN and to.state == IN and self._expected[to.unit] not in (None, quoting)
        return _UNBALANCED if wrong else 0.0

    def _mark_score(self, mark: str, at: int, *, quoting: bool) -> float:
        if mark in "“”":
            if quoting != (mark == "”"):
                return 2 * MARK_SCORE
            return _CLOSING if quoting else MARK_SCORE
        if mark not in CLOSING:
            return MARK_SCORE
        left = self._before + "".join(unit.shown for unit in self.units[:at])
        return _CLOSING if closes(mark, left) else MARK_SCORE


def _lost(to: Place, cost: float) -> Single:
    return Single(Step(LOST, to, sure=False), cost)


def _quoting(before: str, units: list[Unit]) -> list[bool]:
    """Whether a quotation is open before each unit, by the marks that the page shows up to there."""
    quoting = before.rfind("“") > before.rfind("”")
    found = []
    for unit in units:
        found.append(quoting)
        quoting = unit.shown == "“" or (quoting and unit.shown != "”")
    return found


def _expected(units: list[Unit], behind: str) -> list[bool | None]:
    """Whether a quotation has to be open before each unit, by the next mark that the page shows."""
    mark = _QUOTATION.search(behind)
    expected = mark[0] == "”" if mark else None
    found = [expected]
    for unit in reversed(units):
        if unit.shown in _OPEN_BEFORE:
            expected = _OPEN_BEFORE[unit.shown]
        found.append(expected)
    return found[::-1]


def _shown_cost(unit: Unit) -> float:
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
