"""The order in which damage is undone, and the one place where rules are run."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.clean.alignment import MOST, too_broken
from build_tools.clean.decode import decode
from build_tools.clean.extract import Extract, extract, html_of_mhtml, is_mhtml
from build_tools.clean.layout import Layout, broken_lines, laid_out
from build_tools.clean.manuscript import Manuscript
from build_tools.clean.rules import Rule
from build_tools.clean.rules.annotations import (
    ASTRAY_READING,
    LOST_BEFORE_READING,
    OUT_OF_STEP,
    PINYIN_ANNOTATION,
)
from build_tools.clean.rules.brands import BRAND_SPAM
from build_tools.clean.rules.characters import TRADITIONAL_SCRIPT
from build_tools.clean.rules.lines import BROKEN_LINE, LINE_RULES
from build_tools.clean.rules.markup import ENTITIES, INVISIBLE, LOST_CHARACTER, LOST_SPACE, STRAY_MARKUP
from build_tools.clean.rules.mojibake import AS_LATIN, UTF8_AS_GBK
from build_tools.clean.rules.punctuation import DOUBLED_PUNCTUATION, PUNCTUATION_WIDTH
from build_tools.clean.rules.spaces import BLANK_LINES, EXTRA_SPACE, FILLED_NAME, JAM
from build_tools.clean.trust import doubts
from build_tools.clean.warc import html_of_warc, is_warc
from build_tools.models import LIMIT, Cleaned, Decoded, Finding, Note, Page

TEXT_RULES: tuple[Rule, ...] = (
    AS_LATIN,  # before invisible characters go: some are bytes of the text
    UTF8_AS_GBK,
    ENTITIES,
    INVISIBLE,
    JAM,  # before its signs are taken for punctuation or orphans
    OUT_OF_STEP,  # first of all: it needs the page's annotations, and a tag may have lost a character to an orphan
    PINYIN_ANNOTATION,
    ASTRAY_READING,
    STRAY_MARKUP,
    LOST_SPACE,
    LOST_BEFORE_READING,
    LOST_CHARACTER,
    DOUBLED_PUNCTUATION,
    TRADITIONAL_SCRIPT,  # after alignment, which needs the bytes of the script the page is in
    PUNCTUATION_WIDTH,
    BRAND_SPAM,
    FILLED_NAME,
    EXTRA_SPACE,
)

RULES: tuple[Rule, ...] = (*TEXT_RULES, *LINE_RULES, BLANK_LINES)

TEXT_LIMIT = 500_000  # characters of an article's text; the longest plan seen has 90,000


@dataclass(frozen=True, slots=True)
class Work:
    """A page on the bench: how it was read, what of it is the article, and every edit."""

    decoded: Decoded
    found: Extract
    manuscript: Manuscript
    layout: Layout


def work_on(page: Page) -> Work:
    """Undo a page's damage, rule by rule. Never raises on any bytes."""
    decoded = decode(_unpacked(page.raw)[:LIMIT])
    found = extract(decoded.text)
    manuscript = Manuscript(found.text[:TEXT_LIMIT])
    for rule in TEXT_RULES:
        manuscript.apply(rule.name, rule.find(manuscript.text))
    layout = laid_out(manuscript.text, title_given=found.title_given)
    manuscript.apply_together(layout.edits)
    manuscript.apply(BROKEN_LINE.name, broken_lines(manuscript.text, titled=layout.title is not None))
    manuscript.apply(BLANK_LINES.name, BLANK_LINES.find(manuscript.text))
    return Work(decoded, found, manuscript, layout)


def clean(page: Page) -> Cleaned:
    """The text of a page with its damage undone, and every change recorded. Never raises on any bytes."""
    work = work_on(page)
    text, layout = work.manuscript.text, work.layout
    lines = tuple(line for line in text.split("\n") if line)
    title = lines[0] if layout.title and lines else None
    doubted = doubts(text, title or "")
    return Cleaned(
        title=title,
        subtitle=layout.subtitle,
        paragraphs=lines[1:] if title else lines,
        notes=tuple(repaired_note(note) for note in work.found.notes) + layout.notes,
        repairs=work.manuscript.repairs(),
        encoding=work.decoded.encoding,
        encoding_evidence=work.decoded.evidence,
        findings=_findings(page, work.found.text, lines) + doubted,
        reliable=not doubted,
    )


def _unpacked(raw: bytes) -> bytes:
    """The page itself, where it is kept in a web archive."""
    if is_warc(raw):
        return html_of_warc(raw, LIMIT)
    return html_of_mhtml(raw) if is_mhtml(raw) else raw


def repaired_note(note: Note) -> Note:
    """A note from markup with the same damage undone as in the text."""
    text = note.text
    for rule in TEXT_RULES:
        text = rule(text)
    return Note(note.kind, text.strip())


def _findings(page: Page, text: str, lines: tuple[str, ...]) -> tuple[Finding, ...]:
    found = []
    if len(page.raw) > LIMIT:
        found.append(_too_long("页面", len(page.raw), LIMIT, "字节"))
    if len(text) > TEXT_LIMIT:
        found.append(_too_long("正文", len(text), TEXT_LIMIT, "字"))
    if too_broken(text):
        message = f"错位的地方太多，只还原了前 {MOST:,} 处，其后仍是乱码"
        found.append(Finding("TOO-BROKEN", "error", message, "找到原文或更可靠的转载后替换"))
    if not lines:
        found.append(Finding("NO-TEXT", "error", "页面里没有找到正文", "检查页面是否完整保存"))
    return tuple(found)


def _too_long(what: str, size: int, limit: int, unit: str) -> Finding:
    message = f"{what}有 {size:,} {unit}，只读了前 {limit:,} {unit}"
    return Finding("TOO-LONG", "error", message, "只保存文章所在的页面")
