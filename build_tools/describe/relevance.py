"""Whether a page is about an inspection at all."""

from __future__ import annotations

import re

from build_tools.describe.article import Article
from build_tools.describe.inspections import Inspection, named
from build_tools.models import Finding

_GROUP = re.compile(r"督察组")
_FIELD = re.compile(r"环境|环保|生态|污染")
_NAMED = re.compile(
    r"环保督[察查]|环境保护督[察查]|环境保护\d个督[察查]组|督察整改|督察反馈|环保[^。，]{0,6}督察|生态环境警示片|中央[^。，]{0,8}督察组"
)
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百千零\d]{1,6}[章回]|最新章节|小说网")
_OFTEN = 2  # mentions of a group from which a page is about it, whatever it leaves out


def relevant(parts: Article, found: Inspection, *, anchored: bool) -> tuple[bool, tuple[Finding, ...]]:
    """Whether the page reports an inspection, and the finding that says why not.

    ``anchored`` tells that something ties the page to the world: a place, a day, a paper, someone in office.
    """
    head = f"{parts.title}\n{parts.lead}"
    strong = bool(_NAMED.search(head) or (_GROUP.search(head) and _FIELD.search(head)))
    count = sum(len(pattern.findall(parts.body)) for pattern in (_NAMED, _GROUP, named("some")))
    if not (strong or count >= 2 or (found.level and count)):
        return False, (_finding("全文不见督察组、环保督察等字样，或仅一笔带过，似与生态环境保护督察无关"),)
    whole = f"{head}\n{parts.body}"
    vague = not found.level and not _NAMED.search(whole) and len(_GROUP.findall(whole)) < _OFTEN
    if (vague and not anchored) or _CHAPTER.search(head.strip()):
        return False, (_finding("文中没有可考的地名、日期和来源，似为小说或泛泛之谈"),)
    return True, ()


def _finding(message: str) -> Finding:
    return Finding(code="NOT-ABOUT", severity="warning", message=message, cure="确有关系时用 --force 收录")
