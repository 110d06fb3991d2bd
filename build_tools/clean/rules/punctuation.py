"""Punctuation: marks doubled by cloning tools, and the width that GB/T 15834 asks for."""

from __future__ import annotations

import re

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule

_RUN = re.compile(r"[,，、；：！？。;:!?]{2,}")
_COMMA_WITHIN = re.compile("[,，].")
_COMMA_BEHIND = re.compile("[、；：！？。;][,，]$")
_TWIN = re.compile(r"(?<![。、；：])([。、；：])\1(?![。、；：])")


def _find_doubled(text: str) -> list[Edit]:
    """Commas beside another mark, and marks twice in a row that nobody writes twice."""
    edits = []
    for run in _RUN.finditer(text):
        if _COMMA_WITHIN.search(run[0]):
            edits.append(Edit(run.start(), run.end(), re.sub("[,，]", "", run[0]) or run[0][0]))
        elif _COMMA_BEHIND.search(run[0]):
            edits.append(Edit(run.end() - 1, run.end(), ""))
    changed = {at for edit in edits for at in range(edit.start, edit.end)}
    twins = (twin for twin in _TWIN.finditer(text) if changed.isdisjoint(range(*twin.span())))
    return edits + [Edit(twin.start(), twin.end(), twin[1]) for twin in twins]


DOUBLED_PUNCTUATION = Rule(
    name="doubled-punctuation",
    scope="text",
    summary="标点前后多出的逗号，如“召開,。”，删去多出的。",
    find=_find_doubled,
    examples=(
        ("会议召开,。", "会议召开。"),
        ("思想,,推动", "思想,推动"),
        ("提高站位,、痛定思痛", "提高站位、痛定思痛"),
        ("有关工作,；市领导", "有关工作；市领导"),
        ("再部署、,推动", "再部署、推动"),
        ("副书记,、市长", "副书记、市长"),
        ("推动整改。。会议", "推动整改。会议"),
    ),
    innocent=("太好了！！", "省略……", "他说：“好。”，然后走了", "1,234,567", "（试行），", "[1,2,3]"),
)

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff□〔〕"
_CJK = _HAN + r"\u3000-\u303f\uff00-\uffef“”‘’—…·"
_STOP = dict(zip(",:;!?", "，：；！？", strict=True))
_ASCII_STOP = re.compile(
    rf"(?<=[{_CJK}])[ \u3000]*([,:;!?])[ \u3000]*(?=[{_CJK}A-Za-z0-9(\"'《<]|$)"
    rf"|(?<=[A-Za-z0-9%)\]])([,;:!?])[ \u3000]*(?=[{_HAN}“‘《（])"
    rf"|(?<=%)(;)(?=\d)"
    rf"|(?<=[{_HAN}]\")([,:;!?])(?=[{_HAN}]|$)",
    re.MULTILINE,
)
_CALLS = re.compile(rf"(?<=[{_CJK}])[!?]{{2,4}}(?=[{_CJK}]|$)", re.MULTILINE)
_PERIOD = re.compile(rf"(?<=[{_HAN}”）》%])\.(?=[{_HAN}“]|$)|(?<=[{_HAN}])．(?=[{_HAN}]|$)", re.MULTILINE)
_PAREN = re.compile(r"\(([^()\n]{0,120})\)")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05]")
_QUOTES = re.compile(
    rf'(?<![A-Za-z0-9(\[="])(?<![^{_HAN}],)"([^"\n]*[{_HAN}][^"\n]*)"(?:(?![A-Za-z0-9)\]"])|(?<=[.!?。！？]")(?=\d))'
)
_CODE = re.compile(r"""["']\s*:\s*["\[{\d]|[\[{=(]\s*["']""")
_HAN_ONE = re.compile(f"[{_HAN}]")
_LONE_PAREN = re.compile(rf"(?<=[{_CJK}])[()]|[()](?=[{_HAN}])")


