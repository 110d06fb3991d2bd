"""Columns for filters and counts: for each value of a facet the articles that have it, as gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from build_tools.archive.corpus import Corpus
from build_tools.models import FrontMatter
from build_tools.site.search.bits import Symbols, armoured, golomb, rice, rice_width

_OFFICIALS_SHARD = 400


def round_values(front: FrontMatter) -> Iterator[str]:
    """The values of the round facet: ``1`` for the round, ``1.4`` for round and batch; look-backs ``1.1h``."""
    if front.round is None:
        return
    mark = "h" if front.mode == "回头看" else ""
    level = "p" if front.level == "provincial" else ""
    yield f"{level}{front.round}"
    if front.batch is not None:
        yield f"{level}{front.round}.{front.batch}{mark}"


FACETS: dict[str, Callable[[FrontMatter], Iterable[str | None]]] = {
    "province": lambda front: front.provinces,
    "city": lambda front: (front.city,),
    "round": round_values,
    "stage": lambda front: (front.stage,),
    "level": lambda front: (front.level,),
    "source": lambda front: (front.source,),
    "official": lambda front: (official.name for official in front.officials),
}


def values(corpus: Corpus, facet: str) -> dict[str, list[int]]:
    """Each value of a facet with the numbers of its articles, sorted by value."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(corpus):
        for value in dict.fromkeys(FACETS[facet](record.front)):
            if value:
                found[value].append(number)
    return dict(sorted(found.items()))


def lists_text(lists: list[list[int]], articles: int) -> str:
    """Lists of article numbers as armoured bits: each its length, then Rice-coded gaps."""
    counts = np.array([len(members) for members in lists], np.int64)
    flat = np.array([member for members in lists for member in members], np.int64)
    owner = np.repeat(np.arange(len(lists)), counts)
    first = np.cumsum(counts) - counts
    before = np.append(-1, flat)[:-1]
    before[first] = -1
    gaps = rice(flat - before - 1, rice_width(counts, articles)[owner])
    # Each length goes before the first of its list.
    lengths = golomb(counts - 1)
    return armoured(
        Symbols(
            *(np.insert(getattr(gaps, name), first, getattr(lengths, name)) for name in Symbols.__slots__)
        )
    )


def day_number(date: str | None) -> int:
    """A date as a number that sorts as dates do; parts that are unknown count as nought, no date as 0."""
    year, month, day = ([*(date or "0").split("-"), "0", "0"])[:3]
    return int(year) * 512 + int(month) * 32 + int(day)


def dates_text(corpus: Corpus) -> str:
    """The articles' dates, newest first: the first as it is, each other as the distance back from the one before."""
    days = np.array([day_number(record.front.date) for record in corpus], np.int64)
    if not len(days):
        return ""
    return armoured(golomb(np.concatenate((days[:1], days[:-1] - days[1:])), 1))


def parts(found: dict[str, list[int]]) -> list[dict[str, list[int]]]:
    """Values in order, a few hundred to a file."""
    names = list(found)
    starts = range(0, len(names), _OFFICIALS_SHARD)
    return [{name: found[name] for name in names[start : start + _OFFICIALS_SHARD]} for start in starts]
