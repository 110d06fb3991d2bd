"""What a person names as a source of pages, and the pages it stands for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from build_tools.capture.warcs import is_web_archive, pages_in
from build_tools.capture.web import download
from build_tools.models import LIMIT, Finding, Page

SUFFIXES = (".txt", ".html", ".htm", ".mhtml", ".mht", ".warc", ".warc.gz")

Captured = tuple[str, Page | Finding]


def captured(source: str, stdin: BinaryIO) -> Iterator[Captured]:
    """The pages that a file, a folder, a web archive, an address or ``-`` stands for, each with what to call it."""
    if source == "-":
        yield source, _within_limits(stdin.read(LIMIT + 1), source)
    elif source.startswith(("http://", "https://")):
        yield source, download(source)
    elif Path(source).is_dir():
        yield from _in_folder(Path(source))
    else:
        yield from _in_file(Path(source))


def _in_folder(folder: Path) -> Iterator[Captured]:
    """Pages of a folder and those below it, in order of their names; links are named, not followed."""
    found = False
    for root, folders, names in os.walk(folder):
        folders.sort()
        links = {name for name in (*folders, *names) if Path(root, name).is_symlink()}
        for name in sorted(links):
            yield (
                str(Path(root, name)),
                Finding("FILE-LINK", "warning", "是链接，未跟随", "直接给出它指向的文件"),
            )
        for name in sorted(set(names) - links):
            if name.lower().endswith(SUFFIXES):
                found = True
                yield from _in_file(Path(root, name))
    if not found:
        yield (
            str(folder),
            Finding("FILE", "error", "文件夹里没有页面", f"页面的扩展名是 {' '.join(SUFFIXES)}"),
        )


def _in_file(path: Path) -> Iterator[Captured]:
    label = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield label, Finding("FILE", "error", "不是普通文件", "另存为文件再添加")
        elif is_web_archive(path):
            with path.open("rb") as stream:
                for address, item in pages_in(stream):
                    yield f"{label}#{address}" if address else label, item
        else:
            yield label, read_page(path)
    except FileNotFoundError:
        yield label, Finding("FILE", "error", "没有这个文件", "核对路径")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        yield label, Finding("FILE", "error", f"读不出来：{why}", "检查文件和权限")


def read_page(path: Path) -> Page | Finding:
    """The page in one file, or why it is none; raises ``OSError``."""
    with path.open("rb") as stream:
        return _within_limits(stream.read(LIMIT + 1), str(path))


def _within_limits(raw: bytes, name: str) -> Page | Finding:
    if len(raw) > LIMIT:
        return Finding(
            "FILE-LARGE", "error", f"超过 {LIMIT // 2**20} MB，不像一个页面", "只保存文章所在的页面"
        )
    if not raw.strip():
        return Finding("FILE-EMPTY", "error", "文件是空的", "重新保存页面")
    return Page(raw, name)
