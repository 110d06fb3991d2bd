"""The files that hold lists and texts, made volume by volume: a volume whose texts are the same is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np

from build_tools.site.search import fold
from build_tools.site.search.bits import Ints, Pieces
from build_tools.site.search.grams import levels, texts_of
from build_tools.site.search.phrases import Spelling, learned, sample_of
from build_tools.site.search.records import Table, table
from build_tools.site.search.shards import sections
from build_tools.site.search.shelf import Arrays, Shelf
from build_tools.site.search.texts import listed
from build_tools.site.search.tree import Tree, Weights
from build_tools.site.search.volumes import few, volumes
from build_tools.site.search.words import words_of


@dataclass(frozen=True, slots=True)
class Volume:
    """Some articles as they are shown; ``few`` of them are few enough to be read.

    ``key`` stands for all that is made of it.
    """

    texts: Sequence[str]
    few: int
    key: str

    @classmethod
    def of(cls, texts: Sequence[str], few: int) -> Volume:
        """A volume of these articles."""
        told = [str(few), *(str(len(text)) for text in texts), *texts]
        return cls(texts, few, hashlib.sha256("\n".join(told).encode()).hexdigest())

    def table(self) -> Table:
        """Its strings and words."""
        folded = [fold.fold_lines(text.partition("\n")[2]) for text in self.texts]
        found = texts_of(folded)
        return table(found, levels(found, self.few), words_of(folded))


def volumes_of(shown: Sequence[str]) -> list[Volume]:
    """Articles as they are shown, in order, in volumes; one empty volume where there are none."""
    runs = volumes([text.partition("\t")[0] for text in shown]) or [range(0)]
    return [Volume.of(shown[run.start : run.stop], few(len(shown))) for run in runs]


def weights(parts: Sequence[Volume], shelf: Shelf) -> list[Weights]:
    """What the strings of each volume weigh; volumes that are not known are gone through, one after the other."""
    found = []
    for volume in parts:
        arrays = shelf.kept("weights", volume.key, partial(_weighed, volume, shelf))
        found.append(Weights(**arrays))
    return found


def _weighed(volume: Volume, shelf: Shelf) -> Arrays:
    whole = volume.table()
    shelf.write("table", volume.key, whole.arrays())
    return asdict(Weights.of(whole))


def list_files(parts: Sequence[Volume], tree: Tree, shelf: Shelf) -> Iterator[tuple[bytes, int]]:
    """Text and sum of each file of the tree: a line from each volume."""
    names = list(map(str, tree.files))
    lines = [_sections(volume, tree, names, shelf) for volume in parts]
    between = ord("\n") * (len(parts) - 1)
    sums = np.sum([part.sum for part in lines], axis=0) + between
    for texts, total in zip(zip(*(part.texts() for part in lines), strict=True), sums.tolist(), strict=True):
        yield b"\\n".join(texts), total


def _sections(volume: Volume, tree: Tree, names: list[str], shelf: Shelf) -> Pieces:
    """What a volume says in each file; what it said last time is kept, for files hardly ever change their range."""
    known = shelf.read("sections", volume.key)
    before = known["files"].tobytes().decode().split("\n") if known else []
    if known and before == names:
        return _pieces(known)
    old = dict(zip(before, _pieces(known).rows(), strict=True)) if known else {}
    new = [place for place, name in enumerate(names) if name not in old]
    made = sections(_table(volume, shelf), [tree.files[place] for place in new])
    if known:
        old |= zip([names[place] for place in new], made.rows(), strict=True)
        made = Pieces.of([old[name] for name in names])
    files = np.frombuffer("\n".join(names).encode(), np.uint8)
    shelf.write("sections", volume.key, {"files": files, **made._asdict()})
    return made


def _pieces(arrays: Arrays) -> Pieces:
    return Pieces(arrays["data"], arrays["end"], arrays["sum"])


def _table(volume: Volume, shelf: Shelf) -> Table:
    return Table.of(shelf.kept("table", volume.key, lambda: volume.table().arrays()))


def spelling_of(texts: Sequence[str], shelf: Shelf) -> Spelling:
    """How texts are spelled."""
    sample = sample_of(texts)
    key = hashlib.sha256("\n".join(sample).encode()).hexdigest()
    return Spelling.of(shelf.kept("spelling", key, lambda: learned(sample).arrays()))


def text_files(parts: Sequence[Volume], spelling: Spelling, shelf: Shelf) -> Iterator[tuple[Pieces, Ints]]:
    """The spelled texts of each volume and behind them its part of the catalogue, and of how many signs they are."""
    for volume in parts:
        arrays = shelf.kept("texts", f"{volume.key}{spelling.key}", partial(_spelled, volume, spelling))
        yield _pieces(arrays), arrays["count"]


def _spelled(volume: Volume, spelling: Spelling) -> Arrays:
    made, count = spelling.written([*volume.texts, "\n".join(map(listed, volume.texts))])
    return {**made._asdict(), "count": count}
