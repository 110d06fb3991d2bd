"""Leftovers of HTML and of encodings: tags, entities, invisible characters, marks for spaces."""

from __future__ import annotations

import html
import re

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule

_TAGS = (
    "a|abbr|article|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|figure|figcaption|font|footer|form|h[1-6]|"
    "head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|ol|option|p|pre|script|section|select|small|span|"
    "strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul|video|o:p|st1:\\w+"
)
_TAG = re.compile(
    rf"</?(?:{_TAGS})\b[^<>\n]{{0,2000}}>|(?<![<\w/:.])/(?:p|div|span|strong|td|tr|li|ul|h[1-6]|font|br)>|<!--.*?-->",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")

_ABOUT = re.compile(r"源代码|网页标记|HTML|标签语言|转义", re.IGNORECASE)


def _find_tags(text: str) -> list[Edit]:
    if ("<" not in text and "/" not in text) or _ABOUT.search(text):
        return []
    scripts = [Edit(match.start(), match.end(), "") for match in _SCRIPT.finditer(text)]
    covered = [(edit.start, edit.end) for edit in scripts]
    tags = (
        Edit(match.start(), match.end(), "")
        for match in _TAG.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
    )
    return scripts + list(tags)


STRAY_MARKUP = Rule(
    name="stray-markup",
    scope="text",
    summary="残留的网页标记，如“</span>”“<br>”，删去。",
    find=_find_tags,
    examples=(("会议召开。</span>", "会议召开。"), ("全文<br/>完", "全文完"), ("张海□）/span>", "张海□）")),
    innocent=("a<b且c>d", "温度<5℃", "和/或", "<中国环境报>"),
)


def _find_entities(text: str) -> list[Edit]:
    if "&" not in text or _ABOUT.search(text):
        return []
    return [Edit(match.start(), match.end(), _character(match[0])) for match in _ENTITY.finditer(text)]


def _character(entity: str) -> str:
    plain = html.unescape(entity)
    return " " if plain == "\N{NO-BREAK SPACE}" else plain


ENTITIES = Rule(
    name="entities",
    scope="text",
    summary="未解码的网页实体，如“&nbsp;”“&ldquo;”，还原为字符。",
    find=_find_entities,
    examples=(("&ldquo;回头看&rdquo;", "“回头看”"), ("会议&nbsp;召开", "会议 召开")),
    innocent=("AT&T", "R&D;", "a & b"),
)

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff\u00ad]"
)
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\t]")


def _find_invisible(text: str) -> list[Edit]:
    edits = [Edit(match.start(), match.end(), "") for match in _CONTROL.finditer(text)]
    return edits + [Edit(match.start(), match.end(), " ") for match in _SPACE.finditer(text)]


INVISIBLE = Rule(
    name="invisible-characters",
    scope="text",
    summary="控制字符、零宽字符删去；不间断空格等改为普通空格。",
    find=_find_invisible,
    examples=(("督\u200b察组\x00", "督察组"), ("李\u00a0强", "李 强")),
    innocent=("督察组 进驻", "第一行\n第二行", "李\u3000强"),
)

_LOST_SPACE = re.compile(r"^[ ]*[?\ufffd]+[ ]*(?=$|[^\s?\ufffd])(?![^\n]{0,6}\))", re.MULTILINE)


def _find_lost_spaces(text: str) -> list[Edit]:
    return [
        Edit(match.start(), match.end(), "")
        for match in _LOST_SPACE.finditer(text)
        if match[0].strip() and not re.match(r"[。，、！？；：]", text[match.end() : match.end() + 1])
    ]


LOST_SPACE = Rule(
    name="lost-space",
    scope="text",
    summary="段首或独占一行的“?”原是空格，删去。",
    find=_find_lost_spaces,
    examples=(("第一段。\n?\n第二段。", "第一段。\n\n第二段。"), ("??会议召开。", "会议召开。")),
    innocent=("怎么办?", "怎么办?\n这样办。"),
)

_REPLACEMENT = re.compile("\ufffd+")

LOST_CHARACTER = Rule(
    name="lost-character",
    scope="text",
    summary="无法还原的损坏字符（U+FFFD）标为 □。",
    find=lambda text: [
        Edit(match.start(), match.end(), "□", "lost") for match in _REPLACEMENT.finditer(text)
    ],
    examples=(("張海\ufffd）", "張海□）"),),
    innocent=("会议召开。",),
)
