"""Whether a page is about an inspection at all."""

from __future__ import annotations

import re

from build_tools.describe.article import Article
from build_tools.describe.inspections import Inspection, named
from build_tools.models import Finding

_NAMED = re.compile(
    r"督察组|环保督[察查]|生态环境保护督[察查]|环境保护督[察查]|环境保护\d个督[察查]组|督察整改|督察反馈|环保[^。，]{0,6}督察|生态环境警示片"
)


def relevant(parts: Article, found: Inspection) -> tuple[bool, tuple[Finding, ...]]:
    """Whether the page reports an inspection, and the finding that says why not."""
    strong = bool(_NAMED.search(parts.title) or _NAMED.search(parts.lead))
    count = len(_NAMED.findall(parts.body)) + len(named("some").findall(parts.body))
    if strong or count >= 2 or (found.level and count):
        return True, ()
    finding = Finding(
        code="NOT-ABOUT",
        severity="warning",
        message="全文不见督察组、环保督察等字样，或仅一笔带过，似与生态环境保护督察无关",
        cure="确有关系时用 --force 收录",
    )
    return False, (finding,)
