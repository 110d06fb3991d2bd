"""Page furniture (``furniture.yml``): the lines around an article, by what they state."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

from build_tools.knowledge.tables import read_yaml, surnames

Kind = Literal["published", "source", "credit", "caption", "dateline", "furniture", "above", "after"]
_SHORT = 140  # characters of the longest credit
_LONGEST = 400  # characters of a line of furniture: a disclaimer
_DATE = r"(19|20)\d\d[年.\-/][ ]?\d{1,2}[月.\-/][ ]?\d{1,2}日?([ T]*\d{1,2}[：:]\d\d([：:]\d\d)?)?"


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    table = read_yaml("furniture.yml")
    if set(table) != set(get_args(Kind)):
        raise ValueError(f"furniture.yml: kinds must be {get_args(Kind)}")
    longest_first = sorted(surnames(), key=lambda surname: (-len(surname), surname))
    name = f"(?:{'|'.join(longest_first)})[\u3400-\u9fff□]{{1,2}}"
    order: tuple[Kind, ...] = (
        "after", "furniture", "published", "source", "credit", "dateline", "caption", "above",
    )  # fmt: skip
    return tuple((kind, _pattern(table[kind], name)) for kind in order)


def _pattern(rows: list[str], name: str) -> re.Pattern[str]:
    filled = (row.replace("{date}", _DATE).replace("{name}", name) for row in rows)
    return re.compile("|".join(f"(?:{row})" for row in filled), re.IGNORECASE)


@cache
def _patterns_of_long_lines() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """Of lines as long as a paragraph, only disclaimers and the like are no part of an article."""
    return tuple((kind, pattern) for kind, pattern in _patterns() if kind in ("furniture", "published"))


def kind_of(line: str) -> Kind | None:
    """What a line of a page is, or ``None`` where it may be the article's own.

    >>> kind_of("发布日期：2017-08-22"), kind_of("2024年09月03日 星期二"), kind_of("编辑：高昊")
    ('published', 'dateline', 'credit')
    >>> kind_of("8月21日上午，我市召开会议。")
    """
    if len(line) > _LONGEST:
        return None
    patterns = _patterns() if len(line) <= _SHORT else _patterns_of_long_lines()
    return next((kind for kind, pattern in patterns if pattern.fullmatch(line)), None)
