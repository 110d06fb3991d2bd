"""Records as they were read last time, so that a build reads again only what changed since.

A file counts as unchanged while its size and time are those of the last reading, as git's index has it; one no older
than the reading itself is read again. What is kept is JSON that pydantic checks: a damaged file is no worse than none.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from build_tools.archive.store import replace_file
from build_tools.models import FrontMatter, Record

_PACKAGE = Path(__file__).parents[1]
_YOUNG = 2_000_000_000  # nanoseconds: no file system is coarser


class Stamp(NamedTuple):
    """What a file's state is known by without reading it."""

    size: int
    time: int


class Kept(NamedTuple):
    """A record, the file it was read from, and a digest of the file's bytes."""

    name: str
    stamp: Stamp
    digest: str
    front: FrontMatter
    paragraphs: tuple[str, ...]

    @property
    def record(self) -> Record:
        """The record itself."""
        return Record(self.front, self.paragraphs)


class _Shelf(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    read_at: int
    records: list[Kept]


@cache
def code_digest() -> str:
    """A digest of the archive's own code and tables and of what they run on."""
    total = hashlib.sha256(platform.python_version().encode())
    for name in (
        "mkdocs",
        "mkdocs-material",
        "jinja2",
        "markdown",
        "pydantic",
        "pyyaml",
        "pypinyin",
        "rjieba",
    ):
        total.update(f"{name}={version(name)};".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return total.hexdigest()


def kept_in(shelf: Path) -> dict[str, Kept]:
    """What a file of kept records holds, by name; nothing if it is missing, damaged, or other code wrote it."""
    try:
        found = _Shelf.model_validate_json(shelf.read_bytes())
    except (OSError, ValidationError):
        return {}
    if found.code != code_digest():
        return {}
    return {one.name: one for one in found.records if one.stamp.time < found.read_at - _YOUNG}


def keep(shelf: Path, records: Iterable[Kept], read_at: int) -> None:
    """Writes the records of one folder; ``read_at`` is a file system's time no later than the first reading."""
    shelf.parent.mkdir(parents=True, exist_ok=True)
    made = _Shelf(code=code_digest(), read_at=read_at, records=list(records))
    replace_file(shelf, made.model_dump_json().encode(), durable=False)
