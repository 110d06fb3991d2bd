"""The article on a page: its text, the title that markup names, and what the markup states."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from build_tools.models import Note

_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|article|meta)\b[^>]*>", re.IGNORECASE)
_DOCUMENT = re.compile(r"<\s*(?:!doctype\s+html|html|body|head)\b[^>]*>", re.IGNORECASE)
_CLOSED = re.compile(r"</\s*(?:html|body|div|p|table|article|head)\s*>", re.IGNORECASE)
_SWALLOWED = re.compile(r"(?<=[?\ufffd])(?=/(?:p|div|span|strong|b|td|li|a|h[1-6])>)", re.IGNORECASE)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6]|p)\b[^>]*>", re.IGNORECASE)
_FACT_LINE = re.compile(
    r"来源|來源|发布|發布|日期|时间|時間|编辑|編輯|记者|記者|作者|审核|審核|责编|摄影|攝影|通讯员|通訊員"
)
_WINDOW_TITLE = re.compile(r"\s*[_|]\s*|\s+-+\s+|--+|-(?=[^-]{2,12}$)")
_META = (
    "articletitle", "pubdate", "publishdate", "contentsource", "source", "author", "editor", "og:title",
    "article:published_time", "article:author", "dc.date", "dc.creator", "dc.source", "publication_date", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extract:
    """A page's text; ``title_given`` where the first line is a title that markup names."""

    text: str
    title_given: bool
    notes: tuple[Note, ...] = ()


def is_mhtml(raw: bytes) -> bool:
    """Whether a page is a saved web archive (MIME), by its first lines."""
    head = raw[:2000].lower()
    return b"mime-version:" in head and b"content-type: multipart/related" in head


def html_of_mhtml(raw: bytes) -> bytes:
    """The HTML part of a web archive; empty where there is none."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""


def is_html(text: str) -> bool:
    """Whether a text is an HTML page rather than text with a stray tag in it."""
    head = text[:20_000]
    if _DOCUMENT.search(head):
        return True
    if not (_HTML.search(head) and _CLOSED.search(text)):
        return False
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return sum(line.startswith("<") for line in lines) > 0.8 * len(lines)


def extract(text: str) -> Extract:
    """The article of a page. Plain text comes back as it is.

    >>> extract("会议召开。</span>").text
    '会议召开。</span>'
    >>> extract("<html><body><h1>督察组进驻</h1><p>会议召开。</p></body></html>").text
    '督察组进驻\\n会议召开。'
    """
    if not is_html(text):
        return Extract(text.replace("\r\n", "\n").replace("\r", "\n"), title_given=False)
    markup = _SWALLOWED.sub("<", text)
    tree = LexborHTMLParser(markup)
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    notes = _metadata(tree)
    body = trafilatura.extract(
        markup,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        no_fallback=False,
    )
    if not body or len(body) < 40:
        body = _visible(markup)
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    title = _title(tree, lines)
    shown = {re.sub(r"\s+", "", line) for line in lines}
    notes += [Note("credit", line) for line in _fact_lines(tree) if re.sub(r"\s+", "", line) not in shown]
    if title:
        lines = [title, *(line for line in lines if line != title)]
    return Extract("\n".join(lines), title_given=bool(title), notes=tuple(notes))


def _visible(markup: str) -> str:
    """All text of a page, for pages in which no article stands out."""
    tree = LexborHTMLParser(_BREAK.sub(lambda match: match[0] + "\n", markup))
    for node in tree.css("script, style, noscript, template, head"):
        node.decompose()
    return tree.text(separator="") if tree.body is not None else ""


def _metadata(tree: LexborHTMLParser) -> list[Note]:
    notes = []
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        content = re.sub(r"\s+", " ", node.attributes.get("content") or "").strip()
        if name in _META and content:
            notes.append(Note("markup", f"{name}: {content[:200]}"))
    return notes


def _title(tree: LexborHTMLParser, lines: list[str]) -> str | None:
    """The title that markup gives: a heading, the metadata, or the window's title less the site's name."""
    given = [node.text(strip=True) for node in tree.css("h1, h2.title, .article-title, #title, .title h2")]
    metadata = tree.css('meta[name="ArticleTitle"], meta[property="og:title"]')
    given += [node.attributes.get("content") or "" for node in metadata]
    given += [_WINDOW_TITLE.split(node.text(strip=True))[0] for node in tree.css("title")[:1]]
    clean = [re.sub(r"\s+", " ", title).strip() for title in given]
    usable = [title for title in clean if 4 <= len(title) <= 120]
    repeated = [title for title in usable if title in lines]
    return next(iter(repeated or usable), None)


def _fact_lines(tree: LexborHTMLParser) -> list[str]:
    """Short lines of the page that may state date, source or credits, which extraction leaves out."""
    found: list[str] = []
    if tree.body is None:
        return found
    for node in tree.css("p, span, div, li, td, h6, em, i, strong"):
        if node.css_first("p, div, li, td, table") is not None:
            continue
        line = re.sub(r"\s+", " ", node.text(strip=True)).strip()
        if 4 <= len(line) <= 100 and _FACT_LINE.search(line) and line not in found:
            found.append(line)
    return found[:40]
