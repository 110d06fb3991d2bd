"""When it happened and when it was published.

A day without a year takes the year that the page, the text or the schedule leaves as the only one; with several
left the date stays unknown and the candidates are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal

from build_tools.knowledge.schedule import schedule
from build_tools.models import Cleaned, Evidence, Finding, Page

_DIGITS = str.maketrans("〇零一二三四五六七八九０１２３４５６７８９", "00123456789" + "0123456789")
_YEAR = r"(20\d\d|二[〇零][〇零一二三四五六七八九]{2})\s?年"
_NUM = r"(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = re.compile(rf"(?:{_YEAR}\s?)?{_NUM}\s?月\s?{_NUM}\s?[日号]")
_MONTH = re.compile(rf"{_YEAR}\s?{_NUM}\s?月(?!\s?\d)(?:底|初|中旬|下旬|上旬)?(?=，)")
_ISO = re.compile(r"(?<!\d)(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})(?!\d)")
_PUBLISHED_KEY = re.compile(
    r"(?![\w:.-]*(?:modif|updat|expire|crawl))[\w:.-]*(?:date|time|publish)[\w.-]*:", re.IGNORECASE
)
_URL = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_TELEGRAM = re.compile(rf"(?:电|讯)[^\n]{{0,3}}|^[^\n]{{0,12}}{_NUM}月{_NUM}日(?:电|讯)", re.MULTILINE)
_AFTER_DATELINE = re.compile(r"^(?:上午|下午|晚)?\s?(?:电|讯)")
_NOT_EVENT_BEFORE = re.compile(r"(?:自|从|截至|截止到?|截止|至|到|—|-|~|～|之前)$")
_NOT_EVENT_AFTER = re.compile(r"^\s?(?:前|以前|之前|起(?!草)|以来|止|至|到|—|-|~|～|印发|施行|颁布|实施)")
_STAY = re.compile(
    r"\s?(?:至|到|—|-|~|～)[^，。]{2,14}，[^。]{0,30}督[察查]组[^。]{0,20}(?:开展|进行|督[察查])"
)
_TOLD = ("进驻", "反馈", "动员", "下沉")  # stages whose news is that inspectors came or reported
_COMING = re.compile(r"[^。\n]{0,40}(?:进驻|反馈|督察组|开展督[察查])")
_FEW_DAYS = re.compile(rf"^\s?(?:至|到|—|-|~|～)\s?{_NUM}\s?[日号](?=，)")
_FEW = 6  # days that an event may go on: 6月21日至22日，… is the event, 8月26日至9月26日 the stay of a group
_BACKGROUND = re.compile(
    r"^[^。\n]{0,40}(?:反馈了?(?:督察)?(?:意见|报告|情况)|进行了?反馈|进驻(?![^。，]{0,8}(?:以来|期间|后))|移交[^。]{0,16}责任追究|责任追究问题移交|对[^。，]{2,14}开展了?[^。，]{0,10}督察)"
)
_HELD = re.compile(
    r"^\s?(?:上午|下午|晚上?|至\d+日|，|,|在)?[^。\n]{0,60}(?:召开|举行|开会|强调|调研|督导|主持|检查|启动)"
)
_MADE_PUBLIC = re.compile(r"^，?[^，。]{0,14}(?:公开|公布|通报)了?[^。]{0,40}(?:问责|责任追究)")
_YESTERDAY = re.compile(r"昨[日天]")
_TODAY = re.compile(r"(?:今[日天]|当[日天])(?:上午|下午|，|，?[^。\n]{0,12}(?:召开|举行|进驻))")
_RECENT = re.compile(r"近日|日前|连日来|近期")
_LAST_MONTH = re.compile(r"上个?月")
_CAP = 2_000  # days read in one article; a page with more is a table


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed: the year may be missing; ``at`` and ``end`` are offsets in the text."""

    year: int | None
    month: int
    day: int
    at: int
    end: int
    words: str

    def on(self, year: int) -> date | None:
        """The day in a year; ``None`` where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class When:
    """The day it happened (or nothing), on what basis, and the day of publication."""

    date: str | None = None
    basis: Literal["text", "inferred", "unknown"] = "unknown"
    published: str | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def number(words: str) -> int:
    """A day, month or year as printed: 十一 → 11, 二〇一七 → 2017, 08 → 8."""
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (number(tens) if tens else 1) * 10 + (number(ones) if ones else 0)
    return int(words.translate(_DIGITS))


@lru_cache(maxsize=16)  # an article is asked for its days from several sides
def days_in(text: str) -> tuple[Day, ...]:
    """Every possible day of a text, in order; 2月30日 and 13月 are refused."""
    return tuple(_possible_days(text))


def _possible_days(text: str) -> Iterator[Day]:
    for match in islice(_DAY.finditer(text), _CAP):
        year = number(match.group(1)) if match.group(1) else None
        month, day = number(match.group(2)), number(match.group(3))
        found = Day(year, month, day, match.start(), match.end(), match.group())
        if found.on(year or 2016):  # 2016 has a 29 February
            yield found


def iso(text: str) -> date | None:
    """The first day written as 2017-08-22, 2017/8/22 or 2017年8月22日."""
    for match in _ISO.finditer(text):
        try:
            found = date(*map(int, match.groups()))
        except ValueError:
            continue
        if found.year >= schedule().first_year:
            return found
    return None


def published(cleaned: Cleaned, page: Page) -> tuple[date | None, Evidence | None]:
    """The day of publication: from the page's own line, its metadata, or its address."""
    for kind in ("published", "markup", "source", "credit"):
        for note in cleaned.notes:
            if note.kind != kind or (kind == "markup" and not _PUBLISHED_KEY.match(note.text)):
                continue
            found = iso(note.text)
            if found:
                return found, Evidence("page", note.text.strip()[:80], "页面注明的发布日期")
    address = page.url or ""
    match = _URL.search(address)
    found = iso("-".join(match.groups())) if match else None
    return (found, Evidence("given", address[:80], "网址中的日期")) if found else (None, None)


