"""Which year a day without one belongs to: what the words rule out, and what the schedule leaves.

6月4日 in a Shanxi article on 边督边改 can only be 2025: no other inspection of Shanxi was on site on 4 June.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from build_tools.describe.dates import Day, days_in
from build_tools.describe.windows import Window
from build_tools.knowledge import tables
from build_tools.knowledge.schedule import schedule

FRESH_DAYS = (
    75  # the plan is due 45 working days after the opinion; what follows at once is reported within these
)
PREPARING_DAYS = 60
PREPARED_DAYS = 45  # how long before their arrival inspectors are said to be awaited
GAP_DAYS = 120  # on site or at the feedback, an event follows the dates that the text cites within months
LATE_GAP_DAYS = 45  # rectification goes on for years: only what follows at once is of the same year
_ON_SITE_STAGES = frozenset({"动员", "进驻", "下沉", "边督边改", "其他"})
_FRESH_STAGE = "新近反馈"
HEAD = 500  # characters in which an article says what it reports
_FRESH = re.compile(
    r"再动员|再部署|动员(?:部署)?会|整改动员|交办会|任务清单|反馈会(?:后|议)|传达[^。，]{0,20}反馈|整改方案[^。，]{0,8}(?:制定|编制|起草|征求)|"
    r"(?:制定|研究|审议)[^。，]{0,20}整改方案"
)
_STALE = re.compile(r"销号|收官|收尾|验收|今年以来|三年行动|进展")
_RECEIVING = re.compile(r"(?:支持|配合|迎接|迎检)[^。；]{0,30}督[察查][^。；]{0,20}(?:部署|安排|动员|启动)")
LEAD = 250  # characters in which an article says what it is about
_PREPARING = re.compile(r"迎接|迎检|筹备|即将进驻|准备工作")
_YEAR_OF_EVENT = re.compile(r"(20\d\d)年(?:第[一二三四五六七八九十]+次|度第)")
_FUTURE = re.compile(r"^\s?(?:前|以前|之前|底)|^[^。，]{0,6}(?:完成|实现)")
_STATUS_BEFORE = re.compile(r"截[至止]到?$")
STATUS_DAYS = 15  # how much older than 截至…日 the event that a text reports may be
_FUTURE_BEFORE = re.compile(r"(?:到|至|力争|确保|于)$")


@dataclass(frozen=True, slots=True)
class Span:
    """The days a text may have been written on, and the words that say so."""

    first: date
    last: date
    words: str = ""
    what: str = ""


@cache
def _eras() -> tuple[tuple[re.Pattern[str], date, str], ...]:
    return tuple((re.compile(era.word), era.since, era.what) for era in tables.eras())


def span(text: str, crawled: date | None, entry: date | None = None) -> Span:
    """Bounds on the day of writing: no older than what the text cites, no later than the crawl.

    ``entry`` is the first day of the earliest inspection that the article can be about.
    """
    first, words, what = date(schedule().first_year, 1, 1), "", ""
    if entry and entry - timedelta(PREPARING_DAYS) > first:
        first, words, what = entry - timedelta(PREPARING_DAYS), "", "最早一次可能的督察"
    for pattern, since, reason in _eras():
        if since > first and (match := pattern.search(text)):
            first, words, what = since, match.group(), reason
    last = crawled or date(int(schedule().compiled[:4]), 12, 31)  # what came later is not in the schedule
    for day in days_in(text):
        known = day.on(day.year) if day.year else None
        future = _FUTURE.match(text[day.end : day.end + 10]) or _FUTURE_BEFORE.search(
            text[max(0, day.at - 4) : day.at]
        )
        if known and _STATUS_BEFORE.search(text[max(0, day.at - 3) : day.at]):
            known -= timedelta(STATUS_DAYS)
        if known and first < known <= last and not future:
            first, words, what = known, day.words, "文中引述的日期"
    return Span(first, last, words, what)


def cited(text: str) -> date | None:
    """The latest full day that a text tells as past."""
    days = [
        day.on(day.year)
        for day in days_in(text)
        if day.year and not _FUTURE.match(text[day.end : day.end + 10])
    ]
    return max((day for day in days if day), default=None)


def _fits(day: date, window: Window, stage: str, preparing: bool) -> bool:
    if stage in _ON_SITE_STAGES:
        return window.on_site(day, before=PREPARED_DAYS if preparing else 3)
    if stage == "反馈":
        return window.feedback is not None and abs(day - window.feedback) <= timedelta(7)
    return stage == _FRESH_STAGE and window.after_feedback(day, FRESH_DAYS)


def candidates(day: Day, bounds: Span) -> list[date]:
    """The days this could be, year by year, within the bounds."""
    found = (day.on(year) for year in range(bounds.first.year, bounds.last.year + 1))
    return [one for one in found if one and bounds.first <= one <= bounds.last]


def by_schedule(day: Day, text: str, bounds: Span, rows: list[Window], stage: str) -> tuple[list[date], str]:
    """The years that the schedule leaves for a day, and why; an empty list where it says nothing."""
    preparing = bool(_PREPARING.search(text))
    if stage not in _ON_SITE_STAGES and stage != "反馈":
        head = text[:HEAD]
        if _RECEIVING.search(text, 0, LEAD):
            stage = "进驻"
        elif _FRESH.search(head) and not _STALE.search(head):
            stage = _FRESH_STAGE
    found = []
    why = ""
    for one in candidates(day, bounds):
        for row in rows:
            if _fits(one, row, stage, preparing):
                found.append(one)
                why = _reason(day, one, row, stage)
                break
    return found, why


def _reason(day: Day, one: date, row: Window, stage: str) -> str:
    short = f"{day.month}月{day.day}日"
    if stage in _ON_SITE_STAGES:
        return f"{row.label}督察{row.province}的进驻时间（{row.days}）是唯一包含{short}的一次"
    if stage == "反馈":
        return f"{row.label}向{row.province}反馈在{row.feedback}前后，其他各次反馈都不在{short}"
    told = f"{row.label}于{row.feedback}向{row.province}反馈，{one}在反馈后不久"
    return f"{told}，其他年份的{short}均不在反馈后的集中整改期"


def told_year(text: str, lead_end: int) -> int | None:
    """The year that the title or the lead gives to the event itself: 2023年第一次会议召开 → 2023."""
    match = _YEAR_OF_EVENT.search(text, 0, lead_end)
    return int(match.group(1)) if match else None


def soon_after(day: Day, text: str, bounds: Span, stage: str) -> date | None:
    """The year in which a day follows, within months, the last full day that the text cites."""
    last = cited(text)
    if last is None:
        return None
    gap = timedelta(GAP_DAYS if stage in _ON_SITE_STAGES or stage == "反馈" else LATE_GAP_DAYS)
    near = [one for one in candidates(day, bounds) if last <= one <= last + gap]
    return near[0] if len(near) == 1 else None
