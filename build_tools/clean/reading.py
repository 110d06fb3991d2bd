"""What a stretch of GBK bytes out of step spelled: a beam search over characters, scored by how they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from build_tools.clean.gbk import MARKS, candidates, in_gb2312, in_use, pairs, vanishing
from build_tools.clean.lexicon import Run, has_reading, lexicon
from build_tools.clean.script import simplify

_BEAM = 160
_GAP_BEAM = 40
_GAP_COST = 2.7  # log of one pair in fifteen: the share of GBK's plan, over prose, that shows as nothing
_MARK_SCORE = -6.0  # a mark that anything may follow: about one character in four hundred
_CLOSING_SCORE = -1.0  # the mark that a pair opened before it asks for
_PAIRED = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "【": "】"}


@dataclass(frozen=True, slots=True)
class Token:
    """One thing a page shows inside a stretch: an orphan (no bytes), a single byte, or a pair.

    ``reading`` is the pinyin that stood behind it; ``ends`` tells that it brings the text back into step.
    """

    first: int | None
    second: int | None
    reading: str | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch: its characters, which the bytes alone do not give, and its score.

    ``settled`` are those among the guessed that a reading narrows down.
    """

    characters: str
    guessed: frozenset[int]
    settled: frozenset[int]
    score: float


@dataclass(frozen=True, slots=True)
class _State:
    """A reading in the making. ``pending`` is the byte that waits for its second half, ``after`` the byte
    before it where it vanished (then any that makes the pair vanish may stand), ``pinned`` its settledness."""

    run: Run
    text: str
    guessed: frozenset[int]
    settled: frozenset[int]
    pending: int | None
    after: int | None
    pinned: bool
    score: float
    gaps: int = 0

    @property
    def total(self) -> float:
        return self.score + self.run.score


class Search:
    """A search over readings from one place of a page on; stretches that begin alike share their beams."""

    def __init__(self, left: str, *, traditional: bool, gaps: bool) -> None:
        self._left = left
        self._traditional = traditional
        self._gaps = gaps
        self._beams: dict[tuple[Token, ...], list[_State]] = {}

    def readings(self, tokens: tuple[Token, ...]) -> list[Reading]:
        """Ways to read a stretch, not yet scored in context."""
        return [
            Reading(state.text, state.guessed, state.settled, -_GAP_COST * state.gaps)
            for state in self._beam(tokens)
        ]

    def _beam(self, tokens: tuple[Token, ...]) -> list[_State]:
        if tokens not in self._beams:
            if len(tokens) == 1:
                clause = re.split(r"[^\u3400-\u9fff]", self._left)[-1][-8:]
                states = list(_openings(tokens[0], self._left, lexicon().run(simplify(clause))))
            else:
                before = self._beam(tokens[:-1])
                states = list(self._step(before, tokens[-1])) if before else []
            self._beams[tokens] = _pruned(states)
        return self._beams[tokens]

    def _step(self, states: list[_State], token: Token) -> Iterator[_State]:
        gapped: list[_State] = []
        if self._gaps:
            once = _pruned(wide for state in states[:_GAP_BEAM] for wide in self._with_gap(state))
            twice = _pruned(wide for state in once[:8] for wide in self._with_gap(state))
            gapped = once[:_GAP_BEAM] + twice[:8]
        for state in (*states, *gapped):
            for character in _completions(state, token, traditional=self._traditional):
                yield _grown(state, character, token, self._left)

    def _with_gap(self, state: _State) -> Iterator[_State]:
        """The state after a pair that vanished: the pending byte got a second half that nothing shows."""
        if state.after is not None and state.pending is None:
            first_halves = _after_gap(state.after, None, traditional=self._traditional)
        elif state.pending is not None:
            first_halves = candidates(state.pending, None, traditional=self._traditional)
        else:
            return
        for character in first_halves:
            trail = character.encode("gbk")[1]
            if trail in vanishing():
                grown = _extended(state, character, self._left)
                yield replace(
                    grown,
                    pending=None,
                    after=trail,
                    pinned=False,
                    score=grown.score - _GAP_COST,
                    gaps=state.gaps + 1,
                )


def scored(readings: list[Reading], left: str, right: str) -> list[Reading]:
    """Readings with how they read between ``left`` and ``right`` added to their score, best first."""
    ranked = [
        replace(reading, score=reading.score + _score(left, reading.characters + right))
        for reading in readings
    ]
    ranked.sort(key=lambda reading: (-reading.score, reading.characters))
    return ranked


