"""The search index of an archive: every file the browser needs to search it, without a server."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from build_tools.archive.corpus import Corpus
from build_tools.site.search import facets, fold, texts
from build_tools.site.search.bits import Symbols, armoured, golomb
from build_tools.site.search.characters import han
from build_tools.site.search.parts import Volume, list_files, spelling_of, text_files, volumes_of, weights
from build_tools.site.search.shelf import Shelf, shelf_in
from build_tools.site.search.suggestions import suggestion_files
from build_tools.site.search.tree import Weights, tree_of
from build_tools.site.search.volumes import few, rounded
from build_tools.site.search.words import synonyms

FORMAT = 3
FOLDER = "search"
# Bytes of a file of lists at least and at most. A query asks for a few files and for what the manifest says of all.
SMALLEST, LARGEST = 1 << 11, 1 << 14

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})

Files = Iterator[tuple[str, bytes]]


def script(name: str, text: str, count: int = 0) -> tuple[str, bytes]:
    """A script that hands one piece of data to the page, with the sum of its bytes: whether it arrived whole."""
    total = int(np.frombuffer(text.encode("utf-16-le"), np.uint8).sum())
    return _script(name, text.translate(_ESCAPES).encode(), total, count)


def _script(name: str, text: bytes, total: int, count: int = 0) -> tuple[str, bytes]:
    """The same for text that is a script's already."""
    return f"{FOLDER}/{name}.js", b'Archive.receive("%b",%d,%d,"%b")\n' % (name.encode(), count, total, text)


class Listing(NamedTuple):
    """The files that hold lists and texts, and what the manifest must say of them."""

    files: list[tuple[str, bytes]]
    volumes: list[int]
    tree: str


def search_files(corpus: Corpus, kept: Path | None = None) -> Files:
    """Path below the site's root and content of every file of the index, the same for the same corpus.

    ``kept`` is a folder for what the next build of a similar corpus can use again.
    """
    listing = listing_of(list(map(texts.shown, corpus)), kept)
    return chain(listing.files, other_files(corpus, listing))


def listing_of(shown: Sequence[str], kept: Path | None) -> Listing:
    """Lists and texts of articles as they are shown, in order: nearly all the work of an index."""
    parts = volumes_of(shown)
    files = []
    with shelf_in(kept) as shelf:
        heavy = weights(parts, shelf)
        tree = tree_of(heavy, 8 * _file_size(heavy))
        for number, (text, total) in enumerate(list_files(parts, tree, shelf)):
            files.append(_script(f"g/{number}", text, total))
        files += _text_files(parts, shelf)
    return Listing(files, [len(part.texts) for part in parts], tree.written())


def other_files(corpus: Corpus, listing: Listing) -> Files:
    """All else: facets, suggestions, and the manifest."""
    officials = facets.parts(facets.values(corpus, "official"))
    yield from _facet_files(corpus, officials)
    for name, text, count in suggestion_files(corpus):
        yield script(name, text, count)
    yield script("fold", _fold_table(), len(fold.simplified()))
    yield script("index", _manifest(corpus, listing, [next(iter(part)) for part in officials]))


def _file_size(heavy: Sequence[Weights]) -> int:
    """How large a file of lists is at most, in bytes: a power of two, since all files depend on it."""
    whole = sum(int(volume.before[-1]) for volume in heavy) // 8
    return min(max(rounded(math.isqrt(5 * whole)), SMALLEST), LARGEST)


def _text_files(parts: Sequence[Volume], shelf: Shelf) -> Files:
    """Articles one by one, and the catalogue: a file for each volume with the fields of its articles."""
    spelling = spelling_of([text for part in parts for text in part.texts], shelf)
    yield script("spelling", spelling.table())
    for number, (made, counts) in enumerate(text_files(parts, spelling, shelf)):
        *articles, catalogue = zip(made.texts(), made.sum.tolist(), counts.tolist(), strict=True)
        yield from (_script(f"t/{number}-{at}", *article) for at, article in enumerate(articles))
        yield _script(f"c/{number}", *catalogue)


def _facet_files(corpus: Corpus, officials: Sequence[Mapping[str, list[int]]]) -> Files:
    parts = {f"official-{number}": part for number, part in enumerate(officials)}
    for facet in facets.FACETS:
        if facet != "official":
            parts[facet] = facets.values(corpus, facet)
    for name, part in parts.items():
        lists = facets.lists_text(list(part.values()), len(corpus))
        yield script(f"f/{name}", "\n".join([lists, *part]), len(part))
    yield script("f/date", facets.dates_text(corpus), len(corpus))
    yield script("ids", "\n".join(record.id for record in corpus), len(corpus))


def _fold_table() -> str:
    """Traditional characters as steps through Unicode, each with its Simplified one."""
    pairs = sorted((ord(old), ord(new)) for old, new in fold.simplified().items())
    old = np.array([pair[0] for pair in pairs], np.int64)
    new = np.array([pair[1] for pair in pairs], np.int64)
    steps, readings = golomb(np.diff(old, prepend=0) - 1, 1), golomb(new, 13)
    woven = (
        np.stack((getattr(steps, name), getattr(readings, name)), 1).ravel() for name in Symbols.__slots__
    )
    return armoured(Symbols(*woven))


def _manifest(corpus: Corpus, listing: Listing, officials: Sequence[str]) -> str:
    """What the browser must know before it can ask for anything: the files of lists, and the rest as JSON."""
    rest = json.dumps(
        {
            "format": FORMAT,
            "articles": len(corpus),
            "volumes": listing.volumes,
            "few": few(len(corpus)),
            "variants": list(fold.VARIANTS),
            "dropped": fold.DROPPED,
            "readings": "".join(old + new for old, new in fold.READINGS.items()),
            # Han characters of GB 2312 that fold to others all the same.
            "traditional": "".join(filter(fold.simplified().__contains__, han())),
            "synonyms": synonyms(),
            "officials": officials,
            "dated": [
                min((record.front.date for record in corpus if record.front.date), default=""),
                max((record.front.date for record in corpus if record.front.date), default=""),
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f"{listing.tree}\n{rest}"
