"""Which characters a site annotates, and with what reading."""

from __future__ import annotations

from collections import Counter
from functools import cache

import jieba
from opencc import OpenCC
from pypinyin import Style, pinyin

from tests.damage.script import clone_form

_TWO_WAYS = {"長": ("zhǎng", "cháng"), "會": ("huì", "huì ")}
"""Readings that differ between sites; the blank is in the table of one family of sites."""

_NONE: frozenset[str] = frozenset()


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def reading(char: str) -> str:
    """The reading of one character by itself, with its tone mark.

    >>> reading("會"), reading("說")
    ('huì', 'shuō')
    """
    return str(pinyin(char, style=Style.TONE)[0][0])


@cache
def toneless(char: str) -> str:
    """The reading without tone.

    >>> toneless("省")
    'sheng'
    """
    return str(pinyin(char, style=Style.NORMAL)[0][0])


def readings_of_site(char: str, manner: int) -> str:
    """The reading that a site of the given manner (0 or 1) puts behind the character."""
    return _TWO_WAYS[char][manner] if char in _TWO_WAYS else reading(char)


@cache
def annotatable(char: str) -> bool:
    """Whether any site annotates the character: 136 of 137 seen are Traditional forms outside GB2312.

    >>> [annotatable(char) for char in "會著市"]
    [True, True, False]
    """
    if char == "著":
        return True
    simplified = _simplifier().convert(char)
    if simplified == char or clone_form(simplified) != char or len(char.encode("gbk", "ignore")) != 2:
        return False
    return simplified in _common() and not _in_gb2312(char)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _common() -> frozenset[str]:
    """The 1,500 most common characters by the words of jieba's dictionary; no site annotates rare ones."""
    counts = Counter[str]()
    with jieba.get_dict_file() as words:
        for line in words:
            word, count, *_ = line.decode("utf-8").split(" ")
            for char in word:
                counts[char] += int(count)
    return frozenset(char for char, _ in counts.most_common(1500))


@cache
def _by_lead_and_reading() -> dict[tuple[int, str], frozenset[str]]:
    table: dict[tuple[int, str], set[str]] = {}
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        if annotatable(char):
            for manner in (0, 1):
                key = char.encode("gbk")[0], readings_of_site(char, manner).strip()
                table.setdefault(key, set()).add(char)
    return {key: frozenset(chars) for key, chars in table.items()}


def one_of_its_kind(char: str, shown: str) -> bool:
    """Whether the lead byte of the character and the reading shown leave only this character.

    >>> one_of_its_kind("請", "qǐng"), one_of_its_kind("執", "zhí")
    (True, True)
    """
    return _by_lead_and_reading().get((char.encode("gbk")[0], shown.strip()), _NONE) == frozenset({char})
