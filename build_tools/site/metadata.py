"""What machines read of an article's page: Highwire and Dublin Core tags, schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator

from build_tools.models import Record
from build_tools.site import wording


def meta_tags(record: Record) -> Iterator[tuple[str, str]]:
    """Names and contents of tags; Zotero takes ``NewsItem`` for a newspaper article."""
    front = record.front
    yield "citation_title", wording.title(record)
    for name in front.reporters:
        yield "citation_author", name
    # The day of the event is not the day of publication, though they are mostly close: it is only called a date.
    if date := front.published or front.date:
        name = "citation_publication_date" if front.published else "citation_date"
        yield name, date.replace("-", "/")
    if front.source:
        yield "citation_journal_title", front.source
    yield "DC.type", "NewsItem"
    yield "DC.title", wording.title(record)
    yield "DC.language", "zh-CN"
    yield "DC.identifier", record.id
    if front.date:
        yield "DC.coverage.temporal", front.date
    for place in front.provinces:
        yield "DC.coverage.spatial", place


def news_article(record: Record) -> str:
    """A schema.org ``NewsArticle`` as JSON-LD, safe inside a ``script`` element and for template languages."""
    front = record.front
    places = [*front.provinces, *filter(None, (front.city, front.county))]
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": wording.title(record),
        "datePublished": front.published,
        "temporalCoverage": front.date,
        "author": [{"@type": "Person", "name": name} for name in front.reporters],
        "publisher": {"@type": "Organization", "name": front.source} if front.source else None,
        "contentLocation": [{"@type": "Place", "name": place} for place in places],
        "isBasedOn": front.url,
        "identifier": record.id,
    }
    text = json.dumps(
        {key: value for key, value in described.items() if value}, ensure_ascii=False, separators=(",", ":")
    )
    for unsafe in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    # Side by side, braces and brace with per cent stand only inside strings of JSON.
    return text.replace("{{", "{\\u007b").replace("{%", "{\\u0025").replace("{#", "{\\u0023")
