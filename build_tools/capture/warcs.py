"""The pages in a web archive that a crawler or a browser wrote, each as a small web archive of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.warcwriter import WARCWriter

from build_tools.clean.warc import html_of_warc, is_page, is_readable
from build_tools.models import LIMIT, Finding, Page

MOST = 512 * 2**20  # bytes read of one web archive, unpacked
_PIECE = 2**16
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_LARGE = Finding("WARC-LARGE", "error", f"解开后超过 {MOST // 2**20} MB", "分成几个较小的文件")
_BROKEN = Finding("WARC-BROKEN", "error", "读到一半坏了，其后的页面没有读到", "重新保存，或从备份取回")
_EMPTY = Finding("WARC-EMPTY", "error", "里面没有网页", "保存网页本身，而不只是图片和脚本")
_CODING = Finding("WARC-CODING", "error", "页面的压缩方式读不了", "在浏览器里打开，另存为文件")


def pages_in(stream: BinaryIO) -> Iterator[tuple[str, Page | Finding]]:
    """Each page of a web archive with its address, in order; findings for what cannot be read.

    However small the file, no more than ``LIMIT`` of a page and ``MOST`` of the whole is unpacked.
    """
    found = False
    try:
        for address, item in _pages_in(stream):
            found = True
            yield address, item
    except Exception:  # warcio raises whatever a broken header leads to
        yield "", _BROKEN
        return
    if not found:
        yield "", _EMPTY


def _pages_in(stream: BinaryIO) -> Iterator[tuple[str, Page | Finding]]:
    left = MOST
    for record in ArchiveIterator(stream):
        content = record.raw_stream.read(LIMIT + 1) if is_page(record) else b""
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        left -= len(content) + _passed_over(record.raw_stream, left)
        if is_page(record):
            yield address, _page(record, content, address)
        if left <= 0:
            yield "", _LARGE
            return


def _passed_over(stream: BufferedReader, most: int) -> int:
    """Reads on to the end of a record, at most about ``most`` bytes, and returns how many there were."""
    passed = 0
    while passed <= most and (piece := stream.read(_PIECE)):
        passed += len(piece)
    return passed


def _page(record: Any, content: bytes, address: str) -> Page | Finding:
    if not is_readable(record):
        return _CODING
    raw = _alone(record, content)
    if len(content) > LIMIT or len(html_of_warc(raw, LIMIT + 1)) > LIMIT:
        return Finding(
            "FILE-LARGE", "error", f"超过 {LIMIT // 2**20} MB，不像一个页面", "只保存文章所在的页面"
        )
    day = _DAY.match(record.rec_headers.get_header("WARC-Date") or "")
    is_address = (
        address.startswith(("http://", "https://")) and len(address.split()) == 1 and len(address) <= 2000
    )
    return Page(raw, "page.warc", address if is_address else None, day[0] if day else None)


def _alone(record: Any, content: bytes) -> bytes:
    """A record in a web archive of its own, byte for byte the same whenever it is made."""
    archive = BytesIO()
    writer = WARCWriter(archive, gzip=False)
    again = writer.create_warc_record(
        record.rec_headers.get_header("WARC-Target-URI"),
        record.rec_type,
        payload=BytesIO(content),
        length=len(content),
        http_headers=record.http_headers,
        warc_headers=record.rec_headers,
    )
    writer.write_record(again)
    return archive.getvalue()


def is_web_archive(path: Path) -> bool:
    """Whether a file is one, by its first bytes: plain, or compressed and named so."""
    with path.open("rb") as stream:
        start = stream.read(5)
    return start == b"WARC/" or (start[:2] == b"\x1f\x8b" and path.suffix == ".gz")
