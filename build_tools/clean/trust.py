"""Text that cannot be trusted: rewritten word by word, or with figures gone. Found and said, never repaired."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from build_tools.models import Finding

Kind = Literal["rewritten", "dropped"]
_MESSAGES: dict[Kind, tuple[str, str]] = {
    "rewritten": ("TEXT-REWRITTEN", "文字像是被逐词改写或来回翻译过"),
    "dropped": ("TEXT-DROPPED", "有数字或字词脱落"),
}
_ENOUGH = 2
_QUOTED = 4


@cache
def _signs() -> dict[Kind, tuple[re.Pattern[str], re.Pattern[str]]]:
    text = files("build_tools.knowledge").joinpath("distrust.yml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    return {
        kind: (_any_of(table[kind]["strong"]), _any_of(table[kind]["weak"]))
        for kind in ("rewritten", "dropped")
    }


def _any_of(rows: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows), re.MULTILINE)


def doubts(text: str) -> tuple[Finding, ...]:
    """What makes a repaired text untrustworthy, each with the words that show it.

    >>> [doubt.code for doubt in doubts("督察组督察专员公署北京，书记不作动员讲话。")]
    ['TEXT-REWRITTEN']
    >>> doubts("督察组进驻北京，书记作动员讲话。")
    ()
    """
    found = []
    for kind, (strong, weak) in _signs().items():
        certain = [match[0] for match in strong.finditer(text)]
        likely = list(dict.fromkeys(match[0] for match in weak.finditer(text)))
        if certain or len(likely) >= _ENOUGH:
            code, message = _MESSAGES[kind]
            shown = list(dict.fromkeys([*certain, *likely]))[:_QUOTED]
            words = "、".join(f"“{one}”" for one in shown)
            found.append(Finding(code, "warning", f"{message}：{words}", "找到原文或更可靠的转载后替换"))
    return tuple(found)
