"""Where each province stands on the tile map, its short name and its slug (``tiles.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the map."""

    name: str
    short: str
    slug: str
    column: int
    row: int
    inspected: bool


@cache
def tiles() -> dict[str, Tile]:
    """Every tile by the full name of its province, in the order of GB/T 2260."""
    text = files(__package__).joinpath("tiles.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")][1:]
    found = {}
    for line in lines:
        name, short, slug, column, row, inspected = line.split("\t")
        found[name] = Tile(name, short, slug, int(column), int(row), inspected == "yes")
    return found


def short_name(province: str) -> str:
    """A province's short name; a place the table does not know keeps its full one."""
    tile = tiles().get(province)
    return tile.short if tile else province
