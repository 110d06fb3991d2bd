"""A title for a page that has none, taken from its first sentence without adding anything."""

from __future__ import annotations

import re

from build_tools.describe.places import Location

_LEADING_DATE = re.compile(
    r"^(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:至(?:\d{1,2}月)?\d{1,2}日|、\d{1,2}日)?|近日|日前|昨日|今日)(?:上午|下午|晚上?)?[，,]?"
)
_CLAUSE = re.compile(r"(?:“[^“”\n]{0,80}”|[^，。；！？\n])+")  # not cut inside a quotation
_DATELINE = re.compile(r"^(?:本报|[\u3400-\u9fff]{2,6}社)?[^\s，。]{0,12}(?:讯|电)\s*(?:（[^）]*）)?")
_EVENT = re.compile(r"召开|举行|进驻|反馈会|主持|调研|启动|督导|督办")
_TOPIC = re.compile(r"督察|反馈|公开|通报|整改")
_LOCAL = re.compile(r"全[市县区州盟旗]|[省市县区州盟旗](?:委|政府|直)|召开|举行")
_MINE = re.compile(r"^我[省市县区州盟旗]")
LONGEST = 40


def supplied_title(paragraphs: tuple[str, ...], place: Location) -> str:
    """The event of the first sentence, with the place in front where the text only says 我市.

    ``6月4日，我市召开专题会议。`` in an article of 忻州市 → ``忻州市召开专题会议``; ``无题`` where there is no text.
    """
    first = next((paragraph for paragraph in paragraphs if paragraph.strip()), "")
    first = _DATELINE.sub("", re.sub(r"^（[^）]*）|^原标题：", "", first.strip()))
    clauses = [part for part in _CLAUSE.findall(_LEADING_DATE.sub("", first)) if part.strip()]
    if not clauses:
        return "无题"
    tiers = (part for words in (_EVENT, _TOPIC) for part in clauses[:4] if words.search(part))
    chosen = next(tiers, clauses[0])
    chosen = re.sub(r"[〔〕]", "", chosen.strip())
    name = place.county or place.city or (place.provinces[0] if place.provinces else None)
    if name:
        chosen = _MINE.sub(name, chosen)
        known = (place.county, place.city, *place.provinces)
        if _LOCAL.match(chosen) and not any(part[:2] in chosen for part in known if part):
            chosen = name + chosen.removeprefix(name[-1]).removeprefix("全" + name[-1])
    return chosen[:LONGEST]
