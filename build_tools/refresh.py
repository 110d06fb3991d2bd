"""Derives records again when the rules improve; what a person has confirmed stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from build_tools.archive.collation import named_witnesses, restored, stretches
from build_tools.archive.corpus import record_paths
from build_tools.archive.record import RecordError, read, write
from build_tools.archive.store import raw_path, record_path
from build_tools.archive.tags import tags_of
from build_tools.models import Finding, FrontMatter, Page, Record
from build_tools.pipeline import draft, record_of

_AROUND = 10  # characters of unchanged text shown on each side of a change in a paragraph


@dataclass(frozen=True, slots=True)
class Difference:
    """A field or paragraph before and after; what is not there is empty."""

    name: str
    before: str
    after: str

    @property
    def shown(self) -> str:
        """On two lines, as a diff: ``-city: 无此市`` and ``+city: 济南市``."""
        lines = [
            f"{sign}{self.name}: {text}" for sign, text in (("-", self.before), ("+", self.after)) if text
        ]
        return "\n  ".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A record's file as it would become and how it would differ; or why it could not be derived again."""

    path: Path
    after: str = ""
    differences: tuple[Difference, ...] = ()
    finding: Finding | None = None


def refreshed(articles: Path, ids: Collection[str] = ()) -> Iterator[Change]:
    """What would change in the records with these ids (all of them where none is named)."""
    wanted = set(ids)
    for path in record_paths(articles):
        if not wanted or path.stem in wanted:
            wanted.discard(path.stem)
            yield _change(articles, path)
    for missing in sorted(wanted if ids else ()):
        yield Change(Path(missing), finding=Finding("RECORD-UNKNOWN", "error", "没有这个记录", "核对 id"))


def _change(articles: Path, path: Path) -> Change:
    before = path.read_bytes().decode("utf-8", "replace")
    raw = raw_path(path)
    if raw is None:
        return Change(path, finding=Finding("RAW-MISSING", "error", "旁边没有原始页面", "放回原始页面"))
    try:
        old = read(before)
    except RecordError as error:
        return Change(path, finding=Finding("RECORD-READ", "error", str(error), "先改正记录", error.line))
    new = rejoined(merged(old, derived(old, raw)), old, articles)
    after = write(new)
    if after == before:
        return Change(path, after)
    found = tuple(differences(old, new)) or (Difference("(form)", "not canonical", "canonical"),)
    return Change(path, after, found)


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """The fields that differ, in the order of the record, then the paragraphs, each cut to where it differs."""
    before, after = _values(old.front), _values(new.front)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name, "") != after.get(name, ""):
            yield Difference(name, before.get(name, ""), after.get(name, ""))
    for number, (mine, theirs) in enumerate(zip_longest(old.paragraphs, new.paragraphs, fillvalue=""), 1):
        if mine != theirs:
            yield Difference(f"body {number}", *_cut(mine, theirs))


def _values(front: FrontMatter) -> dict[str, str]:
    """Fields as text, those under ``made`` one by one."""
    found: dict[str, str] = {}
    for name, value in front.model_dump().items():
        inner = value if isinstance(value, dict) else {"": value}
        for key, one in inner.items():
            items = one if isinstance(one, dict) and key in ("repairs", "evidence") else {"": one}
            for last, leaf in items.items():
                found[".".join(filter(None, (name, key, last)))] = _line(leaf)
    return found


def _line(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part is not None)
    return "null" if value is None else str(value)


def _cut(mine: str, theirs: str) -> tuple[str, str]:
    """Two paragraphs without what they share at their ends, but for a few characters."""
    if not mine or not theirs:
        return mine, theirs
    pieces = list(stretches(mine, theirs))
    start = max(0, len(pieces[0].mine) - _AROUND) if pieces[0].equal else 0
    end = max(0, len(pieces[-1].mine) - _AROUND) if pieces[-1].equal else 0
    head, tail = "…" * bool(start), "…" * bool(end)
    return tuple(f"{head}{text[start : len(text) - end]}{tail}" for text in (mine, theirs))  # type: ignore[return-value]


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
    grounds = {name: ground for name, ground in new.front.made.evidence.items() if name not in kept}
    grounds |= {name: ground for name, ground in old.front.made.evidence.items() if name in kept}
    made = new.front.made.model_copy(update={"evidence": grounds})
    front = new.front.model_copy(update={**kept, "confirmed": old.front.confirmed, "made": made})
    front = front.model_copy(update={"tags": tags_of(front)})
    return Record(front, old.paragraphs if "body" in old.front.confirmed else new.paragraphs)


def rejoined(new: Record, old: Record, articles: Path) -> Record:
    """A record derived again with the witnesses that the old one names, and restored from them again."""
    for name in named_witnesses(old.front):
        ground = old.front.made.evidence[f"witness.{name}"]
        if ground.why is None:  # only named: nothing was taken from it
            made = new.front.made
            made = made.model_copy(update={"evidence": {**made.evidence, f"witness.{name}": ground}})
            new = Record(new.front.model_copy(update={"made": made}), new.paragraphs)
        try:
            new = restored(new, read(record_path(articles, name).read_bytes().decode()))
        except (OSError, RecordError, UnicodeDecodeError):
            continue  # `ducha check` says that the witness is gone
    return new
