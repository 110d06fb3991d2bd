"""What a record derives from its own fields: tags for other tools, and its id."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from build_tools.models import FrontMatter

_NUMERALS = "〇一二三四五六七八九十"
_SUFFIX = re.compile(
    r"(?<=..)(特别行政区|(维吾尔|壮族|回族)?自治区|[\u4e00-\u9fff]{1,3}族自治州|地区|自治州|生产建设兵团|省|市|盟|县|区)$"
)


def numeral(number: int) -> str:
    """A number below 100 in Chinese.

    >>> numeral(4), numeral(12), numeral(30)
    ('四', '十二', '三十')
    """
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def inspection_name(front: FrontMatter) -> str | None:
    """The inspection by its usual name: 中央第一轮第四批, 中央第一轮“回头看”第一批, 省级“回头看”."""
    if front.level is None and front.mode is None and front.round is None:
        return None
    level = {"central": "中央", "provincial": "省级"}.get(front.level or "", "")
    mode = {"回头看": "“回头看”", "专项": "专项督察", "试点": "试点"}.get(front.mode or "", "")
    round_ = f"第{numeral(front.round)}轮" if front.round else ""
    batch = f"第{numeral(front.batch)}批" if front.batch else ""
    return f"{level}{round_}{mode}{batch}" + ("" if round_ or mode else "督察")


def tags_of(front: FrontMatter) -> list[str]:
    """Places, inspection, stage and officials, in that order, each once."""
    places = [*front.provinces, *filter(None, (front.city, front.county))]
    stage = [front.stage] if front.stage != "其他" else []
    tags = [*places, *filter(None, (inspection_name(front),)), *stage, *(one.name for one in front.officials)]
    return list(dict.fromkeys(tags))


def id_of(date: str | None, places: tuple[str, ...], raw_sha256: str, digits: int = 4) -> str:
    """A record's id: date, place in pinyin without its rank, and the first digits of the raw page's SHA-256.

    >>> id_of("2017-08-21", ("山东省", "济南市"), "5f3c" + "0" * 60)
    '2017-08-21-jinan-5f3c'
    >>> id_of(None, (), "5f3c" + "0" * 60)
    'undated-quanguo-5f3c'
    """
    place = _SUFFIX.sub("", places[-1]) if places else "全国"
    pinyin = re.sub(r"[^a-z]", "", "".join(lazy_pinyin(place)).lower().replace("ü", "v")) or "quanguo"
    return f"{date or 'undated'}-{pinyin}-{raw_sha256[:digits]}"
