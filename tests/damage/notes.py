"""Readings in brackets behind characters, other than the ones the cloning tool puts there."""

from __future__ import annotations

from random import Random

from pypinyin import Style, pinyin

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page
from tests.damage.readings import reading, toneless
from tests.damage.script import clone_script


def toneless_readings(article: Article, rng: Random) -> Case:
    """A reading without tone behind some characters, sometimes twice: 省(sheng)(sheng)林业厅"""
    script = clone_script(article.text) if rng.random() < 0.6 else article.text
    share = rng.choice([0.05, 0.15, 0.25])

    def shown(char: str) -> str:
        if not _han(char) or rng.random() > share:
            return char
        return char + f"({toneless(char)})" * (2 if rng.random() < 0.1 else 1)

    return page("toneless pinyin", "".join(map(shown, script)), Answer(article.text))


def both_readings(article: Article, rng: Random) -> Case:
    """All readings of a character that has several: 为(wéi / wèi)"""

    def shown(char: str) -> str:
        if not _han(char) or rng.random() > 0.3:
            return char
        sounds = pinyin(char, style=Style.TONE, heteronym=True)[0][:2]
        return char + f"({' / '.join(sounds)})" if len(sounds) > 1 else char

    return page("both readings", "".join(map(shown, clone_script(article.text))), Answer(article.text))


def unknown_with_reading(article: Article, rng: Random) -> Case:
    """U+FFFD where a character outside GB2312 stood, with its reading left: 保\ufffd(hù)"""
    script, share = clone_script(article.text), rng.choice([0.02, 0.1])
    shown, lost = list[str](), set[int]()
    for at, char in enumerate(script):
        hit = _han(char) and len(char.encode("gb2312", "ignore")) == 0 and rng.random() < share
        shown.append(f"\N{REPLACEMENT CHARACTER}({reading(char)})" if hit else char)
        if hit:
            lost.add(at)
    return page("replacement character", "".join(shown), Answer(article.text, frozenset(lost)))


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
