"""How long the site takes, how much memory, how large it gets: a made-up archive at several sizes.

    python -m benchmarks.site_build 100 1000 10000

Each build has a process of its own, so that memory is its alone: from nothing, again, and with one article more.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.believable import archive, write_archive
from build_tools.archive.record import write
from build_tools.site.build import build


def measure(articles: Path, site: Path) -> str:
    """Builds once: seconds, CPU seconds and peak MiB (of the run and of its index), files, MiB, bytes of two pages."""
    start = time.perf_counter()
    build(articles, site, cache=site.with_name("cache"))
    seconds = time.perf_counter() - start
    own, index = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sorted(path.stat().st_size for path in (site / "articles").rglob("*.html"))
    numbers = (
        seconds,
        sum(used.ru_utime + used.ru_stime for used in (own, index)),
        own.ru_maxrss / 1024,
        index.ru_maxrss / 1024,
        len(files),
        sum(path.stat().st_size for path in files) / 2**20,
        (site / "index.html").stat().st_size,
        pages[len(pages) // 2],
    )
    return "\t".join(f"{number:.1f}" for number in numbers)


def _one_more(articles: Path) -> None:
    """Adds one article to a made-up archive."""
    record = next(archive(1, 99))
    path = articles / record.id[:4] / f"{record.id}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(write(record), encoding="utf-8", newline="\n")


def main(sizes: list[int]) -> None:
    """Prints one row a size, and how time grows from the first to the last."""
    names = "articles build seconds cpu MiB index-MiB files site-MiB home-bytes article-bytes"
    print(names.replace(" ", "\t"), flush=True)
    seconds = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            articles, site = Path(folder, "articles"), Path(folder, "site")
            write_archive(size, articles)
            command = [sys.executable, "-m", "benchmarks.site_build", "--once", str(articles), str(site)]
            for name in ("first", "again", "one-more"):
                if name == "one-more":
                    _one_more(articles)
                row = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
                print(f"{size}\t{name}\t{row}", flush=True)
                if name == "first":
                    seconds.append(float(row.split("\t")[0]))
    if len(sizes) > 1:
        power = math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])
        print(f"grows with n^{power:.2f} from {sizes[-2]} to {sizes[-1]}")


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        print(measure(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        main([int(size) for size in sys.argv[1:]])
