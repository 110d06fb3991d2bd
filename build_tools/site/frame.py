"""What the generator makes: hand-written pages, styles, and the frames into which the archive's pages are filled.

MkDocs takes longer for it than an edited article takes, so it is kept while nothing that it reads has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from build_tools.archive.kept import code_digest
from build_tools.archive.store import replace_file
from build_tools.site.shell import FRAMES, Place, Shell

_FILE = "frame.json"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")
_READS_MORE = re.compile(r"^(?:hooks|INHERIT)\s*:", re.MULTILINE)


class Frame(BaseModel):
    """The generator's files by path, the frames among them; what its settings say; and its warnings."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, ser_json_bytes="base64", val_json_bytes="base64", strict=True
    )

    files: dict[str, bytes]
    docs_dir: str
    site_url: str = ""
    repo_url: str = ""
    repo_name: str = ""
    edit_uri: str = ""
    warnings: list[str] = []

    def shells(self) -> dict[Place, Shell]:
        """Every frame, ready to be filled."""
        return {
            place: Shell.of(self.files[page.address].decode(), page.address) for place, page in FRAMES.items()
        }

    def own(self) -> Iterator[tuple[str, bytes]]:
        """Files that go into the site as they are."""
        frames = {page.address for page in FRAMES.values()}
        return ((path, content) for path, content in sorted(self.files.items()) if path not in frames)


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str
    frame: Frame


def frame_of(config_file: Path, cache: Path | None, render: Callable[[], Frame]) -> Frame:
    """The frame that was kept in a folder, if it is still right; else ``render`` makes one, to be kept."""
    kept = _kept(cache / _FILE) if cache else None
    if kept and kept.key == _key(config_file, kept.frame):
        return kept.frame
    frame = render()
    if cache and not _READS_MORE.search(config_file.read_text(encoding="utf-8")):
        cache.mkdir(parents=True, exist_ok=True)
        made = _Kept(key=_key(config_file, frame), frame=frame)
        replace_file(cache / _FILE, made.model_dump_json().encode(), durable=False)
    return frame


def _kept(path: Path) -> _Kept | None:
    try:
        return _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _key(config_file: Path, frame: Frame) -> str:
    """What stands for all that the generator reads: settings, the variables they name, hand-written pages, code."""
    total = hashlib.sha256(f"{code_digest()}{config_file.resolve()}".encode())
    settings = config_file.read_text(encoding="utf-8")
    for line in settings.splitlines():
        names = _VARIABLE.findall(line.partition("!ENV")[2])
        total.update(repr([line, [os.environ.get(name) for name in names]]).encode())
    for path in sorted(Path(frame.docs_dir).rglob("*")):
        if path.is_file():
            total.update(f"{path}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
