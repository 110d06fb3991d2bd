"""When a province was inspected, read from the schedule: what an article's day can and cannot belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from build_tools.knowledge.schedule import Batch, Fact, Target, schedule

ON_SITE_DAYS = 32  # inspections stay about a month; used where the schedule gives no end
CORPS = "新疆生产建设兵团"


@dataclass(frozen=True, slots=True)
class Window:
    """One inspection of one province: its number, its days, who led it. Days may be unknown."""

    round: int
    batch: int
    mode: str
    label: str
    province: str
    group: int | None
    head: str | None
    entry: date | None
    end: date | None
    feedback: date | None
    exact: bool

    @property
    def days(self) -> str:
        """The days on site in words: 2017-08-10 至 2017-09-10."""
        return f"{self.entry or '？'} 至 {self.end or '？'}"

    def on_site(self, day: date, before: int = 3, after: int = 5) -> bool:
        """Whether the group was there on a day, with some days around it for preparing and leaving."""
        if self.entry is None or self.end is None:
            return False
        return self.entry - timedelta(before) <= day <= self.end + timedelta(after)

    def after_feedback(self, day: date, days: int) -> bool:
        """Whether a day lies within so many days after the opinion was delivered."""
        return self.feedback is not None and self.feedback <= day <= self.feedback + timedelta(days)


def _day(value: str | int | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None


def _range(fact: Fact) -> tuple[date | None, date | None]:
    """First and last day of a range that is shown; a range that is only recalled proves nothing."""
    text = fact.range or fact.shown
    if fact.c in (None, "recalled") or not isinstance(text, str):
        return None, None
    first, _, last = text.partition("/")
    return _day(first), _day(last)


def _window(batch: Batch, target: Target) -> Window:
    first, last = _range(batch.window)
    entry, end = _day(target.entry.shown), _day(target.end.shown)
    exact = entry is not None
    announced = _day(batch.announced.shown)
    entry = entry or first or announced
    if end is None:
        end = entry + timedelta(ON_SITE_DAYS) if exact and entry else last
    if end is None and entry:
        end = entry + timedelta(ON_SITE_DAYS + 5)
    feedback = _day(target.feedback.shown) or _range(target.feedback)[1] or _range(batch.feedback_window)[1]
    group, head = target.group.shown, target.head.shown
    return Window(
        round=batch.round,
        batch=batch.batch,
        mode="专项" if target.mode else batch.mode,
        label=batch.label,
        province=target.name,
        group=group if isinstance(group, int) else None,
        head=head if isinstance(head, str) else None,
        entry=entry,
        end=end,
        feedback=feedback,
        exact=exact,
    )


@cache
def _every() -> tuple[Window, ...]:
    return tuple(_window(batch, target) for batch in schedule().batches for target in batch.targets)


def windows(province: str) -> list[Window]:
    """Every inspection of a province (or of 兵团, or of a company), in order of time."""
    return sorted(
        (window for window in _every() if window.province == province),
        key=lambda window: window.entry or date.max,
    )


def shared_windows(provinces: tuple[str, ...]) -> list[Window]:
    """The inspections of the first province that the others had in the same batch."""
    numbers = [{(row.round, row.batch, row.mode) for row in windows(name)} for name in provinces[1:]]
    rows = windows(provinces[0])
    return [row for row in rows if all((row.round, row.batch, row.mode) in found for found in numbers)]


@cache
def other_targets() -> tuple[str, ...]:
    """Companies and ministries in the schedule, by full name."""
    rows = (target for batch in schedule().batches for target in batch.targets)
    return tuple(dict.fromkeys(row.name for row in rows if row.kind in ("central_soe", "ministry")))
