"""Search beside a scan of the texts, in a real Chromium: what is found, what it costs, how long it takes.

    python -m benchmarks.search 1000 [--queries 500]

Prints one JSON object. ``cold`` is a page opened anew for every query: bytes and requests of all that search loads,
code and first ten results included, nothing compressed. ``warm`` asks every query again on one page.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.believable import archive
from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.site.scripts import scripts
from build_tools.site.search import fold, texts
from build_tools.site.search_index import search_files

ROOT = Path(__file__).parents[1]
_DEBIAN = Path("/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"]
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>检索</title>
<div id="search-app"><form><input name="q"><button>检索</button></form></div>{}</html>"""
_COLD = 60
_TIMED = """async (query) => {
    const began = performance.now();
    await Archive.find(query, {});
    return performance.now() - began;
}"""


class _Counting(SimpleHTTPRequestHandler):
    sent: list[int] = []  # noqa: RUF012 -- one list for all requests is the point

    def log_message(self, *_: Any) -> None:
        pass

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            self.sent.append(int(value))
        super().send_header(keyword, value)


def page_scripts() -> list[str]:
    """The scripts that the search page names."""
    head = (ROOT / "docs" / "search.md").read_text(encoding="utf-8").split("---")[1]
    names: list[str] = yaml.safe_load(head)["scripts"]
    return names


def write_index(corpus: Corpus, folder: Path) -> dict[str, float]:
    """The index and a bare search page in a folder; what it took."""
    began, cpu = time.perf_counter(), time.process_time()
    sizes = {"g": 0, "t": 0, "other": 0}
    for path, content in search_files(corpus):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        kind = path.split("/")[1]
        sizes[kind if kind in sizes else "other"] += len(content)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = {
        "wall_s": time.perf_counter() - began,
        "cpu_s": time.process_time() - cpu + children.ru_utime + children.ru_stime,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    characters = sum(len(record.text) for record in corpus)
    (folder / "assets").mkdir()
    for name, text in (
        *scripts(),
        ("search.css", (ROOT / "build_tools/web/search.css").read_text(encoding="utf-8")),
    ):
        (folder / "assets" / name).write_text(text, encoding="utf-8", newline="\n")
    tags = "".join(f'<script src="assets/{name}" defer></script>' for name in page_scripts())
    (folder / "search.html").write_text(_PAGE.format(tags), encoding="utf-8", newline="\n")
    per = {f"{kind}_bytes_per_character": size / characters for kind, size in sizes.items()}
    return {name: round(value, 3) for name, value in {**took, "characters": characters, **per}.items()}


def queries(folded: list[str], count: int) -> list[str]:
    """Pieces of the texts of 1 to 20 characters, cut anywhere."""
    draw = random.Random(7)
    found: set[str] = set()
    while len(found) < count:
        line = draw.choice(draw.choice(folded).split("\n"))
        size = draw.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 14, 20))
        if len(line) < size:
            continue
        start = draw.randrange(len(line) - size + 1)
        piece = line[start : start + size]
        if " " not in piece and not piece.startswith(("-", '"')) and any(map(str.isalnum, piece)):
            found.add(piece)
    return sorted(found)


def _quantiles(values: list[float]) -> dict[str, float]:
    row = sorted(values)
    return {f"p{part}": round(row[min(len(row) - 1, len(row) * part // 100)], 1) for part in (50, 95, 100)}


def quality(page: Page, truth: dict[str, set[str]]) -> dict[str, float]:
    """Recall and precision over all queries, and the time of each asked a second time."""
    right = found = wanted = 0
    for query, ids in truth.items():
        answer = page.evaluate(
            "async (q) => (await Archive.search(q, {})).hits.filter((h) => h.tier === 'exact').map((h) => h.id)",
            query,
        )
        right, found, wanted = right + len(ids & set(answer)), found + len(answer), wanted + len(ids)
    warm = [page.evaluate(_TIMED, query) for query in truth]
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 2**20
    return {
        "recall": right / max(wanted, 1),
        "precision": right / max(found, 1),
        "warm_ms": _quantiles(warm),
        "heap_mib": round(heap, 1),
    }


def cold(browser: Browser, base: str, asked: list[str]) -> dict[str, Any]:
    """Bytes, requests and time of a query on a page opened anew, until ten results stand there."""
    sizes, requests, times = [], [], []
    for query in asked:
        context = browser.new_context()
        page = context.new_page()
        _Counting.sent.clear()
        page.goto(base + "search.html")
        began = time.perf_counter()
        page.fill("input[name=q]", query)
        page.wait_for_selector("#results[data-state=done]", state="attached")
        times.append((time.perf_counter() - began) * 1000)
        page.wait_for_load_state("networkidle")
        sizes.append(sum(_Counting.sent) / 1024)
        requests.append(float(len(_Counting.sent)))
        context.close()
    return {"kib": _quantiles(sizes), "requests": _quantiles(requests), "ms": _quantiles(times)}


def main() -> None:
    """Makes an archive, indexes it, asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--queries", type=int, default=500)
    options = parser.parse_args()
    corpus = corpus_of(list(archive(options.articles)))
    folded = [fold.fold_lines(texts.searched(record)) for record in corpus]
    asked = queries(folded, options.queries)
    truth = {
        query: {record.id for record, text in zip(corpus, folded, strict=True) if query in text}
        for query in asked
    }
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        report: dict[str, Any] = {
            "articles": len(corpus),
            "queries": len(asked),
            "build": write_index(corpus, folder),
        }
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Counting, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        path = str(_DEBIAN) if _DEBIAN.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        page = browser.new_page()
        page.goto(base + "search.html")
        report |= quality(page, truth)
        page.close()
        report["cold"] = cold(browser, base, random.Random(1).sample(asked, min(_COLD, len(asked))))
        browser.close()
        server.shutdown()
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
