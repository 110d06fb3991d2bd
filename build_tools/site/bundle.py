"""The offline archive: one zip of the built site, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path

from build_tools.models import Finding
from build_tools.site.offline import check_offline
from build_tools.site.output import files_in

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FOLDER = "ducha-archive"
_READ_ME = """督察档案（离线版）

打开 index.html 即可阅读全部文章、浏览时间线和检索，不需要网络，也不需要安装任何软件。
若浏览器询问如何打开，请选任意现代浏览器。文件夹可以改名、移动、刻录，链接不受影响。
"""


def bundle(site_dir: Path, out_zip: Path) -> list[Finding]:
    """Writes the zip, unless the site would ask another host for something: then returns those findings.

    Entries are sorted and carry one fixed time, so that equal sites make equal zips.
    """
    findings = check_offline(site_dir)
    if findings:
        return findings
    out_zip.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out_zip, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        out.writestr(_entry("请先读我.txt"), _READ_ME.encode())
        for path in sorted(files_in(str(site_dir))):
            out.writestr(_entry(path), (site_dir / path).read_bytes())
    return []


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{_FOLDER}/{name}", _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
