"""The frame is kept while nothing that the generator reads has changed, and never longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mkdocs.commands.build
import pytest
from mkdocs.config import load_config

from build_tools.archive.corpus import corpus_of
from build_tools.site.build import CONFIG, build
from build_tools.site.frame import Frame, frame_of
from tests.site.conftest import ordinary, write_articles


def _edit_page(folder: Path) -> None:
    (folder / "docs" / "a.md").write_text("乙", encoding="utf-8", newline="\n")


def _add_page(folder: Path) -> None:
    (folder / "docs" / "b.md").write_text("", encoding="utf-8", newline="\n")


def _remove_page(folder: Path) -> None:
    (folder / "docs" / "a.md").unlink()


def _set(folder: Path) -> None:
    _settings(folder, "site_name: 乙")


def _damage(folder: Path) -> None:
    (folder / "cache" / "frame.json").write_bytes(b"{}")


def _settings(folder: Path, text: str) -> None:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("甲", encoding="utf-8", newline="\n")
    _settings(tmp_path, 'site_name: 甲\nsite_url: !ENV [DUCHA_SITE_URL, ""]')
    return tmp_path


class _Generator:
    """Counts how often it is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, 0

    def render(self) -> Frame:
        self.asked += 1
        return Frame(files={"a.html": b"\xff\x00"}, docs_dir=str(self.folder / "docs"), warnings=["甲"])

    def frame(self) -> Frame:
        return frame_of(self.folder / "mkdocs.yml", self.folder / "cache", self.render)


def test_what_is_kept_is_what_was_made(folder: Path) -> None:
    generator = _Generator(folder)
    assert generator.frame() == generator.frame() == generator.render()
    assert generator.asked == 2


@pytest.mark.parametrize("change", [_edit_page, _add_page, _remove_page, _set, _damage])
def test_a_change_of_what_the_generator_reads_has_it_asked_again(
    folder: Path, change: Callable[[Path], None]
) -> None:
    generator = _Generator(folder)
    generator.frame()
    change(folder)
    generator.frame()
    generator.frame()
    assert generator.asked == 2


def test_a_variable_that_the_settings_name_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = _Generator(folder)
    generator.frame()
    monkeypatch.setenv("DUCHA_OTHER", "1")
    generator.frame()
    assert generator.asked == 1
    monkeypatch.setenv("DUCHA_SITE_URL", "https://example.org/")
    generator.frame()
    assert generator.asked == 2


def test_settings_that_read_other_files_are_asked_each_time(folder: Path) -> None:
    _settings(folder, "site_name: 甲\nhooks: [x.py]")
    generator = _Generator(folder)
    generator.frame()
    generator.frame()
    assert generator.asked == 2


def test_mkdocs_alone_builds_the_same_site(tmp_path: Path) -> None:
    articles = write_articles(corpus_of([ordinary(1)]), tmp_path / "articles")
    build(articles, tmp_path / "ours", cache=tmp_path / "cache")
    build(articles, tmp_path / "kept", cache=tmp_path / "cache")
    plugins = [{"ducha": {"articles": str(articles)}}]
    mkdocs.commands.build.build(load_config(str(CONFIG), site_dir=str(tmp_path / "theirs"), plugins=plugins))
    ours, kept, theirs = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (tmp_path / "ours", tmp_path / "kept", tmp_path / "theirs")
    )
    assert ours == kept == theirs
