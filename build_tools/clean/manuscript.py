"""A text under repair that remembers every edit, so that each change can be shown where it stands in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from build_tools.models import Certainty, Repair


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``after``."""

    start: int
    end: int
    after: str
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True)
class _Step:
    before: str
    rules: tuple[str, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a text, character by character.

    ``touched`` names the rule that first changed each character of ``raw``, ``made`` the one that last made each of
    the present text; ``origin`` is the place in ``raw`` that each of the present text stands for.
    """

    raw: str
    touched: list[str | None]
    made: list[str | None]
    origin: list[int]


class Manuscript:
    """Text plus the steps that led to it.

    >>> manuscript = Manuscript("召開,。會(huì)議")
    >>> manuscript.apply("doubled-punctuation", [Edit(2, 3, "")])
    >>> manuscript.apply("pinyin-annotation", [Edit(4, 9, "")])
    >>> manuscript.text
    '召開。會議'
    >>> [(repair.rule, repair.start, repair.before) for repair in manuscript.repairs()]
    [('doubled-punctuation', 2, ','), ('pinyin-annotation', 4, '(huì)')]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._steps: list[_Step] = []

    def apply(self, rule: str, edits: Iterable[Edit]) -> None:
        """Carry out the edits of one rule. They must not overlap; edits that change nothing are dropped."""
        self.apply_together({rule: edits})

    def apply_together(self, edits_by_rule: Mapping[str, Iterable[Edit]]) -> None:
        """Carry out edits of several rules that all refer to the present text."""
        before = self.text
        kept = [
            (edit, rule)
            for rule, edits in edits_by_rule.items()
            for edit in edits
            if before[edit.start : edit.end] != edit.after
        ]
        if not kept:
            return
        kept.sort(key=lambda item: (item[0].start, item[0].end))
        pieces: list[str] = []
        position = 0
        for edit, rule in kept:
            if edit.start < position:
                raise ValueError(f"{rule}: edits overlap at {edit.start}")
            pieces += (before[position : edit.start], edit.after)
            position = edit.end
        pieces.append(before[position:])
        self.text = "".join(pieces)
        self._steps.append(_Step(before, tuple(rule for _, rule in kept), tuple(edit for edit, _ in kept)))

    def repairs(self) -> tuple[Repair, ...]:
        """Every edit as a repair, offsets in the present text, in order of place, then of time."""
        found: list[Repair] = []
        later: list[_Shift] = []
        for step in reversed(self._steps):
            shift = _Shift(step.edits)
            starts, ends = shift.new_starts, shift.new_ends
            for after in reversed(later):
                starts, ends = after.start(starts), after.end(ends)
            places = zip(step.rules, step.edits, starts.tolist(), ends.tolist(), strict=True)
            found += [
                Repair(
                    rule,
                    start,
                    max(start, end),
                    step.before[edit.start : edit.end],
                    edit.after,
                    edit.certainty,
                )
                for rule, edit, start, end in reversed(list(places))
            ]
            later.append(shift)
        found.reverse()
        return tuple(sorted(found, key=attrgetter("start")))

    def trace(self) -> Trace:
        """Where each character came from, and which rules changed it.

        >>> manuscript = Manuscript("召開,。")
        >>> manuscript.apply("doubled-punctuation", [Edit(2, 3, "")])
        >>> manuscript.trace().touched
        [None, None, 'doubled-punctuation', None]
        """
        raw = self._steps[0].before if self._steps else self.text
        touched: list[str | None] = [None] * len(raw)
        made: list[str | None] = [None] * len(raw)
        origin = list(range(len(raw)))
        for step in self._steps:
            position, origins, makers = 0, list[int](), list[str | None]()
            for rule, edit in zip(step.rules, step.edits, strict=True):
                place = origin[edit.start] if edit.start < len(origin) else len(raw)
                for at in range(edit.start, edit.end):
                    if made[at] is None:
                        touched[origin[at]] = rule
                origins += [*origin[position : edit.start], *[place] * len(edit.after)]
                makers += [*made[position : edit.start], *[rule] * len(edit.after)]
                position = edit.end
            origin, made = origins + origin[position:], makers + made[position:]
        return Trace(raw, touched, made, origin)


class _Shift:
    """Where positions of one step's text stand after its edits; what was replaced maps to the replacement."""

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self.old_starts = np.array([edit.start for edit in edits], dtype=np.int64)
        self.old_ends = np.array([edit.end for edit in edits], dtype=np.int64)
        lengths = np.array([len(edit.after) for edit in edits], dtype=np.int64)
        growth = lengths - (self.old_ends - self.old_starts)
        self.total = np.cumsum(growth)
        self.new_starts = self.old_starts + self.total - growth
        self.new_ends = self.new_starts + lengths

    def _moved(self, at: np.ndarray, index: np.ndarray) -> np.ndarray:
        return np.where(index >= 0, at + self.total[np.maximum(index, 0)], at)

    def start(self, at: np.ndarray) -> np.ndarray:
        """New places of positions that begin something."""
        index = np.searchsorted(self.old_starts, at, side="right") - 1
        inside = (index >= 0) & (at < self.old_ends[np.maximum(index, 0)])
        return np.where(inside, self.new_starts[np.maximum(index, 0)], self._moved(at, index))

    def end(self, at: np.ndarray) -> np.ndarray:
        """New places of positions that end something."""
        index = np.searchsorted(self.old_starts, at, side="left") - 1
        inside = (index >= 0) & (at < self.old_ends[np.maximum(index, 0)])
        return np.where(inside, self.new_ends[np.maximum(index, 0)], self._moved(at, index))
