"""Derives records again when the rules improve; what a person has confirmed stays."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.archive.corpus import record_paths
from build_tools.archive.record import RecordError, read, write
from build_tools.archive.store import raw_path
from build_tools.archive.tags import tags_of
from build_tools.models import Finding, Page, Record
from build_tools.pipeline import draft, record_of


@dataclass(frozen=True, slots=True)
class Change:
    """A record before and after, as a unified diff; or why it could not be derived again."""

    path: Path
    after: str = ""
    diff: str = ""
    finding: Finding | None = None


def refreshed(articles: Path, ids: Collection[str] = ()) -> Iterator[Change]:
    """What would change in the records with these ids (all of them where none is named)."""
    wanted = set(ids)
    for path in record_paths(articles):
        if not wanted or path.stem in wanted:
            wanted.discard(path.stem)
            yield _change(path)
    for missing in sorted(wanted if ids else ()):
        yield Change(Path(missing), finding=Finding("RECORD-UNKNOWN", "error", "没有这个记录", "核对 id"))


def _change(path: Path) -> Change:
    before = path.read_bytes().decode("utf-8", "replace")
    raw = raw_path(path)
    if raw is None:
        return Change(path, finding=Finding("RAW-MISSING", "error", "旁边没有原始页面", "放回原始页面"))
    try:
        old = read(before)
    except RecordError as error:
        return Change(path, finding=Finding("RECORD-READ", "error", str(error), "先改正记录", error.line))
    after = write(merged(old, derived(old, raw)))
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), str(path), str(path), lineterm="", n=1
    )
    return Change(path, after, "\n".join(lines))


def derived(old: Record, raw: Path) -> Record:
    """The record that the tools make of a raw page today."""
    return record_of(draft(page_of(old, raw)), old.id)


def page_of(record: Record, raw: Path) -> Page:
    """The raw page beside a record, with what was stated when it was added."""
    front = record.front
    ground = front.made.evidence.get("source")
    given = "source" in front.confirmed or (ground is not None and ground.basis == "given")
    return Page(raw.read_bytes(), raw.name, front.url, front.retrieved, front.source if given else None)


def merged(old: Record, new: Record) -> Record:
    """The new record with what a person settled in the old one: fields in ``confirmed``, and ``body``."""
    kept = {name: getattr(old.front, name) for name in old.front.confirmed if name != "body"}
    front = new.front.model_copy(update={**kept, "confirmed": old.front.confirmed})
    front = front.model_copy(update={"tags": tags_of(front)})
    return Record(front, old.paragraphs if "body" in old.front.confirmed else new.paragraphs)
