"""Pictures of every kind of page, wide and narrow, light and dark.

python -m tests.browser.screenshots site pictures
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.test_site import KINDS_OF_PAGE

WIDTHS = {"wide": 1280, "narrow": 390}
SCHEMES = ("light", "dark")


def take(site: Path, out: Path) -> None:
    """Writes one PNG for each page, width and scheme."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for (width, pixels), scheme in product(WIDTHS.items(), SCHEMES):
            is_dark = scheme == "dark"
            context = browser.new_context(
                viewport={"width": pixels, "height": 900}, color_scheme="dark" if is_dark else "light"
            )
            page = context.new_page()
            for address in (*KINDS_OF_PAGE, "search.html?q=督察"):
                page.goto(f"{site.resolve().as_uri()}/{address}", wait_until="load")
                page.wait_for_timeout(300)
                name = address.partition("?")[0].removesuffix(".html").replace("/", "-")
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
