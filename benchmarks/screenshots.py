"""Pictures of every kind of page, wide and narrow, light and dark; and the one that the README shows.

python -m benchmarks.screenshots            # all of them into dist/screenshots/
python -m benchmarks.screenshots --readme   # docs/dev/assets/home.png alone
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from build_tools.site.build import build

ROOT = Path(__file__).resolve().parents[1]
README_PICTURE = ROOT / "docs" / "dev" / "assets" / "home.png"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
_DEBIAN = Path("/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]


class View(NamedTuple):
    """A page to show, by a name for its picture and its address in the site."""

    name: str
    address: str


def views(site: Path) -> Iterator[View]:
    """One page of every kind: each page of the top folder, and the first of every folder below it."""
    for path in sorted(site.glob("*.html")):
        yield View(path.stem, path.name)
    for folder in sorted(path for path in site.iterdir() if path.is_dir()):
        for path in sorted(folder.rglob("*.html"))[:1]:
            yield View(f"{folder.name}-one", path.relative_to(site).as_posix())
    yield View("search-results", "search.html?q=督察组反馈")


def take(
    browser: Browser, site: Path, view: View, picture: Path, size: str, scheme: Literal["light", "dark"]
) -> None:
    """One picture of what a reader sees first, as from a folder on disk."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
    page.goto(f"{site.as_uri()}/{view.address}")
    page.wait_for_load_state("networkidle")
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture)
    page.close()


def main(readme_only: bool) -> None:
    """Builds the site and takes the pictures, telling each file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder, "site")
        build(ROOT / "articles", site)
        path = str(_DEBIAN) if _DEBIAN.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        take(browser, site, View("home", "index.html"), README_PICTURE, "wide", "light")
        print(README_PICTURE)
        for view in views(site) if not readme_only else ():
            for size in SIZES:
                for scheme in SCHEMES:
                    picture = ROOT / "dist" / "screenshots" / f"{view.name}-{size}-{scheme}.png"
                    take(browser, site, view, picture, size, scheme)
                    print(picture)
        browser.close()


if __name__ == "__main__":
    main(readme_only="--readme" in sys.argv[1:])
