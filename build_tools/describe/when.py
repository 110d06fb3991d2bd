"""The day of the event and the day of publication, with the proof of each.

The proofs in order: a full date; the same day with its year elsewhere in the text; the day of publication; a year
that the lead names; the schedule; the last full date that the text cites. What none of them settles stays open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from build_tools.describe import dates, years
from build_tools.describe.dates import Day, When
from build_tools.describe.inspections import Inspection
from build_tools.describe.windows import Window
from build_tools.models import Cleaned, Evidence, Finding, Page

_LEAD = 3  # paragraphs in which the event's own day stands
_QUOTE = 15
_LATE = 45  # news is published within weeks: a page dated later tells when it was copied, not the year
_GRACE = 7  # days by which a page may be dated before a day that its text cites


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to decide from: the text, where its lead ends, the day as told and as printed on the page."""

    text: str
    lead: int
    printed: date | None
    why_printed: Evidence | None

    def quote(self, day: Day) -> str:
        """The words around a day."""
        return self.text[max(0, day.at - _QUOTE) : day.end + _QUOTE].replace("\n", " ").strip()


def when(cleaned: Cleaned, page: Page, found: Inspection, rows: list[Window]) -> When:
    """When it happened and was published; ``rows`` are the inspections that the article may be about."""
    head = [part for part in (cleaned.title, cleaned.subtitle) if part]
    text = "\n".join([*head, *cleaned.paragraphs])
    lead = sum(len(part) + 1 for part in [*head, *cleaned.paragraphs[:_LEAD]])
    printed, why_printed = dates.published(cleaned, page)
    if printed and printed + timedelta(_GRACE) < years.span(text, None).first:
        printed, why_printed = None, None  # the page was dated before what its text tells: a clone's date
    told = _Told(text, lead, printed, why_printed)
    day = dates.event(text, lead, found.stage)
    answer = (
        _without_day(told, found.stage) if day is None else _with_day(told, day, cleaned, page, found, rows)
    )
    if told.printed is None or told.why_printed is None:
        return answer
    evidence = {"published": told.why_printed, **answer.evidence}
    return replace(answer, published=told.printed.isoformat(), evidence=evidence)


def _without_day(told: _Told, stage: str) -> When:
    month = dates.month(told.text, told.lead, stage)
    if month:
        return When(month[0], "text", evidence={"date": Evidence("text", month[1], "文中只写到月份")})
    relative = dates.relative(told.text, told.lead, told.printed) if told.printed else None
    if relative:
        ground = Evidence("page", relative[1], f"以发布日期{told.printed}推算")
        return When(relative[0], "inferred", evidence={"date": ground})
    return When()


def _with_day(
    told: _Told, day: Day, cleaned: Cleaned, page: Page, found: Inspection, rows: list[Window]
) -> When:
    return (
        _printed_year(told, day)
        or _told_year(told, day)
        or _inferred_year(told, day, dates.crawled(cleaned, page) or told.printed, found, rows)
    )


def _known(one: date | None, basis: Literal["text", "inferred"], ground: Evidence) -> When | None:
    return When(one.isoformat(), basis, evidence={"date": ground}) if one else None


def _printed_year(told: _Told, day: Day) -> When | None:
    """The year stands with the day, with the same day elsewhere, or in the page's own date."""
    if day.year:
        return _known(day.on(day.year), "text", Evidence("text", told.quote(day), "文中写明年月日"))
    twin = dates.same_day_elsewhere(told.text, day)
    if twin and twin.year:
        ground = Evidence("text", told.quote(twin), "年份见于文中另一处同一日期")
        return _known(day.on(twin.year), "text", ground)
    near = dates.near(day, told.printed) if told.printed else None
    if near and told.printed and told.why_printed and told.printed - near <= timedelta(_LATE):
        why = told.why_printed
        ground = Evidence(why.basis, why.words, f"文中写{day.words}，年份取自{why.why}")
        return _known(near, "text" if why.basis == "page" else "inferred", ground)
    return None


def _told_year(told: _Told, day: Day) -> When | None:
    year = years.told_year(told.text, told.lead)
    if year is None:
        return None
    return _known(day.on(year), "inferred", Evidence("text", told.quote(day), f"导语写明{year}年"))


def _inferred_year(
    told: _Told, day: Day, crawled: date | None, found: Inspection, rows: list[Window]
) -> When:
    rows = rows if found.level == "central" else []
    entries = [row.entry for row in rows if row.entry]
    bounds = years.span(told.text, crawled, min(entries, default=None))
    fitting, why = years.by_schedule(day, told.text, bounds, rows, found.stage)
    if len(fitting) == 1:
        ground = Evidence("schedule", told.quote(day), why)
        return When(fitting[0].isoformat(), "inferred", evidence={"date": ground})
    left = years.candidates(day, bounds)
    if len(left) == 1 and crawled and entries and found.basis == "text" and found.batch:
        why = f"文中写明的批次{min(entries)}进驻，页面最晚在{crawled}，其间只有这一个{day.words}"
        return When(
            left[0].isoformat(), "inferred", evidence={"date": Evidence("schedule", told.quote(day), why)}
        )
    soon = years.soon_after(day, told.text, bounds, found.stage)
    if soon and (not fitting or soon in fitting):
        ground = Evidence("text", told.quote(day), "紧接文中引述的最近一个完整日期")
        return When(soon.isoformat(), "inferred", evidence={"date": ground})
    return _open(told, day, fitting or years.candidates(day, bounds))


def _open(told: _Told, day: Day, left: list[date]) -> When:
    """No date: the years that remain are kept for a person to choose from."""
    names = "、".join(str(one.year) for one in left) or "无"
    finding = Finding(
        code="DATE-YEAR",
        severity="warning",
        message=f"“{day.words}”的年份无法确定，可能是：{names}",
        cure="查到原文后填写 date 并列入 confirmed",
    )
    ground = Evidence("text", told.quote(day), f"文中未写年份，可能的年份：{names}")
    return When(evidence={"date": ground}, findings=(finding,))
