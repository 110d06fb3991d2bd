"""Puts records on disk: nothing half written, nothing of a person's overwritten, one run at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from build_tools.archive.record import write
from build_tools.models import Record

try:
    import fcntl
except ImportError:  # Windows has no such lock: two runs at once are kept apart by names alone
    fcntl = None  # type: ignore[assignment]

_EXTENSIONS = {
    ".txt": ".txt",
    ".html": ".html",
    ".htm": ".html",
    ".mhtml": ".mhtml",
    ".mht": ".mhtml",
    ".warc": ".warc",
}
RAW_EXTENSIONS = tuple(sorted(set(_EXTENSIONS.values())))


class OutsideError(OSError):
    """A file would land outside the archive, because a folder in it is a link."""


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
    """Writes a new record with its raw page beside it and returns the record's path.

    Both are complete on the disk before either has its name. Raises ``FileExistsError`` rather than overwrite
    anything but the same page, ``OutsideError`` where a link leads out of the folder.
    """
    path = record_path(articles, record.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.resolve() != articles.resolve() / path.parent.name:
        raise OutsideError(f"{path.parent} leads out of {articles}")
    page = path.with_name(f"{record.id}.raw{extension}")
    with ExitStack() as files:
        name_page = None if _holds(page, raw) else files.enter_context(_unnamed(path.parent, raw))
        name_record = files.enter_context(_unnamed(path.parent, write(record).encode()))
        if name_page is not None:  # else an interrupted run left it
            name_page(page.name)
        name_record(path.name)
    return path


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


@contextmanager
def _unnamed(folder: Path, content: bytes) -> Iterator[Callable[[str], None]]:
    """A complete file that has no name yet, and what names it; it vanishes where nothing does.

    Linux can do so even if the run is killed; elsewhere a hidden file stands in for it.
    """
    with ExitStack() as opened:
        directory = None
        try:
            handle = os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o644)
            source = f"/proc/self/fd/{handle}"
            directory = os.open(folder, os.O_RDONLY)
            opened.callback(os.close, directory)
        except (AttributeError, OSError):
            handle, source = tempfile.mkstemp(prefix=".writing-", dir=folder)
            opened.callback(os.unlink, source)
            Path(source).chmod(0o644)
        stream = opened.enter_context(os.fdopen(handle, "wb"))
        stream.write(content)
        stream.flush()
        os.fsync(handle)

        def name(given: str) -> None:
            if directory is None:
                os.link(source, folder / given)
            else:
                os.link(source, given, dst_dir_fd=directory, follow_symlinks=True)

        yield name


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


@contextmanager
def alone(articles: Path) -> Iterator[None]:
    """Waits until no other run writes into a folder of records, then keeps others waiting.

    The folder itself is locked, so that no file is left, and a killed run holds nothing.
    """
    articles.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    handle = os.open(articles, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
