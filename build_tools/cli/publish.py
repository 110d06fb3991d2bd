"""Pages out: ``build``, ``bundle``, ``serve``, ``pages``."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from build_tools.cli.terminal import ARTICLES, ROOT, say_all

_OUT = click.Path(path_type=Path, file_okay=False)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """An error about the content or the disk is one line, not a traceback."""
    from build_tools.archive.record import RecordError
    from build_tools.site.build import SiteError

    try:
        yield
    except (RecordError, SiteError) as error:
        click.echo(f"{error}; 运行 ducha check 查看全部问题", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename}: FILE: {error.strerror}; 检查路径和权限", err=True)
        sys.exit(1)


@click.command()
@click.option(
    "--site-dir", type=_OUT, default=ROOT / "site", show_default="site/", help="Where the site goes."
)
@ARTICLES
def build(site_dir: Path, articles: Path) -> None:
    """Build the whole site."""
    with _told_plainly():
        _build(articles, site_dir)
    click.echo(f"{site_dir / 'index.html'}")


def _build(articles: Path, site_dir: Path, finished: Callable[[Collection[str]], None] | None = None) -> None:
    """The site, with the warnings of the build on stderr."""
    from build_tools.site.build import build

    for warning in build(articles, site_dir, cache=ROOT / ".cache" / "records", finished=finished):
        click.echo(warning, err=True)
    gc.freeze()  # else the interpreter looks through a whole archive before it ends


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=ROOT / "dist" / "ducha.zip",
    show_default="dist/ducha.zip",
    help="The zip to write.",
)
@ARTICLES
def bundle(out: Path, articles: Path) -> None:
    """Build the site and pack it into one zip that works from a folder with no network."""
    from build_tools.site.bundle import Bundle

    with _told_plainly(), tempfile.TemporaryDirectory() as folder, Bundle(Path(folder), out) as packed:
        _build(articles, Path(folder), packed.pack)
        failed = say_all(out, packed.finish())
    if failed:
        sys.exit(1)
    click.echo(f"{out}")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port to listen on.")
@ARTICLES
def serve(address: str, articles: Path) -> None:
    """Preview the site and rebuild it as records change."""
    from build_tools.site.build import serve

    with _told_plainly():
        serve(articles, address)


@click.command()
@click.option("--out", required=True, type=_OUT, help="Folder to write into.")
@ARTICLES
def pages(out: Path, articles: Path) -> None:
    """Write the generated pages as plain files, for another generator."""
    with _told_plainly():
        click.echo(f"{out}: {_write_pages(articles, out)} files")


def _write_pages(articles: Path, out: Path) -> int:
    from build_tools.archive.corpus import read_corpus
    from build_tools.clean.repair import RULES
    from build_tools.site.files import site_files
    from build_tools.site.raws import raw_files, raw_pages

    corpus, raws = read_corpus(articles), raw_pages(articles)
    count = 0
    for file in site_files(corpus, raws, RULES):
        _write(out / file.path, file.content if isinstance(file.content, bytes) else file.content.encode())
        count += 1
    for recipe in raw_files(corpus, raws):
        _write(out / recipe.address, recipe.make())
        count += 1
    return count


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
