"""Runs MkDocs on the archive: the whole site into a folder, or a live preview."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mkdocs.commands.build
import mkdocs.commands.serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


class SiteError(Exception):
    """The site cannot be built; the message names the file, what is wrong and the cure."""


class _Listener(logging.Handler):
    """Keeps MkDocs' warnings, so that a quiet build still says what it found."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build(articles: Path, site_dir: Path, config_file: Path = CONFIG, cache: Path | None = None) -> list[str]:
    """Builds the site from the records in a folder and returns MkDocs' warnings; raises ``SiteError``.

    A folder that holds an earlier build is brought up to date; ``cache`` keeps what was read of the records.
    """
    listener = _Listener()
    log = logging.getLogger("mkdocs")
    log.addHandler(listener)
    log.propagate = False
    try:
        config = load_config(
            str(config_file),
            site_dir=str(site_dir.resolve()),
            plugins=[
                {"ducha": {"articles": str(articles.resolve()), "cache": str(cache) if cache else None}}
            ],
        )
        with _no_collection():
            mkdocs.commands.build.build(config)
    except MkDocsException as error:
        raise SiteError("\n".join(listener.messages) or str(error)) from error
    finally:
        log.removeHandler(listener)
    return listener.messages


@contextmanager
def _no_collection() -> Iterator[None]:
    """A build makes millions of objects and keeps most: looking for rings among them takes a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # counts what is alive as old: it would be looked through at once
        gc.unfreeze()
        if was_on:
            gc.enable()


def serve(articles: Path, address: str = "127.0.0.1:8000", config_file: Path = CONFIG) -> None:
    """A live preview that follows changes in pages and records, until it is interrupted."""
    mkdocs.commands.serve.serve(
        str(config_file), dev_addr=address, plugins=[{"ducha": {"articles": str(articles.resolve())}}]
    )
