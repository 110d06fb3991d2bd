"""Search beside a scan of the texts and beside other searches, in a real Chromium, on the same articles in one run.

    python -m benchmarks.search 1000 [--collection news|mixed] [--queries 500] [--peers pagefind material]

Prints one JSON object, and before it each search's part to the terminal's error stream. ``cold`` is a page opened
anew for every query: bytes and requests of all that search loads, code and first ten results included, nothing
compressed by the server. ``warm`` asks every query again on one page. ``blocked`` is the longest task on the search
page as a reader types. Pagefind (`pip install 'pagefind[bin]'`, or
`--pagefind PATH`) and Material's search are asked in their own way and are counted as having found what they list.
``build`` is a process from its start to the index on disk; our processor time is without making the articles, which
Pagefind and Material find as pages.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.corpora import corpus as corpus_named
from benchmarks.peers import PEERS, Peer
from benchmarks.queries import Question, questions
from build_tools.archive.corpus import Corpus
from build_tools.site.scripts import scripts
from build_tools.site.search_index import search_files

ROOT = Path(__file__).parents[1]
_DEBIAN = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
]
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>检索</title>
{}{}</html>"""
_TYPED = 40
_LONGEST = 600_000  # milliseconds: a search that has one file is a minute at reading it
_HEAP = "() => (window.gc?.(), performance.memory.usedJSHeapSize / 2 ** 20)"
_SMALL = """import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
_LONG = """() => {
    window.long = [0];
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) long.push(duration); })
        .observe({ entryTypes: ["longtask"] });
}"""


class _Counting(SimpleHTTPRequestHandler):
    sent: list[int] = []  # noqa: RUF012 -- one list for all requests is the point

    def log_message(self, *_: Any) -> None:
        pass

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            self.sent.append(int(value))
        super().send_header(keyword, value)


def search_page() -> str:
    """The search page without the theme around it."""
    _, head, body = (ROOT / "docs" / "search.md").read_text(encoding="utf-8").split("---\n", 2)
    names: list[str] = yaml.safe_load(head)["scripts"]
    return _PAGE.format(body, "".join(f'<script src="assets/{name}" defer></script>' for name in names))


def write_index(corpus: Corpus, folder: Path) -> dict[str, float]:
    """The index and a bare search page in a folder; bytes a character of each kind of file."""
    sizes = {"g": 0, "t": 0, "other": 0}
    for path, content in search_files(corpus):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        kind = path.split("/")[1]
        sizes[kind if kind in sizes else "other"] += len(content)
    characters = sum(len(record.text) for record in corpus)
    (folder / "assets").mkdir()
    style = (ROOT / "build_tools/web/search.css").read_text(encoding="utf-8")
    for name, text in (*scripts(), ("search.css", style)):
        (folder / "assets" / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "search.html").write_text(search_page(), encoding="utf-8", newline="\n")
    per = {kind: size / characters for kind, size in (*sizes.items(), ("all", sum(sizes.values())))}
    return {"characters": characters} | {f"{kind}_bytes_per_character": round(per[kind], 3) for kind in per}


OURS = Peer(
    name="ours",
    page="search.html",
    ready="() => true",
    answer="""async (query) => {
        const { hits } = await Archive.search(query, { related: false });
        return hits.map(({ id }) => id);
    }""",
    first=None,
)


def measured(command: list[str]) -> dict[str, float]:
    """What a command took with all its children: wall and CPU seconds, peak MiB of one process."""
    began = time.perf_counter()
    # A process starts with its parent's peak; that of the small one between is small.
    run = subprocess.run([sys.executable, "-c", _SMALL, *command], stdout=subprocess.PIPE, check=True)
    cpu, peak = json.loads(run.stdout)
    took = {"wall_s": time.perf_counter() - began, "cpu_s": cpu, "peak_mib": peak / 1024}
    return {name: round(value, 1) for name, value in took.items()}


def _quantiles(values: list[float]) -> dict[str, float]:
    row = sorted(values)
    return {f"p{part}": round(row[min(len(row) - 1, len(row) * part // 100)], 1) for part in (50, 95, 100)}


def quality(page: Page, peer: Peer, asked: list[Question]) -> dict[str, Any]:
    """Recall and precision by kind of query, right ones among the first ten, the time of each asked a second time."""
    kinds: dict[str, list[int]] = {}
    first_ten: list[float] = []
    for question in asked:
        found = [peer.id_of(key) for key in page.evaluate(peer.answer, question.query)]
        for kind in (question.kind, "all"):
            sums = kinds.setdefault(kind, [0, 0, 0])
            right = len(question.truth & set(found))
            for at, number in enumerate((right, len(set(found)), len(question.truth))):
                sums[at] += number
        if question.truth:
            wanted = min(10, len(question.truth))
            first_ten.append(min(sum(one in question.truth for one in found[:10]), wanted) / wanted)
    clock = "const began = performance.now(); await {}(query); return performance.now() - began;"
    timed = f"async (query) => {{ {clock.format(f'({peer.answer})')} }}"
    warm = [page.evaluate(timed, question.query) for question in asked]
    return {
        "recall": {kind: round(right / max(wanted, 1), 4) for kind, (right, _, wanted) in kinds.items()},
        "precision": {kind: round(right / max(found, 1), 4) for kind, (right, found, _) in kinds.items()},
        "right_in_first_ten": round(sum(first_ten) / max(len(first_ten), 1), 3),
        "warm_ms": _quantiles(warm),
        "heap_mib": round(page.evaluate(_HEAP), 1),
    }


def cold(browser: Browser, base: str, peer: Peer, asked: list[str]) -> dict[str, Any]:
    """Bytes, requests and time of a query on a page opened anew, until ten results are at hand."""
    sizes, requests, times = [], [], []
    for query in asked:
        context = browser.new_context()
        context.set_default_timeout(_LONGEST)
        page = context.new_page()
        page.add_init_script(peer.before)
        _Counting.sent.clear()
        page.goto(base + peer.page)
        began = time.perf_counter()
        if peer.first is None:
            page.fill("input[name=q]", query)
            page.wait_for_selector("#results[data-state=done]", state="attached")
        else:
            page.wait_for_function(peer.ready)
            page.evaluate(peer.first, query)
        times.append((time.perf_counter() - began) * 1000)
        page.wait_for_load_state("networkidle")
        sizes.append(sum(_Counting.sent) / 1024)
        requests.append(float(len(_Counting.sent)))
        context.close()
    return {"kib": _quantiles(sizes), "requests": _quantiles(requests), "ms": _quantiles(times)}


def blocked(page: Page, asked: list[str]) -> dict[str, float]:
    """The longest task of each query typed on the search page, in milliseconds; 0 where none is over 50."""
    page.evaluate(_LONG)
    longest = []
    for query in asked:
        page.evaluate("() => { long.length = 1; }")
        page.fill("input[name=q]", "")
        page.wait_for_selector("#results[data-state=idle]", state="attached")
        page.fill("input[name=q]", query)
        page.wait_for_selector("#results[data-state=done]", state="attached")
        page.wait_for_load_state("networkidle")
        longest.append(page.evaluate("() => Math.max(...long)"))
    return _quantiles(longest)


def judged(browser: Browser, base: str, peer: Peer, asked: list[Question]) -> dict[str, Any]:
    """All figures of one search."""
    page = browser.new_page()
    page.set_default_timeout(_LONGEST)
    page.add_init_script(peer.before)
    page.goto(base + peer.page)
    page.wait_for_function(peer.ready)
    report = quality(page, peer, asked)
    if peer is OURS:
        report["blocked_ms"] = blocked(page, [question.query for question in asked[:_TYPED]])
    page.close()
    some = random.Random(1).sample(asked, min(peer.cold, len(asked)))
    report["cold"] = cold(browser, base, peer, [question.query for question in some])
    return report


def main() -> None:
    """Makes an archive, indexes it, asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--collection", choices=("made-up", "news", "mixed"), default="made-up")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--peers", nargs="*", choices=sorted(PEERS), default=[])
    parser.add_argument("--pagefind", default=shutil.which("pagefind") or "pagefind")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    began = time.process_time()
    corpus = corpus_named(options.collection, options.articles)
    if options.write:
        made = {"articles_cpu_s": time.process_time() - began}
        sizes = made | write_index(corpus, options.write)
        (options.write / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8", newline="\n")
        return
    asked = questions(corpus, options.queries)
    report: dict[str, Any] = {
        "collection": options.collection,
        "articles": len(corpus),
        "queries": len(asked),
    }
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Counting, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = str(_DEBIAN) if _DEBIAN.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        for peer in (OURS, *(PEERS[name] for name in options.peers)):
            (folder / peer.name).mkdir()
            command = [sys.executable, "-m", "benchmarks.search", str(options.articles)]
            command += ["--collection", options.collection, "--write", str(folder / peer.name)]
            if peer is not OURS:
                command = peer.prepare(corpus, folder / peer.name, options)
            took = measured(command)
            told = folder / peer.name / "sizes.json"
            if peer is OURS:
                index = json.loads(told.read_text(encoding="utf-8"))
                took["cpu_s"] = round(took["cpu_s"] - index["articles_cpu_s"], 1)
            else:
                index = peer.size(corpus, folder / peer.name)
            base = f"http://127.0.0.1:{server.server_port}/{peer.name}/"
            report[peer.name] = {"build": took, "index": index, **judged(browser, base, peer, asked)}
            # A later search may take an hour: what is known by then is told.
            print(json.dumps({peer.name: report[peer.name]}), file=sys.stderr, flush=True)
        browser.close()
        server.shutdown()
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
