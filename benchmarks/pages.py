"""What a reader waits for and loads: the front page and an article on a processor slowed four times.

    python -m benchmarks.pages 1000

Prints a line a page: milliseconds until the first paint, until it can be used (the load event and the last task of
50 ms are over), bytes of its own files and of the theme's styles, and how far anything moved.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.believable import write_archive
from build_tools.site.build import build

_DEBIAN = Path("/usr/bin/chromium")
_SLOWED = 4
_TIMES = 5
_MEASURED = """() => new Promise((resolve) => {
  const found = { shift: 0, task: 0 };
  for (const [type, note] of [
    ['layout-shift', (entry) => { found.shift += entry.value; }],
    ['longtask', (entry) => { found.task = Math.max(found.task, entry.startTime + entry.duration); }],
  ]) new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  const [page] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  setTimeout(() => resolve([paint?.startTime ?? 0, Math.max(page.loadEventEnd, found.task), found.shift]), 500);
})"""


def visit(browser: Browser, address: str) -> tuple[float, float, float, int, int]:
    """One first visit: paint and use in milliseconds, shift, own bytes, the theme's bytes."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWED})
    page.goto(address, wait_until="networkidle")
    paint, use, shift = page.evaluate(_MEASURED)
    theme = sum(size for url, size in sizes.items() if "/stylesheets/" in url)
    context.close()
    return paint, use, shift, sum(sizes.values()) - theme, theme


def main(size: int) -> None:
    """Builds a made-up archive and visits its front page and its first article."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        articles, site = Path(folder, "articles"), Path(folder, "site")
        write_archive(size, articles)
        build(articles, site)
        browser = playwright.chromium.launch(
            executable_path=str(_DEBIAN) if _DEBIAN.exists() else None, args=["--no-sandbox", "--disable-gpu"]
        )
        print("page\tpaint ms\tusable ms\tshift\town bytes\ttheme bytes")
        for path in (site / "index.html", min((site / "articles").rglob("*.html"))):
            visits = [visit(browser, path.as_uri()) for _ in range(_TIMES)]
            numbers = [median(values) for values in zip(*visits, strict=True)]
            shown = "\t".join(f"{value:.3f}" if value < 1 else f"{value:.0f}" for value in numbers)
            print(f"{path.relative_to(site).as_posix()}\t{shown}")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
