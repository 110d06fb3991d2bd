"""The articles' texts as the browser reads them: to be sure of a match, and to show it."""

from __future__ import annotations

import re

from build_tools.models import Record
from build_tools.site.wording import bracketed

# What would end a field, or look like another space.
_SPACE = re.compile(r"\s")


def shown(record: Record) -> str:
    """What a result shows and what is searched: a line of fields, then title and paragraphs, a line each.

    A title that the archive supplied is among the fields and the title line empty: it is shown, not searched.
    """
    supplied = "" if record.front.title_basis == "source" else record.front.title
    return _fields(record, supplied) + "\n" + searched(record)


def listed(shown_text: str) -> str:
    """An article's line in the catalogue: the same fields, its title in any case, in ［］ if it was supplied."""
    fields, _, text = shown_text.partition("\n")
    name, title, *others = fields.split("\t")
    stated = " ".join(text.partition("\n")[0].split())
    return "\t".join((name, bracketed(title) if title else stated, *others))


def _fields(record: Record, title: str) -> str:
    front = record.front
    place = "".join(dict.fromkeys(filter(None, (*front.provinces[:1], front.city, front.county))))
    fields = (front.id, title, front.date or "", place, front.stage, front.source or "")
    return "\t".join([" ".join(field.split()) if _SPACE.search(field) else field for field in fields])


def searched(record: Record) -> str:
    """Title line and paragraphs, before folding; the title line is empty where the archive supplied the title."""
    return ("" if record.front.title_basis == "source" else "\n") + record.text
