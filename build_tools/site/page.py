"""A page before it has a form, and the two forms it takes: Markdown for a generator, a file for the disk."""

from __future__ import annotations

import json
from dataclasses import dataclass

from build_tools.site import addresses
from build_tools.site.markup import Markup, plain


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file that the site is made from; ``path`` is relative, with forward slashes."""

    path: str
    content: str | bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its address, its title, and a body that is finished HTML.

    ``section`` is the address of the part of the site it belongs to; ``meta`` are names and contents of tags,
    ``linked`` is JSON-LD.
    """

    address: str
    title: str
    body: Markup
    section: str = addresses.HOME
    description: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()
    linked: str = ""

    @property
    def root(self) -> str:
        """The way from this page to the site's root."""
        return addresses.root_of(self.address)


def markdown(page: Page) -> SiteFile:
    """A page as a Markdown file that any generator can build: front matter, then one block of HTML.

    The block holds no empty line, which would end it for CommonMark, and no brace that a template could read.
    """
    front = {
        "title": page.title,
        "description": page.description,
        "section": page.section,
        "scripts": list(page.scripts),
        "meta": [list(pair) for pair in page.meta],
        "linked": page.linked,
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    # JSON is YAML: quoting is then never in doubt.
    lines = [
        f"{key}: {plain(json.dumps(value, ensure_ascii=False))}" for key, value in front.items() if value
    ]
    text = "---\n" + "\n".join(lines) + f'\n---\n\n<div class="da">\n{page.body}\n</div>\n'
    return SiteFile(f"{page.address.removesuffix('.html')}.md", text)
