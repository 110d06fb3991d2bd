"""Editorial marks in the way of reading: 中央环境〔保〕护督察组 is read as one, and quoted as it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Cleaned, Evidence, Person

_CONJECTURE = re.compile(r"〔([^〔〕\dA-Za-z ]*)〕")  # 〔2019〕 numbers a document
_MARK = f"[{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]?"


def unmarked(cleaned: Cleaned) -> Cleaned:
    """The page with conjectured characters as if they were certain; facts that rest on them are quoted marked."""
    title, subtitle = (
        _CONJECTURE.sub(r"\1", part) if part else part for part in (cleaned.title, cleaned.subtitle)
    )
    paragraphs = tuple(_CONJECTURE.sub(r"\1", part) for part in cleaned.paragraphs)
    return replace(cleaned, title=title, subtitle=subtitle, paragraphs=paragraphs)


def _printed(words: str, text: str) -> str:
    """The words as the text prints them, marks and all; unchanged where they are not of the text."""
    if words in text:
        return words
    match = re.search(_MARK.join(map(re.escape, words)), text)
    if match is None:
        return words
    opened, closed = match.group().count(CONJECTURE_OPEN), match.group().count(CONJECTURE_CLOSE)
    before, after = CONJECTURE_OPEN * (closed > opened), CONJECTURE_CLOSE * (opened > closed)
    return before + match.group() + after


def quoted(evidence: Mapping[str, Evidence], cleaned: Cleaned) -> dict[str, Evidence]:
    """Evidence with its quotations as the page prints them."""
    text = " ".join(filter(None, (cleaned.title, cleaned.subtitle, *cleaned.paragraphs)))
    return {name: replace(one, words=_printed(one.words, text)) for name, one in evidence.items()}


def as_printed(person: Person, cleaned: Cleaned) -> Person:
    """A person whose title keeps its marks; a name is never completed by conjecture."""
    name = _printed(person.name, cleaned.text)
    hidden = _CONJECTURE.sub(lambda match: LOST * len(match.group(1)), name)
    title = _printed(person.title, cleaned.text) if person.title else None
    return replace(person, name=hidden, title=title)
