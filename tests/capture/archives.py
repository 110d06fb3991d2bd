"""Web archives for tests, made as a crawler would."""

from __future__ import annotations

from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = [("Content-Type", "text/html; charset=iso-8859-1")]


def web_archive(
    *captures: tuple[str, bytes, list[tuple[str, str]], str],
    packed: bool = False,
    date: str = "2026-01-31T08:00:00Z",
) -> bytes:
    """A WARC with one response for each address, body, headers and status."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for address, body, headers, status in captures:
        record = writer.create_warc_record(
            address,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(record)
    return out.getvalue()


def page(number: int) -> bytes:
    """An article about an inspection, one of many, each with words of its own."""
    own = "".join(chr(0x4E00 + (number * 7919 + step * 104_729) % 0x4E00) for step in range(200))
    return (
        f"<html><body><h1>督察组向我市反馈意见之{number}</h1>"
        f"<p>2021年5月{number % 27 + 1}日上午，中央第三生态环境保护督察组向山东省反馈督察情况。</p>"
        f"<p>会议要求，各级各部门要提高站位，对照问题清单逐项整改。{own}。</p><p>来源：济南日报</p></body></html>"
    ).encode()
