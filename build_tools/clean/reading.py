"""What a stretch of GBK bytes out of step spelled: a beam search over characters, scored by how they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from build_tools.clean.gbk import MARKS, candidates, forms, in_gb2312, in_use, pairs, vanishing
from build_tools.clean.lexicon import Run, has_reading, lexicon
from build_tools.clean.script import simplified_only, simplify

_BEAM = 40
_MOST_GAPS = 5
_MOST_SUPPOSED = 14
_USUAL = -12.5  # log probability of a word that may be supposed between two codes that vanished
_GAP_COST = 2.7  # log of one pair in fifteen: the share of GBK's plan, over prose, that shows as nothing
_FOREIGN_COST = 4.0  # a Simplified character in a Traditional page: one in fifty that tools leave as it is
_MARK_SCORE = -6.0  # a mark that anything may follow: about one character in four hundred
_CLOSING_SCORE = -3.0  # the mark that a pair opened before it asks for
_ENDING_SCORE = 3.0  # the same behind the end of a sentence: it makes up for that mark too
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


class _State(NamedTuple):
    """A reading in the making; ``pending`` is the byte that waits for its second half."""

    score: float
    text: str
    run: Run
    guessed: tuple[int, ...]
    settled: tuple[int, ...]
    pending: int | None
    pinned: bool
    gaps: int
    cost: float


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
            Reading(state.text, frozenset(state.guessed), frozenset(state.settled), -state.cost)
            for state in self._beam(tokens)
        ]

    def _beam(self, tokens: tuple[Token, ...]) -> list[_State]:
        if tokens not in self._beams:
            if len(tokens) == 1:
                clause = re.split(r"[^\u3400-\u9fff]", self._left)[-1][-8:]
                states = list(_openings(tokens[0], self._left, lexicon().run(simplify(clause))))
            else:
                before = self._beam(tokens[:-1])
                states = [grown for state in before for grown in self._step(state, tokens[-1])]
            states.sort(key=lambda state: (-state.score, state.text))
            self._beams[tokens] = states[:_BEAM]
        return self._beams[tokens]

    def _step(self, state: _State, token: Token) -> Iterator[_State]:
        for character in _completions(state, token, traditional=self._traditional):
            known = state.pending is not None and token.first is not None and not state.pinned
            settled = state.pinned or bool(token.reading)
            yield self._with_token(
                self._extended(state, character, guessed=not known, settled=settled), token
            )
        if self._gaps and state.gaps < _MOST_GAPS and state.pending is not None:
            before = simplify(state.text[-1:] or self._left[-1:])
            for characters in _supposed(before, state.pending, token.first, traditional=self._traditional):
                wider = state
                for character in characters:
                    wider = self._extended(
                        wider, character, guessed=True, settled=wider is state and state.pinned
                    )
                gaps = len(characters) - 1
                wider = wider._replace(
                    score=wider.score - gaps * _GAP_COST,
                    gaps=state.gaps + gaps,
                    cost=wider.cost + gaps * _GAP_COST,
                )
                yield self._with_token(wider, token)

    def _with_token(self, state: _State, token: Token) -> _State:
        if token.ends and token.second is not None:
            return self._extended(state, chr(token.second), guessed=False, settled=False)
        return state._replace(pending=token.second, pinned=False)

    def _extended(self, state: _State, character: str, *, guessed: bool, settled: bool) -> _State:
        index = len(state.text)
        foreign = _FOREIGN_COST if self._traditional and character in simplified_only() else 0.0
        if "\u3400" <= character <= "\u9fff":
            run = state.run.add(simplify(character))
            score = state.score - state.run.score + run.score
        else:
            run = lexicon().run("")
            score = state.score + _mark_score(character, self._left + state.text)
        return _State(
            score - foreign,
            state.text + character,
            run,
            (*state.guessed, index) if guessed else state.guessed,
            (*state.settled, index) if guessed and settled else state.settled,
            state.pending,
            state.pinned,
            state.gaps,
            state.cost + foreign,
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
            if piece in "，、；。" and before[-1:] in "”’" and before[-2:-1] in "。！？":
                total -= _ENDING_SCORE - _CLOSING_SCORE  # no sentence ends inside a phrase
        before += piece
    clause = re.split(r"[^\u3400-\u9fff]", left)[-1][-8:]
    return total + sum(
        lexicon().score(simplify(part)) for part in re.split(r"[^\u3400-\u9fff]", clause + text)
    )


def _mark_score(mark: str, before: str) -> float:
    if mark in MARKS:
        if closes(mark, before):
            return _ENDING_SCORE if before[-1:] in "。！？" else _CLOSING_SCORE
        return _MARK_SCORE
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
    blank = _State(run.score, "", run, (), (), None, pinned=False, gaps=0, cost=0.0)
    code = left[-1:].encode("gbk", "ignore")
    if not token.reading or len(code) != 2:
        yield blank
        return
    for lead in range(0x81, 0xFF):
        if (character := pairs().get((code[1], lead))) and _annotatable(character, token.reading):
            yield blank._replace(pending=lead, pinned=True)


def _annotatable(character: str, reading: str) -> bool:
    return not in_gb2312(character) and has_reading(character, reading)


def _completions(state: _State, token: Token, *, traditional: bool) -> tuple[str, ...]:
    """Characters that the pending byte and the token's first byte can make."""
    if state.pending is not None and token.first is not None:
        character = pairs().get((state.pending, token.first))
        if character is None or not (character in MARKS or in_use(character, traditional=False)):
            return ()
        return (character,)
    found = candidates(state.pending, token.first, traditional=traditional)
    if token.reading:
        return tuple(character for character in found if _annotatable(character, token.reading))
    return found


