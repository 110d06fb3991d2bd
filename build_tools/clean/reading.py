"""What a passage spelled: all its readings at once, word by word, each character with its probability."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.clean.fluency import is_han
from build_tools.clean.lexicon import lexicon
from build_tools.clean.passage import GAP, IN, OUT, Move, Passage, Place, Step, Ways
from build_tools.clean.trie import Branch

_HOPELESS = 12.0  # log probability by which a place may be worse than the best beside it
_NAME = -5.0  # a person's name: about one word in a hundred and fifty
_SETTLED = 6  # units in step behind which nothing before is in doubt any more


class _Arc(NamedTuple):
    """One word, as the steps that spell it, and the score of the best reading that ends with it."""

    source: Place
    steps: tuple[Step, ...]
    total: float
    name: bool


class _Part(NamedTuple):
    """The beginning of words, the steps that spell it, and their cost."""

    words: Branch
    steps: tuple[Step, ...]
    cost: float


class Sign(NamedTuple):
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
    weights = _weights(search, start, final)
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
        for arc in _likeliest(search, start, final)
        for place, step in zip((arc.source, *(one.to for one in arc.steps)), arc.steps, strict=False)
    ]
    return Reading(tuple(signs), final.unit)


class _Search:
    """Every word that leads to a place, and how well the best reading up to there reads."""

    def __init__(self, passage: Passage, start: Place) -> None:
        self.incoming: dict[Place, list[_Arc]] = {start: []}
        self.best = {start: 0.0}
        self.order: list[Place] = []
        self._passage = passage
        self._peak = [-math.inf] * (len(passage.units) + 3)  # the best score before each unit
        self._peak[start.unit] = 0.0
        self._waiting: dict[tuple[int, int], list[Place]] = defaultdict(list, {start[:2]: [start]})
        self._ways: dict[Place, Ways] = {}
        self._begin = start.unit
        self._out = start.unit  # the last unit that some reading holds to be out of step

    def run(self, orphan: int) -> Place:
        """Search on from unit to unit; the place behind the orphan at which all readings are in step."""
        self._out = orphan
        for at, unit in enumerate(self._passage.units[self._begin :], self._begin):
            places = self._visited(at)
            settled = at - self._out >= _SETTLED or not is_han(unit.shown)
            if places == [Place(at, IN)] and at > orphan and at >= self._out and settled and not unit.orphan:
                return places[0]
        count = len(self._passage.units)
        ends = [place for state in (OUT, GAP, IN) for place in self._waiting[count, state]]
        return max(ends or self.order, key=lambda place: (place.unit, place.state))

    def _visited(self, at: int) -> list[Place]:
        """The places before a unit that are worth going on from, each gone on from."""
        visited = []
        for state in (OUT, GAP, IN):
            for place in sorted(self._waiting[at, state]):
                if self.best[place] < max(self._peak[at], self._peak[at + 1]) - _HOPELESS:
                    continue
                visited.append(place)
                self.order.append(place)
                if state != IN:
                    self._out = max(self._out, at)
                self._go_on(place)
                self._name_people(place)
        return visited

    def _add(self, source: Place, steps: tuple[Step, ...], score: float, *, name: bool = False) -> None:
        to, total = steps[-1].to, self.best[source] + score
        unit, state, _, _ = to
        if total < self._peak[unit] - _HOPELESS:
            return
        if to not in self.best:
            self.incoming[to] = []
            self._waiting[unit, state].append(to)
        self.incoming[to].append(_Arc(source, steps, total, name))
        if total > self.best.get(to, -math.inf):
            self.best[to] = total
            self._peak[unit] = max(total, self._peak[unit])
        if state != IN:
            self._out = max(self._out, unit)
        elif len(steps) > 1:
            self._out = max([self._out, *(step.to.unit for step in steps if step.to.state != IN)])

    def _go_on(self, place: Place) -> None:
        """Add the words, marks and moves that may come next."""
        for step, cost in self._ways_from(place).singles:
            self._add(place, (step,), cost)
        begun: list[_Part] = []
        for move in self._ways_from(place).moves:
            needed, (idle, onward) = self._needed(place, move), self._onward(move.to)
            for choice in move.choices.han:
                if choice.top <= needed:
                    break
                steps, cost = (Step(choice.character, move.to, move.sure),), move.cost + choice.cost
                if choice.alone + choice.cost > needed:
                    self._add(place, steps, cost + choice.alone)
                if choice.words.longer + choice.cost > needed and (
                    idle or not choice.words.next.keys().isdisjoint(onward)
                ):
                    begun.append(_Part(choice.words, steps, cost))
        while begun:
            begun += self._grown(place, begun.pop())

    def _grown(self, place: Place, part: _Part) -> list[_Part]:
        """Add the words that a part of a word grows to in one step; the longer parts that it grows to."""
        near, (words, steps, spent) = self._passage.words, part
        ways = self._ways_from(steps[-1].to)
        found = [_Part(words, (*steps, step), spent + cost) for step, cost in ways.idle]
        for move in ways.moves:
            needed = self._needed(place, move) - spent
            for choice in move.choices.han:
                grown = words.next.get(choice.simple)
                if grown is None:
                    continue
                score = near[grown] + choice.cost
                if score <= needed and grown.longer + choice.cost <= needed:
                    continue
                further, cost = (*steps, Step(choice.character, move.to, move.sure)), spent + move.cost
                if score > needed:
                    self._add(place, further, cost + score)
                if grown.longer + choice.cost > needed:
                    found.append(_Part(grown, further, cost + choice.cost))
        return found

    def _needed(self, place: Place, move: Move) -> float:
        """What a word that a move ends must score beside it, so as not to be hopeless."""
        return self._peak[move.to.unit] - _HOPELESS - self.best[place] - move.cost

    def _name_people(self, place: Place) -> None:
        """Add the names of people that may come next, of characters that can be read off alone."""
        family, given = lexicon().family, lexicon().given
        named: list[tuple[tuple[Step, ...], float]] = [
            ((step,), _NAME + family[simple] + cost)
            for simple, step, cost in self._read_off(place)
            if simple in family
        ]
        for _ in range(2):  # characters of a given name
            named = [
                ((*steps, step), spent + given[simple] + cost)
                for steps, spent in named
                for simple, step, cost in self._read_off(steps[-1].to)
                if simple in given
            ]
            for steps, spent in named:
                self._add(place, steps, spent, name=True)

    def _read_off(self, place: Place) -> Iterator[tuple[str, Step, float]]:
        """Han that nothing has to be guessed for, as the lexicon writes them."""
        for move in self._ways_from(place).moves:
            if move.sure:
                for choice in move.choices.han:
                    step = Step(choice.character, move.to, sure=True)
                    yield choice.simple, step, move.cost + choice.cost

    def _onward(self, place: Place) -> tuple[bool, set[str]]:
        """Whether one may move on from a place without a character, and the Han that may come next."""
        ways = self._ways_from(place)
        return bool(ways.idle), set[str]().union(*(move.choices.simple for move in ways.moves))

    def _ways_from(self, place: Place) -> Ways:
        if place not in self._ways:
            self._ways[place] = self._passage.ways(place)
        return self._ways[place]


def _likeliest(search: _Search, start: Place, final: Place) -> list[_Arc]:
    path: list[_Arc] = []
    place = final
    while place != start:
        arc = max(search.incoming[place], key=lambda arc: arc.total)
        path.append(arc)
        place = arc.source
    return path[::-1]


def _weights(search: _Search, start: Place, final: Place) -> dict[tuple[Place, Place, str], float]:
    """The probability of every step, over all readings: forward and backward sums, scaled by the best of each place."""
    places = [*search.order, final] if final not in search.order else search.order
    ahead: dict[Place, float] = {start: 1.0}
    arcs: list[tuple[_Arc, Place, float]] = []
    for place in places:
        best = search.best[place]
        for arc in search.incoming[place]:
            if arc.source in ahead:
                share = math.exp(arc.total - best)
                arcs.append((arc, place, share))
                ahead[place] = ahead.get(place, 0.0) + ahead[arc.source] * share
    behind: dict[Place, float] = defaultdict(float, {final: 1.0 / ahead[final]})
    weights: dict[tuple[Place, Place, str], float] = defaultdict(float)
    for arc, place, share in reversed(arcs):
        if place in behind:
            share *= behind[place]
            behind[arc.source] += share
            before, weight = arc.source, ahead[arc.source] * share
            for step in arc.steps:
                weights[before, step.to, step.character] += weight
                before = step.to
    return weights
