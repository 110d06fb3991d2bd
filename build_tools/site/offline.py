"""Proof that a built site asks no other host for anything: every place a browser loads from is looked at.

A link that a reader may click (``<a href>``) loads nothing; anything else that names a host is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from build_tools.models import Finding
from build_tools.site.output import files_in

_FOREIGN = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//|^\s*(?:https?|ftp|wss?):", re.IGNORECASE)
_LOADING = {
    "src", "srcset", "poster", "data", "background", "manifest", "formaction", "action", "ping", "xlink:href",
}  # fmt: skip
_CSS_LOAD = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
_SCRIPT_LOAD = re.compile(
    r"""(?:fetch|import|importScripts|Worker|WebSocket|EventSource|open|sendBeacon)\s*\(\s*["'`]((?:https?:|wss?:)?//[^"'`]+)"""
    r"""|(?:src|href)\s*=\s*["'`]((?:https?:)?//[^"'`]+)""",
    re.IGNORECASE,
)
# A tag as nearly all are written: values in double quotes or none, no bracket inside.
_TAG = re.compile(r'<([^<>"]*(?:"[^<>"]*"[^<>"]*)*)>')
# A link that only leads elsewhere; what a tag cannot do without that names a host or holds code; what takes a parser.
_LINK = re.compile(r'a(?:\s(?!on|style|ping)[\w-]+(?:="[^"]*")?)*$', re.IGNORECASE)
_SIGN = re.compile(r"""//|:|&|=[\s']|\bstyle\s*=|\bon\w+\s*=|^(?:base|style|script)\b""", re.IGNORECASE)
_HARD = re.compile(r"=[\s']|^style\b|^script\b(?!.*\ssrc=)", re.IGNORECASE)
_DATA = 'script type="application/ld+json"'
_SHORT = 40  # characters of a tag that other pages may have too
_REFRESH = re.compile(r"url\s*=\s*(\S+)", re.IGNORECASE)


class _Loads(HTMLParser):
    """Collects what a page would load, and inline script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._in: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        is_data = values.get("type") == "application/ld+json"
        self._in = tag if tag in ("style", "script") and not is_data else None
        for key, value in values.items():
            is_link = key == "href" and tag not in ("a", "area") and values.get("rel") != "canonical"
            if (key in _LOADING or is_link) and _FOREIGN.match(value):
                self._note(f"<{tag} {key}> names {value}")
            if key == "style":
                self._css(value)
            if key.startswith("on"):
                self._note(f"<{tag}> has an inline handler {key}")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            target = _REFRESH.search(values.get("content", ""))
            if target and _FOREIGN.match(target[1]):
                self._note(f"<meta refresh> names {target[1]}")
        if tag == "base":
            self._note("<base> changes what every link means")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._in = None

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._in = None

    def handle_data(self, data: str) -> None:
        if self._in == "style":
            self._css(data)
        elif self._in == "script" and data.strip():
            self._note("inline script, which the page's own policy forbids")

    def _css(self, text: str) -> None:
        for match in _CSS_LOAD.finditer(text):
            self._note(f"a style loads {match[1]}")

    def _note(self, message: str) -> None:
        self.found.append((self.getpos()[0], message))


class _Tags:
    """Finds most pages harmless without parsing them: their tags are those of pages already seen."""

    def __init__(self) -> None:
        self._harmless: set[str] = set()

    def are_harmless(self, html: str) -> bool:
        """Whether nothing on a page could load anything; ``False`` also where it takes a parser to tell."""
        tags = _TAG.findall(html)
        if not len(tags) == html.count("<") == html.count(">"):
            return False
        return all(map(self._is_harmless, set(tags) - self._harmless))

    def _is_harmless(self, tag: str) -> bool:
        if tag[0] == "/" or _LINK.match(tag):
            return True
        if tag != _DATA and _SIGN.search(tag):
            parser = _Loads()
            parser.feed(f"<{tag}>")
            if parser.found or _HARD.search(tag):
                return False
            self._harmless.add(tag)
        elif len(tag) < _SHORT:
            self._harmless.add(tag)
        return True


def check_offline(site_dir: Path) -> list[Finding]:
    """What in a built site would leave it; nothing for a site that works with no network."""
    tags = _Tags()
    return [
        finding
        for where in sorted(files_in(str(site_dir)))
        if where.endswith((".html", ".css", ".js", ".svg"))
        for finding in _check(where, (site_dir / where).read_text(encoding="utf-8"), tags)
    ]


def _check(where: str, text: str, tags: _Tags) -> Iterator[Finding]:
    if where.endswith(".html") and tags.are_harmless(text):
        return
    for line, message in _loads(Path(where).suffix, text):
        yield Finding(
            "OFFLINE",
            "error",
            f"{where}: {message}",
            "keep the file in the site, or make it a link",
            line,
        )


def _loads(suffix: str, text: str) -> Iterator[tuple[int, str]]:
    if suffix in (".html", ".svg"):
        parser = _Loads()
        parser.feed(text)
        parser.close()
        yield from parser.found
        return
    pattern = _CSS_LOAD if suffix == ".css" else _SCRIPT_LOAD
    if "//" not in text:  # as in nearly all that is data: both patterns ask for it
        return
    for match in pattern.finditer(text):
        url = next(group for group in match.groups() if group)
        yield text.count("\n", 0, match.start()) + 1, f"loads {url}"
