"""What the timeline's script reads: compact columns for all articles, and one list of titles a year.

The columns (some 17 bytes an article) come with the page; names and a year's titles only when the reader gets
to them.
Each file is a classic script that hands its data over, since a page on disk may not fetch.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import sub
from typing import Any

from build_tools.knowledge.schedule import schedule
from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.chart import Window, window_of, windows_at
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Records, Shelves, batch_of
from build_tools.site.tiles import short_name, tiles

_EPOCH = date(1970, 1, 1)


def timeline_files(shelf: Shelves) -> Iterator[Recipe[str]]:
    """The columns, who is named where, and the titles of every year."""
    records = tuple(record for record in shelf.corpus if record.front.date)
    yield Recipe("timeline/columns.js", (shelf.corpus,), lambda: _script("columns", _columns(records, shelf)))
    yield Recipe("timeline/people.js", (shelf.corpus,), lambda: _script("people", _people(records)))
    for year, found in sorted(shelf.years.items()):
        if year:
            yield Recipe(f"timeline/titles-{year}.js", (year, found), partial(_titles, year, found))


def _titles(year: str, records: Records) -> str:
    return _script("titles", [year, [_row(record) for record in records]])


def _people(records: Records) -> dict[str, list[int]]:
    """Places of the articles that name each person, as steps from one to the next."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for name in dict.fromkeys(official.name for official in record.front.officials):
            places[name].append(at)
    return {name: [found[0], *map(sub, found[1:], found)] for name, found in sorted(places.items())}


def _script(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"Timeline.{name}({_safe(text)});\n"


def _safe(text: str) -> str:
    """JSON as a script: two characters end a line in old engines."""
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _columns(records: Records, shelf: Shelves) -> dict[str, Any]:
    provinces = [*tiles(), *sorted(set(shelf.provinces) - set(tiles()))]
    batches = schedule().batches
    batch_number = {batch.id: number for number, batch in enumerate(batches)}
    batch_of_label = {batch.label: number for number, batch in enumerate(batches)}
    province_number = {name: number for number, name in enumerate(provinces)}
    return {
        "kinds": wording.KINDS,
        "stages": wording.STAGES,
        "provinces": [short_name(name) for name in provinces],
        "pages": [addresses.province(name) for name in provinces],
        "targets": [
            [province_number[row.name] for row in batch.targets if row.name in province_number]
            for batch in batches
        ],
        "batches": [
            [batch.id, batch.label, addresses.batch(batch), *_days(window_of(batch))] for batch in batches
        ],
        "stays": [
            [[batch_of_label[window.label], window.start, window.end] for window in windows_at(name)]
            for name in provinces
        ],
        "day": [_day(record.front.date or "") for record in records],
        "kind": "".join(str(wording.KINDS.index(wording.kind(record.front))) for record in records),
        "stage": "".join(str(wording.STAGES.index(record.front.stage)) for record in records),
        "province": [[province_number[name] for name in record.front.provinces] for record in records],
        "batch": [batch_number[row.id] if (row := batch_of(record.front)) else -1 for record in records],
    }


def _days(window: Window | None) -> tuple[str, ...]:
    return (window.start, window.end) if window else ()


def _day(value: str) -> int:
    """Days since 1970; a month or a year stands for its first day."""
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        return (date(year, month, day) - _EPOCH).days
    except ValueError:  # 31 June and the year 0: the pattern of a day lets them pass
        return (date(max(year, 1), month, 1) - _EPOCH).days


def _row(record: Record) -> list[str]:
    front = record.front
    facts = [front.stage if front.stage != "其他" else "", wording.place(front), front.source or ""]
    return [record.id, wording.title(record), wording.day(front.date), " · ".join(filter(None, facts))]
