"""The search index of an archive: every file the browser needs to search it, without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from build_tools.archive.corpus import Corpus
from build_tools.site.search import facets, fold, texts
from build_tools.site.search.bits import Symbols, armoured, golomb, packed
from build_tools.site.search.grams import CHANCE, COMMON, levels, texts_of
from build_tools.site.search.phrases import spelling_for
from build_tools.site.search.records import table
from build_tools.site.search.shards import CHARACTER, Shard, shards
from build_tools.site.search.suggestions import suggestion_files
from build_tools.site.search.words import synonyms, words_of
from build_tools.site.shelves import parts

FORMAT = 2
FOLDER = "search"
# Articles in a file of the catalogue.
LISTED = 400
# Texts that are read rather than another shard asked for, whatever they weigh: a request has its price too.
FEWEST, MOST = 10, 32


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def script(name: str, text: str, count: int = 0) -> tuple[str, bytes]:
    """A script that hands one piece of data to the page, with the sum of its bytes: whether it arrived whole."""
    total = sum(text.encode("utf-16-le"))
    line = f'Archive.receive("{name}",{count},{total},"{text.translate(_ESCAPES)}")\n'
    return f"{FOLDER}/{name}.js", line.encode()


def search_files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """Path below the site's root and content of every file of the index, the same for the same corpus."""
    folded = [fold.fold_lines(texts.searched(record)) for record in corpus]
    found = texts_of(folded)
    lists = table(found, levels(found), words_of(folded))
    del folded
    firsts: list[Shard] = []
    written = 0
    for number, shard in enumerate(shards(lists)):
        yield script(f"g/{number}", shard.text, shard.records)
        firsts.append(Shard(shard.first, shard.records, ""))
        written += len(shard.text)
    del lists
    shown = [texts.shown(record) for record in corpus]
    spelling = spelling_for(shown)
    yield script("spelling", spelling.table())
    spelled = 0
    for number, (text, signs) in enumerate(spelling.written(shown)):
        yield script(f"t/{number}", text, signs)
        spelled += len(text)
    del shown
    catalogue = ["\n".join(map(texts.listed, part)) for part in parts(corpus.records, LISTED)]
    for number, (text, signs) in enumerate(spelling.written(catalogue)):
        yield script(f"c/{number}", text, signs)
    few = _texts_for_a_shard(written, len(firsts), spelled, len(corpus))
    yield from _facet_files(corpus)
    for name, text, count in suggestion_files(corpus):
        yield script(name, text, count)
    yield script("fold", _fold_table(), len(fold.simplified()))
    yield script("index", _manifest(corpus, found.alphabet, firsts, few))


def _facet_files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    for facet in facets.FACETS:
        found = facets.values(corpus, facet)
        parts = facets.parts(found) if facet == "official" else [found]
        for number, part in enumerate(parts):
            name = f"f/{facet}-{number}" if facet == "official" else f"f/{facet}"
            lists = facets.lists_text(list(part.values()), len(corpus))
            yield script(name, "\n".join([lists, *part]), len(part))
    yield script("f/date", facets.dates_text(corpus), len(corpus))
    yield script("ids", "\n".join(record.id for record in corpus), len(corpus))


def _texts_for_a_shard(shards_size: int, shards: int, texts_size: int, texts: int) -> int:
    """How many texts weigh as much as a shard: so many are read rather than another shard asked for."""
    if not shards or not texts_size:
        return FEWEST
    return min(max(shards_size * texts // (shards * texts_size), FEWEST), MOST)


def _fold_table() -> str:
    """Traditional characters as steps through Unicode, each with its Simplified one."""
    pairs = sorted((ord(old), ord(new)) for old, new in fold.simplified().items())
    old = np.array([pair[0] for pair in pairs], np.int64)
    new = np.array([pair[1] for pair in pairs], np.int64)
    steps, readings = golomb(np.diff(old, prepend=0) - 1, 1), golomb(new, 13)
    woven = (
        np.stack((getattr(steps, name), getattr(readings, name)), 1).ravel() for name in Symbols.__slots__
    )
    return armoured(packed(Symbols(*woven)))


def _manifest(corpus: Corpus, alphabet: str, firsts: Sequence[Shard], few: int) -> str:
    """What the browser must know before it can ask for anything: the alphabet, the first strings, the rest as JSON."""
    letters = np.array([ord(character) for character in alphabet], np.int64)
    officials = facets.parts(facets.values(corpus, "official"))
    rest = json.dumps(
        {
            "format": FORMAT,
            "articles": len(corpus),
            "common": COMMON,
            "chance": CHANCE,
            "few": few,
            "listed": LISTED,
            "letters": len(alphabet),
            "shards": len(firsts),
            "variants": list(fold.VARIANTS),
            "dropped": fold.DROPPED,
            "readings": "".join(old + new for old, new in fold.READINGS.items()),
            "synonyms": synonyms(),
            "officials": [next(iter(part)) for part in officials],
            "dated": [
                min((record.front.date for record in corpus if record.front.date), default=""),
                max((record.front.date for record in corpus if record.front.date), default=""),
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return "\n".join((armoured(packed(golomb(np.diff(letters, prepend=0) - 1))), _firsts(firsts), rest))


def _firsts(parts: Sequence[Shard]) -> str:
    """The first string of each shard: how many characters follow its first, the step to that one, and the others."""
    numbers, lows, lead = [], [], 1
    for part in parts:
        first, *others = part.first
        numbers += [len(others), first - lead, *(code - 1 for code in others)]
        lows += [0, 1, *(CHARACTER for _ in others)]
        lead = first
    row, low = np.array(numbers, np.int64), np.array(lows, np.int64)
    rows = {width: golomb(row, width) for width in (0, 1, CHARACTER)}
    picked = (
        np.choose(np.searchsorted([0, 1, CHARACTER], low), [getattr(rows[width], name) for width in rows])
        for name in Symbols.__slots__
    )
    return armoured(packed(Symbols(*picked)))
