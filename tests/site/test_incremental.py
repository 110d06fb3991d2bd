"""A build on top of an earlier one gives the bytes of a build from nothing, whatever changed between."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.believable import archive
from build_tools.archive.corpus import read_corpus
from build_tools.archive.record import read, write
from build_tools.models import Official, Record
from build_tools.site.build import build
from build_tools.site.output import LIST, Output
from tests.site.conftest import difficult, ordinary

SIZE = 40
Change = Callable[[Path, random.Random], None]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _put(articles: Path, record: Record) -> Path:
    path = articles / record.id[:4] / f"{record.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write(record), encoding="utf-8", newline="\n")
    path.with_suffix(".raw.txt").write_text(record.text, encoding="utf-8", newline="\n")
    return path


def _add(articles: Path, chance: random.Random) -> None:
    _put(articles, next(archive(1, chance.randrange(10**6))))


def _remove(articles: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(articles.rglob("*.md")))
    path.unlink()
    path.with_suffix(".raw.txt").unlink()


def _edit(articles: Path, chance: random.Random, **fields: object) -> None:
    path = chance.choice(sorted(articles.rglob("*.md")))
    old = read(path.read_text(encoding="utf-8"))
    new = Record(old.front.model_copy(update=fields), old.paragraphs)
    path.write_text(write(new), encoding="utf-8", newline="\n")


def _retitle(articles: Path, chance: random.Random) -> None:
    _edit(articles, chance, title=f"改题{chance.randrange(99)}")


def _redate(articles: Path, chance: random.Random) -> None:
    _edit(articles, chance, date=f"{chance.randrange(2016, 2024)}-0{chance.randrange(1, 10)}-15")


def _undate(articles: Path, chance: random.Random) -> None:
    _edit(articles, chance, date=None, date_basis="unknown")


def _move(articles: Path, chance: random.Random) -> None:
    _edit(articles, chance, provinces=[chance.choice(("海南省", "山东省", "乌有省"))], city=None)


def _appoint(articles: Path, chance: random.Random) -> None:
    other = chance.choice([item for item in read_corpus(articles) if item.front.officials])
    named = Official(name=other.front.officials[0].name, title="调研员")
    _edit(articles, chance, officials=[named, Official(name="甘露寺", title=None)])


def _change_raw(articles: Path, chance: random.Random) -> None:
    chance.choice(sorted(articles.rglob("*.raw.txt"))).write_text("另一页", encoding="utf-8", newline="\n")


def _decide_person(articles: Path, chance: random.Random) -> None:
    record = chance.choice([item for item in read_corpus(articles) if item.front.officials])
    name, place = record.front.officials[0].name, record.front.provinces[0]
    row = f"{{name: {name}, label: 核定{chance.randrange(99)}, places: [{place}], why: 职务前后相接}}"
    (articles / "people.yml").write_text(f"people: [{row}]", encoding="utf-8", newline="\n")


CHANGES = (
    _add, _remove, _retitle, _redate, _undate, _move, _appoint, _change_raw, _decide_person,
)  # fmt: skip


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("believable") / "articles"
    for record in archive(SIZE, 7):
        os.utime(_put(folder, record), (10**9, 10**9))  # old enough to be taken for unchanged
    return folder


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_build_brought_up_to_date_equals_one_from_nothing(
    articles: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    work, site, cache = tmp_path / "articles", tmp_path / "site", tmp_path / "cache"
    shutil.copytree(articles, work)
    build(work, site, cache=cache)
    for change in chance.sample(CHANGES, 3):
        change(work, chance)
        change(work, chance)
        build(work, site, cache=cache)
    build(work, tmp_path / "anew")
    assert _bytes(site) == _bytes(tmp_path / "anew")


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_of_one_change_is_stale(articles: Path, tmp_path: Path, change: Change) -> None:
    """Each kind of change alone: what another would have made anew cannot hide a page that this one forgot."""
    work, site = tmp_path / "articles", tmp_path / "site"
    shutil.copytree(articles, work)
    for path in sorted(work.rglob("*.md"))[SIZE // 2 :]:
        path.unlink()
        path.with_suffix(".raw.txt").unlink()
    build(work, site)
    change(work, random.Random(5))
    build(work, site)
    build(work, tmp_path / "anew")
    assert _bytes(site) == _bytes(tmp_path / "anew")


def test_what_is_the_same_is_not_written_again(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "site", cache=tmp_path / "cache")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    build(articles, tmp_path / "site", cache=tmp_path / "cache")
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert {path.name for path in after if before.get(path) != after[path]} == {LIST}


def test_one_article_more_makes_few_pages_anew(articles: Path, tmp_path: Path) -> None:
    """Of article pages its own, its neighbours in time, and those of its inspection: not those of all others."""
    shutil.copytree(articles, tmp_path / "articles")
    site = tmp_path / "site"
    build(tmp_path / "articles", site)
    before = _bytes(site)
    times = {path: (site / path).stat().st_mtime_ns for path in before}
    _put(tmp_path / "articles", ordinary(77, provinces=["海南省"], city="三亚市", date="2024-05-06"))
    build(tmp_path / "articles", site)
    pages = [path for path in before if path.startswith("articles/")]
    touched = [path for path in pages if (site / path).stat().st_mtime_ns != times[path]]
    assert len(pages) == SIZE
    assert 1 <= len(touched) <= 10


def test_a_month_that_is_the_same_is_not_made_again_for_the_exports(tmp_path: Path) -> None:
    made: list[bytes] = []

    def piece(key: str, content: bytes) -> tuple[str, Callable[[], bytes]]:
        return key, lambda: made.append(content) or content  # type: ignore[func-returns-value]

    def woven(*pieces: tuple[str, Callable[[], bytes]]) -> list[bytes]:
        made.clear()
        out = Output(tmp_path)
        whole = out.weave("a.csv", pieces)
        out.finish()
        assert (tmp_path / "a.csv").read_bytes() == whole
        return [*made, whole]

    assert woven(piece("a", b"head"), piece("b", b"one")) == [b"head", b"one", b"headone"]
    assert woven(piece("a", b"head"), piece("c", b"new"), piece("b", b"one")) == [b"new", b"headnewone"]
    assert woven(piece("b", b"one"), piece("d", b"")) == [b"", b"one"]
    (tmp_path / "a.csv").write_bytes(b"cut off")
    assert woven(piece("b", b"one"), piece("d", b"")) == [b"one", b"", b"one"]


def test_a_lost_or_foreign_file_is_put_right(tmp_path: Path) -> None:
    for record in (ordinary(1), *difficult()):
        _put(tmp_path / "articles", record)
    site = tmp_path / "site"
    build(tmp_path / "articles", site)
    before = _bytes(site)
    (site / "index.html").unlink()
    (site / "stray").mkdir()
    (site / "stray" / "x.html").write_text("x", encoding="utf-8", newline="\n")
    (site / ".keep").write_text("", encoding="utf-8", newline="\n")
    build(tmp_path / "articles", site)
    assert _bytes(site) == {**before, ".keep": b""}
    assert not (site / "stray").exists()


def test_an_interrupted_build_is_made_anew(tmp_path: Path) -> None:
    out = Output(tmp_path)
    out.make("a.html", "old", lambda: b"old")
    out.finish()
    out = Output(tmp_path)
    out.make("a.html", "new", lambda: b"new")
    # The run ends here; what it was made from is then put back to what it was.
    out = Output(tmp_path)
    out.make("a.html", "old", lambda: b"old")
    out.finish()
    assert (tmp_path / "a.html").read_bytes() == b"old"


def test_damage_to_what_was_kept_changes_nothing(articles: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = read_corpus(articles)
    assert read_corpus(articles, cache) == fresh
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes()[:-20])
    assert read_corpus(articles, cache) == fresh
    assert read_corpus(articles, cache) == fresh
