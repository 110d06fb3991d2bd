"""The search index, made beside the pages: for a large archive in a process of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.archive.corpus import Corpus
from build_tools.workers import beside

if TYPE_CHECKING:
    from build_tools.site.search_index import Listing

_MANY = 1000  # records from which a second process is worth its start
_FEW = 2  # volumes that are made anew as quickly as a process is started

Files = list[tuple[str, bytes]]


def index_later(corpus: Corpus, cache: Path | None) -> Callable[[], Files]:
    """Begins the index of a large archive at once; what is returned waits for its files, or makes a small one's.

    ``cache`` is a folder that keeps, for the next build, what was made of articles.
    """
    from build_tools.site.search.texts import shown
    from build_tools.site.search_index import other_files, search_files, stale

    kept = cache / "search" if cache else None
    if len(corpus) < _MANY:
        return lambda: list(search_files(corpus, kept))
    told = list(map(shown, corpus))
    if kept and stale(told, kept) <= _FEW:
        return lambda: list(search_files(corpus, kept))
    listing = beside(_listing, told, kept)

    def wait() -> Files:
        made = listing()
        return [*made.files, *other_files(corpus, made)]

    return wait


def _listing(shown: Sequence[str], kept: Path | None) -> Listing:
    gc.disable()
    from build_tools.site.search_index import listing_of

    return listing_of(shown, kept)
