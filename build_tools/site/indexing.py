"""The search index, made beside the pages: for a large archive in a process of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.archive.corpus import Corpus
from build_tools.site.search.texts import shown
from build_tools.workers import beside

if TYPE_CHECKING:
    from build_tools.site.search_index import Listing

_MANY = 1000  # records from which a second process is worth its start

Files = list[tuple[str, bytes]]


def index_later(corpus: Corpus, cache: Path | None) -> Callable[[], Files]:
    """Begins the index of a large archive at once; what is returned waits for its files, or makes a small one's.

    ``cache`` is a folder that keeps, for the next build, what was made of articles.
    """
    kept = cache / "search" if cache else None
    if len(corpus) < _MANY:
        return partial(_files, corpus, kept)
    listing = beside(_listing, list(map(shown, corpus)), kept)
    return lambda: _with_others(corpus, listing())


# Late: what an index takes is long to import, and in a large archive another process does most of it.
def _files(corpus: Corpus, kept: Path | None) -> Files:
    from build_tools.site.search_index import search_files

    return list(search_files(corpus, kept))


def _with_others(corpus: Corpus, listing: Listing) -> Files:
    from build_tools.site.search_index import other_files

    return [*listing.files, *other_files(corpus, listing)]


def _listing(shown: Sequence[str], kept: Path | None) -> Listing:
    gc.disable()
    from build_tools.site.search_index import listing_of

    return listing_of(shown, kept)
