"""Web archives: every page in one, nothing unpacked without bound, whatever is broken named."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest

from build_tools.capture import warcs
from build_tools.capture.warcs import pages_in
from build_tools.clean.repair import clean
from build_tools.models import LIMIT, Finding, Page
from tests.capture.archives import HTML, page, web_archive

OK = "200 OK"


def codes(raw: bytes) -> list[str]:
    """What is in a web archive: codes of findings, ``page`` for a page."""
    return [item.code if isinstance(item, Finding) else "page" for _, item in pages_in(BytesIO(raw))]


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_is_an_archive_of_its_own(packed: bool) -> None:
    captures = [(f"https://example.org/{n}", page(n), HTML, OK) for n in range(3)]
    raw = web_archive(*captures, packed=packed)
    found = list(pages_in(BytesIO(raw)))
    assert [address for address, _ in found] == [address for address, *_ in captures]
    for number, (address, item) in enumerate(found):
        assert isinstance(item, Page)
        assert (item.url, item.retrieved) == (address, "2026-01-31")
        assert page(number) in item.raw
        assert clean(item).title == f"督察组向我市反馈意见之{number}"
    assert found == list(pages_in(BytesIO(raw))), "the same bytes whenever it is read"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), [*HTML, ("Content-Encoding", "gzip")]),
        (page(1), [*HTML, ("Content-Encoding", "gzip")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(1)), page(1)), [*HTML, ("Transfer-Encoding", "chunked")]),
        (page(1), [*HTML, ("Transfer-Encoding", "chunked")]),
        (page(1).decode().encode("gb18030"), [("Content-Type", "text/html; charset=utf-8")]),
    ],
    ids=["gzip", "said to be gzip", "chunked", "said to be chunked", "another charset"],
)
def test_a_page_is_read_however_it_was_sent(body: bytes, headers: list[tuple[str, str]]) -> None:
    ((_, item),) = pages_in(BytesIO(web_archive(("https://example.org/", body, headers, OK))))
    assert isinstance(item, Page)
    assert clean(item).title == "督察组向我市反馈意见之1"


def test_what_is_no_page_is_passed_over() -> None:
    picture = ("https://example.org/a.png", b"\x89PNG", [("Content-Type", "image/png")], OK)
    missing = ("https://example.org/b", page(2), HTML, "404 Not Found")
    assert codes(web_archive(picture, missing, ("https://example.org/", page(1), HTML, OK))) == ["page"]
    assert codes(web_archive(picture, missing)) == ["WARC-EMPTY"]
    assert codes(b"") == ["WARC-EMPTY"]


def test_a_bomb_is_a_finding_and_takes_no_room() -> None:
    import tracemalloc

    bomb = gzip.compress(b"<p>" + bytes(40 * LIMIT))
    tracemalloc.start()
    inside = web_archive(("https://example.org/", bomb, [*HTML, ("Content-Encoding", "gzip")], OK))
    assert codes(inside) == ["FILE-LARGE"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * LIMIT


def test_a_web_archive_is_read_no_further_than_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warcs, "MOST", 2**20)
    large = ("https://example.org/v.mp4", bytes(2**23), [("Content-Type", "video/mp4")], OK)
    raw = web_archive(large, ("https://example.org/", page(1), HTML, OK), packed=True)
    assert len(raw) < 2**16
    assert codes(raw) == ["WARC-LARGE"]


def test_a_coding_that_cannot_be_undone_within_bounds_is_a_finding() -> None:
    raw = web_archive(("https://example.org/", b"xx", [*HTML, ("Content-Encoding", "br")], OK))
    assert codes(raw) == ["WARC-CODING"]


@pytest.mark.parametrize("cut", [5, 40, 200, 400, -20])
@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_web_archive_is_a_finding_or_a_page(cut: int, packed: bool) -> None:
    raw = web_archive(("https://example.org/", page(1), HTML, OK), packed=packed)
    assert set(codes(raw[:cut])) <= {"page", "WARC-EMPTY", "WARC-BROKEN"}
    assert set(codes(raw[:cut] + bytes(range(256)))) <= {"page", "WARC-EMPTY", "WARC-BROKEN"}


@pytest.mark.parametrize("date", ["yesterday", "9999-99-99T00:00:00Z", ""])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    raw = web_archive(("https://example.org/", page(1), HTML, OK), date=date)
    ((_, item),) = pages_in(BytesIO(raw))
    assert isinstance(item, Page)
    assert item.retrieved is None
