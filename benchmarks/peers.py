"""Other searches for static sites, prepared with the same articles and asked in their own way."""

from __future__ import annotations

import argparse
import gzip
import html
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.archive.corpus import Corpus

_PAGEFIND_ALL = """async (query) => {
    const found = await (await import("./pagefind/pagefind.js")).search(query);
    return found.results.map(({ id }) => id);
}"""
_PAGEFIND_FIRST = """async (query) => {
    const found = await (await import("./pagefind/pagefind.js")).search(query);
    await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
}"""
# Material's search answers in a worker: kinds of message are 1 ready, 2 query, 3 result.
_MATERIAL_BEFORE = """const Own = window.Worker;
window.Worker = class extends Own {
    constructor(...args) {
        super(...args);
        window.searcher = this;
        this.addEventListener("message", ({ data }) => { if (data.type === 1) window.isReady = true; });
    }
};"""
_MATERIAL_ASK = """(query) => new Promise((resolve) => {
    const hear = ({ data }) => {
        if (data.type !== 3) return;
        searcher.removeEventListener("message", hear);
        resolve(data.data.items.map(([{ location }]) => location));
    };
    searcher.addEventListener("message", hear);
    searcher.postMessage({ type: 2, data: query });
})"""
_MATERIAL = """site_name: x
theme: {name: material, language: zh, font: false}
use_directory_urls: false
plugins: [{search: {lang: zh}}]
nav: [index.md]
not_in_nav: /a/**
"""


@dataclass(slots=True)
class Peer:
    """A search: its page below its folder, when it is ready, and scripts that ask it.

    ``answer`` gives all results in order, ``first`` brings the first ten; ``cold`` is how many fresh pages are opened.
    """

    name: str
    page: str
    ready: str
    answer: str
    first: str | None
    before: str = ""
    cold: int = 40
    ids: dict[str, str] = field(default_factory=dict)

    def id_of(self, key: str) -> str:
        """The article that a result's key stands for."""
        return self.ids.get(key, key)

    def prepare(self, corpus: Corpus, folder: Path, options: argparse.Namespace) -> list[str]:
        """Writes what the search is built from; the command that builds it."""
        if self.name == "pagefind":
            for record in corpus:
                paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in record.paragraphs)
                title = html.escape(record.front.title)
                head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
                body = f"<main data-pagefind-body><h1>{title}</h1>{paragraphs}</main></html>"
                (folder / f"{record.id}.html").write_text(head + body, encoding="utf-8", newline="\n")
            (folder / "index.html").write_text(
                "<!doctype html><title>x</title>", encoding="utf-8", newline="\n"
            )
            return [options.pagefind, "--site", str(folder), "--force-language", "zh"]
        pages = folder.parent / "material-pages"
        (pages / "docs" / "a").mkdir(parents=True)
        for record in corpus:
            text = "\n\n".join((f"# {record.front.title}", *record.paragraphs))
            (pages / "docs" / "a" / f"{record.id}.md").write_text(text, encoding="utf-8", newline="\n")
            self.ids[f"a/{record.id}.html"] = record.id
        (pages / "docs" / "index.md").write_text("# x\n", encoding="utf-8", newline="\n")
        (pages / "mkdocs.yml").write_text(_MATERIAL, encoding="utf-8", newline="\n")
        return [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "-f",
            str(pages / "mkdocs.yml"),
            "-d",
            str(folder),
        ]

    def size(self, corpus: Corpus, folder: Path) -> dict[str, float]:
        """Bytes of the index a character of text; for Pagefind, whose results have ids of its own, what they mean."""
        if self.name == "pagefind":
            parts = folder / "pagefind"
            for path in sorted((parts / "fragment").iterdir()):
                told = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
                self.ids[path.stem] = Path(json.loads(told)["url"]).stem
            size = sum(path.stat().st_size for path in parts.rglob("*.pf_*"))
        else:
            size = (folder / "search" / "search_index.json").stat().st_size
        characters = sum(len(record.text) for record in corpus)
        return {"characters": characters, "all_bytes_per_character": round(size / characters, 3)}


PEERS = {
    "pagefind": Peer("pagefind", "index.html", "() => true", _PAGEFIND_ALL, _PAGEFIND_FIRST),
    "material": Peer(
        "material",
        "index.html",
        "() => window.isReady",
        _MATERIAL_ASK,
        _MATERIAL_ASK,
        _MATERIAL_BEFORE,
        cold=3,
    ),
}
