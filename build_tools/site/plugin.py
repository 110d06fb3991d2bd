"""The MkDocs plugin: has MkDocs render the frames, and fills them once it is done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.files import Files as MkDocsFiles

from build_tools.site.frame import Frame
from build_tools.site.page import markdown
from build_tools.site.publish import SiteError, publish
from build_tools.site.shell import FRAMES, lean

_OUT_OF_NAV = InclusionLevel.NOT_IN_NAV
_UNUSED = ("assets/javascripts/", "assets/images/", "sitemap.xml")


class DuchaConfig(Config):  # type: ignore[no-untyped-call]
    """Where the records are, from the folder of ``mkdocs.yml``; whether more is wanted than the frames."""

    articles = config_options.Dir(default="articles")
    publish = config_options.Type(bool, default=True)


class DuchaPlugin(BasePlugin[DuchaConfig]):  # type: ignore[no-untyped-call]
    """Pages come from the archive; only their frame comes from the theme."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Has MkDocs build into a folder of its own, since it would empty the site before each build.

        The theme's sitemap states the day of the build: the archive has its own.
        """
        config.theme.static_templates -= {"sitemap.xml"}
        self.site = Path(config.site_dir)
        self.folder = TemporaryDirectory(prefix="ducha-")
        if self.config.publish:
            config.site_dir = self.folder.name

    def on_files(self, files: MkDocsFiles, *, config: MkDocsConfig) -> MkDocsFiles:
        """Adds the frames into which the archive's pages are filled.

        Material's scripts stay out: the archive's own do all it needs, and Material's name another host.
        """
        for file in tuple(files):
            if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        for page in FRAMES.values():
            made = markdown(page)
            files.append(File.generated(config, made.path, content=made.content, inclusion=_OUT_OF_NAV))
        return files

    def on_post_page(self, output: str, **_: object) -> str:
        """Every page, the frames among them, without what the archive never uses."""
        return lean(output)

    def on_post_template(self, output_content: str, *, template_name: str, **_: object) -> str:
        """The page for wrong addresses likewise."""
        return lean(output_content) if template_name.endswith(".html") else output_content

    def on_serve(self, server: LiveReloadServer, /, **_: object) -> LiveReloadServer:
        """Rebuilds the preview when a record changes."""
        server.watch(self.config.articles)
        return server

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leaves nothing behind."""
        self.folder.cleanup()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Brings the site up to date."""
        try:
            if self.config.publish:
                frame = partial(frame_in, Path(self.folder.name), config)
                publish(frame, Path(self.config.articles), self.site)
        except SiteError as error:
            raise PluginError(str(error)) from error
        finally:
            self.folder.cleanup()


def frame_in(folder: Path, config: MkDocsConfig, warnings: list[str] | None = None) -> Frame:
    """What MkDocs left in a folder."""
    return Frame(
        files={
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        },
        docs_dir=config.docs_dir,
        site_url=config.site_url or "",
        repo_url=config.repo_url or "",
        repo_name=config.repo_name or "",
        edit_uri=config.edit_uri or "",
        warnings=warnings or [],
    )
