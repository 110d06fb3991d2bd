"""What was made of a volume, kept for the next build under a key that stands for all it was made from."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.archive.kept import code_digest
from build_tools.archive.store import replace_file

Arrays = Mapping[str, NDArray[Any]]
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


class Shelf:
    """Arrays in files; one that is missing or damaged is made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def read(self, kind: str, key: str) -> Arrays | None:
        """What is kept under a key, or nothing."""
        name = self._name(kind, key)
        try:
            # The archive that numpy writes holds a sum of every array.
            with np.load(io.BytesIO((self._folder / name).read_bytes())) as found:
                return {member: found[member] for member in found.files}
        except _DAMAGE:
            return None

    def write(self, kind: str, key: str, arrays: Arrays) -> None:
        """Keeps arrays under a key."""
        name = self._name(kind, key)
        self._folder.mkdir(parents=True, exist_ok=True)
        content = io.BytesIO()
        np.savez(content, allow_pickle=False, **arrays)
        replace_file(self._folder / name, content.getvalue(), durable=False)

    def kept(self, kind: str, key: str, make: Callable[[], Arrays]) -> Arrays:
        """What is kept under a key; made if there is nothing."""
        found = self.read(kind, key)
        if found is None:
            found = make()
            self.write(kind, key, found)
        return found

    def sweep(self) -> None:
        """Removes what is kept under keys that this build did not ask for."""
        for path in self._folder.glob("*.npz"):
            if path.name.partition("-")[0] not in self._used:
                path.unlink(missing_ok=True)

    def _name(self, kind: str, key: str) -> str:
        digest = hashlib.sha256(f"{code_digest()}{key}".encode()).hexdigest()[:32]
        self._used.add(digest)
        return f"{digest}-{kind}.npz"


@contextmanager
def shelf_in(folder: Path | None) -> Iterator[Shelf]:
    """A shelf in a folder, swept at the end; in one that goes away with it where nothing is to be kept."""
    if folder is None:
        with TemporaryDirectory(prefix="ducha-") as name:
            yield Shelf(Path(name))
    else:
        shelf = Shelf(folder)
        yield shelf
        shelf.sweep()
