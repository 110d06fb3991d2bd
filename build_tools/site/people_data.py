"""Everyone's name as data, for the box that finds a person among tens of thousands."""

from __future__ import annotations

import json
from functools import partial

from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Shelves
from build_tools.site.surnames import name_initials


def people_file(shelf: Shelves) -> Recipe[str]:
    """A line a person in the order of the index: name, place, latest title, articles, the page, initials."""
    return Recipe("people/names.js", (shelf.corpus,), partial(_names, shelf))


def _names(shelf: Shelves) -> str:
    lines = [
        "\t".join(
            (
                career.name,
                career.shown,
                career.last_title or "",
                str(len(career.record_ids)),
                career.address.removeprefix("people/").removesuffix(".html"),
                name_initials(career.name),
            )
        )
        for career in shelf.people
    ]
    text = json.dumps("\n".join(lines), ensure_ascii=False).replace("\u2028", " ").replace("\u2029", " ")
    return f"People.names({text});\n"
