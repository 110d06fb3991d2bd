"""Takes a page into the archive: refuses what does not belong, names what is there, saves the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from build_tools.archive.corpus import Corpus, read_corpus
from build_tools.archive.record import RecordError
from build_tools.archive.store import find, free_id, raw_extension, save
from build_tools.archive.witnesses import alike
from build_tools.models import Finding, Page
from build_tools.pipeline import Draft, draft, record_of


@dataclass(frozen=True, slots=True)
class Intaken:
    """What became of a page: the record's path if it is in the archive, and what a person should look at."""

    path: Path | None
    summary: str
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the page was not added."""
        return self.path is None


class Intake:
    """Adds pages to one folder of records. ``force`` takes pages off topic, and reprints."""

    def __init__(self, articles: Path, *, force: bool = False) -> None:
        self._articles = articles
        self._force = force

    @cached_property
    def _corpus(self) -> Corpus:
        try:
            return read_corpus(self._articles)
        except RecordError:
            return Corpus(())  # broken records are for `ducha check` to name

    def add(self, page: Page) -> Intaken:
        """One page -> one record. Adding the same bytes again changes nothing."""
        made = draft(page)
        if there := find(self._articles, made.sha256):
            return Intaken(there, f"已在档案中：{there.name}")
        if problem := self._refusal(made):
            return Intaken(None, "未加入", (*made.findings, problem))
        record = record_of(made)
        record = record_of(made, free_id(self._articles, record.id, made.sha256))
        path = save(self._articles, record, page.raw, raw_extension(page.name))
        self.__dict__.pop("_corpus", None)
        return Intaken(path, _summary(made, path), made.findings)

    def _refusal(self, made: Draft) -> Finding | None:
        if not made.cleaned.paragraphs:
            return Finding("NO-TEXT", "error", "页面里没有正文", "检查页面是否完整保存")
        if self._force:
            return None
        if not made.facts.relevant:
            return Finding("NOT-RELEVANT", "error", "与生态环境保护督察无关", "确属有关的，加 --force")
        for likeness in alike(made.cleaned.paragraphs, self._corpus):
            if likeness.same:
                message = f"与 {likeness.record.id} 是同一篇（相同部分占 {likeness.share:.0%}）"
                return Finding("REPRINT", "error", message, "要另存一份，加 --force")
        return None


def _summary(made: Draft, path: Path) -> str:
    facts, cleaned = made.facts, made.cleaned
    people = "、".join(person.name for person in facts.officials) or "无"
    basis = {"text": "原文", "inferred": "推定", "unknown": "不详"}[facts.date_basis]
    place = "".join((*facts.provinces[:1], facts.city or "", facts.county or "")) or "地点不详"
    guessed, lost = cleaned.count("conjecture"), cleaned.count("lost")
    marks = f"，推测 {guessed} 字，缺 {lost} 字" if guessed or lost else ""
    return (
        f"{path.name}\n  {facts.title}\n  {facts.date or '日期不详'}（{basis}）  {place}  {facts.stage}\n"
        f"  人物：{people}\n  改动 {len(cleaned.repairs)} 处{marks}"
    )
