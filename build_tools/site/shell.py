"""The theme's page around an article, rendered once and then filled: far faster than a template each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from build_tools.site import addresses
from build_tools.site.markup import Markup, el, escape, join
from build_tools.site.page import Page

TITLE, DESCRIPTION, META, BODY = "@ducha-title@", "@ducha-description@", "@ducha-meta@", "@ducha-body@"
_INDENT = re.compile(r"\s*\n\s*")
_ADDRESS = "@ducha-address@"
_MARK = re.compile("(@ducha-(?:title|description|meta|body|address)@)")
_SECTIONS = (addresses.TIMELINE, addresses.ROUNDS, addresses.PROVINCES, addresses.PEOPLE)


def _frame(section: str, depth: int) -> Page:
    return Page("shell/" * depth + section, TITLE, escape(BODY), section, DESCRIPTION, ((META, ""),))


FRAMES = {(section, depth): _frame(section, depth) for section in _SECTIONS for depth in (1, 2)}
"""The pages that the generator renders in place of all others: one for each section and each depth of folders."""


def place_of(address: str) -> tuple[str, int]:
    """The section and depth of a page below the top folder.

    >>> place_of("articles/2017/x.html"), place_of("people/w.html")
    (('timeline.html', 2), ('people.html', 1))
    """
    folder = address.partition("/")[0]
    return addresses.TIMELINE if folder == "articles" else f"{folder}.html", address.count("/")


# What Material's page brings for a drawer, a search and dialogs that the archive does without.
_UNUSED = re.compile(
    r"""<input class="md-toggle"[^>]*>\s*|<label class="md-overlay"[^>]*></label>\s*"""
    r"""|<div data-md-component="(?:skip|announce)">\s*</div>\s*"""
    r"""|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>\s*"""
    r"""| data-md-(?:component|color-primary|color-accent)="[a-z]+\""""
)


def lean(rendered: str) -> str:
    """The theme's page without what the archive never uses."""
    return _UNUSED.sub("", rendered)


def _linked(page: Page) -> Markup | None:
    return Markup(f'<script type="application/ld+json">{page.linked}</script>') if page.linked else None


@dataclass(frozen=True, slots=True)
class Shell:
    """A rendered page cut at its marks."""

    pieces: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, rendered: str, address: str) -> Shell:
        """Cuts the rendered frame that stood at ``address``; raises ``ValueError`` if a mark is missing."""
        pieces = tuple(_MARK.split(_INDENT.sub("\n", rendered.replace(address, _ADDRESS))))
        missing = {TITLE, DESCRIPTION, META, BODY} - set(pieces)
        if missing:
            raise ValueError(f"the theme's page does not show {sorted(missing)}")
        return cls(pieces, hashlib.sha256("".join(pieces).encode()).hexdigest())

    def fill(self, page: Page) -> str:
        """The page as HTML."""
        values: dict[str, str] = {
            TITLE: escape(page.title),
            DESCRIPTION: escape(page.description),
            META: join(
                [*(el("meta", name=name, content=content) for name, content in page.meta), _linked(page)]
            ),
            BODY: page.body,
            _ADDRESS: page.address,
        }
        return "".join(values.get(piece, piece) for piece in self.pieces)
