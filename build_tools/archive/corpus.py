"""All records of the archive, read from ``articles/`` and kept in one order."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.archive.kept import Kept, Stamp, keep, kept_in
from build_tools.archive.persons import Persons, read_persons
from build_tools.archive.record import RecordError, read, write
from build_tools.models import Record


@dataclass(frozen=True, slots=True)
class Corpus:
    """Records, newest first; undated ones last, then by id. ``digests`` tell by id whether a record has changed."""

    records: tuple[Record, ...]
    persons: Persons = field(default_factory=lambda: Persons({}))
    digests: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def digest(self, record: Record) -> str:
        """What stands for a record's content."""
        return self.digests.get(record.front.id) or hashlib.sha256(write(record).encode()).hexdigest()


def corpus_of(
    records: list[Record], persons: Persons | None = None, digests: Mapping[str, str] | None = None
) -> Corpus:
    """Records in the archive's order: newest first, undated last, ties by id."""
    by_id = sorted(records, key=lambda record: record.id)
    ordered = tuple(sorted(by_id, key=lambda record: record.front.date or "", reverse=True))
    return Corpus(ordered, persons or Persons({}), digests or {})


def record_paths(articles: Path) -> list[Path]:
    """Paths of every record under a folder, sorted; raw pages are not records."""
    found = (Path(folder, name) for folder, names in _folders(articles) for name in names)
    return sorted(found, key=lambda path: path.parts)


def _folders(articles: Path) -> Iterator[tuple[str, list[str]]]:
    """Every folder of records, and the names of its records."""
    for folder, _, names in os.walk(articles):
        if found := [name for name in names if name.endswith(".md") and not name.endswith(".raw.md")]:
            yield folder, sorted(found)


def bodies(articles: Path) -> Iterator[tuple[str, str]]:
    """Id and body of every record, as they stand in the files: nothing is parsed, nothing fails."""
    for path in record_paths(articles):
        text = path.read_bytes().decode("utf-8", "replace")
        yield path.stem, text.partition("\n---\n")[2]


def read_corpus(articles: Path, cache: Path | None = None) -> Corpus:
    """Every record under a folder; raises ``RecordError`` naming the first file that cannot be read or repeats an id.

    ``cache`` is a folder that keeps what was read, for the next time.
    """
    read_at = time.time_ns()
    records: list[Record] = []
    digests: dict[str, str] = {}
    for folder, names in sorted(_folders(articles)):
        for kept in _read_folder(Path(folder), names, cache, read_at):
            if kept.front.id in digests:
                path = Path(folder, kept.name)
                raise RecordError(
                    f"{path}:2: id: another file has {kept.front.id} too; delete one of them", 2
                )
            records.append(kept.record)
            digests[kept.front.id] = kept.digest
    return corpus_of(records, read_persons(articles, digests), digests)


def _read_folder(folder: Path, names: list[str], cache: Path | None, read_at: int) -> list[Kept]:
    shelf = (
        cache / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.json" if cache else None
    )
    known = kept_in(shelf) if shelf else {}
    found = []
    for name in names:
        state = os.stat(f"{folder}/{name}")
        old = known.get(name)
        is_same = old is not None and old.stamp == (state.st_size, state.st_mtime_ns)
        found.append(
            old if old and is_same else _read(folder / name, Stamp(state.st_size, state.st_mtime_ns))
        )
    if shelf and found != list(known.values()):
        keep(shelf, found, read_at)
    return found


def _read(path: Path, stamp: Stamp) -> Kept:
    content = path.read_bytes()
    try:
        record = read(content.decode().replace("\r\n", "\n"))
    except (RecordError, UnicodeDecodeError) as error:
        line = getattr(error, "line", 1)
        raise RecordError(f"{path}:{line}: {error}", line) from error
    return Kept(path.name, stamp, hashlib.sha256(content).hexdigest(), record.front, record.paragraphs)
