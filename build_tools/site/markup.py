"""HTML whose text cannot become markup: strings are escaped, only ``Markup`` passes as it is."""

from __future__ import annotations

from collections.abc import Iterable

import markupsafe
from markupsafe import Markup

Child = str | Markup | Iterable["Child"] | None
Attribute = str | float | bool | None

_CONTROL = dict.fromkeys((*range(32), *range(127, 160))) | {9: " ", 10: " ", 13: " "}
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "rect", "line", "path"})


def escape(text: str) -> Markup:
    """Text as HTML that shows just that text, on one line, also where a template language reads the page.

    >>> escape("<b>&{{x}}\\n")
    Markup('&lt;b&gt;&amp;&#123;&#123;x}} ')
    """
    if isinstance(text, Markup):
        return text
    return Markup(markupsafe.escape(text.translate(_CONTROL)).replace("{", "&#123;"))  # noqa: S704


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Children one after another; text is escaped, ``None`` left out."""
    return Markup(escape(between).join(_flat(children)))  # noqa: S704


def _flat(children: Iterable[Child]) -> list[str]:
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            parts.append(escape(child))
        else:
            parts.extend(_flat(child))
    return parts


def el(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """One element; ``class_`` stands for ``class`` and ``data_id`` for ``data-id``.

    >>> el("a", "甲<乙>", href="x.html?q=1&r=2", class_="row", title=None)
    Markup('<a href="x.html?q=1&amp;r=2" class="row">甲&lt;乙&gt;</a>')
    """
    head = name
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        label = key.rstrip("_").replace("_", "-")
        head += f" {label}" if value is True else f' {label}="{escape(str(value))}"'
    if name in _VOID:
        return Markup(f"<{head}/>" if name in ("rect", "line", "path") else f"<{head}>")  # noqa: S704
    return Markup(f"<{head}>{''.join(_flat(children))}</{name}>")  # noqa: S704
