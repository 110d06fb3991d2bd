"""The MkDocs plugin: hands over generated files, and fills the theme's page for articles and people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.files import Files as MkDocsFiles
from mkdocs.structure.pages import Page as MkDocsPage

from build_tools.archive.corpus import Corpus, read_corpus
from build_tools.archive.kept import code_digest
from build_tools.archive.record import RecordError
from build_tools.models import Record
from build_tools.site.discovery import sitemap
from build_tools.site.exports import exports, package
from build_tools.site.files import data_files, deep_pages, top_pages
from build_tools.site.indexing import Files, index_later
from build_tools.site.output import ClashError, Output
from build_tools.site.package import resource
from build_tools.site.page import Page, SiteFile, markdown
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.pages.rules import RepairRule
from build_tools.site.raws import raw_files, raw_pages
from build_tools.site.recipe import Input, Recipe, key
from build_tools.site.shell import FRAMES, Place, Shell, lean, place_of
from build_tools.site.shelves import shelves

_OUT_OF_NAV = InclusionLevel.NOT_IN_NAV
_SEARCH, _DATA = "search/", "data/"
_UNUSED = ("assets/javascripts/", "assets/images/", "sitemap.xml")


class DuchaConfig(Config):  # type: ignore[no-untyped-call]
    """Where the records are, from the folder of ``mkdocs.yml``, and a folder that keeps what was read of them."""

    articles = config_options.Dir(exists=True, default="articles")
    cache = config_options.Optional(config_options.Type(str))


class DuchaPlugin(BasePlugin[DuchaConfig]):  # type: ignore[no-untyped-call]
    """Pages come from the archive; only their frame comes from the theme."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Has MkDocs build into a folder of its own, since it would empty the site before each build.

        The theme's sitemap states the day of the build: the archive has its own.
        """
        config.theme.static_templates -= {"sitemap.xml"}
        self.site, self.site_url = Path(config.site_dir), config.site_url or ""
        self.frame = TemporaryDirectory(prefix="ducha-")
        config.site_dir = self.frame.name

    def on_files(self, files: MkDocsFiles, *, config: MkDocsConfig) -> MkDocsFiles:
        """Adds the frames into which the archive's pages are filled.

        Material's scripts stay out: the archive's own do all it needs, and Material's name another host.
        """
        for file in tuple(files):
            if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        articles, cache = Path(self.config.articles), Path(self.config.cache) if self.config.cache else None
        try:
            self.corpus = read_corpus(articles, cache)
        except RecordError as error:
            raise PluginError(f"{error}; correct the record, then build again") from error
        self.shelf, self.raws = shelves(self.corpus), raw_pages(articles)
        self.repository = _repository(config, articles)
        self.shells: dict[Place, Shell] = {}
        self.digest = _digest_of(self.corpus)
        self.ground = key((code_digest(), repr(self.corpus.persons)), self.digest)
        self.out = Output(self.site)
        self.index = self._index(cache)
        for page in FRAMES.values():
            made = markdown(page)
            files.append(File.generated(config, made.path, content=made.content, inclusion=_OUT_OF_NAV))
        return files

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keeps the frames for later instead of writing them."""
        for place, frame in FRAMES.items():
            if page.file.dest_uri == frame.address:
                self.shells[place] = Shell.of(lean(output), frame.address)
                return ""
        return lean(output)

    def on_post_template(
        self,
        output_content: str,
        /,
        *,
        template_name: str,
        config: MkDocsConfig,  # noqa: ARG002
    ) -> str:
        """The page for wrong addresses."""
        return lean(output_content) if template_name.endswith(".html") else output_content

    def on_serve(self, server: LiveReloadServer, /, **_: object) -> LiveReloadServer:
        """Rebuilds the preview when a record changes."""
        server.watch(self.config.articles)
        return server

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leaves nothing behind."""
        self.frame.cleanup()

    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Brings the site up to date, one file at a time: the archive is larger than memory should be."""
        frame = Path(self.frame.name)
        try:
            for path in sorted(path for path in frame.rglob("*") if path.is_file()):
                self.out.write(path.relative_to(frame).as_posix(), path.read_bytes())
            self._write()
        except ClashError as error:
            raise PluginError(f"{error}; two records may share an id") from error
        finally:
            self.frame.cleanup()
        self.out.finish()

    def _key(self, *inputs: Input) -> str:
        """What stands for inputs, for the archive's own code and for what persons decided."""
        return key((self.ground, *inputs), self.digest)

    def _index(self, cache: Path | None) -> Callable[[], Files]:
        """The files of the index, begun at once unless those of the last build are still right."""
        if self.out.has(_SEARCH, self._key(self.corpus)):
            return list
        return index_later(self.corpus, cache)

    def _write(self) -> None:
        out, every = self.out, self._key(self.corpus)
        for page in chain(
            top_pages(self.shelf, _rules()), deep_pages(self.shelf, self.raws, self.repository)
        ):
            shell = self.shells[place_of(page.address)]
            out.make(page.address, self._key(shell.digest, *page.inputs), partial(_filled, shell, page))
        for raw in raw_files(self.corpus, self.raws):
            out.make(raw.address, self._key(*raw.inputs), raw.make)
        out.keep(_DATA, every, self._write_exports)
        for file in data_files(self.shelf, self.site_url):
            out.make(file.address, self._key(*file.inputs), partial(_encoded, file))
        for part in sitemap(out.paths, self.site_url) if self.site_url else ():
            self._write_file(part)
        out.keep(_SEARCH, every, self._write_index)

    def _write_exports(self) -> None:
        resources = []
        for export in exports(self.shelf):
            pieces = ((self._key(*piece.inputs), piece.make) for piece in export.pieces)
            resources.append(resource(export.address, self.out.weave(export.address, pieces), export.table))
        self._write_file(package(resources))

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


def _repository(config: MkDocsConfig, articles: Path) -> Repository:
    """Where a reader may correct a record, by ``repo_url`` and ``edit_uri``; nowhere if they name nothing."""
    if not config.repo_url:
        return NOWHERE
    base = config.repo_url.rstrip("/")
    report = "/-/issues/new?issue[title]=" if config.repo_name == "GitLab" else "/issues/new?title="
    folder = os.path.relpath(articles.resolve(), Path(config.docs_dir).resolve())
    edit = urljoin(f"{base}/{(config.edit_uri or '').strip('/')}/", f"{Path(folder).as_posix()}/")
    return Repository(edit if config.edit_uri else "", base + report)
