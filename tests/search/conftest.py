"""Small archives made up for a test, and a Chromium page in which the index answers as it does for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.models import FrontMatter, Made, Official, Record
from build_tools.site.scripts import scripts
from build_tools.site.search_index import search_files

SCRIPTS = ("search-base.js", "search-engine.js")
_DEBIAN = Path("/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def article(number: int, title: str, *paragraphs: str, **fields: Any) -> Record:
    """A record with just what a test needs."""
    date = fields.pop("date", f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}")
    officials = [Official(name=name) for name in fields.pop("officials", ())]
    front = FrontMatter(
        id=f"{date or 'undated'}-x-{number:04x}",
        title=title,
        date=date,
        officials=officials,
        made=Made(raw_sha256="0" * 64, encoding="utf-8"),
        **fields,
    )
    return Record(front, paragraphs)


def archive(*texts: str) -> Corpus:
    """Articles whose first line is the title."""
    parts = [text.split("\n") for text in texts]
    return corpus_of([article(number, title, *body) for number, (title, *body) in enumerate(parts)])


class Reader:
    """A page on which an archive's index is at hand."""

    def __init__(self, thread: ThreadPoolExecutor, page: Page, folder: Path) -> None:
        self._thread = thread
        self._page = page
        self.folder = folder

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """What a script on the page gives."""
        return self._thread.submit(self._page.evaluate, script, argument).result()

    def reload(self) -> None:
        """Forget all that was loaded."""
        self._thread.submit(self._page.reload).result()

    def search(self, query: str, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """What ``Archive.search`` resolves to."""
        answer: dict[str, Any] = self.evaluate("([q, f]) => Archive.search(q, f)", [query, filters or {}])
        return answer

    def exact(self, query: str, filters: dict[str, Any] | None = None) -> list[str]:
        """Ids of the articles that contain the query, in order."""
        answer = self.search(query, filters)
        found = [hit["id"] for hit in answer["hits"] if hit["tier"] == "exact"]
        assert answer["exact"] == len(found)
        assert answer["total"] == len(answer["hits"])
        return found

    def exact_of_all(self, queries: list[str]) -> list[list[str]]:
        """``exact`` of many queries in one go."""
        found: list[list[str]] = self.evaluate(
            """async (queries) => {
                const found = [];
                for (const query of queries) {
                    const { hits } = await Archive.search(query, {});
                    found.push(hits.filter((hit) => hit.tier === "exact").map((hit) => hit.id));
                }
                return found;
            }""",
            queries,
        )
        return found


class Chromium:
    """A browser in a thread of its own: playwright allows a thread one loop, and other tests have theirs."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.thread.submit(self._start).result()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        path = str(_DEBIAN) if _DEBIAN.exists() else None
        self._browser = self._playwright.chromium.launch(executable_path=path, args=_FLAGS)

    def open(self, page: Path) -> Page:
        """A page from a folder on disk, with no network."""
        return self.thread.submit(self._open, page).result()

    def _open(self, path: Path) -> Page:
        page = self._browser.new_context(offline=True).new_page()
        page.goto(path.as_uri())
        return page

    def close(self) -> None:
        """Ends the browser and its thread."""
        self.thread.submit(self._browser.close).result()
        self.thread.submit(self._playwright.stop).result()
        self.thread.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium where there is one, else playwright's own."""
    found = Chromium()
    yield found
    found.close()


@pytest.fixture(scope="session")
def reader_of(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Corpus], Reader]:
    """Opens a page over the index of a corpus."""

    def opened(corpus: Corpus) -> Reader:
        folder = tmp_path_factory.mktemp("index")
        for path, content in search_files(corpus):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        (folder / "assets").mkdir()
        for name, script in scripts():
            (folder / "assets" / name).write_text(script, encoding="utf-8", newline="\n")
        tags = "".join(f'<script src="assets/{name}"></script>' for name in SCRIPTS)
        page = folder / "index.html"
        page.write_text(f'<!doctype html><meta charset="utf-8"><title>x</title>{tags}', encoding="utf-8")
        return Reader(chromium.thread, chromium.open(page), folder)

    return opened
