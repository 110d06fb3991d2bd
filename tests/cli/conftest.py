"""Archives for commands to work on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import ARTICLE, PAGES, ducha


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the founding pages make today."""
    folder = tmp_path_factory.mktemp("founded") / "articles"
    ducha("add", *PAGES, "--articles", folder)
    return folder


@pytest.fixture
def archive(founded: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copytree(founded, tmp_path / "articles"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Where an archive is yet to be."""
    return tmp_path / "articles"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page about an inspection that the archive does not hold."""
    path = tmp_path / "page.txt"
    path.write_text(ARTICLE, encoding="utf-8", newline="\n")
    return path
