"""Which inspection an article is about: level, round, batch, mode and stage.

What the text says outranks the schedule; the schedule answers only for a place and a day (or a group and its
head) that leave one inspection possible. A province's own round is never taken for a central one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from build_tools.describe.article import Article
from build_tools.describe.stages import stage_of
from build_tools.describe.windows import Window
from build_tools.knowledge import tables
from build_tools.models import Evidence

Level = Literal["central", "provincial"]
NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})"
_ROUND = re.compile(rf"第({_NUMBER})轮(?:第({_NUMBER})批)?")
_FIRST_ROUND = re.compile(
    r"(?:第([一二三四])|首)批(?:\d+个|[四五六七八九十]个)?中央(?:环境保护|环保)督察(?!组?[^。；，]{0,6}“?回头看)"
)
_GROUP = re.compile(rf"中央(?:环境保护|生态环境保护)?第({_NUMBER})(?:生态)?(?:环境保护|环保)?督察组")
_KINDS = re.compile(
    r"(?P<round>第[一二三]轮)|(?P<back>回头看)|(?P<province>省级?[^，。；、]{0,6}督察)|(?P<film>警示片)"
)
_SEVERAL = 3  # kinds of inspections in one sentence that make it a list
_MUNICIPALITIES = frozenset({"北京市", "上海市", "天津市", "重庆市"})
AFTERMATH_DAYS = (
    400  # rectification is reported as that of the last inspection for about a year after its opinion
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """Level, numbering, mode and stage as far as the evidence goes."""

    level: Level | None = None
    round: int | None = None
    batch: int | None = None
    mode: str | None = None
    basis: Literal["text", "schedule"] | None = None
    stage: str = "其他"
    group: int | None = None
    evidence: dict[str, Evidence] | None = None


@cache
def named(name: str) -> re.Pattern[str]:
    """One pattern of all rows of a list of ``levels.yml``: ``central``, ``provincial``, ``some``…"""
    return re.compile("|".join(f"(?:{row})" for row in getattr(tables.levels(), name)))


def number(numeral: str) -> int:
    """A small Chinese or Arabic numeral: 十三 → 13, 三 → 3, 7 → 7."""
    if numeral.isdigit():
        return int(numeral)
    if numeral == "十":
        return 10
    tens, _, ones = numeral.rpartition("十")
    if "十" not in numeral:
        return NUMERALS[numeral[-1]]
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def _worth(found: list[re.Match[str]]) -> int:
    """How much mentions of an inspection count; a group that acts counts double."""
    return sum(
        2 if match.group().endswith("组") or match.string.startswith("组", match.end()) else 1
        for match in found
    )


def level_of(parts: Article, province: str | None) -> tuple[Level | None, Evidence | None]:
    """Whose inspection it is: the first paragraph that names one decides, and within it the more frequent."""
    for where, zone in parts.paragraphs:
        central = list(named("central").finditer(zone))
        own = list(named("provincial").finditer(zone))
        if province in _MUNICIPALITIES:
            own.extend(named("municipality").finditer(zone))
        if not central and not own:
            continue
        winner: Level = "central" if _worth(central) >= _worth(own) else "provincial"
        words = (central if winner == "central" else own)[0].group()
        name = "中央" if winner == "central" else "省级"
        return winner, Evidence("text", words[:80], f"{where}写明是{name}督察")
    return None, None


def _said(parts: Article, level: Level) -> tuple[int | None, int | None, str]:
    """Round and batch that title or lead gives for this level; one in the body needs its batch."""
    rival = named("provincial" if level == "central" else "central")
    found: list[tuple[int, int | None, str]] = []
    for zone in (parts.title, parts.lead, parts.body):
        for match in _ROUND.finditer(zone):
            before, after = (
                zone[max(0, match.start() - 16) : match.start()],
                zone[match.end() : match.end() + 16],
            )
            context = zone[max(0, match.start() - 16) : match.end() + 24]
            if _enumerated(zone, match.start()):
                continue
            if "督察" not in after and "督察" not in before and "督查" not in after:
                continue
            own = named(level) if level == "central" else named("provincial")
            if rival.search(after) or (rival.search(context) and not own.search(context)):
                continue
            batch = number(match.group(2)) if match.group(2) else None
            if zone is parts.body and batch is None:
                continue
            found.append((number(match.group(1)), batch, context.replace("\n", " ").strip()))
        if any(row[1] is not None for row in found):
            break
    if not found and level == "central":
        return _first_round(parts)
    rounds = {row[0] for row in found}
    if len(rounds) != 1:
        return None, None, ""
    batches = {row[1] for row in found if row[1] is not None}
    quote = next((row[2] for row in found if row[1] is not None), found[0][2])
    return found[0][0], batches.pop() if len(batches) == 1 else None, quote


def _enumerated(zone: str, at: int) -> bool:
    """Whether a sentence lists several inspections, none of which need be the article's own.

    第一轮中央环保督察问题、“回头看”反馈问题、省级环保督察问题整改四个方面: a list of tasks.
    """
    start = max((zone.rfind(mark, 0, at) for mark in "。；\n"), default=-1) + 1
    end = min((place for mark in "。；\n" if (place := zone.find(mark, at)) >= 0), default=len(zone))
    return len({match.lastgroup for match in _KINDS.finditer(zone, start, end)}) >= _SEVERAL


def _first_round(parts: Article) -> tuple[int | None, int | None, str]:
    """第三批中央环境保护督察: without 生态 and without a round, batches are those of the first round."""
    for _, zone in parts.paragraphs:
        match = _FIRST_ROUND.search(zone)
        if match:
            return 1, number(match.group(1) or "一"), match.group()
    return None, None, ""


def _mode_said(parts: Article) -> tuple[str | None, str]:
    for mode, name in (("回头看", "look_back"), ("试点", "pilot"), ("专项", "special")):
        for zone in (parts.title, parts.lead):
            for match in named(name).finditer(zone):
                if not _enumerated(zone, match.start()):
                    return mode, match.group()
    return None, ""


def read(parts: Article, province: str | None) -> Inspection:
    """What the words alone say of the inspection."""
    level, why_level = level_of(parts, province)
    stage, why_stage = stage_of(parts)
    evidence: dict[str, Evidence] = {}
    if why_stage:
        evidence["stage"] = why_stage
    if level is None or why_level is None:
        return Inspection(stage=stage, evidence=evidence)
    evidence["level"] = why_level
    round_, batch, quote = _said(parts, level)
    mode, words = _mode_said(parts)
    if quote:
        for key, value in (("round", round_), ("batch", batch)):
            if value is not None:
                evidence[key] = Evidence("text", quote[:80], "文中写明轮次、批次")
    if mode:
        evidence["mode"] = Evidence("text", words[:80], f"文中写明是{mode}督察")
    group = _GROUP.search(f"{parts.title}\n{parts.lead}\n{parts.body}")
    if group:
        evidence["group"] = Evidence("text", group.group(), f"文中写明第{group.group(1)}督察组")
    return Inspection(
        level=level,
        round=round_,
        batch=batch,
        mode=mode,
        basis="text" if round_ is not None or mode else None,
        stage=stage,
        group=number(group.group(1)) if group else None,
        evidence=evidence,
    )


def possible(found: Inspection, rows: list[Window], heads: frozenset[str]) -> list[Window]:
    """The inspections of a province that do not contradict what the text says of number, mode, group and head."""
    kept = [row for row in rows if found.round is None or row.round == found.round]
    kept = [row for row in kept if found.batch is None or row.batch == found.batch or row.mode == "回头看"]
    if found.mode == "回头看" and any(row.mode == "回头看" for row in kept):
        kept = [row for row in kept if row.mode == "回头看"]
    elif found.mode != "专项":
        kept = [row for row in kept if row.mode != "专项"]
    if found.group is not None:
        kept = [row for row in kept if row.group in (None, found.group)]
    led = [row for row in kept if row.head in heads]
    return led or kept


def _last(found: Inspection, rows: list[Window], day: date) -> tuple[Window | None, str]:
    """The inspection that a day belongs to, and why."""
    for row in rows:
        if row.on_site(day, before=20):
            return row, f"{row.province}{row.label}进驻时间为{row.days}，{day}在其间或临近"
    past = [row for row in rows if row.end and row.end < day]
    if not past:
        return None, ""
    row = past[-1]
    closed = row.feedback or (row.end + timedelta(200) if row.end else day)
    if row.mode == "回头看" and found.mode != "回头看":
        return None, ""
    if day <= closed + timedelta(AFTERMATH_DAYS):
        told = f"，{row.feedback}反馈" if row.feedback else ""
        return row, f"{day}之前，{row.province}最近一次是{row.label}（{row.days}{told}）"
    return None, ""


def _routine(found: Inspection) -> Inspection:
    """An inspection that the text calls neither a look-back nor special is a routine one."""
    evidence = dict(found.evidence or {})
    words = evidence["level"].words
    evidence["mode"] = Evidence("text", words, "标题、导语未见“回头看”“专项”等字样，按例行督察计")
    return replace(found, mode="例行", evidence=evidence)


def number_by_schedule(
    found: Inspection, rows: list[Window], day: date | None, stays: Iterable[date] = ()
) -> Inspection:
    """Fill round, batch and mode from the schedule where place and day leave one inspection.

    ``stays`` are full days on which the text has inspectors on site; they decide where the event has no day.
    """
    if found.level != "central":
        return found if found.mode or not found.level else _routine(found)
    row: Window | None = None
    why = ""
    if day:
        row, why = _last(found, rows, day)
    if row is None and len(rows) == 1 and (found.round or found.group):
        row = rows[0]
        why = f"{row.province}的历次督察中，只有{row.label}与文中所写相合"
    if row is None and day is None:
        told = [one for one in rows if any(one.on_site(stay) for stay in stays)]
        row, why = (told[0], f"文中写明的督察日期只合{told[0].label}") if len(told) == 1 else (None, "")
    if row is None:
        return found if found.mode or found.batch is None else _routine(found)
    evidence = dict(found.evidence or {})
    words = f"{row.label} {row.province} {row.days}"
    for key in ("round", "batch", "mode"):
        evidence.setdefault(key, Evidence("schedule", words, why))
    said = found.round is not None and found.batch is not None
    return replace(
        found,
        round=row.round,
        batch=row.batch,
        mode=row.mode,
        basis="text" if said else "schedule",
        evidence=evidence,
    )
