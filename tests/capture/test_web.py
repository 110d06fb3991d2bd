"""Downloads from a server on this machine: what is kept, what is refused and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from build_tools.archive.record import read
from build_tools.archive.store import raw_path
from build_tools.capture import web
from build_tools.capture.web import download, probe
from build_tools.clean.repair import clean
from build_tools.models import Finding, Page
from tests.capture.archives import page
from tests.capture.server import serving
from tests.cli.command import FINDING, ducha, tree


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as found:
        yield found


@pytest.mark.parametrize("way", ["page", "charset", "gzip", "chunked", "moved"])
def test_a_page_is_had_and_read(address: str, way: str) -> None:
    found = download(f"{address}/{way}")
    assert isinstance(found, Page), found
    assert clean(found).title == "督察组向我市反馈意见之1"
    assert found.retrieved
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.retrieved)


def test_every_response_is_kept_with_its_headers_and_time(address: str) -> None:
    found = download(f"{address}/moved")
    assert isinstance(found, Page)
    assert found.url == f"{address}/page"
    kept = []
    for record in ArchiveIterator(BytesIO(found.raw)):
        headers = record.http_headers
        kept.append((record.rec_headers.get_header("WARC-Target-URI"), headers.get_statuscode()))
        assert str(record.rec_headers.get_header("WARC-Date")).startswith(str(found.retrieved))
    assert kept == [(f"{address}/moved", "302"), (f"{address}/hop", "301"), (f"{address}/page", "200")]
    assert headers.get_header("X-Served-By") == "test"
    assert page(1) in found.raw


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("missing", "URL-STATUS"),
        ("picture", "URL-TYPE"),
        ("large", "FILE-LARGE"),
        ("bomb", "FILE-LARGE"),
        ("loop", "URL-REDIRECT"),
        ("file", "URL-REDIRECT"),
        ("short", "URL-UNREACHABLE"),
    ],
)
def test_what_is_no_page_is_a_finding(address: str, way: str, code: str) -> None:
    found = download(f"{address}/{way}")
    assert isinstance(found, Finding)
    assert found.code == code
    assert found.cure


def test_a_server_that_does_not_answer_is_given_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SILENCE", 0.2)
    found = download(f"{address}/silent")
    assert isinstance(found, Finding)
    assert found.code == "URL-TIMEOUT"


def test_a_page_that_never_ends_is_given_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WHOLE", -1.0)
    found = download(f"{address}/page")
    assert isinstance(found, Finding)
    assert found.code == "URL-TIMEOUT"


def test_nobody_there_is_a_finding() -> None:
    found = download("http://127.0.0.1:9/")
    assert isinstance(found, Finding)
    assert found.code == "URL-UNREACHABLE"


def test_a_link_is_probed(address: str) -> None:
    assert probe(f"{address}/moved") is None
    gone = probe(f"{address}/missing")
    assert gone is not None
    assert gone.code == "LINK-DEAD"
    down = probe("http://127.0.0.1:9/")
    assert down is not None
    assert down.code == "LINK-DOWN"


def test_an_address_is_added_once_and_refreshes_from_what_was_kept(address: str, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    result = ducha("add", f"{address}/moved", "--articles", articles)
    assert result.exit_code == 0, result.stderr
    (path,) = articles.rglob("*.md")
    front = read(path.read_text(encoding="utf-8")).front
    assert front.url == f"{address}/page"
    raw = raw_path(path)
    assert raw is not None
    assert raw.name.endswith(".raw.warc")
    before = tree(articles)
    again = ducha("add", f"{address}/moved", "--articles", articles)
    assert again.exit_code == 0, again.stderr
    assert "已在档案中" in again.stdout
    assert ducha("refresh", "--yes", "--articles", articles).stdout == "0 records changed\n"
    assert ducha("check", "--articles", articles).exit_code == 0
    assert tree(articles) == before


def test_an_address_that_fails_leaves_nothing(address: str, tmp_path: Path) -> None:
    result = ducha("add", f"{address}/missing", "--articles", tmp_path / "articles")
    assert result.exit_code == 1
    assert FINDING.match(result.stderr.strip().replace("http://", "")) or "URL-STATUS" in result.stderr
    assert not tree(tmp_path)


def test_check_asks_addresses_on_request(address: str, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    ducha("add", f"{address}/page", "--articles", articles)
    (path,) = articles.rglob("*.md")
    text = path.read_text(encoding="utf-8").replace(f"{address}/page", f"{address}/missing")
    path.write_text(text, encoding="utf-8", newline="\n")
    line = text[: text.index("\nurl:")].count("\n") + 2
    assert "LINK-DEAD" not in ducha("check", "--articles", articles).stderr
    asked = ducha("check", "--links", "--articles", articles)
    assert asked.exit_code == 0, "an address that is gone is no fault of the record"
    assert f"{path}:{line}: LINK-DEAD: " in asked.stderr
