"""Where each thing of the archive stands in the site: paths from its root, all of them plain ASCII.

Pages are files (``timeline.html``), never folders with an index: every link then works from a folder on
disk as well.
"""

from __future__ import annotations

import hashlib
from functools import cache

from build_tools.knowledge.schedule import Batch
from build_tools.site.surnames import name_sound, pinyin
from build_tools.site.tiles import tiles

HOME = "index.html"
TIMELINE = "timeline.html"
ROUNDS = "rounds.html"
PROVINCES = "provinces.html"
PEOPLE = "people.html"
SEARCH = "search.html"
DATA = "data.html"
METHOD = "method.html"
RULES = "rules.html"
CONTRIBUTE = "contribute.html"
CODES = "codes.html"
ATTENTION = "attention.html"
WITNESSES = "witnesses.html"
ABOUT = "about.html"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:4]


def article(record_id: str) -> str:
    """An article's page; the folder is the year in its id, which never changes."""
    return f"articles/{_year(record_id)}/{record_id}.html"


def raw_page(record_id: str) -> str:
    """The page as it was found, as plain text to download."""
    return f"raw/{_year(record_id)}/{record_id}.txt"


def raw_view(record_id: str) -> str:
    """The same as data for a script that shows it beside the text."""
    return f"beside/{_year(record_id)}/{record_id}.js"


def record(record_id: str) -> str:
    """The record's own file, from the folder of records."""
    return f"{_year(record_id)}/{record_id}.md"


def _year(record_id: str) -> str:
    return record_id[:4] if record_id[:4].isdecimal() else "undated"


def year(label: str) -> str:
    """One year of the timeline; articles without a date stand under ``undated``."""
    return f"timeline/{label or 'undated'}.html"


def batch(row: Batch) -> str:
    """One batch of a round."""
    return f"rounds/{row.id.lower()}.html"


def province(name: str) -> str:
    """A province; a place the table of tiles does not know gets an address from its name."""
    return f"provinces/{_province_slug(name)}.html"


def city(province_name: str, name: str) -> str:
    """A city, below its province."""
    return f"provinces/{_province_slug(province_name)}/{pinyin(name)}-{_mark(name)}.html"


def _province_slug(name: str) -> str:
    tile = tiles().get(name)
    return tile.slug if tile else f"{pinyin(name)}-{_mark(name)}"


@cache
def person(name: str, place: str) -> str:
    """A person: pinyin, and a mark that keeps apart names that sound alike and namesakes by place.

    The folder is the first letter, so that every article and every person lies two folders deep.
    """
    sound = name_sound(name)[:40]
    letter = sound[0] if sound and sound[0].isalpha() else "0"
    return f"people/{letter}/{sound or 'x'}-{_mark(f'{name}/{place}')}.html"


@cache
def surname(characters: str) -> str:
    """The anchor of a surname on the page of its letter."""
    return f"{pinyin(characters)[:20] or 'x'}-{_mark(characters)}"


def initial(letter: str) -> str:
    """The people whose surnames begin with a letter."""
    return f"people/{letter.lower()}.html"


def part(address: str, number: int) -> str:
    """The n-th part of a page too long for one file: ``x.html``, ``x-2.html``, ``x-3.html``."""
    return address if number == 1 else f"{address.removesuffix('.html')}-{number}.html"


def attention(kind: str) -> str:
    """The records that need a person for one reason."""
    return f"attention/{kind}.html"


def witnesses(record_id: str) -> str:
    """The witnesses of one text, by the first of their ids."""
    return f"witnesses/{record_id}.html"


def root_of(address: str) -> str:
    """The way from a page back to the site's root: empty, ``../`` or ``../../``."""
    return "../" * address.count("/")