@lru_cache(maxsize=4096)
def _supposed(before: str, lead: int, trail: int | None, *, traditional: bool) -> tuple[str, ...]:
    """Strings from this first byte to this last, whose inner bytes show as nothing: the likeliest behind ``before``.

    Two characters or three; rare characters are supposed only where they make a word.
    """
    found = []
    for first in candidates(lead, None, traditional=traditional):
        simple = simplify(first)
        if first.encode("gbk")[1] not in vanishing():
            continue
        if not (first in MARKS or lexicon().starts(simple) or before + simple in lexicon()):
            continue
        for second in _followers(first, traditional=traditional):
            code = second.encode("gbk")
            if trail in (None, code[1]):
                found.append(first + second)
            elif code[1] in vanishing() and lexicon().log(simple + simplify(second)) > _USUAL:
                found += [
                    first + second + third for third in _after_gap(second, trail, traditional=traditional)
                ]
        if trail is not None:
            found += [first + last for last in _after_gap(first, trail, traditional=traditional)]
    likeliest = nsmallest(
        _MOST_SUPPOSED, dict.fromkeys(found), key=lambda characters: (-_prior(before, characters), characters)
    )
    return tuple(likeliest)


def _prior(before: str, characters: str) -> float:
    """Roughly how likely characters are behind another: the best of the ways to cut two or three of them."""
    log = lexicon().log
    simple = simplify(characters)
    first, rest = simple[0], simple[1:]
    joined = max(log(before + first) - log(before), log(first)) + sum(map(log, rest))
    return max(joined, log(simple[:2]) + sum(map(log, simple[2:])), log(simple))


@lru_cache(maxsize=8192)
def _after_gap(before: str, trail: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters at home with this second byte, whose first vanished with the second byte of ``before``."""
    return tuple(
        character
        for character in candidates(None, trail, traditional=traditional)
        if _vanish_between(before, character)
        and (character in MARKS or lexicon().starts(simplify(character)))
    )


def _vanish_between(first: str, last: str) -> bool:
    """Whether the second byte of one character and the first of the next make a code that shows as nothing."""
    return last.encode("gbk")[0] in vanishing().get(first.encode("gbk")[1], ())


@lru_cache(maxsize=4096)
def _followers(first: str, *, traditional: bool) -> tuple[str, ...]:
    """Characters that make a word of two with ``first`` across a vanished code, in the script of the page."""
    return tuple(
        form
        for second in lexicon().seconds(simplify(first))
        for form in forms(second)
        if form >= "\u3400" and in_use(form, traditional=traditional) and _vanish_between(first, form)
    )
