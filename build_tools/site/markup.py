"""HTML whose text cannot become markup: strings are escaped, only ``Markup`` passes as it is.

The archive's own lines and not ``markupsafe``: a page has hundreds of elements, and this takes a third of
its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


class Markup(str):
    """A piece of HTML that needs no escaping."""

    __slots__ = ()


Child = str | Markup | Iterable["Child"] | None
Attribute = str | float | bool | None

# A brace is escaped so that no template language can read the page.
_SPECIAL = re.compile("[&<>\"'{\x00-\x1f\x7f-\x9f]")
_AS = {ord(char): f"&#{ord(char)};" for char in "&<>\"'{"}
_AS |= dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "") | dict.fromkeys(map(ord, "\t\n\r"), " ")
_AS |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_CONTROLS = {char: shown for char, shown in _AS.items() if _CONTROL.match(chr(char))}
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_DRAWN = frozenset({"rect", "line", "path"})


def escape(text: str) -> Markup:
    """Text as HTML that shows just that text, on one line, also where a template language reads the page.

    >>> escape("<b>&{{x}}\\n")
    '&lt;b&gt;&amp;&#123;&#123;x}} '
    """
    if isinstance(text, Markup):
        return text
    return Markup(text.translate(_AS) if _SPECIAL.search(text) else text)


def lines(text: str) -> Markup:
    """Text over several lines, for where lines count; empty ones are left out. Not for attributes: quotes stay.

    >>> lines("<甲>\\n\\n乙")
    '&lt;甲&gt;\\n乙'
    """
    kept = "\n".join(filter(None, text.split("\n")))
    if _CONTROL.search(kept):
        kept = kept.translate(_CONTROLS)
    kept = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(kept.replace("{", "&#123;"))


def plain(text: str) -> str:
    """Text without control characters, which no format of the site can carry."""
    return "".join(char for char in text if char.isprintable() or char in " \u3000")


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Children one after another; text is escaped, ``None`` left out."""
    parts: list[str] = []
    _collect(children, parts)
    return Markup(escape(between).join(parts))


def _collect(children: Iterable[Child], parts: list[str]) -> None:
    for child in children:
        if type(child) is Markup:
            parts.append(child)
        elif isinstance(child, str):
            parts.append(child.translate(_AS) if _SPECIAL.search(child) else child)
        elif child is not None:
            _collect(child, parts)


@cache
def _label(keyword: str) -> str:
    return f" {keyword.rstrip('_').replace('_', '-')}"


def el(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """One element; ``class_`` stands for ``class`` and ``data_id`` for ``data-id``.

    >>> el("a", "甲<乙>", href="x.html?q=1&r=2", class_="row", title=None)
    '<a href="x.html?q=1&amp;r=2" class="row">甲&lt;乙&gt;</a>'
    """
    parts = ["<", name]
    for key, value in attributes.items():
        if value is True:
            parts.append(_label(key))
        elif value is not None and value is not False:
            parts += (_label(key), '="', escape(str(value)), '"')
    if name in _VOID:
        parts.append(">")
    elif name in _DRAWN:
        parts.append("/>")
    else:
        parts.append(">")
        _collect(children, parts)
        parts += ("</", name, ">")
    return Markup("".join(parts))
