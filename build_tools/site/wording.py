"""How the archive's fields read in Chinese."""

from __future__ import annotations

from functools import lru_cache

from build_tools.archive.tags import inspection_name as inspection
from build_tools.archive.tags import numeral
from build_tools.models import FrontMatter, Record
from build_tools.site.tiles import short_name

__all__ = [
    "CONFIDENCE",
    "KINDS",
    "STAGES",
    "day",
    "inspection",
    "kind",
    "numeral",
    "place",
    "span",
    "title",
]

KINDS = ("中央例行督察", "中央“回头看”", "中央专项与试点", "省级督察", "未分类")
STAGES = ("动员", "进驻", "下沉", "边督边改", "反馈", "整改", "警示片", "问责", "其他")
CONFIDENCE = {"verified": "有来源", "inferred": "推定"}
GAP = "尚无文章"
REPAIRS = {
    "read-as-latin": "西文乱码还原",
    "utf8-as-gbk": "UTF-8误读还原",
    "entities": "网页实体还原",
    "invisible-characters": "删不可见字符",
    "copy-jam": "删防复制的乱字",
    "byte-alignment": "错位乱码还原",
    "pinyin-annotation": "删插入的拼音",
    "reading-astray": "拼音不符存疑",
    "stray-markup": "删残留标记",
    "lost-space": "删空格残迹",
    "reading-left": "依读音还原",
    "lost-character": "标出脱字",
    "doubled-punctuation": "删重复标点",
    "traditional-script": "繁体转简体",
    "punctuation-width": "半角转全角",
    "brand-spam": "删插入的广告",
    "filled-name": "合并姓名空格",
    "extra-space": "删多余空格",
    "page-date": "移出页面日期",
    "dateline": "移出抓取日期",
    "source": "移出来源",
    "credit": "移出署名",
    "caption": "移出图片说明",
    "furniture": "移出网页套话",
    "subtitle": "分出副题",
    "title": "分出标题",
    "repeated-line": "删重复的行",
    "broken-line": "接上断行",
    "blank-line": "合并空行",
}
"""Rules of repair in a few characters; ``clean.rules`` says what each does."""


@lru_cache(maxsize=2**14)
def day(value: str | None) -> str:
    """A date of any precision.

    >>> day("2017-08-21"), day("2017-08"), day(None)
    ('2017年8月21日', '2017年8月', '日期不详')
    """
    if not value:
        return "日期不详"
    year, *rest = value.split("-")
    return f"{year}年" + "".join(f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False))


def span(value: str | None) -> str:
    """A stretch of days as the schedule writes it; an open end stays open.

    >>> span("2022-03-23/..")
    '2022年3月23日起'
    """
    if not value:
        return "不详"
    start, _, end = value.partition("/")
    if end in ("", ".."):
        return day(start) + ("起" if end else "")
    return f"{day(start)}至{day(end)}"


def kind(front: FrontMatter) -> str:
    """Which of ``KINDS`` an article's inspection is."""
    if front.level == "provincial":
        return KINDS[3]
    if front.level is None:
        return KINDS[4]
    return {"回头看": KINDS[1], "专项": KINDS[2], "试点": KINDS[2]}.get(front.mode or "", KINDS[0])


def place(front: FrontMatter) -> str:
    """Provinces by short name, then city and county: 山东 · 济南市."""
    return " · ".join([*map(short_name, front.provinces), *filter(None, (front.city, front.county))])


def title(record: Record) -> str:
    """The title; one that the archive supplied stands in ［］."""
    front = record.front
    return bracketed(front.title) if front.title_basis == "supplied" else front.title


def bracketed(title: str) -> str:
    """A title as it is shown where the archive supplied it."""
    return f"［{title}］"
