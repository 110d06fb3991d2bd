"""How far a cleaner's result agrees with the truth: errors, conjectures, losses, and false certainty."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.damage.case import LOST, Answer


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of a result and how sure the cleaner says it is."""

    char: str
    conjecture: bool = False

    @property
    def lost(self) -> bool:
        return self.char == LOST and not self.conjecture


@dataclass(frozen=True, slots=True)
class Wrong:
    """A character shown as certain that is not what the truth has there."""

    shown: str
    truth: str
    around: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts over one text; ``recoverable`` characters are those that no byte of is lost."""

    recoverable: int
    errors: int
    wrong: tuple[Wrong, ...]
    marks: tuple[Wrong, ...]
    silent: int
    conjectures_right: int
    conjectures_wrong: int
    losses_due: int
    losses_needless: int

    @property
    def error_rate(self) -> float:
        """Errors per recoverable character: wrong, missing, needless □, and what does not belong there."""
        return self.errors / self.recoverable if self.recoverable else 0.0

    @property
    def exact(self) -> bool:
        """Everything recoverable is there, nothing false is shown, and losses are marked."""
        return not (self.errors or self.wrong or self.silent or self.conjectures_wrong)


def signs(text: str) -> list[Sign]:
    """The characters of a marked text; 〔…〕 is a conjecture only where it holds no digit (〔2019〕12号).

    >>> [sign.conjecture for sign in signs("成〔效清〕单")]
    [False, True, True, False]
    >>> len(signs("环发〔2019〕12号"))
    11
    """
    found, at = list[Sign](), 0
    while at < len(text):
        end = text.find("〕", at) if text[at] == "〔" else -1
        inner = text[at + 1 : end] if end > at else ""
        if inner and len(inner) <= 12 and not any(map(str.isdigit, inner)):
            found += [Sign(char, conjecture=True) for char in inner]
            at = end + 1
        else:
            found.append(Sign(text[at]))
            at += 1
    return found


def agrees(result: str, truth: Answer) -> Verdict:
    """Compares a cleaned text with the truth, character by character.

    >>> agrees("成〔效清〕单", Answer("成效清单", frozenset({1, 2}))).exact
    True
    >>> agrees("卢相丁）", Answer("卢相汀）", frozenset({2}))).wrong[0].shown
    '丁'
    """
    tally = _Tally(truth)
    shown = signs(result)
    for mine, theirs in _blocks([sign.char for sign in shown], truth.text):
        tally.take(shown[mine[0] : mine[1]], range(*theirs))
    return tally.verdict()


class _Tally:
    """Adds up a verdict block by block."""

    def __init__(self, truth: Answer) -> None:
        self.truth = truth
        self.recoverable = sum(
            1 for at, char in enumerate(truth.text) if at not in truth.lost and not char.isspace()
        )
        self.errors = self.silent = self.right = self.false = self.due = self.needless = 0
        self.wrong: list[Wrong] = []
        self.marks: list[Wrong] = []

    def take(self, shown: Sequence[Sign], places: range) -> None:
        marked = any(sign.lost or sign.conjecture for sign in shown)
        for sign, at in _paired(shown, places, self.truth.text):
            if sign is None and at is not None:
                self._missing(at, marked)
            elif sign is not None and at is None:
                self._extra(sign, places.start)
            elif sign is not None and at is not None:
                self._against(sign, at)

    def _missing(self, at: int, marked: bool) -> None:
        """A gap whose length nobody can know may stand as one □; a gap without any mark is silent."""
        if self.truth.text[at].isspace():
            return
        if at in self.truth.lost:
            self.silent += _weighty(self.truth.text[at]) and not marked
        else:
            self.errors += 1

    def _extra(self, sign: Sign, near: int) -> None:
        if sign.char.isspace():
            return
        if sign.lost:
            self.needless += 1
        elif sign.conjecture:
            self.false += 1
        else:
            self.errors += 1
            self._blame(sign.char, "", near)

    def _against(self, sign: Sign, at: int) -> None:
        true, gone = self.truth.text[at], at in self.truth.lost
        if sign.char == true:
            self.right += sign.conjecture
        elif sign.lost:
            self.due += gone
            self.needless += not gone
            self.errors += not gone
        elif sign.conjecture:
            self.false += 1
            self.errors += not gone
        elif not (sign.char.isspace() and true.isspace()):
            self.errors += not gone
            self._blame(sign.char, true, at)

    def _blame(self, shown: str, true: str, at: int) -> None:
        around = self.truth.text[max(0, at - 8) : at + 8].replace("\n", "⏎")
        blamed = self.wrong if _weighty(shown) or (true and _weighty(true)) else self.marks
        blamed.append(Wrong(shown, true, around))

    def verdict(self) -> Verdict:
        return Verdict(
            self.recoverable,
            self.errors,
            tuple(self.wrong),
            tuple(self.marks),
            self.silent,
            self.right,
            self.false,
            self.due,
            self.needless,
        )


def _weighty(char: str) -> bool:
    """Whether a character says something, as opposed to punctuation and space."""
    return unicodedata.category(char)[0] in "LN"


def _blocks(mine: list[str], theirs: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start] == theirs[start]:
        start += 1
    if start:
        yield (0, start), (0, start)
    matcher = SequenceMatcher(None, mine[start:], list(theirs[start:]), autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield (a + start, b + start), (c + start, d + start)


def _paired(shown: Sequence[Sign], places: range, text: str) -> Iterator[tuple[Sign | None, int | None]]:
    """Pairs a block's characters one by one, by least edits."""
    rows, columns = len(shown), len(places)
    if rows == columns and all(sign.char == text[at] for sign, at in zip(shown, places, strict=True)):
        yield from zip(shown, places, strict=True)
        return
    cost = [[i + j if not (i and j) else 0 for j in range(columns + 1)] for i in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            swap = cost[i - 1][j - 1] + (shown[i - 1].char != text[places[j - 1]])
            cost[i][j] = min(swap, cost[i - 1][j] + 1, cost[i][j - 1] + 1)
    pairs, i, j = list[tuple[Sign | None, int | None]](), rows, columns
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (shown[i - 1].char != text[places[j - 1]]):
            i, j = i - 1, j - 1
            pairs.append((shown[i], places[j]))
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
            pairs.append((shown[i], None))
        else:
            j -= 1
            pairs.append((None, places[j]))
    yield from reversed(pairs)
