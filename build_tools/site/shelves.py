"""The corpus sorted as the pages need it: by year and month, province and city, batch, and person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from build_tools.archive.corpus import Corpus
from build_tools.knowledge.schedule import Batch, schedule
from build_tools.models import FrontMatter, Record
from build_tools.site.people import Career, careers

Records = tuple[Record, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelves:
    """Each shelf keeps the corpus's order, newest first; ``years`` and ``months`` begin with the newest.

    ``kin`` holds articles of one inspection in one province, and ``positions`` where a record stands among them.
    """

    corpus: Corpus
    years: dict[str, Records]
    months: dict[str, Records]
    provinces: dict[str, Records]
    cities: dict[tuple[str, str], Records]
    batches: dict[str, Records]
    people: tuple[Career, ...]
    people_of: dict[str, tuple[Career, ...]]
    people_at: dict[str, tuple[Career, ...]]
    kin: dict[tuple[Hashable, ...], Records]
    positions: dict[str, int]


def shelves(corpus: Corpus) -> Shelves:
    """Sorts a corpus once for all pages."""
    years: dict[str, list[Record]] = defaultdict(list)
    months: dict[str, list[Record]] = defaultdict(list)
    provinces: dict[str, list[Record]] = defaultdict(list)
    cities: dict[tuple[str, str], list[Record]] = defaultdict(list)
    batches: dict[str, list[Record]] = defaultdict(list)
    kin: dict[tuple[Hashable, ...], list[Record]] = defaultdict(list)
    for record in corpus:
        front = record.front
        date = front.date or ""
        years[date[:4]].append(record)
        months[date[:7]].append(record)
        for province in dict.fromkeys(front.provinces):
            provinces[province].append(record)
        if front.provinces and front.city and front.city != front.provinces[0]:
            cities[front.provinces[0], front.city].append(record)
        if row := batch_of(front):
            batches[row.id].append(record)
        kin[kinship(front)].append(record)
    people = careers(corpus, corpus.persons)
    return Shelves(
        corpus=corpus,
        years=_fixed(years),
        months=_fixed(months),
        provinces=_fixed(provinces),
        cities={key: tuple(value) for key, value in sorted(cities.items())},
        batches=_fixed(batches),
        people=people,
        people_of=_by_record(people),
        people_at=_by_place(people),
        kin={key: tuple(value) for key, value in kin.items() if key},
        positions={record.id: at for found in kin.values() for at, record in enumerate(found)},
    )


def _fixed(shelf: dict[str, list[Record]]) -> dict[str, Records]:
    return {key: tuple(value) for key, value in shelf.items()}


def _by_record(people: Iterable[Career]) -> dict[str, tuple[Career, ...]]:
    found: dict[str, list[Career]] = defaultdict(list)
    for career in people:
        for record_id in career.record_ids:
            found[record_id].append(career)
    return {key: tuple(value) for key, value in found.items()}


def _by_place(people: Iterable[Career]) -> dict[str, tuple[Career, ...]]:
    found: dict[str, list[Career]] = defaultdict(list)
    for career in people:
        for place in career.places:
            found[place].append(career)
    return {key: tuple(value) for key, value in found.items()}


def batch_of(front: FrontMatter) -> Batch | None:
    """The row of the schedule that an article belongs to, if it names a central round and batch."""
    if front.level == "provincial" or front.round is None or front.batch is None:
        return None
    return schedule().batch(front.round, front.batch, front.mode or "例行")


def kinship(front: FrontMatter) -> tuple[Hashable, ...]:
    """What articles of one inspection in one province share; nothing where too little is known."""
    if front.provinces and front.round is not None:
        return (front.provinces[0], front.level, front.mode, front.round, front.batch)
    if front.provinces and front.city:
        return (front.provinces[0], front.level, front.mode, front.city)
    return ()


def parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Items cut into parts of at most ``size``; nothing makes one empty part."""
    return [items[start : start + size] for start in range(0, max(len(items), 1), size)]
