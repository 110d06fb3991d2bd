"""The tables of words, read once: titles, names, eras, stages and credits.

Each file's header says where its rows come from and what may enter. A table that breaks its form raises
``pydantic.ValidationError`` when it is first used, which a test does for every table.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from build_tools.models import Stage

_COMMON = 500  # occurrences from which a word of two characters counts as common


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Titles(_Table):
    """``titles.yml``: the words that titles are made of, by part of speech."""

    ranks: frozenset[str]
    posts: frozenset[str]
    after_name: frozenset[str]
    private: frozenset[str]
    private_organs: tuple[str, ...]
    organs: frozenset[str]
    fields: frozenset[str]
    levels: frozenset[str]
    joins: tuple[str, ...]
    tenure: dict[str, Literal["时任", "原"]]
    inside: frozenset[str]


class Names(_Table):
    """``names.yml``: where a person's name begins and ends, and what only looks like one."""

    follow: frozenset[str]
    follow_one: frozenset[str]
    often: frozenset[str]
    speech: frozenset[str]
    acts: frozenset[str]
    openers: tuple[str, ...]
    guards: frozenset[str]
    syllables: frozenset[str]
    doctrine: frozenset[str]
    never: frozenset[str]


def read_lines(name: str, heading: int = 1) -> list[list[str]]:
    """Cells of a TSV table beside this module, without its comments and its ``heading`` lines."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[heading:]]


def read_yaml(name: str) -> Any:
    """A YAML table beside this module."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (safe either way)


@cache
def titles() -> Titles:
    """The parts of titles."""
    return Titles.model_validate(read_yaml("titles.yml"))


@cache
def names() -> Names:
    """The words around names."""
    return Names.model_validate(read_yaml("names.yml"))


@cache
def surnames() -> dict[str, float]:
    """Surname -> bearers per million; 0 where no register counts it."""
    return {surname: float(ppm) for surname, ppm in read_lines("surnames.tsv")}


@cache
def given() -> dict[str, float]:
    """Character of a given name -> occurrences per million."""
    return {character: float(ppm) for character, ppm in read_lines("given.tsv")}


@cache
def word_counts() -> dict[str, int]:
    """Word of one to three characters -> occurrences in the corpus that counted it."""
    rows = [*read_lines("words.tsv"), *read_lines("terms.tsv", heading=0)]
    counts = {word: int(count) for word, count in rows}
    return counts | {word: max(_COMMON, counts.get(word, 0)) for word in names().guards}


@cache
def words() -> frozenset[str]:
    """Common words of two characters, and those of three that begin as a name would."""
    return (
        frozenset(
            word
            for word, count in word_counts().items()
            if (len(word) == 2 and count >= _COMMON) or (len(word) > 2 and word[0] in surnames())
        )
        | names().guards
    )


class Credits(_Table):
    """``credits.yml``: labels before names, for each field of a record."""

    reporters: tuple[str, ...]
    photographers: tuple[str, ...]
    editors: tuple[str, ...]
    reviewers: tuple[str, ...]
    source: tuple[str, ...]


class Cue(_Table):
    """One row of ``stages.yml``."""

    stage: Stage
    pattern: str
    points: int


class Era(_Table):
    """One row of ``eras.yml``: a text with this word is no older than ``since``."""

    word: str
    since: date
    until: date | None = None
    what: str


@cache
def credit_labels() -> Credits:
    """The labels of credits."""
    return Credits.model_validate(read_yaml("credits.yml"))


@cache
def stage_cues() -> tuple[Cue, ...]:
    """The cues of stages."""
    return tuple(Cue.model_validate(row) for row in read_yaml("stages.yml"))


@cache
def eras() -> tuple[Era, ...]:
    """The words that date a text."""
    return tuple(Era.model_validate(row) for row in read_yaml("eras.yml"))


class Levels(_Table):
    """``levels.yml``: patterns of how texts name an inspection."""

    central: tuple[str, ...]
    provincial: tuple[str, ...]
    municipality: tuple[str, ...]
    some: tuple[str, ...]
    look_back: tuple[str, ...]
    special: tuple[str, ...]
    pilot: tuple[str, ...]
    other: tuple[str, ...]


@cache
def levels() -> Levels:
    """The names of inspections."""
    return Levels.model_validate(read_yaml("levels.yml"))
