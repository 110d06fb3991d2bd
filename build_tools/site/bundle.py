"""The offline archive: one zip of the built site, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from build_tools.models import Finding
from build_tools.site.offline import check_offline
from build_tools.site.output import files_in
from build_tools.workers import beside

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FOLDER = "ducha-archive"
_LEVEL = 4  # of the library's nine: 4 % larger than its ordinary 6, in three quarters of the time
_MANY = 5000  # files from which the proof is worth a process of its own
_READ_ME = """督察档案（离线版）

打开 index.html 即可阅读全部文章、浏览时间线和检索，不需要网络，也不需要安装任何软件。
若浏览器询问如何打开，请选任意现代浏览器。文件夹可以改名、移动、刻录，链接不受影响。
"""


def bundle(site_dir: Path, out_zip: Path) -> list[Finding]:
    """Writes the zip, unless the site would ask another host for something: then returns those findings.

    Entries are sorted and carry one fixed time, so that equal sites make equal zips.
    """
    paths = sorted(files_in(str(site_dir)))
    proof = beside(check_offline, site_dir) if len(paths) >= _MANY else partial(check_offline, site_dir)
    out_zip.parent.mkdir(parents=True, exist_ok=True)
    unproved = out_zip.with_name(f"{out_zip.name}.part")
    try:
        _pack(site_dir, paths, unproved)
        findings = proof()
        if not findings:
            unproved.replace(out_zip)
    finally:
        unproved.unlink(missing_ok=True)
    return findings


def _pack(site_dir: Path, paths: Iterable[str], out_zip: Path) -> None:
    with zipfile.ZipFile(out_zip, "w") as out:
        _add(out, "请先读我.txt", _READ_ME.encode())
        for path in paths:
            with open(f"{site_dir}/{path}", "rb") as file:  # not pathlib: there are tens of thousands
                _add(out, path, file.read())


def _add(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(f"{_FOLDER}/{name}", _EPOCH)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    out.writestr(entry, content, zipfile.ZIP_DEFLATED, _LEVEL)
