"""Facts of a record held against what the tables know: the schedule of inspections and the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from build_tools.archive.checks import Check, Checked
from build_tools.knowledge.places import Place, gazetteer
from build_tools.knowledge.schedule import Batch, Target, schedule
from build_tools.models import Finding, FrontMatter

_ON_SITE = frozenset({"动员", "进驻", "边督边改", "下沉"})
_BEFORE, _AFTER = (
    timedelta(days=15),
    timedelta(days=60),
)  # announced ahead of the visit, settled and reported after it
_AHEAD = 10  # years that an archive is read on without a new line in the schedule
_CORPS = "新疆生产建设兵团"


def _date_basis(file: Checked) -> Iterator[Finding]:
    front = file.front
    if (front.date is None) != (front.date_basis == "unknown"):
        message = f"date 是 {front.date}，date_basis 是 {front.date_basis}"
        yield file.error("DATE-BASIS", message, "两者改成一致", "date_basis")
    elif front.date_basis == "inferred" and not ("date" in front.made.evidence or "date" in front.confirmed):
        yield file.error(
            "DATE-BASIS", "日期是推定的，却没有写明依据", "在 confirmed 里列出 date", "date_basis"
        )


def _day_exists(file: Checked) -> Iterator[Finding]:
    for name in ("date", "published", "retrieved"):
        value = getattr(file.front, name)
        if value and len(value) == len("2017-08-21") and _day(value) is None:
            yield file.error("DATE-NONE", f"历法上没有 {value} 这一天", "改正", name)


def _year(file: Checked) -> Iterator[Finding]:
    """Years before inspections began, or far beyond those that the schedule knows: no clock decides it."""
    first, last = schedule().first_year, schedule().last_year + _AHEAD
    for name in ("date", "published", "retrieved"):
        value = getattr(file.front, name)
        if value and not first <= int(value[:4]) <= last and name not in file.front.confirmed:
            message = f"{name} 是 {value}，不在 {first} 年（督察之始）至 {last} 年之间"
            yield file.warning("DATE-FAR", message, f"核对；无误则在 confirmed 里列出 {name}", name)


def _order(file: Checked) -> Iterator[Finding]:
    front = file.front
    if front.date and front.retrieved and front.date[:4] > front.retrieved[:4]:
        yield file.warning(
            "DATE-ORDER", f"事在 {front.date}，采集却在 {front.retrieved}", "核对两个日期", "date"
        )


def _batch(file: Checked) -> Iterator[Finding]:
    front = file.front
    if front.level != "central" or front.round is None or front.batch is None:
        return
    if _batch_of(front) is None:
        message = f"日程表里没有第 {front.round} 轮第 {front.batch} 批（{front.mode or '例行'}）"
        yield file.error("SCHEDULE", message, "改正，或在 knowledge/rounds.yml 里补上", "round")


def _window(file: Checked) -> Iterator[Finding]:
    """A date before the inspection came, or a report of its visit long after it left."""
    front = file.front
    row, day = _batch_of(front), _day(front.date)
    if row is None or day is None or "date" in front.confirmed:
        return
    start, end = _stay(row, _target(row, front))
    if start and day < start - _BEFORE:
        message = f"{front.date} 早于第 {front.round} 轮第 {front.batch} 批进驻（{start}）"
        yield file.warning("DATE-WINDOW", message, "核对日期和批次；无误则在 confirmed 里列出 date", "date")
    elif end and front.stage in _ON_SITE and day > end + _AFTER:
        message = f"阶段是“{front.stage}”，{front.date} 却在督察组离开（{end}）以后"
        yield file.warning("DATE-WINDOW", message, "核对日期和阶段；无误则在 confirmed 里列出 date", "date")


def _head(file: Checked) -> Iterator[Finding]:
    """Heads and deputies of central groups are known from the schedule."""
    front = file.front
    row = _batch_of(front)
    target = _target(row, front) if row else None
    if target is None or "officials" in front.confirmed:
        return
    for official in front.officials:
        title = official.title or ""
        if "督察组" not in title or front.stage not in {*_ON_SITE, "反馈"}:
            continue
        fact = target.deputy if "副组长" in title else target.head if "组长" in title else None
        if fact is not None and fact.shown is not None and official.name not in str(fact.shown):
            message = f"{official.name}（{title}）：日程表里此次督察任此职的是 {fact.shown}"
            yield file.warning(
                "OFFICIAL", message, "核对人名、批次；无误则在 confirmed 里列出 officials", "officials"
            )


def _provinces(file: Checked) -> Iterator[Finding]:
    for name in file.front.provinces:
        if name not in _known_provinces():
            yield file.error("PLACE", f"地名表里没有省份“{name}”", "写全称，如 山东省", "provinces")


def _below(file: Checked) -> Iterator[Finding]:
    """Cities and counties stand in the gazetteer, in their province, in that year."""
    front = file.front
    for key in ("city", "county"):
        name = getattr(front, key)
        if name is None or key in front.confirmed or name in gazetteer().bynames or name in front.provinces:
            continue
        if problem := _place_problem(name, front):
            cure = f"核对；地名无误则运行 ducha knows {name}，或在 confirmed 里列出 {key}"
            yield file.warning("PLACE-UNKNOWN", problem, cure, key)


def _place_problem(name: str, front: FrontMatter) -> str | None:
    places = _by_name().get(name, ())
    if not places:
        return f"地名表里没有“{name}”"
    main = next((name for name in front.provinces[:1] if name in _known_provinces()), None)
    there = [place for place in places if main in (None, _CORPS, gazetteer().province(place))]
    if not there:
        return f"“{name}”不在{main}"
    year = int(front.date[:4]) if front.date else None
    return None if any(place.stands(year) for place in there) else f"{year} 年没有“{name}”这个地名"


@cache
def _by_name() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in gazetteer().places:
        found.setdefault(place.name, []).append(place)
    return found


@cache
def _known_provinces() -> frozenset[str]:
    names = {place.name for place in gazetteer().places if place.level == "province"}
    return frozenset(names | {_CORPS})


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == len("2017-08-21") else None
    except ValueError:
        return None


def _batch_of(front: FrontMatter) -> Batch | None:
    if front.level != "central" or front.round is None or front.batch is None:
        return None
    return schedule().batch(front.round, front.batch, front.mode or "例行")


def _target(row: Batch, front: FrontMatter) -> Target | None:
    return row.target(front.provinces[0]) if front.provinces else None


def _stay(row: Batch, target: Target | None) -> tuple[date | None, date | None]:
    """First and last day of a visit as far as the schedule is sure of them."""
    first, _, last = str(row.window.shown or "").partition("/")
    start, end = _day(first), _day(last)
    if target is not None:
        start, end = _day(_text(target.entry.shown)) or start, _day(_text(target.end.shown)) or end
    return start, end


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


CHECKS: tuple[Check, ...] = (
    _date_basis, _day_exists, _year, _order, _batch, _window, _head, _provinces, _below,
)  # fmt: skip
