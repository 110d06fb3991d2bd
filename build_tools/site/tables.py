"""The archive as tables: articles, mentions of officials, facts of the schedule; a row a thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from build_tools.knowledge.schedule import Batch, Fact, schedule
from build_tools.models import Official, Record
from build_tools.site import addresses
from build_tools.site.shelves import Records, Shelves, batch_of

Cell = str | int | None
Row = tuple[Cell, ...]
SEPARATOR = "；"


class Part(NamedTuple):
    """Some rows of a table, yet to be made from some records."""

    records: Records
    rows: Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``numbers`` are the columns of whole numbers, ``key`` those that tell rows apart."""

    name: str
    about: dict[str, str]
    parts: tuple[Part, ...]
    key: tuple[str, ...]
    numbers: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(self.about)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row, made one after another."""
        return chain.from_iterable(part.rows() for part in self.parts)


_PLAIN = {
    "id": "编号：日期、地名拼音、原件摘要的前几位；永不改变",
    "title": "标题",
    "title_basis": "标题出自原文（source）或本档案所拟（supplied）",
    "subtitle": "副题",
    "date": "事情发生之日；只知年月时写作 2017-08",
    "date_basis": "日期出自原文（text）、推定（inferred）或不详（unknown）",
    "published": "发表之日",
    "level": "中央（central）或省级（provincial）",
    "round": "轮次",
    "batch": "批次",
    "mode": "例行、回头看、专项、试点",
    "round_basis": "轮次出自原文（text）或据日程推定（schedule）",
    "stage": "阶段",
}
_PLACE = {
    "inspection": "督察日程里的批次，见 schedule 表",
    "provinces": "省级地区，主要者在前；以全角分号分隔",
    "city": "市、州",
    "county": "县、区",
}
_ORIGIN = {"source": "来源", "url": "网址", "retrieved": "采集之日"}
_CREDITS = {"reporters": "记者", "photographers": "摄影", "editors": "编辑", "reviewers": "审核"}
ARTICLE = {
    **_PLAIN,
    **_PLACE,
    "officials": "文中以职务出现的人，按首次出现排列；逐人见 officials 表",
    **_ORIGIN,
    **_CREDITS,
    "lost": "脱落的字数（□）",
    "conjectured": "推补的字数（〔〕）",
    "reliable": "文字是否可靠：1 可靠，0 原件损坏严重",
    "page": "本档案的页面，从网站根目录起",
    "sha256": "原件的 SHA-256",
}
OFFICIAL = {
    "article": "文章编号",
    "number": "文中第几位",
    "name": "姓名",
    "title": "文章所载职务",
    "tenure": "时任或原",
    "date": "文章所记之日",
    "province": "文章的主要省级地区",
    "city": "市、州",
    "person": "此人的页面：同名者按地区分列",
}
SCHEDULE = {
    "batch": "批次编号",
    "label": "批次",
    "target": "督察对象；“整批”为全批的事实",
    "fact": "announced 启动，window 在现场，group 组，head 组长，deputy 副组长，entry 进驻，end 结束，feedback 反馈",
    "value": "值；时段写作 起/止",
    "confidence": "verified 有来源，inferred 推定",
    "sources": "来源的网址，以空格分隔",
}
_NUMBERS = frozenset({"round", "batch", "lost", "conjectured", "reliable"})


def _by_month(shelf: Shelves, rows_of: Callable[[Record], Iterable[Row]]) -> tuple[Part, ...]:
    """The rows of every record, in the order of the corpus, a part a month."""

    def rows(records: Records) -> Iterator[Row]:
        return chain.from_iterable(map(rows_of, records))

    return tuple(Part(records, partial(rows, records)) for records in shelf.months.values())


def articles(shelf: Shelves) -> Table:
    """One row an article; the text is in JSON Lines and SQLite."""
    return Table("articles", ARTICLE, _by_month(shelf, lambda record: [_article(record)]), ("id",), _NUMBERS)


def _article(record: Record) -> Row:
    front, made = record.front, record.front.made
    row = batch_of(front)
    return (
        *(getattr(front, name) for name in _PLAIN),
        row.id if row else None,
        SEPARATOR.join(front.provinces) or None,
        front.city,
        front.county,
        SEPARATOR.join(map(_office, front.officials)) or None,
        *(getattr(front, name) for name in _ORIGIN),
        *(SEPARATOR.join(getattr(front, name)) or None for name in _CREDITS),
        made.lost,
        made.conjectured,
        int(made.reliable),
        addresses.article(front.id),
        made.raw_sha256,
    )


def _office(official: Official) -> str:
    return f"{official.tenure or ''}{official.title or ''} {official.name}".strip()


def officials(shelf: Shelves) -> Table:
    """One row a mention, in the order of the articles."""
    parts = _by_month(shelf, lambda record: _mentions(record, shelf))
    return Table("officials", OFFICIAL, parts, ("article", "number"), frozenset({"number"}))


def _mentions(record: Record, shelf: Shelves) -> Iterator[Row]:
    front = record.front
    pages = {career.name: career.address for career in shelf.people_of.get(record.id, ())}
    place = (front.date, front.provinces[0] if front.provinces else None, front.city)
    for number, one in enumerate(front.officials, 1):
        yield (front.id, number, one.name, one.title, one.tenure, *place, pages[one.name])


def inspections() -> Table:
    """One row a fact of the schedule that may be shown, with its confidence and sources."""
    rows = Part((), lambda: chain.from_iterable(map(_facts, schedule().batches)))
    return Table("schedule", SCHEDULE, (rows,), ("batch", "target", "fact"))


def _facts(batch: Batch) -> Iterator[Row]:
    found: list[tuple[str, str, Fact]] = [
        ("整批", name, fact)
        for name, fact in (
            ("announced", batch.announced),
            ("window", batch.window),
            ("feedback", batch.feedback_window),
        )
    ]
    for target in dict.fromkeys(batch.targets):
        named = target.name + (f"（{target.special_topic}）" if target.special_topic else "")
        facts = {"group": target.group, "head": target.head, "deputy": target.deputy}
        facts |= {"entry": target.entry, "end": target.end, "feedback": target.feedback}
        found += [(named, name, fact) for name, fact in facts.items()]
    for whom, name, fact in found:
        if fact.shown is not None:
            yield (batch.id, batch.label, whom, name, str(fact.shown), fact.c, _sources(fact))


def _sources(fact: Fact) -> str | None:
    known = schedule().sources
    return " ".join(known[key].url or known[key].what for key in fact.s if key in known) or None


def texts(shelf: Shelves) -> Table:
    """The paragraphs of every article, separated by line feeds."""
    parts = _by_month(shelf, lambda record: [(record.id, "\n".join(record.paragraphs))])
    return Table("texts", {"article": "文章编号", "text": "正文"}, parts, ("article",))


def provinces(shelf: Shelves) -> Table:
    """One row an article and province."""
    parts = _by_month(shelf, lambda one: [(one.id, place) for place in dict.fromkeys(one.front.provinces)])
    return Table("provinces", {"article": "文章编号", "province": "省级地区"}, parts, ("article", "province"))


FIELDS = {
    **_PLAIN,
    **{name: about for name, about in _PLACE.items() if name != "inspection"},
    "tags": "由其他字段得出的标签",
    "officials": "文中以职务出现的人，按首次出现排列",
    **_ORIGIN,
    **_CREDITS,
    "confirmed": "经人核定的字段",
    "made": "工具所做：摘要、编码、修复、各项事实的依据",
}
"""What each field of a record means."""
