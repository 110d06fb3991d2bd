"""The facts of an article, each with what it rests on.

Places first, since the schedule needs a province; then the inspection as the words name it; then the day, whose
year may need the schedule; last the number of the inspection, which may need the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from build_tools.describe import dates, inspections, years
from build_tools.describe.credits import credits
from build_tools.describe.dates import When
from build_tools.describe.inspections import Article, Inspection
from build_tools.describe.officials import officials
from build_tools.describe.places import Location, locate
from build_tools.describe.relevance import relevant
from build_tools.describe.supplied import supplied_title
from build_tools.describe.windows import CORPS, Window, other_targets, shared_windows, windows
from build_tools.models import Cleaned, Evidence, Facts, Finding, Page, Person


def describe(cleaned: Cleaned, page: Page) -> Facts:
    """What an article says of itself; a fact that the text does not settle stays empty.

    Any text gets an answer. ``evidence`` holds an entry for each field that is filled.
    """
    parts = inspections.article(cleaned.title, cleaned.subtitle, cleaned.paragraphs)
    made_by = credits(cleaned, page)
    people, why_people = officials(cleaned.text)
    place = locate(parts.title, cleaned.paragraphs, made_by.source, [person.name for person in people])
    found = inspections.read(parts, place.provinces[0] if place.provinces else None)
    heads = frozenset(person.name for person in people)
    alone = found if len(place.provinces) < 2 else replace(found, group=None)  # each province has its own group
    rows = inspections.possible(alone, _rows(place, cleaned.text), heads)
    when = _when(cleaned, page, found, rows)
    found = inspections.number_by_schedule(found, rows, _full(when))
    is_relevant, why_not = relevant(parts, found)
    title = cleaned.title or supplied_title(cleaned.paragraphs, place)
    evidence = {
        **place.evidence,
        **(found.evidence or {}),
        **when.evidence,
        **why_people,
        **made_by.evidence,
        "title": Evidence("page", title[:80], "页面标题") if cleaned.title else _supplied(title),
    }
    return Facts(
        title=title,
        title_basis="source" if cleaned.title else "supplied",
        date=when.date,
        date_basis=when.basis,
        published=when.published,
        level=found.level,
        round=found.round,
        batch=found.batch,
        mode=found.mode,
        round_basis=found.basis,
        stage=found.stage,
        provinces=place.provinces,
        city=place.city,
        county=place.county,
        officials=tuple(people),
        source=made_by.source,
        **made_by.people,
        evidence=evidence,
        findings=when.findings + why_not,
        relevant=is_relevant,
    )


def _supplied(title: str) -> Evidence:
    return Evidence("supplied", title[:80], "页面没有标题，由档案据正文首句拟定")


def _full(when: When) -> date | None:
    """The day by which the schedule is asked: of the event, of its month's middle, else of publication."""
    words = when.date or when.published
    if words is None or len(words) < 7:
        return None
    return date.fromisoformat(words if len(words) == 10 else f"{words}-15")


def _rows(place: Location, text: str) -> list[Window]:
    """The inspections that the article's place (兵团, company) had."""
    if place.corps:
        return windows(CORPS)
    if place.provinces:
        return shared_windows(place.provinces)
    company = next((name for name in other_targets() if name in text), None)
    return windows(company) if company and not place.provinces else []


def _when(cleaned: Cleaned, page: Page, found: Inspection, rows: list[Window]) -> When:
    """The day of the event and of publication; see ``dates`` and ``years`` for the order of proofs."""
    text = "\n".join(part for part in (cleaned.title, cleaned.subtitle, *cleaned.paragraphs) if part)
    lead = sum(len(part) + 1 for part in (cleaned.title, cleaned.subtitle, *cleaned.paragraphs[:3]) if part)
    printed, why_printed = dates.published(cleaned, page)
    evidence = {"published": why_printed} if printed and why_printed else {}
    issued = printed.isoformat() if printed else None
    day = dates.event(text, lead, found.stage)
    if day is None:
        in_month = dates.month(text, lead)
        if in_month:
            why = Evidence("text", in_month[1], "文中只写到月份")
            return When(in_month[0], "text", issued, {**evidence, "date": why})
        told = dates.relative(text, lead, printed) if printed else None
        if told:
            why = Evidence("page", told[1], f"以发布日期{printed}推算")
            return When(told[0], "inferred", issued, {**evidence, "date": why})
        return When(published=issued, evidence=evidence)
    quote = text[max(0, day.at - 15) : day.end + 15].replace("\n", " ").strip()

    def answer(one: date | None, basis: str, ground: Evidence) -> When:
        if one is None:
            return When(published=issued, evidence=evidence)
        return When(one.isoformat(), basis, issued, {**evidence, "date": ground})  # type: ignore[arg-type]

    if day.year:
        return answer(day.on(day.year), "text", Evidence("text", quote, "文中写明年月日"))
    twin = dates.same_day_elsewhere(text, day)
    if twin and twin.year:
        words = text[max(0, twin.at - 15) : twin.end + 15].replace("\n", " ").strip()
        return answer(day.on(twin.year), "text", Evidence("text", words, "年份见于文中另一处同一日期"))
    if printed and why_printed:
        one = dates.nearest_year(day, printed)
        basis = "text" if why_printed.basis == "page" else "inferred"
        return answer(one, basis, Evidence("page", why_printed.words, f"文中写{day.words}，年份取自{why_printed.why}"))
    told_year = years.told_year(text, lead)
    if told_year and day.on(told_year):
        return answer(day.on(told_year), "inferred", Evidence("text", quote, f"导语写明{told_year}年"))
    central = found.level == "central"
    entries = [row.entry for row in rows if row.entry] if central else []
    bounds = years.span(text, dates.crawled(cleaned, page), min(entries, default=None))
    fitting, why = years.by_schedule(day, text, bounds, rows, found.stage) if central else ([], "")
    if len(fitting) == 1:
        return answer(fitting[0], "inferred", Evidence("schedule", quote, why))
    soon = years.soon_after(day, text, bounds)
    if soon and (not fitting or soon in fitting):
        return answer(soon, "inferred", Evidence("text", quote, "紧接文中引述的最近一个完整日期"))
    return _open(day, fitting or years.candidates(day, bounds), issued, evidence, quote)


def _open(
    day: dates.Day, left: list[date], issued: str | None, evidence: dict[str, Evidence], quote: str
) -> When:
    """No date: the years that remain are kept for a person to choose from."""
    names = "、".join(str(one.year) for one in left) or "无"
    ground = Evidence("text", quote, f"文中未写年份，可能的年份：{names}")
    finding = Finding(
        code="DATE-YEAR",
        severity="warning",
        message=f"“{day.words}”的年份无法确定，可能是：{names}",
        cure="查到原文后填写 date 并列入 confirmed",
    )
    return When(published=issued, evidence={**evidence, "date": ground}, findings=(finding,))
