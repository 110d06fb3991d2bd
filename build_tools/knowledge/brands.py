"""Names put into pages as spam (``brands.yml``), and the words that make and prove one."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from build_tools.knowledge.tables import read_yaml


class Brands(BaseModel):
    """The table by its headings; what each means stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: frozenset[str]
    trades: tuple[str, ...]
    honest: tuple[str, ...]
    tails: tuple[str, ...]
    sites: tuple[str, ...]
    openers: tuple[str, ...]
    needy: tuple[str, ...]


@cache
def brands() -> Brands:
    """The names of spam, and what they are made of."""
    return Brands.model_validate(read_yaml("brands.yml"))
