"""The article on a page: its text, the title that markup names, and what the markup states."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections import defaultdict
from dataclasses import dataclass

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
_TABLE = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th)\b[^>]*>", re.IGNORECASE)
_TEXT_CELL = 200  # characters in a cell that make it a text and no figure
_MOST = 0.6
_MOMENT = re.compile(r"(?:19|20)\d\d[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?(?:[ T]*\d{1,2}:\d\d(?::\d\d)?)?")
_FACT_LENGTH = 100
_FACTS = 40  # lines that may state facts: more is a list of articles
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
    notes = _metadata(tree)
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    if _is_set_in_tables(tree):
        markup = _TABLE.sub(r"<\1div>", markup)
    lines = _lines(markup)
    title = _title(tree, notes, lines)
    shown = re.sub(r"\s+", "", "".join(lines))
    notes += [note for note in _fact_lines(tree) if re.sub(r"\s+", "", note.text) not in shown]
    if title:
        lines = [title, *(line for line in lines if line != title)]
    return Extract("\n".join(lines), title_given=bool(title), notes=tuple(notes))


def _is_set_in_tables(tree: LexborHTMLParser) -> bool:
    """Whether a page is laid out in tables: one cell holds most of a table, and a text at that."""
    outer = _around(tree, "table")
    sizes: dict[int, list[int]] = defaultdict(list)
    for cell in tree.css("td"):
        row = cell.parent
        if row is not None and row.parent is not None and cell.mem_id not in outer:
            sizes[row.parent.mem_id].append(len(cell.text()))
    return any(max(cells) > _TEXT_CELL and max(cells) > _MOST * sum(cells) for cells in sizes.values())


def _lines(markup: str) -> list[str]:
    """The lines of the article that a page holds; with little found, all that is shown."""
    import trafilatura  # takes a tenth of a second, and most pages are text

    visible = [line.strip() for line in _visible(markup).splitlines()]
    expected = sum(len(line) for line in visible if "。" in line)
    for favor_recall in (False, True):
        found = trafilatura.extract(
            markup,
            favor_recall=favor_recall,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            no_fallback=False,
        )
        if found and len(found) > _MOST * expected:
            return [line.strip() for line in found.splitlines() if line.strip()]
    return [line for line in visible if line]


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
    stated = {note.text.partition(":")[0] for note in notes}
    return notes + [note for note in _linked_data(tree) if note.text.partition(":")[0] not in stated]


def _linked_data(tree: LexborHTMLParser) -> list[Note]:
    """What a page's JSON-LD says of its article, under the names that metadata has."""
    notes = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            for key, name in (("headline", "og:title"), ("datePublished", "article:published_time")):
                value = item.get(key) if isinstance(item, dict) else None
                if isinstance(value, str) and value.strip():
                    notes.append(Note("markup", f"{name}: {' '.join(value.split())[:200]}"))
    return notes


def _title(tree: LexborHTMLParser, notes: list[Note], lines: list[str]) -> str | None:
    """The title that markup gives: a heading, the metadata, or the window's title less the site's name."""
    given = [node.text(strip=True) for node in tree.css("h1, h2.title, .article-title, #title, .title h2")]
    stated = (note.text.partition(": ") for note in notes)
    given += [content for name, _, content in stated if name in ("articletitle", "og:title")]
    given += [_WINDOW_TITLE.split(node.text(strip=True))[0] for node in tree.css("title")[:1]]
    clean = [re.sub(r"\s+", " ", title).strip() for title in given]
    usable = [title for title in clean if 4 <= len(title) <= 120]
    repeated = [title for title in usable if title in lines]
    return next(iter(repeated or usable), None)


def _around(tree: LexborHTMLParser, selector: str) -> set[int]:
    """The nodes that hold others of a kind, by their number in memory."""
    outer: set[int] = set()
    for inner in tree.css(selector):
        node = inner.parent
        while node is not None and node.mem_id not in outer:
            outer.add(node.mem_id)
            node = node.parent
    return outer


def _fact_lines(tree: LexborHTMLParser) -> list[Note]:
    """Short lines of the page that may state date, source or credits, which extraction leaves out."""
    found: dict[str, Note] = {}
    if tree.body is None:
        return []
    outer = _around(tree, "p, div, li, td, table")
    for node in tree.css("p, span, div, li, td, h4, h5, h6, em, i, strong, time"):
        if node.mem_id in outer:
            continue
        line = re.sub(r"\s+", " ", node.text(separator=" ", strip=True)).strip()
        if _MOMENT.fullmatch(line):
            found.setdefault(line, Note("published", line))
        elif 4 <= len(line) <= _FACT_LENGTH and _FACT_LINE.search(line):
            found.setdefault(line, Note("credit", line))
    return list(found.values())[:_FACTS]
