"""Every type that flows through the tools.

Frozen dataclasses flow inside a run; the pydantic models at the end are what crosses the disk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Certainty = Literal["certain", "conjecture", "lost"]
Severity = Literal["error", "warning", "note"]
Basis = Literal["text", "page", "schedule", "table", "given", "supplied", "witness"]

LOST = "□"
CONJECTURE_OPEN, CONJECTURE_CLOSE = "〔", "〕"


def marks(text: str) -> tuple[int, int]:
    """Number of lost characters and of conjectured ones in a text.

    >>> marks("成〔效〕□单，国办发〔2019〕1号")
    (1, 1)
    """
    spans = re.findall(r"〔([^〔〕\dA-Za-z ]*)〕", text)  # 〔2019〕 numbers a document
    return text.count(LOST), sum(map(len, spans))


# ---------------------------------------------------------------- clean


LIMIT = 8 * 2**20
"""Bytes of a page that are read; the longest real page seen has 2 MB, most of it script."""


@dataclass(frozen=True, slots=True)
class Page:
    """One scraped page as it was found, with what the person who adds it says of it."""

    raw: bytes
    name: str = "-"
    url: str | None = None
    retrieved: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the encoding it was read in, and why that encoding was chosen."""

    text: str
    encoding: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One change the tools made; offsets count characters of the cleaned text (``Cleaned.text``)."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty = "certain"


NoteKind = Literal["markup", "published", "source", "credit", "caption", "dateline", "furniture"]


@dataclass(frozen=True, slots=True)
class Note:
    """A line that stood on the page but is not running text; some of them state facts.

    ``markup`` holds ``key: value`` from HTML metadata, ``published`` a page's own date, ``dateline`` a
    date that belongs to the clone (the day it was crawled), ``credit`` who wrote, shot or edited.
    """

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: ``code`` is documented, ``cure`` says what to do."""

    code: str
    severity: Severity
    message: str
    cure: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's text after repair: Simplified, full-width punctuation, losses and conjectures marked."""

    title: str | None
    subtitle: str | None
    paragraphs: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    encoding: str = "utf-8"
    encoding_evidence: str = ""
    findings: tuple[Finding, ...] = ()
    reliable: bool = True

    @property
    def text(self) -> str:
        """Title line (where the page has one) and paragraphs, separated by ``\\n``."""
        head = (self.title,) if self.title else ()
        return "\n".join(head + self.paragraphs)

    def count(self, certainty: Certainty) -> int:
        """Number of characters that stand in the text with this certainty."""
        lost, conjectured = marks(self.text)
        return {"lost": lost, "conjecture": conjectured}.get(certainty, 0)


# ------------------------------------------------------------- describe


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact rests on: the words on the page, or the row of a table, and the reasoning if any."""

    basis: Basis
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named in office; ``tenure`` keeps 时任 or 原 where the text says so."""

    name: str
    title: str | None = None
    tenure: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says of itself. ``evidence`` maps a field's name to what it rests on."""

    title: str
    title_basis: Literal["source", "supplied"]
    date: str | None = None
    date_basis: Literal["text", "inferred", "unknown"] = "unknown"
    published: str | None = None
    level: Literal["central", "provincial"] | None = None
    round: int | None = None
    batch: int | None = None
    mode: str | None = None
    round_basis: Literal["text", "schedule"] | None = None
    stage: str = "其他"
    provinces: tuple[str, ...] = ()
    city: str | None = None
    county: str | None = None
    officials: tuple[Person, ...] = ()
    source: str | None = None
    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    relevant: bool = True


# --------------------------------------------------------------- on disk

Mode = Literal["例行", "回头看", "专项", "试点"]
Stage = Literal["动员", "进驻", "边督边改", "下沉", "反馈", "整改", "警示片", "问责", "其他"]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Line = Annotated[
    str, StringConstraints(pattern=r"^[^\n\r\x00-\x08]+$", strip_whitespace=True, max_length=600)
]
RecordId = Annotated[
    str, StringConstraints(pattern=r"^(\d{4}(-\d\d){0,2}|undated)-[a-z]+-[0-9a-f]{4,64}$", max_length=120)
]


class _Disk(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Official(_Disk):
    """Someone named in office in the article, with the title the text gives."""

    name: Line
    title: Line | None = None
    tenure: Literal["时任", "原"] | None = None


class Ground(_Disk):
    """What one fact rests on, as the machine found it."""

    basis: Basis
    words: Line
    why: Line | None = None


class Made(_Disk):
    """What the machine did; a person never edits this part."""

    raw_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    encoding: str
    repairs: dict[str, int] = Field(default_factory=dict)
    conjectured: int = 0
    lost: int = 0
    reliable: bool = True
    evidence: dict[str, Ground] = Field(default_factory=dict)


class FrontMatter(_Disk):
    """The fields of a record, in the order in which they are written."""

    id: RecordId
    title: Line
    title_basis: Literal["source", "supplied"] = "source"
    subtitle: Line | None = None
    date: Day | None = None
    date_basis: Literal["text", "inferred", "unknown"] = "unknown"
    published: Day | None = None
    level: Literal["central", "provincial"] | None = None
    round: Annotated[int, Field(ge=0, le=20)] | None = None
    batch: Annotated[int, Field(ge=0, le=40)] | None = None
    mode: Mode | None = None
    round_basis: Literal["text", "schedule"] | None = None
    stage: Stage = "其他"
    provinces: list[Line] = Field(default_factory=list)
    city: Line | None = None
    county: Line | None = None
    tags: list[Line] = Field(default_factory=list)
    officials: list[Official] = Field(default_factory=list)
    source: Line | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)] | None = None
    retrieved: Day | None = None
    reporters: list[Line] = Field(default_factory=list)
    photographers: list[Line] = Field(default_factory=list)
    editors: list[Line] = Field(default_factory=list)
    reviewers: list[Line] = Field(default_factory=list)
    confirmed: list[str] = Field(default_factory=list)
    made: Made


@dataclass(frozen=True, slots=True)
class Record:
    """One article of the archive: its fields and its paragraphs as plain text (no Markdown escapes)."""

    front: FrontMatter
    paragraphs: tuple[str, ...]

    @property
    def id(self) -> str:
        """The record's id, which never changes."""
        return self.front.id

    @property
    def text(self) -> str:
        """Title line and paragraphs, separated by ``\\n``; a title the archive supplied is left out."""
        head = (self.front.title,) if self.front.title_basis == "source" else ()
        return "\n".join(head + self.paragraphs)
