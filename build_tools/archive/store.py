"""Puts records on disk: raw page first, record last, each in one step, so that nothing is ever half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from build_tools.archive.record import write
from build_tools.models import Record

_EXTENSIONS = {".txt": ".txt", ".html": ".html", ".htm": ".html", ".mhtml": ".mhtml", ".mht": ".mhtml"}
RAW_EXTENSIONS = tuple(sorted(set(_EXTENSIONS.values())))


def raw_extension(name: str) -> str:
    """The extension that a raw page keeps in the archive; what is not known becomes ``.txt``.

    >>> raw_extension("page.HTM"), raw_extension("-")
    ('.html', '.txt')
    """
    return _EXTENSIONS.get(Path(name).suffix.lower(), ".txt")


def record_path(articles: Path, record_id: str) -> Path:
    """Where a record lies: in a folder for the year that its id begins with."""
    return articles / record_id.split("-", 1)[0] / f"{record_id}.md"


def raw_path(record: Path) -> Path | None:
    """The raw page that lies beside a record, if it does."""
    candidates = (record.with_name(f"{record.stem}.raw{extension}") for extension in RAW_EXTENSIONS)
    return next((path for path in candidates if path.is_file()), None)


def find(articles: Path, raw_sha256: str) -> Path | None:
    """The record made of a raw page, by the page's SHA-256; its first digits end the record's name.

    A record that cannot be read is found as well, so that its page is not taken in twice.
    """
    line = f"raw_sha256: {raw_sha256}".encode()
    candidates = sorted(articles.glob(f"*/*-{raw_sha256[:4]}*.md"))
    return next((path for path in candidates if line in path.read_bytes()), None)


def free_id(articles: Path, record_id: str, raw_sha256: str) -> str:
    """An id that no other record has: more digits of the SHA-256 where the first four are taken."""
    stem = record_id.rsplit("-", 1)[0]
    for digits in range(4, 65):
        candidate = f"{stem}-{raw_sha256[:digits]}"
        if not record_path(articles, candidate).exists():
            return candidate
    raise FileExistsError(record_id)


def save(articles: Path, record: Record, raw: bytes, extension: str) -> Path:
    """Writes a new record with its raw page beside it and returns the record's path."""
    path = record_path(articles, record.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path.with_name(f"{record.id}.raw{extension}"), raw)
    replace_file(path, write(record).encode())
    return path


def replace_file(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Writes a file in one step: readers see the old content or the new, never a part.

    ``durable`` waits until the disk has it, so that this holds after a loss of power too.
    """
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
