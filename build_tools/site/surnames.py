"""How names sound: pinyin for paths, and surnames, which are read in ways of their own (``surnames.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pypinyin import Style, lazy_pinyin


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname and its toneless pinyin."""

    characters: str
    sound: str


@cache
def _readings() -> dict[str, str]:
    text = files(__package__).joinpath("surnames.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")][1:]
    return dict(line.split("\t") for line in lines)


@cache
def surname(name: str) -> Surname:
    """The surname of a name.

    >>> surname("欧阳明").characters, surname("曾庆红").sound, surname("王文涛").sound
    ('欧阳', 'zeng', 'wang')
    """
    readings = _readings()
    if len(name) > 2 and name[:2] in readings:
        return Surname(name[:2], readings[name[:2]])
    first = name[:1]
    return Surname(first, readings.get(first) or pinyin(first))


@cache
def pinyin(text: str) -> str:
    """Toneless pinyin in ASCII letters and digits, for paths only.

    >>> pinyin("济南市"), pinyin("吕氏A1")
    ('jinanshi', 'lvshia1')
    """
    joined = "".join(lazy_pinyin(text, style=Style.NORMAL, errors="default"))
    return re.sub(r"[^a-z0-9]", "", joined.lower().replace("ü", "v"))


def name_sound(name: str) -> str:
    """A person's name in toneless pinyin, character by character: names make no words that would change a reading.

    >>> name_sound("曾庆红"), name_sound("欧阳明")
    ('zengqinghong', 'ouyangming')
    """
    family = surname(name)
    return family.sound + "".join(map(pinyin, name[len(family.characters) :]))


def name_initials(name: str) -> str:
    """The first letters of a name's sounds.

    >>> name_initials("单文涛"), name_initials("欧阳明")
    ('swt', 'oym')
    """
    return surname(name).sound[:1] + "".join(pinyin(character)[:1] for character in name[1:])


@cache
def tone(character: str) -> str:
    """A character's pinyin with the number of its tone."""
    return lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0]
