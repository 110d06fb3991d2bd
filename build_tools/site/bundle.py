"""The offline archive: one zip of the built site, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from build_tools.models import Finding
from build_tools.site.offline import leaving
from build_tools.site.output import files_in

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FOLDER = "ducha-archive"
_LAST = "search/"  # made beside all the rest, and finished after it
_LEVEL = 4  # of the library's nine: 4 % larger than its ordinary 6, in three quarters of the time
_READ_ME = """督察档案（离线版）

打开 index.html 即可阅读全部文章、浏览时间线和检索，不需要网络，也不需要安装任何软件。
若浏览器询问如何打开，请选任意现代浏览器。文件夹可以改名、移动、刻录，链接不受影响。
"""


def bundle(site_dir: Path, out_zip: Path) -> list[Finding]:
    """Packs a whole site, unless it would ask another host for something: then returns those findings."""
    with Bundle(site_dir, out_zip) as packed:
        return packed.finish()


class Bundle:
    """A zip that grows beside its site: what is finished is packed while the rest is made.

    Entries are sorted, those of the search index last, and carry one fixed time: equal sites make equal zips.
    """

    def __init__(self, site_dir: Path, out_zip: Path) -> None:
        self._site, self._out = site_dir, out_zip
        self._unproved = out_zip.with_name(f"{out_zip.name}.part")
        self._packed: set[str] = set()
        self._findings: list[Finding] = []

    def __enter__(self) -> Self:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        self._zip = zipfile.ZipFile(self._unproved, "w")
        self._add("请先读我.txt", _READ_ME.encode())
        return self

    def pack(self, paths: Iterable[str]) -> None:
        """Packs those files of the site that are not yet packed; they must not change any more."""
        new = set(paths) - self._packed
        for path in sorted(new, key=lambda path: (path.startswith(_LAST), path)):
            with open(f"{self._site}/{path}", "rb") as file:  # not pathlib: there are tens of thousands
                content = file.read()
            self._findings += leaving(path, content)
            self._add(path, content)
        self._packed |= new

    def finish(self) -> list[Finding]:
        """Packs what is left. The zip stands only if the site asks no other host for anything: else what does."""
        self.pack(files_in(str(self._site)))
        self._zip.close()
        if not self._findings:
            self._unproved.replace(self._out)
        return self._findings

    def __exit__(self, *_: object) -> None:
        try:
            self._zip.close()
        finally:
            self._unproved.unlink(missing_ok=True)

    def _add(self, name: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(f"{_FOLDER}/{name}", _EPOCH)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        self._zip.writestr(entry, content, zipfile.ZIP_DEFLATED, _LEVEL)
