"""GBK's two-byte codes: which stand for characters, which for none, and which characters a byte allows."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from itertools import product

from build_tools.clean.script import simplified_only, simplify

MARKS = "，。、；：！？“”‘’《》（）【】…—·"
_LEADS = range(0x81, 0xFF)
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def pairs() -> dict[tuple[int, int], str]:
    """Every two-byte character of GBK that is written with these two bytes."""
    table = {}
    for lead, trail in product(_LEADS, _TRAILS):
        character = bytes((lead, trail)).decode("gbk", "ignore")
        if character and character.encode("gbk") == bytes((lead, trail)):
            table[lead, trail] = character
    return table


@cache
def vanishing() -> dict[int, frozenset[int]]:
    """Codes that stand for no character, second bytes by first: a page shows nothing where they stood."""
    table: dict[int, set[int]] = defaultdict(set)
    for lead, trail in product(_LEADS, _TRAILS):
        if (lead, trail) not in pairs():
            table[lead].add(trail)
    return {lead: frozenset(trails) for lead, trails in table.items()}


@cache
def vanishing_alike() -> dict[int, int]:
    """First bytes of pairs that vanish, each with the first one that does so before the same second bytes.

    >>> hex(vanishing_alike()[0xF8]), hex(vanishing_alike()[0xA7])
    ('0xaa', '0xa7')
    """
    alike: dict[frozenset[int], int] = {}
    return {lead: alike.setdefault(trails, lead) for lead, trails in vanishing().items()}


@lru_cache(maxsize=32768)
def in_use(character: str, *, traditional: bool) -> bool:
    """Whether a Han character is in common use, and not a Simplified one where the text is Traditional."""
    if not "\u3400" <= character <= "\u9fff" or (traditional and character in simplified_only()):
        return False
    return in_gb2312(simplify(character))


def in_gb2312(character: str) -> bool:
    """Whether GB 2312 has a character: tools that annotate by bytes leave those alone.

    >>> in_gb2312("会"), in_gb2312("會")
    (True, False)
    """
    return encoded(character, "gb2312") is not None


def encoded(character: str, charset: str = "gbk") -> bytes | None:
    """The bytes of a character, or ``None`` where the charset lacks it."""
    try:
        return character.encode(charset)
    except UnicodeEncodeError:
        return None
