"""Web archives (WARC): the page in one that holds a single capture."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_DECODED = ("", "identity", "gzip", "x-gzip", "deflate")


def is_warc(raw: bytes) -> bool:
    """Whether bytes are a web archive, by its first line."""
    return raw.startswith(b"WARC/")


def is_page(record: Any) -> bool:
    """Whether a record of a web archive is a page that was answered with success."""
    headers = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return False
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return False
    kind = (headers or record.rec_headers).get_header("Content-Type", "")
    return kind.partition(";")[0].strip().lower() in _PAGES


def is_readable(record: Any) -> bool:
    """Whether a page's compression is one that can be undone in bounded memory."""
    headers = record.http_headers
    coding = headers.get_header("Content-Encoding", "") if headers else ""
    return coding.strip().lower() in _DECODED


def html_of_warc(raw: bytes, limit: int) -> bytes:
    """The page in a web archive, at most ``limit`` bytes of it; empty where there is none."""
    try:
        for record in ArchiveIterator(BytesIO(raw)):
            if is_page(record) and is_readable(record):
                return bytes(record.content_stream().read(limit))
    except Exception:  # warcio raises whatever a broken header leads to
        return b""
    return b""
