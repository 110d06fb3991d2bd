"""Damage that changes what a text says: no cleaner can undo it, a good one notices."""

from __future__ import annotations

import re
from random import Random

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page

# Rewriting as spinning tools do it, word for word; seen on public pages.
_SPUN = {
    "督察进驻": "督察专员公署",
    "作动员讲话": "不作动员讲话",
    "讲话": "发言",
    "开展": "积极开展",
    "环境": "处境",
    "保护": "回护",
    "任务": "职司",
    "问题": "题目",
    "人员": "东说念主员",
    "群众": "大众",
    "整改": "整治改换",
    "落实": "落实下去",
    "中央": "主题",
    "重要": "紧要",
    "要求": "恳求",
    "认为": "以为",
    "已经": "早已",
    "严重": "要紧",
    "部门": "部分",
    "工作": "就业",
    "情况": "状况",
    "存在": "正在",
    "责任": "仔肩",
    "企业": "厂商",
    "发现": "出现",
}


def spun(article: Article, rng: Random) -> Case:
    """Word-for-word rewriting: 督察进驻 → 督察专员公署."""
    share = rng.choice([0.5, 0.8])
    words = re.compile("|".join(sorted(_SPUN, key=len, reverse=True)))

    def rewrite(match: re.Match[str]) -> str:
        return _SPUN[match[0]] if rng.random() < share else match[0]

    shown = words.sub(rewrite, article.text)
    return page("spun text", shown, Answer(shown, reliable=shown == article.text))


def dropped_digits(article: Article, rng: Random) -> Case:
    """Years and figures gone: 时间为年4月6日. What is left must not be made up."""

    def drop(match: re.Match[str]) -> str:
        return match[0][-1] if rng.random() < 0.7 else match[0]

    shown = re.sub(r"\d{4}年|\d+(?:\.\d+)?(?=[个家件名项吨]).", drop, article.text)
    return page("dropped digits", shown, Answer(shown, reliable=shown == article.text))


def title_spliced_in(article: Article, rng: Random) -> Case:
    """Pieces of the title put in at the start of clauses: 经党中央、央字头国务院批准"""
    pieces = [article.title[at : at + rng.randrange(2, 5)] for at in range(0, len(article.title) - 4, 4)]
    paragraphs = list[str]()
    for paragraph in article.paragraphs:
        clauses = paragraph.split("，")
        for at in range(1, len(clauses)):
            if rng.random() < 0.25:
                clauses[at] = rng.choice(pieces) + clauses[at]
        paragraphs.append("，".join(clauses))
    shown = "\n".join((article.title, *paragraphs))
    return page("title spliced in", shown, Answer(article.text, reliable=shown == article.text))
