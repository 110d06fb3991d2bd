"""Downloads a page and keeps each response on the way as it came, with headers and time, as a WARC."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.response import BaseHTTPResponse
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from build_tools.clean.warc import html_of_warc
from build_tools.models import LIMIT, Finding, Page

CONNECT, SILENCE, WHOLE = 10.0, 20.0, 60.0  # seconds: to reach a host, between two pieces, for a page
_REDIRECTS = 5
_PIECE = 2**16
_MOVED = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "ducha-archive", "Accept-Encoding": "identity", "Accept": "text/html,*/*;q=0.5"}
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")


class DownloadError(Exception):
    """A page cannot be had; ``finding`` says why and what to do."""

    def __init__(self, code: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.finding = Finding(code, "error", message, cure)


def download(url: str) -> Page | Finding:
    """The page at an address, following redirects; or why it cannot be had.

    ``Page.raw`` is a WARC with one record for each response, the page's last; ``Page.url`` is where that came from.
    """
    try:
        return _download(url)
    except DownloadError as error:
        return error.finding
    except urllib3.exceptions.NewConnectionError:  # a time-out to urllib3, though refused at once
        return Finding("URL-UNREACHABLE", "error", "连不上", "核对网址，或在浏览器里另存为文件")
    except (urllib3.exceptions.TimeoutError, TimeoutError):
        return Finding("URL-TIMEOUT", "error", "网站没有及时答复", "稍后再试，或在浏览器里另存为文件")
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        what = type(error).__name__
        return Finding("URL-UNREACHABLE", "error", f"连不上（{what}）", "核对网址，或在浏览器里另存为文件")


def probe(url: str) -> Finding | None:
    """What is wrong with an address today, if anything; nothing but the status of the answer is read."""
    timeout = urllib3.Timeout(connect=CONNECT, read=SILENCE)
    try:
        with urllib3.PoolManager(
            retries=urllib3.Retry(_REDIRECTS, connect=1, read=1), timeout=timeout
        ) as pool:
            answer = pool.request("GET", url, headers=_HEADERS, preload_content=False)
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return Finding("LINK-DOWN", "warning", f"连不上（{type(error).__name__}）", "下次仍如此，另找来源")
    if answer.status in (404, 410):
        return Finding(
            "LINK-DEAD", "warning", f"网站答复 {answer.status}，页面已撤下", "网址留作记录，另找来源"
        )
    if answer.status >= 400:
        return Finding("LINK-DOWN", "warning", f"网站答复 {answer.status}", "下次仍如此，另找来源")
    return None


def _download(url: str) -> Page:
    now = datetime.now(UTC)
    archive = BytesIO()
    writer = WARCWriter(archive, gzip=False)
    deadline = time.monotonic() + WHOLE
    with urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=CONNECT, read=SILENCE)) as pool:
        for _ in range(_REDIRECTS + 1):
            _must_be_web(url)
            answer = pool.request("GET", url, headers=_HEADERS, preload_content=False, redirect=False)
            target = answer.headers.get("Location") if answer.status in _MOVED else None
            body = b"" if target else _body(answer, deadline)
            answer.close()
            _keep(writer, url, answer, body, now)
            if target is None:
                if len(html_of_warc(archive.getvalue(), LIMIT + 1)) > LIMIT:
                    raise _too_large()
                return Page(archive.getvalue(), _name(url), url, now.date().isoformat())
            url = urljoin(url, target)
    raise DownloadError("URL-REDIRECT", f"转址超过 {_REDIRECTS} 次", "给出最后的网址")


def _too_large() -> DownloadError:
    return DownloadError("FILE-LARGE", f"超过 {LIMIT // 2**20} MB，不像一个页面", "给出文章页面的网址")


def _must_be_web(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url.split()) != 1:
        raise DownloadError("URL-REDIRECT", f"转到了不是网页的地址 {url[:100]}", "给出最后的网址")


def _body(answer: BaseHTTPResponse, deadline: float) -> bytes:
    """The body as it was sent, less its chunks."""
    if answer.status != 200:
        raise DownloadError("URL-STATUS", f"网站答复 {answer.status}", "核对网址；页面已撤下的，另找来源")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _PAGES:
        raise DownloadError("URL-TYPE", f"是 {kind}，不是网页", "给出文章页面的网址")
    pieces = []
    size = 0
    for piece in answer.stream(_PIECE, decode_content=False):
        size += len(piece)
        if size > LIMIT:
            raise _too_large()
        if time.monotonic() > deadline:
            raise TimeoutError
        pieces.append(piece)
    return b"".join(pieces)


def _keep(writer: WARCWriter, url: str, answer: BaseHTTPResponse, body: bytes, now: datetime) -> None:
    # Chunks are a matter of the way, not of the page: urllib3 has joined them.
    headers = [(name, value) for name, value in answer.headers.items() if name.lower() != "transfer-encoding"]
    status = StatusAndHeaders(f"{answer.status} {answer.reason or ''}".strip(), headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=status,
        warc_headers_dict={"WARC-Date": now.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)


def _name(url: str) -> str:
    return f"{urlsplit(url).hostname}.warc"
