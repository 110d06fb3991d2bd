"""The MkDocs plugin: hands over generated files, and fills the theme's page for articles and people."""

from __future__ import annotations

import os
from pathlib import Path
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
from build_tools.archive.record import RecordError
from build_tools.clean.repair import RULES
from build_tools.site.files import data_files, leaf_pages, section_pages
from build_tools.site.page import markdown
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.raws import raw_files, raw_pages
from build_tools.site.shell import SHELL, Shell, lean
from build_tools.site.shelves import shelves

_OUT_OF_NAV = InclusionLevel.NOT_IN_NAV
_UNUSED = ("assets/javascripts/", "assets/images/", "sitemap.xml")


class DuchaConfig(Config):  # type: ignore[no-untyped-call]
    """Where the records are, from the folder of ``mkdocs.yml``."""

    articles = config_options.Dir(exists=True, default="articles")


class DuchaPlugin(BasePlugin[DuchaConfig]):  # type: ignore[no-untyped-call]
    """Pages come from the archive; only their frame comes from the theme."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Drops the sitemap, which states the day of the build, and the error page, which needs a host."""
        config.theme.static_templates -= {"sitemap.xml", "404.html"}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds what the archive generates; articles and people wait for the theme's page.

        Material's scripts stay out: the archive's own do all it needs, and Material's name another host.
        """
        for file in tuple(files):
            if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        articles = Path(self.config.articles)
        try:
            corpus, raws = read_corpus(articles), raw_pages(articles)
        except RecordError as error:
            raise PluginError(f"{error}; correct the record, then build again") from error
        shelf = shelves(corpus)
        self.bodies: dict[str, str] = {}
        self.leaves = leaf_pages(shelf, raws, _repository(config, articles))
        self.data, self.raws = data_files(shelf), raw_files(corpus, raws)
        for page in (SHELL, *section_pages(shelf, RULES)):
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
        """Keeps the theme's page for later instead of writing it."""
        if page.file.dest_uri != SHELL.address:
            return lean(output)
        self.shell = Shell.of(lean(output))
        return ""

    def on_serve(self, server: LiveReloadServer, /, **_: object) -> LiveReloadServer:
        """Rebuilds the preview when a record changes."""
        server.watch(self.config.articles)
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes what needs no theme, one file at a time: the archive is larger than memory should be."""
        site = Path(config.site_dir)
        written: set[Path] = set()
        for page in self.leaves:
            _write(site / page.address, self.shell.fill(page), written)
        for made in self.data:
            _write(site / made.path, made.content, written)
        for name, content in self.raws:
            _write(site / name, content, written)


def _repository(config: MkDocsConfig, articles: Path) -> Repository:
    """Where a reader may correct a record, by ``repo_url`` and ``edit_uri``; nowhere if they name nothing."""
    if not config.repo_url:
        return NOWHERE
    base = config.repo_url.rstrip("/")
    report = "/-/issues/new?issue[title]=" if config.repo_name == "GitLab" else "/issues/new?title="
    folder = os.path.relpath(articles.resolve(), Path(config.docs_dir).resolve())
    edit = urljoin(f"{base}/{(config.edit_uri or '').strip('/')}/", f"{Path(folder).as_posix()}/")
    return Repository(edit if config.edit_uri else "", base + report)


def _write(path: Path, content: str | bytes, written: set[Path]) -> None:
    if path in written:
        raise PluginError(f"{path}: two files of the site would stand here; two records may share an id")
    if path.parent not in written:
        path.parent.mkdir(parents=True, exist_ok=True)
    written |= {path, path.parent}
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
