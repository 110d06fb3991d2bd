"""Spaces and line breaks that stand where the language has none."""

from __future__ import annotations

import re

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule
from build_tools.knowledge.tables import surnames, titles

_SIGNS_OF_JAM = 4  # different signs that nobody writes one beside another
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


_JAM = re.compile(
    r"(?:(?<=[\u3400-\u9fff。，；：！？、”）])|^)[ \u3000]?[!-~]{1,2}(?: [!-~]{1,2}){7,}"
    r"[ \u3000]*(?=[\u3400-\u9fff“（\d]|$)",
    re.MULTILINE,
)
_SIGNS = re.compile(r"[^A-Za-z0-9.,:/+\-= ]")


def _find_jam(text: str) -> list[Edit]:
    return [
        Edit(match.start(), match.end(), "")
        for match in _JAM.finditer(text)
        if len(set(_SIGNS.findall(match[0]))) >= _SIGNS_OF_JAM
    ]


JAM = Rule(
    name="copy-jam",
    scope="text",
    summary="论坛防复制的乱字符，如“/ Z) l9 K$ Z7 @- `* U(”，删去。",
    find=_find_jam,
    examples=(
        ("督察组进驻。 & _* c/ ]8 s* _' s/ U* z$ g; N+ Z.", "督察组进驻。"),
        ("/ Z) l9 K$ Z7 @- `* U( m 整改到位。", "整改到位。"),
        ("督察指出，( O$ B* z. v+ @/ ^* t8 k6 b 整改不力。", "督察指出，整改不力。"),
    ),
    innocent=(
        "公式 a + b = c + d - e * f 成立",
        "A B C D E F G H I J K L 各组",
        "坐标（ 1 , 2 , 3 , 4 , 5 , 6 , 7 , 8 ）",
        "for i in x : y [ i ] = z [ i ] + 1 ;",
    ),
)


_FILLED = re.compile(r"([\u3400-\u9fff])([ \u00a0\u2002\u2003\u3000]{1,2})([\u3400-\u9fff])")
_AFTER_NAME = re.compile(r"$|[，。、；：！？）)\s]", re.MULTILINE)


def _find_filled_names(text: str) -> list[Edit]:
    """Blanks between a surname and a given name of one character, where the context asks for a name."""
    return [
        Edit(match.start(2), match.end(2), "")
        for match in _FILLED.finditer(text)
        if match[1] in surnames() and _is_filled_name(text[: match.start()], match[2], text[match.end() :])
    ]


def _is_filled_name(left: str, blank: str, right: str) -> bool:
    """Whether a name may begin behind ``left``; a plain blank at the start of a line sets headlines apart."""
    ends = bool(_AFTER_NAME.match(right))
    if not left or left[-1] == "\n":
        return ends and blank != " "
    if left[-1] in "、：":
        return ends
    return left.endswith(tuple(titles().posts)) and (ends or blank != " ")


FILLED_NAME = Rule(
    name="filled-name",
    scope="text",
    summary="两字姓名中间为对齐而留的空格，如“李　强”，依上下文合并。",
    find=_find_filled_names,
    examples=(
        ("组长：李\u3000强，副组长：王\u2003伟", "组长：李强，副组长：王伟"),
        ("市委书记刘 伟、市长张\u00a0明、高 山", "市委书记刘伟、市长张明、高山"),
        ("李\u3000强", "李强"),
    ),
    innocent=(
        "记者 王某 李某",
        "记者 王 李",
        "高 质量发展",
        "全市环境保护工作会议召开 李某主持",
        "市长 常务副市长",
        "一、安 全生产",
    ),
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
