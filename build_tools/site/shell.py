"""The theme's page around an article, rendered once and then filled: far faster than a template each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from build_tools.site import addresses
from build_tools.site.markup import Markup, el, escape, join
from build_tools.site.page import Page

TITLE, DESCRIPTION, META, BODY = "@ducha-title@", "@ducha-description@", "@ducha-meta@", "@ducha-body@"
SCRIPTS = "@ducha-scripts@"
_ADDRESS = "@ducha-address@"
_INDENT = re.compile(r"\s*\n\s*")
_MARK = re.compile("(@ducha-(?:title|description|meta|body|scripts|address)@)")
_SCRIPT = re.compile(f'<script src="[^"]*{SCRIPTS}"[^>]*></script>')
_SECTIONS = (addresses.TIMELINE, addresses.ROUNDS, addresses.PROVINCES, addresses.PEOPLE)
# Hand-written pages and the navigation may link to these, so the generator must know each; with the section it shows.
_TOP = {address: address for address in (addresses.HOME, addresses.DATA, *_SECTIONS)} | {
    addresses.RULES: addresses.METHOD,
    addresses.WITNESSES: addresses.METHOD,
    addresses.ATTENTION: addresses.CONTRIBUTE,
    addresses.CODES: addresses.CONTRIBUTE,
}
# Folders whose pages belong to a section of another name.
_FOLDERS = {
    "articles": addresses.TIMELINE,
    "attention": addresses.CONTRIBUTE,
    "witnesses": addresses.METHOD,
}

Place = tuple[str, int]
"""The section that a frame shows as the reader's, empty for none, and the depth of folders."""


def _frame(address: str, section: str) -> Page:
    return Page(address, TITLE, escape(BODY), section, DESCRIPTION, ((META, ""),), (SCRIPTS,))


FRAMES: dict[Place, Page] = {
    ("", 0): _frame("shell.html", ""),
    **{(address, 0): _frame(address, section) for address, section in _TOP.items()},
    **{
        (section, depth): _frame("shell/" * depth + (section or "page.html"), section)
        for section in ("", *_SECTIONS, addresses.CONTRIBUTE, addresses.METHOD)
        for depth in (1, 2)
    },
}
"""The pages that the generator renders; every page of the archive is filled into one of them."""


def place_of(address: str) -> Place:
    """Which frame a page is filled into.

    >>> place_of("articles/2017/x.html"), place_of("people/w.html"), place_of("rules.html")
    (('timeline.html', 2), ('people.html', 1), ('rules.html', 0))
    """
    folder, _, inside = address.partition("/")
    section = _FOLDERS.get(folder, f"{folder}.html") if inside else address
    depth = address.count("/")
    return (section, depth) if (section, depth) in FRAMES else ("", depth)


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
        if address not in _TOP:  # these are filled into their own
            rendered = rendered.replace(address, _ADDRESS)
        pieces = tuple(_MARK.split(_INDENT.sub("\n", _SCRIPT.sub(SCRIPTS, rendered))))
        missing = {DESCRIPTION, META, BODY, SCRIPTS} - set(pieces)
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
            SCRIPTS: join(el("script", src=f"{page.root}assets/{name}", defer=True) for name in page.scripts),
            _ADDRESS: page.address,
        }
        return "".join(values.get(piece, piece) for piece in self.pieces)
