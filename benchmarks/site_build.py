"""How long the site takes, how much memory, how large it gets: a made-up archive at several sizes.

    python -m benchmarks.site_build 100 1000 10000

Each size is built in a process of its own, so that memory is that size's alone.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.believable import write_archive
from build_tools.site.build import build


def measure(articles: Path, site: Path) -> str:
    """Builds once: seconds, CPU seconds, peak MiB, files, MiB on disk, bytes of the home page and of an article."""
    start = time.perf_counter()
    build(articles, site)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sorted(path.stat().st_size for path in (site / "articles").rglob("*.html"))
    numbers = (
        seconds,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        len(files),
        sum(path.stat().st_size for path in files) / 2**20,
        (site / "index.html").stat().st_size,
        pages[len(pages) // 2],
    )
    return "\t".join(f"{number:.1f}" for number in numbers)


def main(sizes: list[int]) -> None:
    """Prints one row a size, and how time grows from the first to the last."""
    print("articles\tseconds\tcpu\tMiB\tfiles\tsite MiB\thome bytes\tarticle bytes", flush=True)
    seconds = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            articles, site = Path(folder, "articles"), Path(folder, "site")
            write_archive(size, articles)
            command = [sys.executable, "-m", "benchmarks.site_build", "--once", str(articles), str(site)]
            row = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        print(f"{size}\t{row}", flush=True)
        seconds.append(float(row.split("\t")[0]))
    if len(sizes) > 1:
        power = math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])
        print(f"grows with n^{power:.2f} from {sizes[-2]} to {sizes[-1]}")


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        print(measure(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        main([int(size) for size in sys.argv[1:]])
