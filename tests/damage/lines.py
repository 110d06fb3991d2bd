"""Lines broken and blanks put in where no writer would."""

from __future__ import annotations

import re
from random import Random

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page


def broken_lines(article: Article, rng: Random) -> Case:
    """Line breaks inside sentences, behind a comma or in the middle of a clause: 发展观，⏎让…"""
    lines = list[str]()
    for paragraph in article.paragraphs:
        if len(paragraph) > 120 and rng.random() < 0.7:
            cut = paragraph.find("，", rng.randrange(20, len(paragraph) - 40)) + 1
            inside = paragraph[cut - 1 : cut + 1]
            lines += [paragraph[:cut], paragraph[cut:]] if cut and "”" not in inside else [paragraph]
        else:
            lines.append(paragraph)
    return page("broken lines", "\n".join((article.title, *lines)), Answer(article.text))


def wrapped_lines(article: Article, rng: Random) -> Case:
    """Every paragraph wrapped at a fixed width, with a blank line between paragraphs."""
    width = rng.choice([30, 36, 40])
    wrapped = (
        "\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in article.paragraphs
    )
    return page("wrapped lines", "\n\n".join((article.title, *wrapped)), Answer(article.text))


def filler_in_names(article: Article, rng: Random) -> Case:
    """Names of two characters set to the width of three: 李\u3000强"""
    blank = rng.choice(["\u3000", " ", "  "])
    shown = article.text
    for name in article.people:
        if len(name) == 2:
            shown = shown.replace(name, blank.join(name))
    return page("filler in names", shown, Answer(article.text))


def spaced(article: Article, rng: Random) -> Case:
    """Blanks between Han characters and figures or marks: 共 5 个 省份"""

    def blank(match: re.Match[str]) -> str:
        return match[0][0] + " " + match[0][1] if rng.random() < 0.5 else match[0]

    shown = re.sub(r"[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]", blank, article.text)
    return page("blanks at figures", shown, Answer(article.text))
