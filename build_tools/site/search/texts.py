"""The articles' texts as the browser reads them: to be sure of a match, and to show it.

Common characters change places with those that UTF-8 writes in one or two bytes, which halves Chinese text and
asks nothing of the browser but a table of a few thousand characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from build_tools.models import Record

# One byte: printable, no quote, no backslash. Two bytes: as many as pay for their place in the table.
_SHORT = [code for code in (*range(0x20, 0x7F), *range(0xA1, 0x380)) if code not in (0x22, 0x5C)]


def shown(record: Record) -> str:
    """What a result shows and what is searched: a line of fields, then title and paragraphs, a line each.

    The title line is empty where the archive supplied the title: it is shown, not searched.
    """
    front = record.front
    place = "".join(dict.fromkeys(filter(None, (*front.provinces[:1], front.city, front.county))))
    fields = (front.id, front.title, front.date or "", place, front.stage, front.source or "")
    head = "" if front.title_basis == "source" else "\n"
    return "\t".join(field.replace("\t", " ") for field in fields) + "\n" + head + record.text


def searched(record: Record) -> str:
    """Title line and paragraphs, before folding; the title line is empty where the archive supplied the title."""
    return ("" if record.front.title_basis == "source" else "\n") + record.text


@dataclass(frozen=True, slots=True)
class Exchange:
    """Which characters change places: those of ``moving`` with the short ones, in order, that are not in ``stays``."""

    moving: str
    stays: str

    def apply(self, text: str) -> str:
        """The text with characters exchanged; doing it twice gives it back."""
        return text.translate(_table(self))


@lru_cache(maxsize=1)
def _table(exchange: Exchange) -> dict[int, str]:
    free = [chr(code) for code in _SHORT if chr(code) not in exchange.stays]
    pairs = list(zip(exchange.moving, free, strict=False))
    return {ord(old): new for old, new in pairs} | {ord(new): old for old, new in pairs}


def exchange_for(texts: Iterable[str]) -> Exchange:
    """The exchange that makes these texts short."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    del counts["\t"], counts["\n"]
    ranked = [character for character, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    frequent = ranked[: len(_SHORT)]
    stays = {character for character in frequent if ord(character) in _SHORT}
    moving = "".join(character for character in frequent if character not in stays)
    return Exchange(moving, "".join(sorted(stays)))
