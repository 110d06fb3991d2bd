"""The schedule of central inspections (``rounds.yml``): who was inspected when, by which group, on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["verified", "inferred", "recalled"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Fact(_Row):
    """A value with its confidence and sources; ``recalled`` ones are never shown nor used as proof."""

    v: str | int | None = None
    c: Confidence | None = None
    s: tuple[str, ...] = ()
    range: str | None = None

    @property
    def shown(self) -> str | int | None:
        """The value, or ``None`` where it is unknown or only recalled."""
        return None if self.c in (None, "recalled") else self.v


class Target(_Row):
    """Who was inspected in a batch: a province, 兵团, a central company or a ministry."""

    name: str
    short: str
    kind: Literal["province", "xpcc", "central_soe", "ministry"]
    gb2260: str | None = None
    mode: str | None = None
    group: Fact
    head: Fact
    deputy: Fact
    entry: Fact
    end: Fact
    feedback: Fact
    special_topic: str | None = None
    note: str | None = None


class Batch(_Row):
    """One batch of a round. ``batch`` counts within the round and mode: the two look-backs are 1 and 2."""

    id: str
    round: int
    batch: int
    mode: Literal["例行", "回头看", "试点"]
    label: str
    system_name: str
    group_title: str
    announced: Fact
    window: Fact
    feedback_window: Fact = Field(default_factory=Fact)
    roster_source: tuple[str, ...] = ()
    note: str | None = None
    targets: tuple[Target, ...]

    def target(self, name: str) -> Target | None:
        """The row of a province (or company), by full name."""
        return next((target for target in self.targets if target.name == name), None)


class Source(_Row):
    """Where a fact was seen."""

    url: str | None = None
    what: str


class Schedule(_Row):
    """Every batch in order of time, and the sources that the facts name."""

    compiled: str
    coverage_until: str
    sources: dict[str, Source]
    batches: tuple[Batch, ...]

    @cached_property
    def first_year(self) -> int:
        """The year in which inspections began: no article of the archive is older."""
        return min(self._years())

    @cached_property
    def last_year(self) -> int:
        """The year of the latest inspection that is known."""
        return max(self._years())

    def _years(self) -> Iterator[int]:
        days = (fact.range or fact.v for row in self.batches for fact in (row.announced, row.window))
        return (int(day[:4]) for day in days if isinstance(day, str))

    def batch(self, round_: int, batch: int, mode: str = "例行") -> Batch | None:
        """A batch by number; ``mode`` tells a look-back from the round it looks back on."""
        wanted = "回头看" if mode == "回头看" else None
        for row in self.batches:
            if (row.round, row.batch) == (round_, batch) and (row.mode == "回头看") == (wanted is not None):
                return row
        return None


@cache
def schedule() -> Schedule:
    """The schedule, read once from ``rounds.yml``."""
    text = files(__package__).joinpath("rounds.yml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (safe either way)
    return Schedule(
        compiled=table["compiled"],
        coverage_until=table["coverage_until"],
        sources=table["sources"],
        batches=tuple(Batch.model_validate(_with_mode(row)) for row in table["batches"]),
    )


def _with_mode(row: dict[str, Any]) -> dict[str, Any]:
    batch = row["batch"]
    if isinstance(batch, str):
        return {**row, "batch": int(batch.removeprefix("hkt")), "mode": "回头看"}
    return {**row, "mode": "试点" if row["round"] == 0 else "例行"}