def _score(left: str, text: str) -> float:
    total, before = 0.0, left
    for piece in re.split(r"([^\u3400-\u9fff])", text):
        if len(piece) == 1 and not "\u3400" <= piece <= "\u9fff":
            total += _mark_score(piece, before)
        before += piece
    clause = re.split(r"[^\u3400-\u9fff]", left)[-1][-8:]
    return total + sum(
        lexicon().score(simplify(part)) for part in re.split(r"[^\u3400-\u9fff]", clause + text)
    )


def _mark_score(mark: str, before: str) -> float:
    if mark in MARKS:
        return _CLOSING_SCORE if closes(mark, before) else _MARK_SCORE
    return _MARK_SCORE if mark.isascii() and mark.isalnum() else 3 * _MARK_SCORE


def closes(mark: str, before: str) -> bool:
    """Whether a mark closes a pair that is open in the text before it.

    >>> closes("”", "打赢“清"), closes("”", "打赢“清”")
    (True, False)
    """
    return any(
        mark == closing and before.rfind(opening) > before.rfind(closing)
        for opening, closing in _PAIRED.items()
    )


def fluency(text: str) -> float:
    """Log probability of a text; marks cost what they cost anywhere, odd symbols as much as unknown words."""
    total = 0.0
    for piece in re.split(r"([^\u3400-\u9fff])", text):
        if len(piece) == 1 and not "\u3400" <= piece <= "\u9fff":
            total += _MARK_SCORE if piece in MARKS or piece in ",!?;:" else 3 * _MARK_SCORE
        else:
            total += lexicon().score(simplify(piece))
    return total


def _openings(token: Token, left: str, run: Run) -> Iterator[_State]:
    """The orphan that begins a stretch: any byte, or those that make the annotated character."""
    blank = _State(run, "", frozenset(), frozenset(), None, None, pinned=False, score=0.0)
    code = left[-1:].encode("gbk", "ignore")
    if not token.reading or len(code) != 2:
        yield blank
        return
    for lead in range(0x81, 0xFF):
        if (character := pairs().get((code[1], lead))) and _annotatable(character, token.reading):
            yield replace(blank, pending=lead, pinned=True)


def _annotatable(character: str, reading: str) -> bool:
    return not in_gb2312(character) and has_reading(character, reading)


@lru_cache(maxsize=4096)
def _after_gap(before: int, trail: int | None, *, traditional: bool) -> tuple[str, ...]:
    """Characters whose first byte vanished together with ``before``."""
    allowed = vanishing().get(before, frozenset())
    return tuple(
        character
        for character in candidates(None, trail, traditional=traditional)
        if character.encode("gbk")[0] in allowed
    )


def _completions(state: _State, token: Token, *, traditional: bool) -> tuple[str, ...]:
    """Characters that the pending byte and the token's first byte can make."""
    if state.after is not None and state.pending is None:
        if token.first is None:
            return _words_on(state.text[-1:], state.after, traditional=traditional)
        return _after_gap(state.after, token.first, traditional=traditional)
    if state.pending is not None and token.first is not None:
        character = pairs().get((state.pending, token.first))
        if character is None or not (character in MARKS or in_use(character, traditional=traditional)):
            return ()
        return (character,)
    found = candidates(state.pending, token.first, traditional=traditional)
    if token.reading:
        return tuple(character for character in found if _annotatable(character, token.reading))
    return found


@lru_cache(maxsize=4096)
def _words_on(first: str, before: int, *, traditional: bool) -> tuple[str, ...]:
    """Second characters of words with ``first`` whose own first byte vanished; nothing else is supposed."""
    return tuple(
        character
        for character in _after_gap(before, None, traditional=traditional)
        if simplify(first + character) in lexicon()
    )


def _grown(state: _State, character: str, token: Token, left: str) -> _State:
    known = state.pending is not None and token.first is not None
    narrowed = state.pinned or bool(token.reading)
    if known and not state.pinned:
        grown = _extended(state, character, left, guessed=False)
    else:
        grown = _extended(state, character, left, settled=narrowed)
    if token.ends and token.second is not None:
        return _extended(grown, chr(token.second), left, guessed=False)
    return replace(grown, pending=token.second, after=None, pinned=False)


def _extended(
    state: _State, character: str, left: str, *, guessed: bool = True, settled: bool = False
) -> _State:
    index = len(state.text)
    is_han = "\u3400" <= character <= "\u9fff"
    run = state.run.add(simplify(character)) if is_han else lexicon().run("")
    score = state.score if is_han else state.total + _mark_score(character, left + state.text)
    return replace(
        state,
        run=run,
        text=state.text + character,
        guessed=state.guessed | {index} if guessed else state.guessed,
        settled=state.settled | {index} if guessed and settled else state.settled,
        score=score,
    )


def _pruned(states: Iterable[_State]) -> list[_State]:
    ranked = sorted(states, key=lambda state: (-state.total, state.text))
    return ranked[:_BEAM]
