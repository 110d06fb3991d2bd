"""What bytes may have been: the characters that a byte, with or without a reading, allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from build_tools.clean.gbk import MARKS, encoded, in_gb2312, in_use, pairs, vanishing, vanishing_alike
from build_tools.clean.lexicon import has_reading, lexicon, readings, toneless
from build_tools.clean.script import simplified_only, simplify, traditional_forms

_Key = TypeVar("_Key")

INSERTED_AT = "。，、！？；"
"""The marks that tools put a byte in front of."""


class Coded(NamedTuple):
    """A character with its two bytes; ``common`` where it is at home in prose, or a mark."""

    character: str
    first: int
    last: int
    common: bool


def may_stand(character: str) -> bool:
    """Whether text of any script may hold a character."""
    return character in MARKS or in_use(character, traditional=False)


def marks_ending_in(trail: int) -> tuple[str, ...]:
    """The marks of ``INSERTED_AT`` with this second byte.

    >>> marks_ending_in(0xA3), marks_ending_in(0xAC)
    (('。',), ('，',))
    """
    return tuple(mark for mark in INSERTED_AT if mark.encode("gbk")[1] == trail)


@cache
def mark_codes() -> frozenset[tuple[int, int]]:
    """The bytes of ``INSERTED_AT``."""
    codes = (encoded(mark) or b"" for mark in INSERTED_AT)
    return frozenset((code[0], code[1]) for code in codes)


@cache
def _in_use(*, traditional: bool) -> tuple[Coded, ...]:
    """Every character and mark that a page may hold: of GB 2312 alone where the page is Simplified."""
    foreign = simplified_only() if traditional else frozenset[str]()
    return tuple(
        Coded(one, first, last, one in MARKS or lexicon().common(simplify(one)))
        for (first, last), one in pairs().items()
        if may_stand(one) and one not in foreign and (traditional or one in MARKS or in_gb2312(one))
    )


@cache
def _by_first(*, traditional: bool) -> dict[int, tuple[Coded, ...]]:
    return _grouped((one.first, one) for one in _in_use(traditional=traditional))


@cache
def _by_last(*, traditional: bool) -> dict[int, tuple[Coded, ...]]:
    return _grouped((one.last, one) for one in _in_use(traditional=traditional))


def _grouped(items: Iterable[tuple[_Key, Coded]]) -> dict[_Key, tuple[Coded, ...]]:
    groups: dict[_Key, list[Coded]] = defaultdict(list)
    for key, one in items:
        groups[key].append(one)
    return {key: tuple(group) for key, group in groups.items()}


@lru_cache(maxsize=512)
def leading(lead: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters and marks in use with this first byte."""
    return tuple(one.character for one in _by_first(traditional=traditional).get(lead, ()))


@lru_cache(maxsize=512)
def trailing(trail: int, *, traditional: bool) -> tuple[str, ...]:
    """Characters and marks in use with this second byte."""
    return tuple(one.character for one in _by_last(traditional=traditional).get(trail, ()))


@lru_cache(maxsize=512)
def before_gap(lead: int, *, traditional: bool) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Common characters with this first byte whose second begins a pair that shows as nothing.

    By their second byte, or by another that does so before the same bytes.
    """
    found = _grouped(
        (vanishing_alike()[one.last], one)
        for one in _by_first(traditional=traditional).get(lead, ())
        if one.common and one.last in vanishing_alike()
    )
    return tuple((last, tuple(one.character for one in group)) for last, group in found.items())


@lru_cache(maxsize=8192)
def behind_gap(first: int, trail: int, *, traditional: bool) -> tuple[str, ...]:
    """Common characters with this second byte whose first ends a pair that shows as nothing."""
    return tuple(
        one.character
        for one in _by_last(traditional=traditional).get(trail, ())
        if one.common and one.first in vanishing()[first]
    )


@cache
def _annotatable() -> dict[str, tuple[Coded, ...]]:
    """Characters that tools annotate, by reading without tone: Traditional ones that GB 2312 lacks."""
    return _grouped(
        (reading, one)
        for one in _in_use(traditional=True)
        if one.character not in MARKS and not in_gb2312(one.character)
        for reading in {toneless(reading) for reading in readings(one.character)}
    )


@lru_cache(maxsize=2048)
def annotatable(note: str) -> tuple[str, ...]:
    """Common characters that tools annotate with a reading."""
    return tuple(one.character for one in _noted(note) if one.common)


@lru_cache(maxsize=4096)
def annotatable_leading(lead: int, note: str) -> tuple[str, ...]:
    """Characters that tools annotate, by first byte and reading: in 540 of 543 cases one, variants apart.

    >>> annotatable_leading(0x83, "yōu")
    ('優',)
    """
    found: dict[str, str] = {}
    for one in _noted(note):
        if one.first == lead:
            simple = simplify(one.character)
            if simple not in found or one.character in traditional_forms():
                found[simple] = one.character
    return tuple(found.values())


@lru_cache(maxsize=4096)
def annotatable_behind_gap(first: int, note: str) -> tuple[str, ...]:
    """Characters that tools annotate with a reading, and whose first byte ends a pair that shows as nothing."""
    leads = vanishing()[first] & {one.first for one in _noted(note)}
    return tuple(one for lead in sorted(leads) for one in annotatable_leading(lead, note))


def _noted(note: str) -> list[Coded]:
    found = _annotatable().get(toneless(note.replace("v", "ü")), ())
    return [one for one in found if has_reading(one.character, note)]
