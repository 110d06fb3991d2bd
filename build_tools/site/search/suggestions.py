"""Names, places and rounds by their sound: what a reader may mean by ``wangwentao``, ``wwt`` or ``jinan``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from build_tools.archive.corpus import Corpus
from build_tools.archive.tags import inspection_name
from build_tools.models import FrontMatter
from build_tools.site.search.facets import round_values
from build_tools.site.surnames import name_initials, name_sound


def _named(front: FrontMatter) -> Iterator[tuple[str, str, str]]:
    """Facet, name and the facet's value of everything that a record names."""
    yield from (("official", official.name, official.name) for official in front.officials)
    yield from (("province", name, name) for name in front.provinces)
    if front.city:
        yield "city", front.city, front.city
    if front.source:
        yield "source", front.source, front.source
    values = list(round_values(front))
    if values and (name := inspection_name(front)):
        # Readers begin with the level or with the round.
        yield from (
            ("round", spoken, values[-1]) for spoken in (name, name.removeprefix("中央").removeprefix("省级"))
        )


def sound(name: str) -> tuple[str, str]:
    """Pinyin without tones, and its initials.

    >>> sound("王文涛")
    ('wangwentao', 'wwt')
    """
    spoken = "".join(filter(str.isalnum, name))
    syllables = [part.lower().replace("ü", "v") for part in lazy_pinyin(spoken, style=Style.NORMAL)]
    return "".join(syllables), "".join(part[:1] for part in syllables)


def suggestion_files(corpus: Corpus) -> Iterator[tuple[str, str, int]]:
    """Name, text and number of rows of each file: one for a first letter, one that says a character's letter.

    A row is name, facet, pinyin, initials, number of articles and the facet's value; the most frequent come first.
    """
    counts = Counter(row for record in corpus for row in set(_named(record.front)))
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    letters: dict[str, str] = {}
    for (facet, name, value), count in sorted(counts.items()):
        full, initials = (name_sound(name), name_initials(name)) if facet == "official" else sound(name)
        letter = full[:1] if full[:1].isascii() and full[:1].isalpha() else "0"
        rows[letter].append((-count, "\t".join((name, facet, full, initials, str(count), value))))
        letters[name[0]] = letter
    for letter, found in sorted(rows.items()):
        yield f"s/{letter}", "\n".join(row for _, row in sorted(found)), len(found)
    yield (
        "s/letters",
        "".join(character + letter for character, letter in sorted(letters.items())),
        len(letters),
    )
