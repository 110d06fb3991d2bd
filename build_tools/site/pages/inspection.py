"""Where an article stands in the course of its inspection: before, during or after the group's stay."""

from __future__ import annotations

from datetime import date

from build_tools.knowledge.schedule import Batch, Fact, Target
from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.chart import window_of
from build_tools.site.markup import Markup, el
from build_tools.site.shelves import batch_of


def course(record: Record, root: str) -> Markup | None:
    """The inspection's dated steps with this article among them; ``None`` where the schedule has no day."""
    row = batch_of(record.front)
    if row is None or not record.front.provinces:
        return None
    target = row.target(record.front.provinces[0])
    steps = (steps_of(target) if target else []) or _steps_of_batch(row)
    if not steps:
        return None
    here = record.front.date
    entries = [(day, name, False) for day, name in steps]
    if here and len(here) == 10:
        entries.append((here, position(here, steps) or "本文", True))
    entries.sort()
    items = [
        el(
            "li",
            el("time", wording.day(day), datetime=day),
            name,
            class_="da-here" if is_here else None,
        )
        for day, name, is_here in entries
    ]
    link = el("a", f"{row.label}日程与来源", href=root + addresses.batch(row))
    return el(
        "section", el("h2", "督察进程"), el("ol", items, class_="da-course"), el("p", link, class_="da-note")
    )


def steps_of(target: Target) -> list[tuple[str, str]]:
    """Day and name of the steps that the schedule may show to the day."""
    named: tuple[tuple[Fact, str], ...] = (
        (target.entry, "督察组进驻"),
        (target.end, "督察组离开"),
        (target.feedback, "反馈督察意见"),
    )
    return [(str(fact.shown), name) for fact, name in named if len(str(fact.shown or "")) == 10]


def _steps_of_batch(row: Batch) -> list[tuple[str, str]]:
    """The whole batch's first and last day, where the schedule tells no more of one province."""
    window = window_of(row)
    return [(window.start, "本批最早进驻"), (window.end, "本批最晚离开")] if window else []


def position(day: str, steps: list[tuple[str, str]]) -> str | None:
    """A day told from the nearest step.

    >>> position("2017-08-21", [("2017-08-10", "督察组进驻"), ("2017-09-10", "督察组离开")])
    '本文：进驻第12天'
    """
    known = {name: date.fromisoformat(start) for start, name in steps}
    try:
        this = date.fromisoformat(day)
    except ValueError:  # 31 June: the pattern of a day lets it pass
        return None
    entry, end, feedback = (known.get(name) for name in ("督察组进驻", "督察组离开", "反馈督察意见"))
    if feedback and this >= feedback:
        return f"本文：反馈后{(this - feedback).days}天" if this > feedback else "本文：反馈当日"
    if end and this > end:
        return f"本文：离开后{(this - end).days}天"
    if entry and this < entry:
        return f"本文：进驻前{(entry - this).days}天"
    if entry and end:
        return f"本文：进驻第{(this - entry).days + 1}天"
    return None
