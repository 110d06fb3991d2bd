"""A built site, served in three ways, and a Chromium that notes what it asks for and complains about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from build_tools.site.build import build
from build_tools.site.bundle import bundle

ROOT = Path(__file__).parents[2]
_DEBIAN = Path("/usr/bin/chromium")
CHROMIUM = str(_DEBIAN) if _DEBIAN.exists() else None
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Visit:
    """A browser page with a record of its requests and complaints."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Goes to an address of the site."""
        self.page.goto(self.base + address)
        return self.page

    @property
    def left_the_site(self) -> list[str]:
        """Requests for anything outside the site."""
        return [url for url in self.requests if not url.startswith((self.base, "data:"))]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's own records, built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    assert build(ROOT / "articles", folder) == []
    return folder


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline zip, unpacked into a folder whose name needs quoting."""
    import zipfile

    out = tmp_path_factory.mktemp("zip") / "out.zip"
    assert bundle(site, out) == []
    folder = tmp_path_factory.mktemp("别处 100% #1")
    with zipfile.ZipFile(out) as archive:
        archive.extractall(folder)
    return folder / "ducha-archive"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A local server of a folder, by its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site under a sub-path of a local server."""
    above = tmp_path_factory.mktemp("www")
    (above / "sub").mkdir()
    (above / "sub" / "path").symlink_to(site, target_is_directory=True)
    with serving(above) as base:
        yield f"{base}sub/path/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium where there is one, else playwright's own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(params=["http", "file"])
def visit(request: pytest.FixtureRequest, browser: Browser, served: str, unpacked: Path) -> Iterator[Visit]:
    """The site over http under a sub-path, and from the unpacked zip with the network cut."""
    context = browser.new_context(offline=request.param == "file")
    base = served if request.param == "http" else f"{unpacked.as_uri()}/"
    found = Visit(context.new_page(), base)

    def watch(route: Route) -> None:
        found.requests.append(route.request.url)
        route.continue_()

    found.page.route("**/*", watch)
    found.page.on("console", lambda message: _note(found, message.type, message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("requestfailed", lambda failed: _failed(found, failed))
    yield found
    context.close()


def _failed(visit: Visit, request: Request) -> None:
    # A page left before it was whole is no failure.
    if request.failure != "net::ERR_ABORTED":
        visit.complaints.append(f"failed: {request.url}")


def _note(visit: Visit, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        visit.complaints.append(text)
