"""Places of the mainland since 2014, their names in the press, and the place behind a paper's name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from build_tools.knowledge.tables import read_lines

Level = Literal["province", "city", "county", "direct", "zone"]


@dataclass(frozen=True, slots=True)
class Place:
    """One row of ``places.tsv``: a division (or zone) under one name and parent, and its years.

    ``direct`` is a county-level place right under a province; ``last`` is ``None`` while it exists.
    """

    code: str
    level: Level
    name: str
    parent: str
    first: int
    last: int | None
    short: str

    def stands(self, year: int | None) -> bool:
        """Whether the press may use this name in a year; a year's grace on both sides, see the table."""
        if year is None:
            return True
        return self.first - 1 <= year and (self.last is None or year <= self.last + 1)


@dataclass(frozen=True, slots=True)
class Byname:
    """One row of ``places_extra.tsv``: a name that stands in, or for, a division."""

    name: str
    kind: Literal["zone", "division", "byname", "region"]
    target: str
    county: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by name. ``forms`` maps each form that a text may use to the places it may mean."""

    places: tuple[Place, ...]
    by_code: dict[str, tuple[Place, ...]]
    forms: dict[str, tuple[Place, ...]]
    full: frozenset[str]
    bynames: dict[str, Byname]
    starts: dict[str, tuple[int, ...]]
    longest: int

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The place one level up; several rows where it changed its name."""
        return self.by_code.get(place.parent, ())

    def province(self, place: Place) -> str:
        """Full name of the province a place lies in."""
        return self.by_code[place.code[:2] + "0000"][0].name


def _starts(forms: set[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        lengths[form[:2]].add(len(form))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


@cache
def gazetteer() -> Gazetteer:
    """All places, read once."""
    rows = tuple(
        Place(code, level, name, parent, int(first), int(last) if last else None, short)  # type: ignore[arg-type]
        for code, level, name, parent, first, last, short in read_lines("places.tsv")
    )
    bynames = {
        name: Byname(name, kind, target, county == "yes")  # type: ignore[arg-type]
        for name, kind, target, county in read_lines("places_extra.tsv")
    }
    by_code: dict[str, list[Place]] = defaultdict(list)
    forms: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
        for form in {row.name, row.short}:
            forms[form].append(row)
    return Gazetteer(
        places=rows,
        by_code={code: tuple(found) for code, found in by_code.items()},
        forms={form: tuple(found) for form, found in forms.items()},
        full=frozenset(row.name for row in rows),
        bynames=bynames,
        starts=_starts(set(forms) | set(bynames)),
        longest=max(map(len, [*forms, *bynames])),
    )


@cache
def papers() -> dict[str, str]:
    """Paper or site -> full name of its place, for names that do not say it."""
    return dict(read_lines("papers.tsv"))
