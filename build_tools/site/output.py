"""A folder of files that is brought up to date: what would be the same is neither made nor written again.

A hidden list in the folder tells from what each file was made. It is taken away before the first write and put back
after the last, so that an interrupted build makes everything anew.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

LIST = ".made-from"
_PIECE = re.compile(r"(\w+):(\d+)")
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class ClashError(ValueError):
    """Two files of a build would stand in one place."""


class Output:
    """The files of one build; ``finish`` removes what earlier builds left."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._before = dict(_listed(folder / LIST))
        self._made: dict[str, str] = {}
        self._found = set(files_in(self._folder))
        self._folders = {path.rpartition("/")[0] for path in self._found}
        self._list = folder / LIST
        self._is_begun = False

    @property
    def paths(self) -> Collection[str]:
        """The files that the build holds so far."""
        return [path for path in self._made if not path.endswith("/")]

    def write(self, path: str, content: bytes) -> None:
        """A file whose content is at hand."""
        self.make(path, hashlib.sha256(content).hexdigest(), lambda: content)

    def make(self, path: str, key: str, content: Callable[[], bytes]) -> None:
        """A file made only if it is not there or ``key``, which stands for all it is made from, has changed."""
        if path in self._made:
            raise ClashError(f"{path}: two files of the site would stand here")
        self._made[path] = key
        if path in self._found and self._before.get(path) == key:
            return
        self._begin()
        made = content()
        above = path.rpartition("/")[0]
        if above not in self._folders:
            Path(self._folder, above).mkdir(parents=True, exist_ok=True)
            self._folders.add(above)
        # Not pathlib: a build makes tens of thousands of small files.
        handle = os.open(f"{self._folder}/{path}", _FLAGS, 0o644)
        rest = memoryview(made)
        try:
            while rest:
                rest = rest[os.write(handle, rest) :]
        finally:
            os.close(handle)

    def weave(self, path: str, pieces: Iterable[tuple[str, Callable[[], bytes]]]) -> bytes:
        """A file of pieces one behind the other, of which only those are made whose key is new; its content."""
        old = self._pieces(path)
        if not old:
            self._before.pop(path, None)
        spelled, parts = [], []
        for key, make in pieces:
            parts.append(old[key] if key in old else make())
            spelled.append(f"{key}:{len(parts[-1])}")
        content = b"".join(parts)
        self.make(path, ",".join(spelled), lambda: content)
        return content

    def _pieces(self, path: str) -> Mapping[str, bytes | memoryview]:
        """The pieces of a woven file as the last build left it, by key; nothing if it is not of their size."""
        spelled = _PIECE.findall(self._before.get(path, ""))
        if path not in self._found or not spelled:
            return {}
        content = memoryview(Path(self._folder, path).read_bytes())
        found, at = {}, 0
        for key, size in spelled:
            found[key] = content[at : at + int(size)]
            at += int(size)
        return found if at == len(content) else {}

    def has(self, folder: str, key: str) -> bool:
        """Whether a folder of files made together is there and ``key`` still stands for all they were made from."""
        return self._before.get(folder) == key and self._found.issuperset(self._members(folder))

    def keep(self, folder: str, key: str, make: Callable[[], None]) -> None:
        """A folder that ``make`` fills, unless it is there and ``key``, which stands for all its files, is the same."""
        if self.has(folder, key):
            self._made |= {path: self._before[path] for path in self._members(folder)}
        else:
            make()
        self._made[folder] = key

    def _members(self, folder: str) -> list[str]:
        return [path for path in self._before if path.startswith(folder) and path != folder]

    def _begin(self) -> None:
        if not self._is_begun:
            self._list.parent.mkdir(parents=True, exist_ok=True)
            self._list.unlink(missing_ok=True)
            self._is_begun = True

    def finish(self) -> None:
        """Removes files of earlier builds with the folders they leave empty, and leaves the list for the next."""
        self._begin()
        for path in self._found - self._made.keys():
            os.unlink(f"{self._folder}/{path}")
            while (path := path.rpartition("/")[0]) and not os.listdir(f"{self._folder}/{path}"):
                os.rmdir(f"{self._folder}/{path}")
        lines = "".join(f"{key} {path}\n" for path, key in sorted(self._made.items()))
        self._list.write_text(lines, encoding="utf-8", newline="\n")


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, name = line.partition(" ")
            yield name, key


def files_in(folder: str, inside: str = "") -> Iterator[str]:
    """Paths of the files below a folder; hidden entries of the folder itself are not the build's."""
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if inside or not entry.name.startswith("."):
                    yield from files_in(entry.path, f"{inside}{entry.name}/")
            elif inside or not entry.name.startswith("."):
                yield f"{inside}{entry.name}"
