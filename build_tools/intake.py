"""Takes a page into the archive: refuses what does not belong, names what is there, saves the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from build_tools.archive.corpus import bodies
from build_tools.archive.store import find, free_id, raw_extension, save
from build_tools.archive.witnesses import Witnesses
from build_tools.models import Finding, Page
from build_tools.pipeline import Draft, draft, record_of

_NO_TEXT = Finding("NO-TEXT", "error", "页面里没有正文", "检查页面是否完整保存")


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
    def _witnesses(self) -> Witnesses:
        witnesses = Witnesses()
        for record_id, body in bodies(self._articles):
            witnesses.add(record_id, body)
        return witnesses

    def add(self, page: Page) -> Intaken:
        """One page -> one record. Adding the same bytes again changes nothing."""
        made = draft(page)
        if there := find(self._articles, made.sha256):
            return Intaken(there, f"已在档案中：{there.name}")
        if problems := self._problems(made):
            return Intaken(None, "未加入", problems)
        record = record_of(made)
        record = record_of(made, free_id(self._articles, record.id, made.sha256))
        path = save(self._articles, record, page.raw, raw_extension(page.name))
        if "_witnesses" in self.__dict__:
            self._witnesses.add(record.id, "".join(record.paragraphs))
        return Intaken(path, _summary(made, path), made.findings)

    def _problems(self, made: Draft) -> tuple[Finding, ...]:
        """Why a page is not taken in; nothing where it is."""
        if not made.cleaned.paragraphs:
            return made.cleaned.findings or (_NO_TEXT,)
        if self._force:
            return ()
        if not made.facts.relevant:
            return made.findings
        for likeness in self._witnesses.alike("".join(made.cleaned.paragraphs)):
            if likeness.same:
                message = f"与 {likeness.id} 是同一篇（相同部分占 {likeness.share:.0%}）"
                return (Finding("REPRINT", "error", message, "要另存一份，加 --force"),)
        return ()


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
