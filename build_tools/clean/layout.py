"""Lines of a repaired page -> title, subtitle, paragraphs, and notes of what stood around them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from build_tools.clean.manuscript import Edit
from build_tools.knowledge.furniture import Kind, kind_of
from build_tools.models import Note, NoteKind

_SENTENCE_END = tuple("。！？；：…—”』」）》】!?;:)>")
_SENTENCE = re.compile(r"[。！？；]")
_LONGEST_TITLE = 80
_FULL_LINE = 24
_CLOCK_BEHIND = re.compile(
    r" ?20\d\d[-/.]\d\d?[-/.]\d\d?(?: \d\d?[：:]\d\d(?:[：:]\d\d)?)?$| ?[\[【]打印(?:本页|正文)?[\]】]$"
)
_BULLETS = "•▪· "  # in front of what a page states of an article: • 来源：某某网
_PAGE_CLOCK = re.compile(r"^今天|\d[：:]\d\d")
_LABEL = re.compile(
    r"^[：:]?[【［\[]?(原标题|原题|本文标题|文章标题|标题|题目|正文|摘要|核心提示|内容提要|提要|导读|导语)"
    r"[】］\]]?(为)?[：:_ ]+"
)
_SITE_BEHIND = re.compile(
    r"([ ]*[_|｜][ ]*|[ ]+[-—]+[ ]+|--+)[^。！？；，_|｜]{0,12}"
    r"(网|网站|在线|频道|新闻|要闻|日报|晚报|晨报|时报|电视台|客户端|人民政府|环境[厅局]|环保[厅局])$"
)
_TEASER = 20  # characters that a line must share with another's beginning to be its teaser
_PROSE_EDGE = re.compile(r"[\u3400-\u9fff”）、，][\u3400-\u9fff“‘（《\d、，。”）]")
_NUMBERED = re.compile(
    r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、．]|第[一二三四五六七八九十]+[章节条批组]|[●◆■▲△★·•])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its place in the text, without the space around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What each part of a page is, and the edits that leave only title and paragraphs."""

    edits: dict[str, list[Edit]]
    notes: tuple[Note, ...]
    title: str | None
    subtitle: str | None


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    found, at = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped)
            found.append(Line(start, start + len(stripped), stripped))
        at += len(raw) + 1
    return found


def laid_out(text: str, *, title_given: bool) -> Layout:
    """Tell title, paragraphs and furniture apart. ``title_given``: markup named the first line as title."""
    lines = lines_of(text)
    kinds = _kinds(lines, title_given=title_given)
    notes = [
        Note(_note_kind(kind), line.text.lstrip(_BULLETS))
        for line, kind in zip(lines, kinds, strict=True)
        if kind
    ]
    edits: dict[str, list[Edit]] = {}
    for line, kind in zip(lines, kinds, strict=True):
        if kind:
            rule = {"above": "furniture", "after": "furniture", "published": "page-date"}.get(kind, kind)
            edits.setdefault(rule, []).append(_removal(text, line))
    own = [line for line, kind in zip(lines, kinds, strict=True) if not kind]
    title, subtitle, repeated = _headings(own, title_given=title_given)
    if title:
        edits.setdefault("furniture", []).extend(_around_title(title))
    edits["repeated-line"] = [_removal(text, line) for line in repeated]
    edits["repeated-line"] += _bracketed_titles(own, title, repeated)
    if subtitle:
        edits["subtitle"] = [_removal(text, subtitle)]
    return Layout(
        {rule: found for rule, found in edits.items() if found},
        tuple(notes),
        title.text if title else None,
        subtitle.text if subtitle else None,
    )


def _note_kind(kind: Kind) -> NoteKind:
    return "furniture" if kind == "above" or kind == "after" else kind


def _removal(text: str, line: Line) -> Edit:
    """Deletes a line with the line break that ends it (or, on the last line, the one before)."""
    after = text.find("\n", line.end)
    if after >= 0:
        start = text.rfind("\n", 0, line.start) + 1
        return Edit(start, after + 1, "")
    return Edit(text.rfind("\n", 0, line.start) + 1, len(text), "")


def _kinds(lines: list[Line], *, title_given: bool) -> list[Kind | None]:
    kinds: list[Kind | None] = []
    ended = begun = False
    for index, line in enumerate(lines):
        kind = None if title_given and index == 0 else kind_of(line.text.lstrip(_BULLETS) or line.text)
        if kind == "dateline" and begun and not _PAGE_CLOCK.search(line.text):
            kind = None  # behind the text a date is the day of signing
        if kind == "above" and begun:
            kind = None
        if kind is None and _SENTENCE.search(line.text):
            begun |= not _is_heading(lines, index)  # a headline may ask
        if kind == "after" and (begun or title_given):
            ended = True
        if ended and kind is None and not (_SENTENCE.search(line.text) and len(line.text) > 60):
            kind = "furniture"
        if kind == "caption" and _SENTENCE.search(line.text.rstrip("。")) and len(line.text) > 60:
            kind = None
        kinds.append(kind)
    return kinds