def _find_width(text: str) -> list[Edit]:
    edits = [
        Edit(match.start(), match.end(), _STOP[match[match.lastindex or 0]])
        for match in _ASCII_STOP.finditer(text)
        if not _is_quoted(text, match)
    ]
    edits += [Edit(match.start(), match.end(), "。") for match in _PERIOD.finditer(text)]
    edits += [
        Edit(match.start(), match.end(), "".join(_STOP[mark] for mark in match[0]))
        for match in _CALLS.finditer(text)
    ]
    edits += [
        Edit(match.start(), match.end(), chr(ord(match[0]) - 0xFEE0)) for match in _FULL_WIDTH.finditer(text)
    ]
    for match in _QUOTES.finditer(text):
        if _CODE.search(_line_of(text, match)):
            continue
        edits += [Edit(match.start(), match.start() + 1, "“"), Edit(match.end() - 1, match.end(), "”")]
    return _without_overlap(edits + _parentheses(text))


def _line_of(text: str, match: re.Match[str]) -> str:
    end = text.find("\n", match.end())
    return text[text.rfind("\n", 0, match.start()) + 1 : end if end >= 0 else len(text)]


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Whether a mark stands alone in quotation marks: then the text speaks of the mark."""
    return text[match.start() - 1 : match.start()] in "“‘「" and text[match.end() : match.end() + 1] in "”’」"


def _parentheses(text: str) -> list[Edit]:
    """Round brackets around Chinese, or standing in it, become full width; a pair changes together."""
    edits, paired = [], set()
    for match in _PAREN.finditer(text):
        paired |= {match.start(), match.end() - 1}
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if _is_call(text, match.start()) and (
            re.search(r'["\'={]', match[1]) or not _HAN_ONE.search(match[1])
        ):
            continue
        if _HAN_ONE.search(match[1]) or _HAN_ONE.search(around):
            edits += [Edit(match.start(), match.start() + 1, "（"), Edit(match.end() - 1, match.end(), "）")]
    for match in _LONE_PAREN.finditer(text):
        if match.start() not in paired:
            edits.append(Edit(match.start(), match.end(), "（" if match[0] == "(" else "）"))
    return edits


def _is_call(text: str, at: int) -> bool:
    """Whether a bracket follows a Latin letter or digit directly, as in ``f(x)`` and ``CO2(g)``."""
    return bool(re.match(r"[A-Za-z0-9_\])]", text[at - 1 : at]))


def _without_overlap(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


PUNCTUATION_WIDTH = Rule(
    name="punctuation-width",
    scope="text",
    summary="中文里的半角标点改为全角（GB/T 15834）；全角字母、数字改为半角。",
    find=_find_width,
    examples=(
        ("6月4日,我市召开会议。", "6月4日，我市召开会议。"),
        ("值班电话:0874-3317828,专门邮政信箱", "值班电话：0874-3317828，专门邮政信箱"),
        ("进驻期间(2019年11月12日-11月21日)设立", "进驻期间（2019年11月12日-11月21日）设立"),
        ("各县(市、区)", "各县（市、区）"),
        ('他说"好"。', "他说“好”。"),
        ('他说:"马上改!"3天后,沙堆不见了。', "他说：“马上改！”3天后，沙堆不见了。"),
        ('不足,"十三五"期间开展"回头看",整改', "不足，“十三五”期间开展“回头看”，整改"),
        ("第１２号", "第12号"),
        ("推进整改.确保", "推进整改。确保"),
        ("同比下降3.2%.", "同比下降3.2%。"),
        ("怎么办?!马上改!!", "怎么办？！马上改！！"),
    ),
    innocent=(
        "时间为每天8:00~20:00。",
        "1,234.5",
        "The group (EPA) said: yes, it will.",
        "f(x)=1",
        "比例1:1000",
        "http://a.cn/b?c=d,e",
        "半角逗号“,”与问号“?”",
        'print(f"平均值{x}")',
        '{"市": "济南","县": ["平阴","商河"]}',
    ),
)
