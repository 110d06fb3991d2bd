"""Brings a site's folder up to date: the generator's files, the archive's pages, the exports, the search index."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

from build_tools.archive.corpus import Corpus, read_corpus
from build_tools.archive.kept import code_digest
from build_tools.archive.record import RecordError
from build_tools.models import Record
from build_tools.site.discovery import sitemap
from build_tools.site.exports import exports
from build_tools.site.files import data_files, deep_pages, top_pages
from build_tools.site.frame import Frame
from build_tools.site.indexing import Files, index_later
from build_tools.site.output import ClashError, Output
from build_tools.site.package import data_package, resource
from build_tools.site.page import Page, SiteFile
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.pages.rules import RepairRule
from build_tools.site.raws import raw_files, raw_pages
from build_tools.site.recipe import Input, Recipe, key
from build_tools.site.shell import Shell, place_of
from build_tools.site.shelves import shelves

_SEARCH, _DATA = "search/", "data/"


class SiteError(Exception):
    """The site cannot be built; the message names the file, what is wrong and the cure."""


def publish(
    frame: Callable[[], Frame],
    articles: Path,
    site: Path,
    cache: Path | None = None,
    finished: Callable[[Collection[str]], None] | None = None,
) -> Frame:
    """Fills the frame with the records of a folder; raises ``SiteError``. ``cache`` keeps what was read and indexed.

    ``frame`` is asked for once the index, which takes longest, is begun; ``finished`` is told which files are, before
    the index is waited for.
    """
    if not articles.is_dir():
        raise SiteError(f"{articles}: no such folder; name the folder of the records")
    try:
        corpus = read_corpus(articles, cache)
    except RecordError as error:
        raise SiteError(f"{error}; correct the record, then build again") from error
    try:
        publication = _Publication(frame, corpus, articles, Output(site), cache)
        publication.write(finished)
    except ClashError as error:
        raise SiteError(f"{error}; rename one of the two") from error
    return publication.frame


class _Publication:
    """One file at a time: the archive is larger than memory should be."""

    def __init__(
        self, frame: Callable[[], Frame], corpus: Corpus, articles: Path, out: Output, cache: Path | None
    ) -> None:
        self.corpus, self.out = corpus, out
        self.digest = _digest_of(corpus)
        self.ground = key((code_digest(), repr(corpus.persons)), self.digest)
        self.index = self._index(cache)
        self.frame = frame()
        self.shelf, self.raws = shelves(corpus), raw_pages(articles)
        self.repository = _repository(self.frame, articles)

    def _key(self, *inputs: Input) -> str:
        """What stands for inputs, for the archive's own code and for what persons decided."""
        return key((self.ground, *inputs), self.digest)

    def _index(self, cache: Path | None) -> Callable[[], Files]:
        """The files of the index, begun at once unless those of the last build are still right."""
        if self.out.has(_SEARCH, self._key(self.corpus)):
            return list
        return index_later(self.corpus, cache)

    def write(self, finished: Callable[[Collection[str]], None] | None) -> None:
        """Everything, in the end the list of what is there."""
        out, shelf, every = self.out, self.shelf, self._key(self.corpus)
        shells = self.frame.shells()
        for path, content in self.frame.own():
            out.write(path, content)
        for page in chain(top_pages(shelf, _rules()), deep_pages(shelf, self.raws, self.repository)):
            shell = shells[place_of(page.address)]
            out.make(page.address, self._key(shell.digest, *page.inputs), partial(_filled, shell, page))
        for raw in raw_files(self.corpus, self.raws):
            out.make(raw.address, self._key(*raw.inputs), raw.make)
        out.keep(_DATA, every, self._write_exports)
        for file in data_files(shelf, self.frame.site_url):
            out.make(file.address, self._key(*file.inputs), partial(_encoded, file))
        for part in sitemap(out.paths, self.frame.site_url) if self.frame.site_url else ():
            self._write_file(part)
        if finished:
            finished(out.paths)
        out.keep(_SEARCH, every, self._write_index)
        out.finish()

    def _write_exports(self) -> None:
        resources = []
        for export in exports(self.shelf):
            pieces = ((self._key(*piece.inputs), piece.make) for piece in export.pieces)
            resources.append(resource(export.address, self.out.weave(export.address, pieces), export.table))
        self._write_file(data_package(resources))

    def _write_index(self) -> None:
        for path, content in self.index():
            self.out.write(path, content)

    def _write_file(self, file: SiteFile) -> None:
        content = file.content
        self.out.write(file.path, content if isinstance(content, bytes) else content.encode())


def _digest_of(corpus: Corpus) -> Callable[[Record | Corpus], str]:
    """What stands for the content of each record, and of all in their order."""
    found = {id(record): corpus.digest(record) for record in corpus}
    found[id(corpus)] = key(tuple(found.values()), str)
    return lambda one: found[id(one)]


def _encoded(file: Recipe[str]) -> bytes:
    return file.make().encode()


def _rules() -> Iterator[RepairRule]:
    """The rules, and with them all that cleaning needs, only where their page is made."""
    from build_tools.clean.repair import RULES

    yield from RULES


def _filled(shell: Shell, page: Recipe[Page]) -> bytes:
    return shell.fill(page.make()).encode()


def _repository(frame: Frame, articles: Path) -> Repository:
    """Where a reader may correct a record, by ``repo_url`` and ``edit_uri``; nowhere if they name nothing."""
    if not frame.repo_url:
        return NOWHERE
    base = frame.repo_url.rstrip("/")
    report = "/-/issues/new?issue[title]=" if frame.repo_name == "GitLab" else "/issues/new?title="
    folder = os.path.relpath(articles.resolve(), Path(frame.docs_dir).resolve())
    edit = urljoin(f"{base}/{frame.edit_uri.strip('/')}/", f"{Path(folder).as_posix()}/")
    return Repository(edit if frame.edit_uri else "", base + report)
