"""All records of the archive, read from ``articles/`` and kept in one order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.archive.record import RecordError, read
from build_tools.models import Record


@dataclass(frozen=True, slots=True)
class Corpus:
    """Records, newest first; undated ones last, then by id."""

    records: tuple[Record, ...]

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)


def corpus_of(records: list[Record]) -> Corpus:
    """Records in the archive's order: newest first, undated last, ties by id."""
    by_id = sorted(records, key=lambda record: record.id)
    return Corpus(tuple(sorted(by_id, key=lambda record: record.front.date or "", reverse=True)))


def record_paths(articles: Path) -> list[Path]:
    """Paths of every record under a folder, sorted; raw pages are not records."""
    return sorted(path for path in articles.rglob("*.md") if not path.name.endswith(".raw.md"))


def bodies(articles: Path) -> Iterator[tuple[str, str]]:
    """Id and body of every record, as they stand in the files: nothing is parsed, nothing fails."""
    for path in record_paths(articles):
        text = path.read_bytes().decode("utf-8", "replace")
        yield path.stem, text.partition("\n---\n")[2]


def read_corpus(articles: Path) -> Corpus:
    """Every record under a folder; raises ``RecordError`` naming the file of the first that cannot be read."""
    records = []
    for path in record_paths(articles):
        try:
            records.append(read(path.read_text(encoding="utf-8")))
        except (RecordError, UnicodeDecodeError) as error:
            line = getattr(error, "line", 1)
            raise RecordError(f"{path}:{line}: {error}", line) from error
    return corpus_of(records)
