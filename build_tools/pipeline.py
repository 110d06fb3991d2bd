"""The flow on one screen: a page becomes clean text, the text states facts, both become a record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.archive.tags import id_of, tags_of
from build_tools.clean.repair import clean
from build_tools.describe.facts import describe
from build_tools.models import Cleaned, Facts, Finding, FrontMatter, Ground, Made, Official, Page, Record

__all__ = ["Draft", "clean", "describe", "draft", "record_of"]

_UNTITLED = "无题"  # where not even a supplied title can be had: a page of marks alone


@dataclass(frozen=True, slots=True)
class Draft:
    """What the tools made of a page, before a person or the disk has a say."""

    page: Page
    cleaned: Cleaned
    facts: Facts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should know of this page, in the order in which it was found."""
        return self.cleaned.findings + self.facts.findings

    @property
    def sha256(self) -> str:
        """SHA-256 of the page as it was found, in hexadecimal."""
        return hashlib.sha256(self.page.raw).hexdigest()


def draft(page: Page) -> Draft:
    """Clean a page and read its facts. Never raises on any bytes."""
    cleaned = clean(page)
    return Draft(page, cleaned, describe(cleaned, page))


def record_of(made: Draft, record_id: str | None = None) -> Record:
    """The record of a draft; ``record_id`` keeps the id of one that exists."""
    places = (*made.facts.provinces[:1], *filter(None, (made.facts.city,)))
    fields = {
        "id": record_id or id_of(made.facts.date, places, made.sha256),
        **fields_of(made),
        "made": Made(
            raw_sha256=made.sha256,
            encoding=made.cleaned.encoding,
            repairs=dict(sorted(Counter(repair.rule for repair in made.cleaned.repairs).items())),
            conjectured=made.cleaned.count("conjecture"),
            lost=made.cleaned.count("lost"),
            reliable=made.cleaned.reliable,
            evidence={
                name: Ground(basis=one.basis, words=_line(one.words), why=_line(one.why) or None)
                for name, one in made.facts.evidence.items()
                if _line(one.words)
            },
        ),
    }
    front = FrontMatter.model_validate(fields)
    return Record(front.model_copy(update={"tags": tags_of(front)}), made.cleaned.paragraphs)


def fields_of(made: Draft) -> Mapping[str, object]:
    """The front-matter fields that a draft fills, by name."""
    facts, cleaned, page = made.facts, made.cleaned, made.page
    return {
        "title": _line(facts.title) or _UNTITLED,
        "title_basis": facts.title_basis if _line(facts.title) else "supplied",
        "subtitle": _line(cleaned.subtitle or "") or None,
        "date": facts.date,
        "date_basis": facts.date_basis,
        "published": facts.published,
        "level": facts.level,
        "round": facts.round,
        "batch": facts.batch,
        "mode": facts.mode,
        "round_basis": facts.round_basis,
        "stage": facts.stage,
        "provinces": list(facts.provinces),
        "city": facts.city,
        "county": facts.county,
        "officials": [
            Official.model_validate({"name": one.name, "title": one.title, "tenure": one.tenure})
            for one in facts.officials
        ],
        "source": page.source or facts.source,
        "url": page.url,
        "retrieved": page.retrieved,
        "reporters": list(facts.reporters),
        "photographers": list(facts.photographers),
        "editors": list(facts.editors),
        "reviewers": list(facts.reviewers),
    }


def _line(text: str) -> str:
    """Text as one line of at most 600 characters, as the record's form asks."""
    return " ".join(text.split())[:600].strip()
