"""An index brought up to date has the bytes of one made from nothing, and little of it is made again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.models import Record
from build_tools.site import indexing, search_index
from build_tools.site.search import parts, phrases, texts, tree, volumes
from build_tools.site.search.records import Table
from build_tools.site.search_index import search_files
from tests.search.test_exact import made_up

Files = dict[str, bytes]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Volumes of a few articles, files of a few records, a spelling learned from a few texts."""
    monkeypatch.setattr(volumes, "LARGEST", 8)
    monkeypatch.setattr(volumes, "LEAST", 2)
    monkeypatch.setattr(search_index, "SMALLEST", 64)
    monkeypatch.setattr(tree, "SPARED", 1)
    monkeypatch.setattr(phrases, "SAMPLE", 2_000)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the volumes whose strings are found, as they are."""
    found: list[int] = []
    make = parts.Volume.table

    def counted(volume: parts.Volume) -> Table:
        found.append(len(volume.texts))
        return make(volume)

    monkeypatch.setattr(parts.Volume, "table", counted)
    return found


def renamed(record: Record, number: int) -> Record:
    """The record as another, of another day."""
    day = f"20{number % 30:02d}-0{1 + number % 9}-11"
    return replace(record, front=record.front.model_copy(update={"id": f"{day}-y-{number:04x}", "date": day}))


def edited(record: Record) -> Record:
    """The record with a paragraph of its own, in characters that no other has."""
    return replace(record, paragraphs=(*record.paragraphs, "督察组进驻，龘靐𠮷齉要求立行立改。"))


def _changed(records: list[Record], chance: random.Random) -> list[Record]:
    """One article more, less, other, or of another day."""
    at = chance.randrange(len(records))
    change = chance.choice(("add", "remove", "edit", "move"))
    one, rest = records[at], records[:at] + records[at + 1 :]
    if change == "add":
        return [*records, renamed(one, chance.randrange(1000))]
    if change == "remove":
        return rest
    return [*rest, edited(one) if change == "edit" else renamed(one, chance.randrange(1000))]


def _unique(records: list[Record]) -> Corpus:
    return corpus_of(list({record.id: record for record in records}.values()))


def _index(corpus: Corpus, kept: Path | None = None) -> Files:
    return dict(search_files(corpus, kept))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_any_changes_give_the_bytes_of_an_index_from_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    records = list(made_up(60, seed=20 + seed))
    for _ in range(5):
        corpus = _unique(records)
        assert _index(corpus, tmp_path) == _index(corpus)
        for _ in range(chance.choice((1, 1, 4))):
            records = _changed(records, chance)


def _edits(records: list[Record]) -> Iterator[tuple[str, list[Record]]]:
    middle = len(records) // 2
    yield "nothing", records
    yield "edited", [*records[:middle], edited(records[middle]), *records[middle + 1 :]]
    yield "removed", records[:middle] + records[middle + 1 :]
    yield "added", [*records, renamed(records[3], 999)]


@pytest.mark.usefixtures("small")
def test_one_article_makes_one_volume_anew(tmp_path: Path, tables: list[int]) -> None:
    """Or two, where a volume is full and cut in two."""
    records = list(made_up(120, seed=4))
    _index(corpus_of(records), tmp_path)
    assert len(tables) > 15
    for name, after in _edits(records):
        _index(corpus_of(records), tmp_path)
        tables.clear()
        _index(corpus_of(after), tmp_path)
        assert min(1, len(tables)) == (name != "nothing"), name
        assert len(tables) <= 2, name


@pytest.mark.usefixtures("small")
def test_most_files_are_the_same_ranges_after_a_change() -> None:
    """A file may hold other lists; that it answers for other strings is rare."""
    records = list(made_up(120, seed=4))

    def ranges(some: list[Record]) -> set[tree.Range]:
        found = parts.volumes_of([texts.shown(record) for record in corpus_of(some)])
        heavy = [tree.Weights.of(volume.table()) for volume in found]
        return set(tree.tree_of(heavy, 8 * 256).files)

    before = ranges(records)
    for name, after in _edits(records):
        assert len(before - ranges(after)) <= len(before) // 20, name
    assert len(before) > 40


@pytest.mark.usefixtures("small")
def test_what_is_no_longer_used_is_swept_and_damage_is_mended(tmp_path: Path, tables: list[int]) -> None:
    records = list(made_up(60, seed=4))
    whole = _index(corpus_of(records), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    for _, after in _edits(records):
        _index(corpus_of(after), tmp_path)
    tables.clear()
    assert _index(corpus_of(records), tmp_path) == whole
    assert {path.name for path in tmp_path.iterdir()} == names
    for number, path in enumerate(sorted(tmp_path.iterdir())):
        content = path.read_bytes()
        path.write_bytes(
            (content[:-40], b"", content[:99] + b"?" + content[100:], content + b"?")[number % 4]
        )
    assert _index(corpus_of(records), tmp_path) == whole


@pytest.mark.parametrize("cached", [True, False])
def test_a_large_archive_is_indexed_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: list[int], cached: bool
) -> None:
    corpus, kept = made_up(40, seed=1), tmp_path if cached else None
    expected = _index(corpus)
    tables.clear()
    monkeypatch.setattr(indexing, "_MANY", 10)
    later: Callable[[], list[tuple[str, bytes]]] = indexing.index_later(corpus, kept)
    assert dict(later()) == expected
    assert tables == []
    # What the other process kept is at hand.
    if cached:
        assert _index(corpus, tmp_path / "search") == expected
        assert tables == []
