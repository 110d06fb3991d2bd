"""Who is who, decided by hand: ``people.yml`` beside the records joins and parts people whom names confuse."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from build_tools.archive.record import RecordError
from build_tools.models import Line

TABLE = "people.yml"


class Claim(BaseModel):
    """One person: the mentions of a name in these places, or in these articles alone; the first row that fits wins."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Line
    label: Line
    places: tuple[Line, ...] = ()
    articles: tuple[str, ...] = ()
    why: Line

    def fits(self, place: str, record_id: str) -> bool:
        """Whether a mention in a place is this person's."""
        return record_id in self.articles if self.articles else place in self.places


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    people: list[Claim] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Persons:
    """The table's rows by name; without a row a name and a place make a person."""

    claims: dict[str, tuple[Claim, ...]]

    def claim(self, name: str, place: str, record_id: str) -> Claim | None:
        """The row that claims a mention, if one does."""
        return next((row for row in self.claims.get(name, ()) if row.fits(place, record_id)), None)


def read_persons(articles: Path, record_ids: Collection[str]) -> Persons:
    """The table of a folder of records, empty where there is none; raises ``RecordError`` with file, field and cure."""
    path = articles / TABLE
    if not path.is_file():
        return Persons({})
    try:
        return persons_of(path.read_bytes().decode(), record_ids)
    except (RecordError, UnicodeDecodeError) as error:
        line = getattr(error, "line", 1)
        raise RecordError(f"{path}:{line}: {error}", line) from error


def persons_of(text: str, record_ids: Collection[str]) -> Persons:
    """The table in a file's text; raises ``RecordError`` with the line or the field that is wrong."""
    try:
        rows = _Table.model_validate(yaml.safe_load(text) or {}).people
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise RecordError(f"not valid YAML: {error.problem}", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise RecordError(f"not valid YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RecordError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    _refuse_contradictions(rows, frozenset(record_ids))
    names = dict.fromkeys(row.name for row in rows)
    return Persons({name: tuple(row for row in rows if row.name == name) for name in names})


def _refuse_contradictions(rows: list[Claim], record_ids: frozenset[str]) -> None:
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows):
        where = f"people.{number} ({row.name})"
        if (row.name, row.label) in seen:
            raise RecordError(f"{where}: label {row.label} stands twice; join the two rows")
        seen.add((row.name, row.label))
        if bool(row.places) == bool(row.articles):
            raise RecordError(f"{where}: give either places or articles, not both")
        if missing := sorted(set(row.articles) - record_ids):
            raise RecordError(
                f"{where}: articles: there is no record {missing[0]}; correct the id or delete it"
            )
