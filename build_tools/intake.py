"""Takes a page into the archive: refuses what does not belong, names what is there, saves the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.archive.collation import harm, overlap, restored, witness_of
from build_tools.archive.corpus import record_paths
from build_tools.archive.record import RecordError, read, write
from build_tools.archive.store import alone, find, free_id, raw_extension, record_path, replace_file, save
from build_tools.archive.witnesses import SAME, Witnesses
from build_tools.models import Finding, Page, Record
from build_tools.pipeline import Draft, draft, record_of

_NO_TEXT = Finding("NO-TEXT", "error", "页面里没有正文", "检查页面是否完整保存")
_COMPARED = 3  # texts that may be the same are read and compared in full, the likeliest first


@dataclass(frozen=True, slots=True)
class Reprint:
    """A record of the same text as a page: how much they share, whose text is in the better state."""

    id: str
    share: float
    other: Record | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Intaken:
    """What became of a page: the record's path if it is in the archive, and what a person should look at.

    ``record`` is what the tools made of the page; ``restored`` are older records that it helped to complete.
    """

    path: Path | None
    findings: tuple[Finding, ...] = ()
    record: Record | None = None
    is_new: bool = False
    restored: tuple[Path, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the page was not added."""
        return self.path is None


def _as_it_is(record: Record) -> Record:
    return record


@dataclass
class Intake:
    """Adds pages to one folder of records.

    ``force`` takes pages off topic, and reprints; ``witness`` keeps a reprint as a further witness of the text.
    ``review`` sees each new record before it is saved and may settle fields; ``choose`` says of a reprint whether
    to keep it.
    """

    articles: Path
    force: bool = False
    witness: bool = False
    review: Callable[[Record], Record] = _as_it_is
    choose: Callable[[Reprint], bool] | None = None
    _witnesses: Witnesses = field(default_factory=Witnesses)

    def add(self, page: Page) -> Intaken:
        """One page -> one record. Adding the same bytes again changes nothing."""
        made = draft(page)
        if there := find(self.articles, made.sha256):
            return Intaken(there)
        if problems := self._problems(made):
            return Intaken(None, problems)
        record = record_of(made)
        reprint = None if self.force else self._reprint(record)
        if reprint is not None and _is_same_capture(reprint, record):
            return Intaken(record_path(self.articles, reprint.id))
        if reprint is not None and not (self.witness or (self.choose and self.choose(reprint))):
            return Intaken(None, (_named(reprint),), record)
        record = self.review(record)
        with alone(self.articles):
            return self._saved(made, record, reprint)

    def _saved(self, made: Draft, record: Record, reprint: Reprint | None) -> Intaken:
        """The record on disk, unless another run was quicker."""
        if there := find(self.articles, made.sha256):
            return Intaken(there)
        if not self.force and reprint is None and (reprint := self._reprint(record)):
            return Intaken(None, (_named(reprint),), record)
        front = record.front.model_copy(update={"id": free_id(self.articles, record.id, made.sha256)})
        record = Record(front, record.paragraphs)
        if reprint is not None and reprint.other is not None:
            record = witness_of(record, reprint.other, reprint.share)
        try:
            path = save(self.articles, record, made.page.raw, raw_extension(made.page.name))
        except OSError as error:
            message = f"写不进去：{error.strerror or error}"
            return Intaken(
                None, (Finding("WRITE", "error", message, "检查 articles/ 及其权限和链接"),), record
            )
        helped = self._helped(reprint, record)
        return Intaken(path, made.findings, record, is_new=True, restored=helped)

    def _helped(self, reprint: Reprint | None, record: Record) -> tuple[Path, ...]:
        """The older witness, where the new one has what it lost."""
        if reprint is None or reprint.other is None:
            return ()
        better = restored(reprint.other, record)
        if better is reprint.other:
            return ()
        path = record_path(self.articles, better.id)
        replace_file(path, write(better).encode())
        return (path,)

    def _problems(self, made: Draft) -> tuple[Finding, ...]:
        """Why a page is not taken in; nothing where it is."""
        if not made.cleaned.paragraphs:
            return made.cleaned.findings or (_NO_TEXT,)
        return () if self.force or made.facts.relevant else made.findings

    def _reprint(self, record: Record) -> Reprint | None:
        """The record whose text this one repeats, damaged or cut as either may be."""
        self._learn()
        text = "".join(record.paragraphs)
        for likeness in self._witnesses.alike(text)[:_COMPARED]:
            other = self._record(likeness.id)
            share = likeness.share
            if not likeness.same and other is not None:
                share = overlap(text, "".join(other.paragraphs))
            if share >= SAME:
                return Reprint(likeness.id, share, other, _verdict(record, other))
        return None

    def _learn(self) -> None:
        """Takes in the texts of records that are new since the last look, those of other runs too."""
        new = [path for path in record_paths(self.articles) if path.stem not in self._witnesses]
        texts = [(path.stem, path.read_bytes().decode("utf-8", "replace")) for path in new]
        self._witnesses.add(*((name, text.partition("\n---\n")[2]) for name, text in texts))

    def _record(self, record_id: str) -> Record | None:
        try:
            return read(record_path(self.articles, record_id).read_bytes().decode())
        except (OSError, RecordError, UnicodeDecodeError):
            return None  # a record that cannot be read hides no duplicate, but lends no characters


def _is_same_capture(reprint: Reprint, record: Record) -> bool:
    """Whether a record holds the same text from the same address: a page downloaded twice."""
    other = reprint.other
    return other is not None and bool(record.front.url) and other.front.url == record.front.url and (
        other.paragraphs == record.paragraphs
    )  # fmt: skip


def _verdict(record: Record, other: Record | None) -> str:
    if other is None:
        return "原有的一份读不出来，无从比较"
    mine, theirs = harm(record), harm(other)
    if mine == theirs:
        return "两份一样完好"
    return "新来的一份较完好" if mine < theirs else "原有的一份较完好"


def _named(reprint: Reprint) -> Finding:
    message = f"与 {reprint.id} 是同一篇（相同部分占 {reprint.share:.0%}），{reprint.verdict}"
    return Finding("REPRINT", "error", message, "要留作同一篇的又一见本并互补缺字，加 --witness")
