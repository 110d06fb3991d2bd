"""The MkDocs plugin: hands over generated files, and fills the theme's page for articles and people."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from build_tools.archive.corpus import read_corpus
from build_tools.archive.kept import code_digest
from build_tools.archive.record import RecordError
from build_tools.clean.repair import RULES
from build_tools.site.discovery import sitemap
from build_tools.site.files import data_files, deep_pages, nav_pages
from build_tools.site.output import ClashError, Output
from build_tools.site.page import Page, SiteFile, markdown
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.raws import raw_files, raw_pages
from build_tools.site.recipe import Recipe, key
from build_tools.site.shell import FRAMES, Shell, lean, place_of
from build_tools.site.shelves import shelves

_OUT_OF_NAV = InclusionLevel.NOT_IN_NAV
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

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages of the top folder and the frames into which all others are filled.

        Material's scripts stay out: the archive's own do all it needs, and Material's name another host.
        """
        for file in tuple(files):
            if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        articles = Path(self.config.articles)
        try:
            self.corpus = read_corpus(articles, Path(self.config.cache) if self.config.cache else None)
        except RecordError as error:
            raise PluginError(f"{error}; correct the record, then build again") from error
        self.shelf, self.raws = shelves(self.corpus), raw_pages(articles)
        self.repository = _repository(config, articles)
        self.bodies: dict[str, str] = {}
        self.shells: dict[tuple[str, int], Shell] = {}
        for page in (*FRAMES.values(), *nav_pages(self.shelf, RULES)):
            made = markdown(page)
            files.append(File.generated(config, made.path, content=made.content, inclusion=_OUT_OF_NAV))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Takes generated pages past the Markdown converter, which would parse finished HTML again."""
        if page.file.generated_by is None:
            return markdown
        self.bodies[page.file.src_uri] = markdown
        return ""

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Puts them back."""
        return self.bodies.pop(page.file.src_uri, html)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keeps the frames for later instead of writing them."""
        for place, frame in FRAMES.items():
            if page.file.dest_uri == frame.address:
                self.shells[place] = Shell.of(lean(output), frame.address)
                return ""
        return lean(output)

    def on_serve(self, server: LiveReloadServer, /, **_: object) -> LiveReloadServer:
        """Rebuilds the preview when a record changes."""
        server.watch(self.config.articles)
        return server

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leaves nothing behind."""
        self.frame.cleanup()

    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Brings the site up to date, one file at a time: the archive is larger than memory should be."""
        out = Output(self.site)
        frame = Path(self.frame.name)
        try:
            for path in sorted(path for path in frame.rglob("*") if path.is_file()):
                out.write(path.relative_to(frame).as_posix(), path.read_bytes())
            self._write(out)
        except ClashError as error:
            raise PluginError(f"{error}; two records may share an id") from error
        finally:
            self.frame.cleanup()
        out.finish()

    def _write(self, out: Output) -> None:
        digest = self.corpus.digest
        for page in deep_pages(self.shelf, self.raws, self.repository):
            shell = self.shells[place_of(page.address)]
            made = key((code_digest(), shell.digest, *page.inputs), digest)
            out.make(page.address, made, partial(_filled, shell, page))
        for raw in raw_files(self.corpus, self.raws):
            out.make(raw.address, key(raw.inputs, digest), raw.make)
        for file in chain(data_files(self.shelf, self.site_url), self._sitemap(out)):
            out.write(file.path, file.content if isinstance(file.content, bytes) else file.content.encode())

    def _sitemap(self, out: Output) -> Iterator[SiteFile]:
        if self.site_url:
            yield from sitemap([path for path in out.paths if path.endswith(".html")], self.site_url)


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