def crawled(cleaned: Cleaned, page: Page) -> date | None:
    """The day the page was fetched or cloned, which nothing on it can be later than."""
    days = [iso(note.text) for note in cleaned.notes if note.kind == "dateline"]
    days.append(iso(page.retrieved or ""))
    return min((day for day in days if day), default=None)


def event(text: str, lead_end: int, stage: str) -> Day | None:
    """The day of what the article reports: the first of its lead that is neither a range, a deadline nor background.

    That an inspection arrived or reported is the news in an article of that stage and background in any other.
    """
    told = stage in _TOLD
    dateline: Day | None = None
    past = -1  # where the last background day stands: the days of its paragraph continue the story so far
    for found in days_in(text):
        if found.at > lead_end and dateline:
            break
        before, after = text[max(0, found.at - 24) : found.at], text[found.end : found.end + 80]
        if _AFTER_DATELINE.match(after):
            dateline = dateline or found
            continue
        if days := _FEW_DAYS.match(after):
            after = after[days.end() :] if 0 < number(days.group(1)) - found.day <= _FEW else after
        if _NOT_EVENT_BEFORE.search(before) or _NOT_EVENT_AFTER.match(after):
            continue
        if found.at > lead_end and not _HELD.match(after):
            continue
        if found.year is not None and re.match(r"[^。\n]{0,30}(?:印发|施行|通过|发布了?《)", after):
            continue
        story = past >= 0 and "\n" not in text[past : found.at]
        if (
            not told
            and (story or _BACKGROUND.match(after))
            and not (_HELD.match(after) or _MADE_PUBLIC.match(after))
        ):
            past = found.at
            continue
        return found
    return dateline or _signed_off(text)


def stays(text: str) -> Iterator[date]:
    """First and last days on which the text has inspectors on site: 2016年7月14日至8月14日，…督察组对我省开展."""
    for found in days_in(text):
        day = found.on(found.year) if found.year else None
        if day and _STAY.match(text, found.end):
            yield day


def _signed_off(text: str) -> Day | None:
    """The day under a notice, alone in its line."""
    last = text.rstrip().rsplit("\n", 1)[-1]
    found = next(iter(days_in(last)), None)
    return found if found and found.year and last.strip() == found.words else None


def month(text: str, lead_end: int, stage: str) -> tuple[str, str] | None:
    """The month of an event that is told without a day, as ``2021-04``, and the words."""
    for match in _MONTH.finditer(text, 0, lead_end):
        if stage == "问责" and _COMING.match(text, match.end()):
            continue
        if not _NOT_EVENT_AFTER.match(text[match.end() :][:4]) and not _NOT_EVENT_BEFORE.search(
            text, 0, match.start()
        ):
            found = number(match.group(2))
            if 1 <= found <= 12:
                return f"{number(match.group(1))}-{found:02d}", match.group()
    return None


def near(day: Day, known: date) -> date | None:
    """The last such day that is no later than a known one, give or take three days for proofs dated ahead."""
    for year in (known.year + 1, known.year, known.year - 1):
        found = day.on(year)
        if found and found <= known + timedelta(3):
            return found
    return None


def relative(text: str, lead_end: int, base: date) -> tuple[str, str] | None:
    """A date told from the day of publication: 昨日 → the day before; the words and the date."""
    lead = text[:lead_end]
    match = _YESTERDAY.search(lead)
    if match:
        return (base - timedelta(1)).isoformat(), match.group()
    match = _TODAY.search(lead)
    if match:
        return base.isoformat(), match.group()
    match = _LAST_MONTH.search(lead)
    if match:
        return (base.replace(day=1) - timedelta(1)).isoformat()[:7], match.group()
    return None


def same_day_elsewhere(text: str, day: Day) -> Day | None:
    """The same month and day with a year, anywhere in the text."""
    return next(
        (other for other in days_in(text) if other.year and (other.month, other.day) == (day.month, day.day)),
        None,
    )
