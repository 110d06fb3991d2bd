"""How many pages a second `ducha convert` cleans, in how much memory, beside ftfy and trafilatura on the same pages.

    python -m benchmarks.convert 100 1000 10000

Pages hold about 1,500 characters; one in five is a clone whose bytes are out of step, the others are clean or have
the simpler damage. Every run is a process of its own. ftfy is no dependency: `pip install ftfy` to see its figures.
"""

from __future__ import annotations

import base64
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from random import Random

import trafilatura

from build_tools.bulk import convert
from build_tools.models import Page
from build_tools.pipeline import draft
from tests.damage.article import Article, articles
from tests.damage.kinds import REPARABLE

_CHARACTERS = 1_500
_PEER_PAGES = 100
_WARM = 20  # pages before the clock starts: tables and models are read once a process
_KINDS = (
    "stored-as-gb18030", "furniture", "html", "doubled-punctuation", "clone",
    "traditional", "half-width", "html-systems", "markup", "html-clone",
    "brand-inside", "toneless-pinyin", "mhtml", "repeated-title", "clone-simplified",
    "gbk-as-latin1", "crawl-date", "html-big5", "wrapped-lines", "cloned-page",
)  # fmt: skip


def article(number: int) -> Article:
    """An article of about 1,500 characters, put together from the texts of the tests."""
    texts = articles()
    first = texts[number % len(texts)]
    paragraphs = list(first.paragraphs)
    step = 0
    while sum(map(len, paragraphs)) < _CHARACTERS:
        step += 1
        paragraphs += texts[(number + 7 * step) % len(texts)].paragraphs
    return replace(first, paragraphs=tuple(paragraphs))


def page(number: int) -> bytes:
    """One damaged page; always the same one for a number."""
    kind = _KINDS[number % len(_KINDS)]
    return REPARABLE[kind](article(number), Random(f"page {number}")).raw


def write_input(path: Path, count: int) -> None:
    """A file for ``convert``: the first thousand pages, again and again under other ids."""
    pages = [base64.b64encode(page(number)).decode() for number in range(min(count, 1_000))]
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number in range(count):
            out.write(json.dumps({"id": number, "raw_b64": pages[number % len(pages)]}) + "\n")


def once(source: Path, workers: int) -> list[float]:
    """Converts a file: seconds, CPU seconds, peak MiB of this process, peak MiB of the largest worker."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        convert(source, Path(folder, "out.jsonl"), workers=workers)
        seconds = time.perf_counter() - start
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return [seconds, cpu, own.ru_maxrss / 1024, others.ru_maxrss / 1024]


def peers(count: int) -> list[str]:
    """What the peers take on pages that they are made for, and this project on the same: CPU milliseconds a page."""
    texts = [page(number).decode("utf-8", "replace") for number in range(count)]
    documents = [text for text in texts if "<html" in text[:500]]
    plain = [text for text in texts if "<html" not in text[:500]]
    lines = [_beside("trafilatura.extract", trafilatura.extract, documents)]
    if find_spec("ftfy"):
        lines.append(_beside("ftfy.fix_text", import_module("ftfy").fix_text, plain))
    return lines


def _beside(name: str, peer: Callable[[str], object], texts: list[str]) -> str:
    theirs, ours = _each(peer, texts), _each(lambda text: draft(Page(text.encode())), texts)
    return f"{name}: {theirs:.1f} ms, all of cleaning and describing {ours:.1f} ms a page: {ours / theirs:.1f} times"


def _each(function: Callable[[str], object], texts: list[str]) -> float:
    for text in texts[:_WARM]:
        function(text)
    start = time.process_time()
    for text in texts:
        function(text)
    return (time.process_time() - start) / len(texts) * 1_000


def _run(source: Path, workers: int) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.convert", "--once", str(source), str(workers)]
    return [float(cell) for cell in subprocess.check_output(command, text=True).split()]


def main(sizes: list[int]) -> None:
    """Prints one row a size and number of workers, how time grows, and the peers."""
    print("pages\tworkers\tseconds\tCPU s\tpages/CPU s\tpages/s\tMiB\tMiB a worker", flush=True)
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            source = Path(folder, f"{size}.jsonl")
            write_input(source, size)
            for workers in (1, 2):
                seconds, cpu, own, other = _run(source, workers)
                rates = f"{size / cpu:.0f}\t{size / seconds:.0f}"
                print(
                    f"{size}\t{workers}\t{seconds:.1f}\t{cpu:.1f}\t{rates}\t{own:.0f}\t{other:.0f}",
                    flush=True,
                )
                if workers == 1:
                    spent.append((size, cpu))
    for (small, less), (large, more) in pairwise(spent):
        print(
            f"CPU grows with n^{math.log(more / less) / math.log(large / small):.2f} from {small} to {large}"
        )
    for line in peers(_PEER_PAGES):
        print(line)


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        print(*once(Path(sys.argv[2]), int(sys.argv[3])))
    else:
        main([int(size) for size in sys.argv[1:]])
