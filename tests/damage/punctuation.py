"""Punctuation doubled or narrowed."""

from __future__ import annotations

import re
from random import Random

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page

_NARROW = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def doubled(article: Article, rng: Random) -> Case:
    """A comma before two of three marks: 召开，。 思想，， 部署，、"""
    turn = rng.randrange(3)

    def double(match: re.Match[str]) -> str:
        nonlocal turn
        turn += 1
        return ("，" if turn % 3 else "") + match[0]

    shown = re.sub("[，。、；！？]", double, article.text)
    return page("doubled punctuation", shown.translate(_NARROW), Answer(article.text))


def stuttered(article: Article, rng: Random) -> Case:
    """The same mark twice, or a comma and another mark in either order: 、，部署 有关工作，；"""

    def stutter(match: re.Match[str]) -> str:
        mark = match[0]
        return rng.choice([mark * 2, mark + "，", "，" + mark]) if rng.random() < 0.1 else mark

    return page("stuttered punctuation", re.sub("[、，。；]", stutter, article.text), Answer(article.text))


def narrowed(article: Article, rng: Random) -> Case:
    """Half-width , : ; ( ) ! ? in Chinese; times, telephone numbers and decimals had them before."""
    shown = article.text.translate(_NARROW)
    if rng.random() < 0.5:
        shown = shown.replace("“", '"').replace("”", '"') if rng.random() < 0.3 else shown
    return page("half-width punctuation", shown, Answer(article.text))
