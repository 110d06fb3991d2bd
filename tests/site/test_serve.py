"""The preview: a record that changes while one looks at it is shown as it has become."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from build_tools.archive.corpus import corpus_of
from tests.conftest import ROOT
from tests.site.conftest import ordinary, write_articles

_PATIENCE = 120  # seconds, on a machine that has much else to do


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _await(address: str, words: str, server: subprocess.Popen[bytes]) -> None:
    """Waits until a page says something."""
    page, end = "", time.monotonic() + _PATIENCE
    while words not in page:
        assert time.monotonic() < end, f"{words} is not on the page"
        assert server.poll() is None, "the server has ended"
        time.sleep(0.1)
        try:
            with urlopen(address, timeout=_PATIENCE) as answer:
                page = answer.read().decode()
        except (URLError, ConnectionError):
            continue


def test_the_preview_follows_a_change(tmp_path: Path) -> None:
    articles = write_articles(corpus_of([ordinary(1, title="原先的标题")]), tmp_path / "articles")
    (record,) = articles.rglob("*.md")
    address = f"127.0.0.1:{_free_port()}"
    command = [
        sys.executable,
        "-m",
        "build_tools",
        "serve",
        "--articles",
        str(articles),
        "--address",
        address,
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = f"http://{address}/articles/2017/2017-08-21-jinan-0001.html"
        _await(page, "原先的标题", server)
        text = record.read_text(encoding="utf-8").replace("原先的标题", "改过的标题")
        record.write_text(text, encoding="utf-8", newline="\n")
        _await(page, "改过的标题", server)
    finally:
        server.kill()
        server.wait()
