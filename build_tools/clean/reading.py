"""What a passage spelled: all its readings at once, word by word, each character with its probability."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from build_tools.clean.fluency import is_han
from build_tools.clean.lexicon import lexicon
from build_tools.clean.passage import GAP, IN, OUT, Passage, Place, Step

_HOPELESS = 12.0  # log probability by which a place may be worse than the best beside it
_NAME = -5.0  # a person's name: about one word in a hundred and fifty
_SETTLED = 6  # units in step behind which nothing before is in doubt any more


class _Arc(NamedTuple):
    """One word, as the steps that spell it."""

    source: Place
    steps: tuple[Step, ...]
    score: float
    name: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of the best reading: before which unit it stands, and how probable it is.

    ``word`` is the length of the word that it belongs to, ``name`` whether that is a person's name.
    """

    character: str
    unit: int
    out: bool
    sure: bool
    probability: float
    word: int
    name: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The best reading of a passage up to the unit where all readings agree again."""

    signs: tuple[Sign, ...]
    end: int


def best_reading(passage: Passage, begin: int, orphan: int) -> Reading:
    """The likeliest reading from a unit on, in step there, with the probability of every character in it.

    It goes on behind the orphan until all readings agree that the text is in step.
    """
    start = Place(begin, IN)
    search = _Search(passage, start)
    final = search.run(orphan)
    path = _likeliest(search.incoming, start, final)
    weights = _weights(search.incoming, search.order, start, final)
    signs = [
        Sign(
            step.character,
            place.unit,
            (place.state, step.to.state) != (IN, IN) or step.character != passage.units[place.unit].shown,
            step.sure,
            weights[place, step.to, step.character],
            len(arc.steps),
            arc.name,
        )
        for arc in path
        for place, step in zip((arc.source, *(one.to for one in arc.steps)), arc.steps, strict=False)
    ]
    return Reading(tuple(signs), final.unit)


class _Search:
    """Every word that leads to a place, and how well the best reading up to there reads."""

    def __init__(self, passage: Passage, start: Place) -> None:
        self.incoming: dict[Place, list[tuple[_Arc, float]]] = defaultdict(list)
        self.order: list[Place] = []
        self._passage = passage
        self._best = {start: 0.0}
        self._peak: dict[int, float] = defaultdict(lambda: -math.inf, {start.unit: 0.0})
        self._waiting: dict[int, set[Place]] = defaultdict(set, {start.unit: {start}})
        self._steps: dict[Place, list[Step]] = {}
        self._out = start.unit  # the last unit that some reading holds to be out of step

    def run(self, orphan: int) -> Place:
        """Search on from unit to unit; the place behind the orphan at which all readings are in step."""
        at, self._out = min(self._waiting), orphan
        count = len(self._passage.units)
        while at < count:
            places = self._visited(at)
            shown = self._passage.units[at]
            settled = at - self._out >= _SETTLED or not is_han(shown.shown)
            if places == [Place(at, IN)] and at > orphan and at >= self._out and settled and not shown.orphan:
                return places[0]
            at += 1
        return max(self._waiting[count] or self.order, key=lambda place: (place.unit, place.state))

    def _visited(self, at: int) -> list[Place]:
        """The places before a unit that are worth going on from, each gone on from."""
        visited = []
        for state in (OUT, GAP, IN):
            for place in sorted(one for one in self._waiting[at] if one.state == state):
                if self._best[place] < max(self._peak[at], self._peak[at + 1]) - _HOPELESS:
                    continue
                visited.append(place)
                self.order.append(place)
                if state != IN:
                    self._out = max(self._out, at)
                for arc in chain(self._words(place), self._names(place)):
                    self._add(arc)
        return visited

    def _add(self, arc: _Arc) -> None:
        to, total = arc.steps[-1].to, self._best[arc.source] + arc.score
        if total < self._peak[to.unit] - _HOPELESS:
            return
        self.incoming[to].append((arc, total))
        self._best[to] = max(total, self._best.get(to, -math.inf))
        self._peak[to.unit] = max(total, self._peak[to.unit])
        self._waiting[to.unit].add(to)
        self._out = max([self._out, *(step.to.unit for step in arc.steps if step.to.state != IN)])

    def _words(self, place: Place) -> Iterator[_Arc]:
        """The words, marks and moves that may come next."""
        logs, floor, longer = lexicon().logs, lexicon().floor, lexicon().ahead
        near, peak = self._passage.words, self._peak
        reached = self._best[place] + _HOPELESS
        stack: list[tuple[Place, tuple[Step, ...], str, float]] = [(place, (), "", 0.0)]
        while stack:
            here, steps, word, cost = stack.pop()
            for step in self._steps_from(here):
                _, simple, to, extra, _, han = step
                if han:
                    grown = word + simple
                    ahead = longer.get(grown)
                    if ahead is None and word:
                        continue
                    score = near.get(grown) or logs.get(grown, None if word else floor)
                    needed = peak[to.unit] - reached - cost - extra
                    if score is not None and score > needed:
                        yield _Arc(place, (*steps, step), cost + extra + score)
                    if ahead is not None and ahead > needed:
                        stack.append((to, (*steps, step), grown, cost + extra))
                elif not word:
                    yield _Arc(place, (step,), cost + extra)
                elif not simple:
                    stack.append((to, (*steps, step), word, cost + extra))

    def _names(self, place: Place) -> Iterator[_Arc]:
        """The names of people that may come next, of characters that can be read off alone."""
        family, given = lexicon().family, lexicon().given
        for first in self._read_off(place):
            if first.simple in family:
                score = _NAME + family[first.simple] + first.cost
                for second in self._read_off(first.to):
                    if second.simple in given:
                        short = score + given[second.simple] + second.cost
                        yield _Arc(place, (first, second), short, name=True)
                        for third in self._read_off(second.to):
                            if third.simple in given:
                                long = short + given[third.simple] + third.cost
                                yield _Arc(place, (first, second, third), long, name=True)

    def _read_off(self, place: Place) -> list[Step]:
        return [step for step in self._steps_from(place) if step.sure and step.han]

    def _steps_from(self, place: Place) -> list[Step]:
        if place not in self._steps:
            self._steps[place] = self._passage.steps(place)
        return self._steps[place]


def _likeliest(incoming: dict[Place, list[tuple[_Arc, float]]], start: Place, final: Place) -> list[_Arc]:
    path: list[_Arc] = []
    place = final
    while place != start:
        arc = max(incoming[place], key=lambda item: item[1])[0]
        path.append(arc)
        place = arc.source
    return path[::-1]


def _weights(
    incoming: dict[Place, list[tuple[_Arc, float]]], order: list[Place], start: Place, final: Place
) -> dict[tuple[Place, Place, str], float]:
    """The probability of every step, over all readings (forward and backward sums)."""
    outgoing: dict[Place, list[_Arc]] = defaultdict(list)
    ahead: dict[Place, float] = {start: 0.0}
    places = [*order, final] if final not in order else order
    for place in places:
        if place != start:
            ahead[place] = _sum(
                [ahead[arc.source] + arc.score for arc, _ in incoming[place] if arc.source in ahead]
            )
        for arc, _ in incoming[place]:
            outgoing[arc.source].append(arc)
    behind: dict[Place, float] = {final: 0.0}
    weights: dict[tuple[Place, Place, str], float] = defaultdict(float)
    whole = ahead[final]
    for place in reversed(places):
        scored = [
            (arc, arc.score + behind[arc.steps[-1].to])
            for arc in outgoing[place]
            if arc.steps[-1].to in behind
        ]
        if place != final:
            behind[place] = _sum([score for _, score in scored])
        for arc, score in scored:
            share = ahead[place] + score - whole
            if share > -_HOPELESS:
                before = place
                for step in arc.steps:
                    weights[before, step.to, step.character] += math.exp(share)
                    before = step.to
    return weights


def _sum(logs: list[float]) -> float:
    """The logarithm of a sum of probabilities given as logarithms."""
    if not logs:
        return -math.inf
    top = max(logs)
    return top + math.log(sum(math.exp(one - top) for one in logs)) if top > -math.inf else top
