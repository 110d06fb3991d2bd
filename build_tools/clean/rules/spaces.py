"""Spaces and line breaks that stand where the language has none."""

from __future__ import annotations

import re

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule

_EXTRA = re.compile(
    r"(?m)^[ \u3000]+|[ \u3000]+$|(?<= )[ ]+|(?<=[，。、；：！？])[ \u3000]+(?=\S)"
    r"|(?<=\S)[ \u3000]+(?=[，。、；：！？])"
)


def _find_spaces(text: str) -> list[Edit]:
    if " " not in text and "\u3000" not in text:
        return []
    return [Edit(match.start(), match.end(), "") for match in _EXTRA.finditer(text)]


EXTRA_SPACE = Rule(
    name="extra-space",
    scope="text",
    summary="段首缩进、行尾空格和标点旁的空格，删去。",
    find=_find_spaces,
    examples=(("  会议召开 ，强调： 要整改。 ", "会议召开，强调：要整改。"),),
    innocent=("中共中央办公厅 国务院办公厅印发", "PM2.5 浓度", "不讲客观条件 不强调客观理由"),
)


def _find_blank_lines(text: str) -> list[Edit]:
    return [
        Edit(match.start(), match.end(), "" if match.start() == 0 or match.end() == len(text) else "\n")
        for match in re.finditer(r"\A\s+|\s*\n\s*\n\s*|\s+\Z", text)
    ]


BLANK_LINES = Rule(
    name="blank-line",
    scope="text",
    summary="段落之间的空行，合并。",
    find=_find_blank_lines,
    examples=(("第一段。\n\n\n第二段。\n", "第一段。\n第二段。"),),
    innocent=("第一段。\n第二段。",),
)
