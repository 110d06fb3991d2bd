"""The facts of an article, each with what it rests on.

Places first, since the schedule needs a province; then the inspection as the words name it; then the day, whose
year may need the schedule; last the number of the inspection, which may need the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from build_tools.describe import dates, inspections, marks, years
from build_tools.describe.article import article
from build_tools.describe.credits import made_by
from build_tools.describe.dates import When
from build_tools.describe.officials import officials
from build_tools.describe.places import Location, locate
from build_tools.describe.relevance import relevant
from build_tools.describe.supplied import supplied_title
from build_tools.describe.when import when
from build_tools.describe.windows import CORPS, Window, other_targets, shared_windows, windows
from build_tools.models import CONJECTURE_OPEN, Cleaned, Evidence, Facts, Page


def describe(cleaned: Cleaned, page: Page) -> Facts:
    """What an article says of itself; a fact that the text does not settle stays empty.

    Any text gets an answer. ``evidence`` holds an entry for each field that is filled.
    """
    if CONJECTURE_OPEN not in cleaned.text:
        return _read(cleaned, page)
    facts = _read(marks.unmarked(cleaned), page)
    return replace(
        facts,
        title=cleaned.title or facts.title,
        officials=tuple(marks.as_printed(person, cleaned) for person in facts.officials),
        evidence=marks.quoted(facts.evidence, cleaned),
    )


def _read(cleaned: Cleaned, page: Page) -> Facts:
    parts = article(cleaned.title, cleaned.subtitle, cleaned.paragraphs)
    makers = made_by(cleaned, page)
    people, why_people = officials(cleaned.text)
    names = [person.name for person in people]
    place = locate(parts.title, cleaned.paragraphs, makers.source, names, _year(cleaned, page))
    found = inspections.read(parts, place.provinces[0] if place.provinces else None)
    heads = frozenset(person.name for person in people)
    alone = (
        found if len(place.provinces) < 2 else replace(found, group=None)
    )  # each province has its own group
    rows = inspections.possible(alone, _rows(place, cleaned.text), heads)
    time = when(cleaned, page, found, rows)
    found = inspections.number_by_schedule(found, rows, _full(time), dates.stays(cleaned.text))
    anchored = bool(
        rows or place.provinces or people or "date" in time.evidence or time.published or makers.source
    )
    is_relevant, why_not = relevant(parts, found, anchored=anchored)
    title = cleaned.title or supplied_title(cleaned.paragraphs, place)
    evidence = {
        **place.evidence,
        **(found.evidence or {}),
        **time.evidence,
        **why_people,
        **makers.evidence,
        "title": Evidence("page", title[:80], "页面标题") if cleaned.title else _supplied(title),
    }
    return Facts(
        title=title,
        title_basis="source" if cleaned.title else "supplied",
        date=time.date,
        date_basis=time.basis,
        published=time.published,
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
        source=makers.source,
        **makers.people,
        evidence=evidence,
        findings=time.findings + why_not,
        relevant=is_relevant,
    )


def _supplied(title: str) -> Evidence:
    return Evidence("supplied", title[:80], "页面没有标题，由档案据正文首句拟定")


def _year(cleaned: Cleaned, page: Page) -> int | None:
    """The year in which the article was written, as far as the page or a full date in the text tells it."""
    known = dates.published(cleaned, page)[0] or years.cited(cleaned.text)
    return known.year if known else None


def _full(time: When) -> date | None:
    """The day by which the schedule is asked: of the event, of its month's middle, else of publication."""
    words = time.date or time.published
    if words is None or len(words) < 7:
        return None
    return date.fromisoformat(words if len(words) == 10 else f"{words}-15")


def _stem(company: str) -> str:
    """The part of a company's name that the press keeps: 中国有色矿业集团."""
    return company.removesuffix("公司").removesuffix("有限").removesuffix("股份")


def _rows(place: Location, text: str) -> list[Window]:
    """The inspections that the article's place (兵团, company) had."""
    if place.corps:
        return windows(CORPS)
    if place.provinces:
        return shared_windows(place.provinces)
    company = next((name for name in other_targets() if _stem(name) in text), None)
    return windows(company) if company and not place.provinces else []
