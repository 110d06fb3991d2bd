"""Surnames: how long they are and how they are read (``surnames.tsv``), for the index of people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from build_tools.site.addresses import pinyin


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
