"""The whole site into a folder, or a live preview."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from build_tools.site.frame import Frame, frame_of
from build_tools.site.publish import SiteError, publish

__all__ = ["SiteError", "build", "serve"]

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


class _Listener(logging.Handler):
    """Keeps MkDocs' warnings, so that a quiet build still says what it found."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build(
    articles: Path,
    site_dir: Path,
    config_file: Path = CONFIG,
    cache: Path | None = None,
    finished: Callable[[Collection[str]], None] | None = None,
) -> list[str]:
    """Builds the site from the records in a folder and returns MkDocs' warnings; raises ``SiteError``.

    A folder that holds an earlier build is brought up to date; ``cache`` keeps for the next what was read and made.
    ``finished`` is told the paths of the files that are, as soon as only the search index is missing.
    """
    with _no_collection():
        frame = partial(frame_of, config_file, cache, partial(_rendered, config_file))
        return publish(frame, articles.resolve(), site_dir.resolve(), cache, finished).warnings


def _rendered(config_file: Path) -> Frame:
    """The frames and the hand-written pages; MkDocs is asked for only here, for it takes long to begin."""
    import mkdocs.commands.build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from build_tools.site.plugin import frame_in

    listener = _Listener()
    log = logging.getLogger("mkdocs")
    log.addHandler(listener)
    log.propagate = False
    try:
        with TemporaryDirectory(prefix="ducha-") as folder:
            config = load_config(str(config_file), site_dir=folder, plugins=[{"ducha": {"publish": False}}])
            mkdocs.commands.build.build(config)
            return frame_in(Path(folder), config, listener.messages)
    except MkDocsException as error:
        raise SiteError("\n".join(listener.messages) or str(error)) from error
    finally:
        log.removeHandler(listener)


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
    import mkdocs.commands.serve

    # A mapping, not a list: MkDocs empties the mappings of a list, and would have none for the next build.
    plugins = {"ducha": {"articles": str(articles.resolve())}}
    mkdocs.commands.serve.serve(str(config_file), dev_addr=address, plugins=plugins)
