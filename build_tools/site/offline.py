"""Proof that a built site asks no other host for anything: every place a browser loads from is looked at.

A link that a reader may click (``<a href>``) loads nothing; anything else that names a host is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
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
# In lower case: a tag as nearly all are written, values in double quotes or none, no bracket inside; no closing tag.
_TAG = re.compile(rb'<([^/<>"][^<>"]*(?:"[^<>"]*"[^<>"]*)*)>')
# What a tag cannot do without that names a host or holds code (each choice begins with a letter of its own: what stands
# before it is asked later, or the search takes thrice as long); a link that only leads elsewhere; what takes a parser.
_SIGN = re.compile(rb"""//|:|&|=[\s']|style\s*=|on(?<=\bon)\w+\s*=|<(?:base|style|script)\b""")
_LINK = re.compile(rb'a(?:\s(?!on|style|ping)[\w-]+(?:="[^"]*")?)*')
_HARD = re.compile(rb"=[\s']|^style\b|^script\b(?!.*\ssrc=)")
_DATA = b'script type="application/ld+json"'
# What both patterns of loading script ask for.
_SCRIPT_SIGN = re.compile(rb"""[=(]\s*["'`](?:https?:|wss?:)?//""")
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


def check_offline(site_dir: Path) -> list[Finding]:
    """What in a built site would leave it; nothing for a site that works with no network."""
    paths = sorted(files_in(str(site_dir)))
    return [finding for path in paths for finding in leaving(path, (site_dir / path).read_bytes())]


def leaving(where: str, content: bytes) -> Iterator[Finding]:
    """What in one file of a site would leave it."""
    suffix = Path(where).suffix
    if suffix not in (".html", ".css", ".js", ".svg") or _is_harmless(suffix, content.lower()):
        return
    for line, message in _loads(suffix, content.decode()):
        yield Finding(
            "OFFLINE",
            "error",
            f"{where}: {message}",
            "keep the file in the site, or make it a link",
            line,
        )


def _is_harmless(suffix: str, content: bytes) -> bool:
    """Whether a file in lower case surely loads nothing; ``False`` also where it takes a closer look to tell."""
    if suffix == ".js":
        return b"//" not in content or not _SCRIPT_SIGN.search(content)
    tags = _TAG.findall(content)
    if suffix != ".html" or len(tags) + content.count(b"</") != content.count(b"<"):
        return False
    return all(map(_loads_nothing, _suspects(b"<".join([b"", *tags, b""]))))


def _suspects(tags: bytes) -> Iterator[bytes]:
    """Those of the tags, each with ``<`` on both sides, in which a sign stands."""
    end = 0
    while sign := _SIGN.search(tags, end):
        start = tags.rfind(b"<", end, sign.end()) + 1
        end = tags.index(b"<", sign.end())
        yield tags[start:end]


@lru_cache(maxsize=2**12)
def _loads_nothing(tag: bytes) -> bool:
    """Whether a tag by itself is known to be harmless."""
    if tag == _DATA or _LINK.fullmatch(tag):
        return True
    if _HARD.search(tag):
        return False
    parser = _Loads()
    parser.feed(f"<{tag.decode()}>")
    return not parser.found


def _loads(suffix: str, text: str) -> Iterator[tuple[int, str]]:
    if suffix in (".html", ".svg"):
        parser = _Loads()
        parser.feed(text)
        parser.close()
        yield from parser.found
        return
    pattern = _CSS_LOAD if suffix == ".css" else _SCRIPT_LOAD
    for match in pattern.finditer(text):
        url = next(group for group in match.groups() if group)
        yield text.count("\n", 0, match.start()) + 1, f"loads {url}"
