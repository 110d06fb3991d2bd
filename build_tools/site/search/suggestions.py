"""Names and places by their sound: what a reader may mean by ``wangwentao``, ``wwt`` or ``jinan``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from build_tools.archive.corpus import Corpus


def _named(corpus: Corpus) -> Iterator[tuple[str, str]]:
    for record in corpus:
        front = record.front
        yield from (("official", official.name) for official in front.officials)
        yield from (("province", name) for name in front.provinces)
        if front.city:
            yield "city", front.city
        if front.source:
            yield "source", front.source


def sound(name: str) -> tuple[str, str]:
    """Pinyin without tones, and its initials.

    >>> sound("王文涛")
    ('wangwentao', 'wwt')
    """
    syllables = [part.lower().replace("ü", "v") for part in lazy_pinyin(name, style=Style.NORMAL)]
    return "".join(syllables), "".join(part[:1] for part in syllables)


def suggestion_files(corpus: Corpus) -> Iterator[tuple[str, str, int]]:
    """Name, text and number of rows of each file: one for a first letter, one that says a character's letter.

    A row is value, facet, pinyin, initials and number of articles; the most frequent come first.
    """
    counts = Counter(_named(corpus))
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    letters: dict[str, str] = {}
    for (facet, value), count in sorted(counts.items()):
        full, initials = sound(value)
        letter = full[:1] if full[:1].isascii() and full[:1].isalpha() else "0"
        rows[letter].append((-count, "\t".join((value, facet, full, initials, str(count)))))
        letters[value[0]] = letter
    for letter, found in sorted(rows.items()):
        yield f"s/{letter}", "\n".join(row for _, row in sorted(found)), len(found)
    yield (
        "s/letters",
        "".join(character + letter for character, letter in sorted(letters.items())),
        len(letters),
    )
