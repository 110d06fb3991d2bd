"""What a page links to and loads, as a browser would read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit


@dataclass
class Read:
    """One page: where it points, what ids it has, which elements it is made of."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.tags.add(tag)
        for key, value in attrs:
            if key in ("href", "src", "action") and value is not None:
                self.read.links.append(value)
            if key == "id" and value:
                self.read.ids.append(value)

    def handle_data(self, data: str) -> None:
        self.read.text.append(data)


def read_page(html: str) -> Read:
    """Reads one page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.read


def broken_links(pages: dict[str, str], files: set[str]) -> list[str]:
    """Internal links and anchors that lead nowhere; ``pages`` by address, ``files`` everything that exists."""
    read = {address: read_page(html) for address, html in pages.items()}
    broken = []
    for address, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = unquote(urlsplit(urljoin(f"http://site/{address}", parts.path)).path)
            target = target.removeprefix("/")
            if target not in files:
                broken.append(f"{address}: {link}")
            elif parts.fragment and target in read and unquote(parts.fragment) not in read[target].ids:
                broken.append(f"{address}: {link} has no such anchor")
    return broken


def site_pages_of(folder: Path) -> dict[str, str]:
    """Every HTML page of a built site by address."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }
