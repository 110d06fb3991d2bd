"""Every kind of damage by name: the list that the tests and the benchmarks go through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from tests.damage import documents, encodings, lines, meaning, notes, punctuation, surroundings
from tests.damage.article import Article, articles
from tests.damage.case import Case
from tests.damage.clone import clone, simplified_clone


def _cloned(article: Article, rng: Random) -> Case:
    """An article as an annotating clone site shows it."""
    return clone(article.text, rng)


def _cloned_in_simplified(article: Article, rng: Random) -> Case:
    """An article on a clone site that keeps Simplified script."""
    return simplified_clone(article.text, rng)


REPARABLE: Mapping[str, Callable[[Article, Random], Case]] = {
    "clone": _cloned,
    "clone-simplified": _cloned_in_simplified,
    "cloned-page": surroundings.cloned_page,
    "doubled-punctuation": punctuation.doubled,
    "stuttered-punctuation": punctuation.stuttered,
    "half-width": punctuation.narrowed,
    "toneless-pinyin": notes.toneless_readings,
    "both-readings": notes.both_readings,
    "replacement-character": notes.unknown_with_reading,
    "traditional": encodings.traditional,
    "utf8-as-gbk": encodings.utf8_as_gbk,
    "utf8-as-gbk-in-places": encodings.utf8_as_gbk_in_places,
    "gbk-as-latin1": encodings.gbk_as_latin1,
    "utf8-as-latin1": encodings.utf8_as_latin1,
    "stored-as-gbk": encodings.stored_as("gbk"),
    "stored-as-gb18030": encodings.stored_as("gb18030"),
    "stored-as-big5": encodings.stored_as("big5"),
    "html": documents.html_page,
    "html-systems": documents.site_page,
    "html-big5": documents.traditional_html_page,
    "html-clone": documents.cloned_html_page,
    "mhtml": documents.mhtml_page,
    "repeated-title": surroundings.repeated_title,
    "furniture": surroundings.furniture,
    "crawl-date": surroundings.crawl_date,
    "markup": surroundings.markup,
    "brand-lines": surroundings.brand_lines,
    "brand-inside": surroundings.brand_inside,
    "broken-lines": lines.broken_lines,
    "wrapped-lines": lines.wrapped_lines,
    "filler-in-names": lines.filler_in_names,
    "blanks-at-figures": lines.spaced,
}
"""Damage that a cleaner can undo, up to the characters that an answer lists as lost."""

UNRELIABLE: Mapping[str, Callable[[Article, Random], Case]] = {
    "spun": meaning.spun,
    "dropped-digits": meaning.dropped_digits,
    "title-spliced-in": meaning.title_spliced_in,
}
"""Damage that a cleaner can only notice."""


def cases(kind: str, count: int) -> Iterator[Case]:
    """``count`` cases of one kind, always the same ones, over the texts in turn."""
    damage = {**REPARABLE, **UNRELIABLE}[kind]
    texts = articles()
    for number in range(count):
        yield damage(texts[number % len(texts)], Random(f"{kind} {number}"))
