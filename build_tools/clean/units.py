"""A damaged line as the units its bytes came in: pairs, single bytes, orphans, and the readings put behind them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from build_tools.clean.gbk import encoded
from build_tools.clean.lexicon import has_reading

ORPHAN = "?\ufffd"
SYLLABLE = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}"
_TAIL = re.compile(rf"({SYLLABLE})\s?\)")
_ANNOTATION = re.compile(rf"\(({SYLLABLE})\s?\)")
_FOLDED = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F)} | {" ": "\u3000"}
# Rare characters that a normalised page shows for GBK's second codes for them (U+F995 and so on).
_NORMALISED = {normalize("NFC", one): one for one in "\uf995\uf9f1\ufa0d\ufa20"}


class Unit(NamedTuple):
    """What a page shows at one place.

    ``code`` is the pair of bytes it stands for, or would stand for if it was full width before; ``single`` the
    one byte. An orphan has neither, unless it is ``?`` that was ？. ``note`` is the reading behind it; a unit that
    is nothing but a note is a reading that the character in front of it does not have.
    """

    shown: str
    start: int
    end: int
    code: tuple[int, int] | None = None
    single: int | None = None
    note: str | None = None

    @property
    def orphan(self) -> bool:
        """Whether half a character stood here."""
        return bool(self.shown) and self.shown in ORPHAN


def units(text: str, start: int, end: int) -> list[Unit]:
    """The units of a part of a line.

    >>> [(unit.shown, unit.note) for unit in units("變?yōu)椤俺", 0, 8)]
    [('變', None), ('?', 'yōu'), ('椤', None), ('俺', None)]
    """
    found: list[Unit] = []
    at = start
    while at < end:
        found.append(_unit(text, at))
        at = found[-1].end
    return found


def _unit(text: str, at: int) -> Unit:
    character = text[at]
    if character in ORPHAN:
        tail = _TAIL.match(text, at + 1)
        code = _pair("？") if character == "?" and not tail else None
        return Unit(character, at, tail.end() if tail else at + 1, code, note=tail[1] if tail else None)
    if note := _ANNOTATION.match(text, at):
        return Unit("", at, note.end(), note=note[1])
    single = 0x80 if character == "€" else ord(character) if character.isascii() else None
    code = _pair(_FOLDED.get(character, character))
    note = _ANNOTATION.match(text, at + 1)
    if note and (single is not None or has_reading(character, note[1])):
        return Unit(character, at, note.end(), code, single, note[1])
    return Unit(character, at, at + 1, code, single)


@lru_cache(maxsize=8192)
def _pair(character: str) -> tuple[int, int] | None:
    code = encoded(_NORMALISED.get(character, character))
    return (code[0], code[1]) if code and len(code) == 2 else None


def without_notes(text: str) -> str:
    """A text without the readings put in.

    >>> without_notes("環(huán)境")
    '環境'
    """
    return _ANNOTATION.sub("", text)
