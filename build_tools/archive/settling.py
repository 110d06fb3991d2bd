"""What a person has yet to settle in a record, why, and how an answer becomes part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from build_tools.archive.tags import tags_of
from build_tools.models import FrontMatter, Record

LABELS = {
    "title": "标题", "subtitle": "副题", "date": "日期", "published": "发表", "level": "级别", "round": "轮次",
    "batch": "批次", "mode": "方式", "stage": "阶段", "provinces": "省份", "city": "市州", "county": "区县",
    "officials": "官员", "source": "来源", "url": "网址", "retrieved": "采集", "reporters": "记者",
    "photographers": "摄影", "editors": "编辑", "reviewers": "审核", "body": "正文",
}  # fmt: skip
_LISTS = frozenset({"provinces", "reporters", "photographers", "editors", "reviewers"})
_NUMBERS = frozenset({"round", "batch"})
_NOT_ANSWERED = frozenset({"body", "officials"})  # too long for a line: they are edited in the file


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that the tools are not sure of, and why."""

    field: str
    why: str

    @property
    def is_answerable(self) -> bool:
        """Whether one line can settle it."""
        return self.field not in _NOT_ANSWERED


def doubts(record: Record) -> tuple[Doubt, ...]:
    """What the tools could not make sure of in a record, less what a person has confirmed."""
    confirmed = set(record.front.confirmed)
    return tuple(doubt for doubt in _doubts(record) if doubt.field not in confirmed)


def _doubts(record: Record) -> Iterator[Doubt]:
    front = record.front
    if front.title_basis == "supplied":
        yield Doubt("title", "原文没有标题，这是代拟的")
    if front.date is None:
        yield Doubt("date", "文中没有可靠的日期")
    elif front.date_basis == "inferred":
        yield Doubt("date", _reason(front, "date") or "日期是推定的")
    yield from _of_inspection(front)
    untitled = [official.name for official in front.officials if official.title is None]
    if untitled:
        yield Doubt("officials", f"没有头衔：{'、'.join(untitled)}")
    if front.source is None and front.url is None:
        yield Doubt("source", "没有来源，也没有网址")
    if harm := harm_of(record):
        yield Doubt("body", harm)


def _of_inspection(front: FrontMatter) -> Iterator[Doubt]:
    if front.level is None:
        yield Doubt("level", "看不出是中央督察还是省级督察")
    elif front.round_basis == "schedule":
        yield Doubt("round", _reason(front, "round") or "轮次由日程推定")
    if front.stage == "其他":
        yield Doubt("stage", "看不出属于哪个阶段")
    if not front.provinces:
        yield Doubt("provinces", "看不出在哪个省份")


def harm_of(record: Record) -> str:
    """What is wrong with the text in a few words; empty where nothing is."""
    if not record.front.made.reliable:
        return "文字不可靠：改写、缺数字或反复机器翻译"
    lost, conjectured = record.front.made.lost, record.front.made.conjectured
    return "，".join([f"缺 {lost} 字"] * bool(lost) + [f"推补 {conjectured} 字"] * bool(conjectured))


def _reason(front: FrontMatter, name: str) -> str | None:
    ground = front.made.evidence.get(name)
    return ground.why if ground else None


def shown(record: Record, name: str) -> str:
    """A field in one line, as a person would write it: a list is parted by 、."""
    if name == "body":
        return f"{sum(map(len, record.paragraphs))} 字"
    value = getattr(record.front, name)
    if name == "officials":
        return "、".join(f"{one.name}（{one.title or '无头衔'}）" for one in value)
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


def settled(record: Record, name: str, answer: str | None = None) -> Record:
    """A record with a field as a person gives it (as it stands, where ``answer`` is ``None``) and confirmed.

    Raises ``ValueError`` with what is wrong if the answer does not fit the field.
    """
    front = record.front
    changes = {} if answer is None else _changes(front, name, answer.strip())
    confirmed = list(dict.fromkeys([*front.confirmed, name, *changes]))
    try:
        made = FrontMatter.model_validate({**dict(front), **changes, "confirmed": confirmed})
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{LABELS[name]}：{first['msg']}") from error
    return Record(made.model_copy(update={"tags": tags_of(made)}), record.paragraphs)


def _changes(front: FrontMatter, name: str, answer: str) -> dict[str, object]:
    if not answer:
        raise ValueError(f"{LABELS[name]}：不能为空")
    if name in _LISTS:
        return {name: [part for part in re.split("[、，,\\s]+", answer) if part]}
    if name in _NUMBERS:
        return {name: int(answer) if answer.isascii() and answer.isdecimal() else answer}
    if name == "date" and front.date_basis == "unknown":
        return {name: answer, "date_basis": "inferred"}
    if name == "title" and front.title_basis == "supplied":
        return {name: answer, "title_basis": "source"}
    return {name: answer}
