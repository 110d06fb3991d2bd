"""What leads others to the archive: a feed, and where the site's address is known a sitemap and OpenSearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.markup import plain
from build_tools.site.page import SiteFile
from build_tools.site.recipe import Recipe

FEED = "feed.xml"
SITEMAP = "sitemap.xml"
OPENSEARCH = "opensearch.xml"
_LATEST = 50
_MOST_IN_MAP = 50_000  # what the protocol allows in one file
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "ducha-archive")
_NEVER = "1970-01-01T00:00:00Z"


def feed(records: Sequence[Record], site_url: str = "") -> Recipe[str]:
    """The latest articles as Atom; without the site's address its links lead from the feed itself."""
    latest = tuple(records[:_LATEST])
    return Recipe(FEED, (latest, site_url), partial(_feed, latest, site_url))


def _feed(latest: Sequence[Record], site_url: str) -> str:
    updated = max((_time(record) for record in latest), default=_NEVER)
    lines = [
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>督察档案</title><id>urn:uuid:{_NAMESPACE}</id><updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(site_url + FEED)}/><link href={quoteattr(site_url + addresses.HOME)}/>',
        "<author><name>督察档案</name></author>",
        *(_entry(record, site_url) for record in latest),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(record: Record, site_url: str) -> str:
    front = record.front
    about = " ".join(filter(None, (wording.day(front.date), wording.place(front), front.source)))
    summary = record.paragraphs[0] if record.paragraphs else about
    parts = [
        f"<title>{_text(wording.title(record))}</title>",
        f"<id>urn:uuid:{uuid.uuid5(_NAMESPACE, record.id)}</id>",
        f"<updated>{_time(record)}</updated>",
        f"<link href={quoteattr(site_url + addresses.article(record.id))}/>",
        *(f"<author><name>{_text(name)}</name></author>" for name in front.reporters),
        *(f"<category term={quoteattr(plain(tag))}/>" for tag in front.tags),
        f"<summary>{_text(f'{about}。{summary}')}</summary>",
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _text(text: str) -> str:
    return escape(plain(text))


def _time(record: Record) -> str:
    """The day of an article as a time; what is not known of it counts as its beginning."""
    year, month, day = (*(record.front.published or record.front.date or "1970").split("-"), "01", "01")[:3]
    return f"{year}-{month}-{day}T00:00:00Z"


def sitemap(paths: Iterable[str], site_url: str) -> Iterator[SiteFile]:
    """Every page among paths by its full address; an index of several files where one may not hold them all."""
    every = sorted(path for path in paths if path.endswith(".html"))
    parts = [every[at : at + _MOST_IN_MAP] for at in range(0, len(every), _MOST_IN_MAP)]
    if len(parts) == 1:
        yield SiteFile(SITEMAP, _list("urlset", "url", every, site_url))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield SiteFile(SITEMAP, _list("sitemapindex", "sitemap", names, site_url))
    for name, part in zip(names, parts, strict=True):
        yield SiteFile(name, _list("urlset", "url", part, site_url))


def _list(outer: str, inner: str, paths: Iterable[str], site_url: str) -> str:
    lines = (f"<{inner}><loc>{escape(site_url + path)}</loc></{inner}>" for path in paths)
    body = "\n".join(lines)
    return f'{_HEAD}<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n</{outer}>\n'


def opensearch(site_url: str) -> Recipe[str]:
    """Lets a browser offer the archive's search in its own address bar."""
    template = quoteattr(f"{site_url}{addresses.SEARCH}?q={{searchTerms}}")
    text = (
        f'{_HEAD}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>督察档案</ShortName><Description>按原文字句检索督察新闻</Description>\n"
        f'<InputEncoding>UTF-8</InputEncoding>\n<Url type="text/html" template={template}/>\n'
        "</OpenSearchDescription>\n"
    )
    return Recipe(OPENSEARCH, (text,), lambda: text)
