"""The search index, made beside the pages: for a large archive in a process of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from build_tools.archive.corpus import Corpus, read_corpus
from build_tools.workers import pool

_MANY = 1000  # records from which a second process is worth its start

Files = list[tuple[str, bytes]]


def index_later(corpus: Corpus, articles: Path, cache: Path | None) -> Callable[[], Files]:
    """Begins the index of a large archive at once; what is returned waits for its files, or makes a small one's."""
    if len(corpus) < _MANY:
        return lambda: _index_of(corpus)
    processes = pool(1)
    files = processes.submit(_index_at, articles, cache)

    def wait() -> Files:
        with processes:
            return files.result()

    return wait


def _index_at(articles: Path, cache: Path | None) -> Files:
    gc.disable()
    return _index_of(read_corpus(articles, cache))


def _index_of(corpus: Corpus) -> Files:
    from build_tools.site.search_index import search_files

    return list(search_files(corpus))