def _headings(lines: list[Line], *, title_given: bool) -> tuple[Line | None, Line | None, list[Line]]:
    """Title and subtitle, and the lines that only repeat a heading or a caption."""
    if not lines:
        return None, None, []
    title = lines[0] if title_given or _is_heading(lines, 0) else None
    rest, repeated = _without_repeats(lines[1:] if title else lines, title)
    subtitle = None
    if title and len(rest) > 1 and _is_heading(rest, 0) and _is_subtitle(rest[0], rest[1]):
        subtitle = rest[0]
    return title, subtitle, repeated


def _bracketed_titles(lines: list[Line], title: Line | None, repeated: list[Line]) -> list[Edit]:
    """The title again, in brackets before a paragraph's first word."""
    shown = f"【{title.text}】" if title else "\0"
    return [
        Edit(line.start, line.start + len(shown), "")
        for line in lines
        if line.text.startswith(shown) and line is not title and line not in repeated
    ]


def _around_title(title: Line) -> list[Edit]:
    """What a title's line holds besides: the label 原标题, the names of site and channel, the time of the page."""
    label, end = _LABEL.match(title.text), len(title.text)
    while behind := _SITE_BEHIND.search(title.text, 0, end) or _CLOCK_BEHIND.search(title.text, 0, end):
        end = behind.start()
    edits = [Edit(title.start, title.start + label.end(), "")] if label else []
    return [*edits, Edit(title.start + end, title.end, "")] if 4 <= end < len(title.text) else edits


def _is_subtitle(line: Line, after: Line) -> bool:
    """Whether a line under the title belongs to it: it stands apart, or the text that follows is much longer."""
    if _NUMBERED.match(line.text) or line.text.count("，") > 1 or re.search(r"[|：#*=<>]", line.text):
        return False
    return after.start - line.end > 1 or len(after.text) > max(60, 2 * len(line.text))


def _is_heading(lines: list[Line], index: int) -> bool:
    """Whether a line may head what follows it: short, no sentence, and text comes after it."""
    text = lines[index].text
    if len(text) > 8 and text.endswith(("？", "！")):
        text = text[:-1]  # a headline may ask or call out
    if (
        len(text) > _LONGEST_TITLE
        or len(text) < 4
        or _SENTENCE.search(text)
        or text.endswith(("：", "，", "、", "——"))
    ):
        return False
    return any(_SENTENCE.search(line.text) for line in lines[index + 1 :])


def _without_repeats(lines: list[Line], title: Line | None) -> tuple[list[Line], list[Line]]:
    """Lines less those that say again what another says: title, caption, or the beginning of a paragraph."""
    seen: Counter[str] = Counter()
    kept: list[Line] = []
    repeated: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        span = _repeats_title(lines, index, title.text) if title else 0
        if not span and len(line.text) > 8 and _is_again(line, kept, seen, lines[index + 1 : index + 3]):
            span = 1
        seen[line.text] += 1
        (repeated if span else kept).extend(lines[index : index + max(1, span)])
        index += max(1, span)
    return kept, repeated


def _is_again(line: Line, kept: list[Line], seen: Counter[str], following: list[Line]) -> bool:
    """Whether a line stood before, apart from sentences, or only begins one of the next two paragraphs."""
    just_before = bool(kept) and kept[-1].text == line.text
    if just_before or (seen[line.text] and not _SENTENCE.search(line.text)):
        return True
    start = _LABEL.sub("", line.text).rstrip("…. ")
    return len(start) >= _TEASER and any(after.text.startswith(start) for after in following)


def _repeats_title(lines: list[Line], index: int, title: str) -> int:
    for span in (1, 2, 3):
        joined = _LABEL.sub("", "".join(line.text for line in lines[index : index + span]))
        if joined.rstrip("。").replace(" ", "") == title.replace(" ", ""):
            return span
    return 0


def broken_lines(text: str, *, titled: bool) -> list[Edit]:
    r"""Edits that remove line breaks inside a sentence.

    >>> [(edit.start, edit.end) for edit in broken_lines("绿色发展观，\n让生态文明。", titled=False)]
    [(6, 7)]
    """
    lines = lines_of(text)[1 if titled else 0 :]
    long = [line for line in lines if len(line.text) >= _FULL_LINE and "|" not in line.text]
    open_ended = [line for line in long if _PROSE_EDGE.match(line.text[-1] + "一")]
    wrapped = len(open_ended) >= 3 and len(open_ended) > 0.4 * len(long)
    return [
        Edit(line.end, after.start, "")
        for line, after in pairwise(lines)
        if _breaks_sentence(line, after, text[line.end : after.start], wrapped=wrapped)
    ]


def _breaks_sentence(line: Line, after: Line, between: str, *, wrapped: bool) -> bool:
    """Whether a sentence goes on in the next line; ``wrapped`` pages break lines wherever they are full."""
    if _NUMBERED.match(after.text) or "：" in after.text[:8]:
        return False
    if line.text.endswith(("，", "、")):
        return True
    if not wrapped or "|" in line.text + after.text or line.text.endswith(_SENTENCE_END) or between != "\n":
        return False
    return len(line.text) >= _FULL_LINE and bool(_PROSE_EDGE.match(line.text[-1] + after.text[0]))
