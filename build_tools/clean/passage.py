"""The byte model of a passage: from each place, in step or out of it, the characters that may come next.

Three kinds of place: *out* (the page is read one byte out of step, and a first byte waits for its second), *gap*
(so, inside a pair of bytes that shows as nothing) and *in* (in step, where the page shows what was written).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from build_tools.clean.fluency import MARK_SCORE, closes, is_han
from build_tools.clean.gbk import MARKS, pairs
from build_tools.clean.lexicon import has_reading
from build_tools.clean.script import simplified_forms, simplified_only, simplify
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
    """What a page tells of the tool that cloned it, and of its own vocabulary.

    Its script; what is annotated, by reading; whether it has readings or broken marks at all; whether marks are
    always broken; whether the byte put in shows, as a comma; words with their log probability.
    """

    traditional: bool
    annotated: dict[str, tuple[str, ...]]
    cloned: bool
    marks: bool
    visible: bool
    words: dict[str, float]

    @property
    def always(self) -> frozenset[str]:
        """Characters that never stand without a reading."""
        return frozenset(character for found in self.annotated.values() for character in found)


class Passage:
    """Units of a line, and the steps that lead from place to place in them."""

    def __init__(self, units: list[Unit], habits: Habits, before: str) -> None:
        self.units = units
        self.words = habits.words
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
            if unit.shown == "," and self._habits.visible:
                yield from self._mark_across(place)

    def _mark_across(self, place: Place) -> Iterator[Step]:
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
        yield from self._any_of(trailing(trail, traditional=self._traditional), place, to, sure=False)
        yield Step(LOST, LOST, to, _UNKNOWN, sure=False)

    def _annotated_across(self, place: Place, note: str) -> Iterator[Step]:
        at = place.unit
        before = self.units[at - 1] if at else None
        if not before or not before.code or before.shown in ascii_letters:
            return
        for character in annotatable_leading(before.code[1], note):
            yield Step("", "", Place(at + 1, OUT, character.encode("gbk")[1]), 0.0, sure=True)
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
        if self._traditional and (character := pairs().get((lead, 0x80))) and may_stand(character):
            if not unit.shown and has_reading(character, unit.note or ""):
                yield self._step(place, character, Place(at + 1, IN), 0.0, sure=True)
            yield self._step(
                place, character, Place(at, IN), _BYTE_80 + self._bare(at, character), sure=False
            )
        yield from self._coming_in(place, unit)
        if unit.code:
            to = Place(at + 1, OUT, unit.code[1])
            character = pairs().get((lead, unit.code[0]), "")
            if character and may_stand(character):
                yield self._step(place, character, to, self._bare(at, character), sure=True)
            yield Step(LOST, LOST, to, _UNREAD if not character else _MISREAD, sure=False)
        for character, trail in before_gap(lead, traditional=self._traditional):
            yield self._step(
                place, character, Place(at, GAP, trail), _GAP + self._bare(at, character), sure=False
            )

    def _coming_in(self, place: Place, unit: Unit) -> Iterator[Step]:
        at, _, lead, _ = place
        to = Place(at + 1, IN)
        if unit.single is not None and unit.single >= 0x40:
            character = pairs().get((lead, unit.single), "")
            if character and may_stand(character) and _told(character, unit.note):
                yield self._step(
                    place, character, to, 0.0 if unit.note else self._bare(at, character), sure=True
                )
        if not unit.orphan:
            return
        if unit.note:
            found = annotatable_leading(lead, unit.note)
            yield from self._any_of(found, place, to, sure=len(found) == 1)
            return
        to = self._behind_orphan(at + 1)
        yield from self._any_of(leading(lead, traditional=self._traditional), place, to, bare=True)
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
            yield from self._any_of(annotatable_behind_gap(lead, unit.note), place, to)
        elif unit.orphan:
            yield Step(LOST, LOST, self._behind_orphan(at + 1), _UNKNOWN, sure=False)
        if unit.code:
            on = Place(at + 1, OUT, unit.code[1])
            found = behind_gap(lead, unit.code[0], traditional=self._traditional)
            yield from self._any_of(found, place, on, bare=True)
            yield Step(LOST, LOST, on, _UNKNOWN, sure=False)
        if unit.single is not None and unit.single >= 0x40:
            found = behind_gap(lead, unit.single, traditional=self._traditional)
            told = [one for one in found if _told(one, unit.note)]
            yield from self._any_of(told, place, to, sure=bool(unit.note))

    def _is_mark(self, unit: Unit) -> bool:
        return unit.code in mark_codes()

    def _any_of(
        self, characters: Iterable[str], here: Place, to: Place, *, sure: bool = False, bare: bool = False
    ) -> Iterator[Step]:
        """Steps for characters that lead to one place; ``bare`` where what the tool puts in may be missing."""
        simple, steady = simplified_forms(), self._step(here, LOST, to, 0.0, sure=sure)
        foreign = simplified_only() if self._traditional else frozenset[str]()
        for one in characters:
            cost = self._bare(here.unit, one) if bare else 0.0
            if one in MARKS or one in foreign:
                yield self._step(here, one, to, cost, sure=sure)
            else:
                yield Step(one, simple.get(ord(one), one), steady.to, steady.cost + cost, sure, han=True)

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
