"""An article's page: the text with its marks explained, the facts with their basis, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Ground, Record
from build_tools.site import addresses, citation, wording
from build_tools.site.markup import Child, Markup, el, escape, join
from build_tools.site.page import Page
from build_tools.site.pages import around, facts, inspection
from build_tools.site.pages.rules import RepairRule
from build_tools.site.people import place_of
from build_tools.site.shelves import Shelves, batch_of
from build_tools.site.tiles import short_name

_MARKS = re.compile(f"{LOST}+|{CONJECTURE_OPEN}[^{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]*{CONJECTURE_CLOSE}")


def article_pages(
    shelf: Shelves, raw_ids: Collection[str] = (), rules: Iterable[RepairRule] = ()
) -> Iterator[Page]:
    """A page for every record; ``raw_ids`` are those whose page as found is offered to download."""
    explained = {rule.name for rule in rules}
    records = shelf.corpus.records
    for number, record in enumerate(records):
        newer = records[number - 1] if number else None
        older = records[number + 1] if number + 1 < len(records) else None
        provenance = facts.provenance(record, explained, has_raw=record.id in raw_ids)
        yield _page(record, shelf, newer, older, provenance)


def marked(text: str) -> Markup:
    """Text with its editorial marks explained where they stand.

    >>> marked("清□")
    '清<abbr class="da-lost" title="原文此处有1字脱落，无法复原">□</abbr>'
    """
    if LOST not in text and CONJECTURE_OPEN not in text:
        return escape(text)
    parts: list[Child] = []
    at = 0
    for match in _MARKS.finditer(text):
        parts += [text[at : match.start()], _mark(match[0])]
        at = match.end()
    return join([*parts, text[at:]])


def _mark(words: str) -> Markup:
    if words[0] == LOST:
        return el("abbr", words, class_="da-lost", title=f"原文此处有{len(words)}字脱落，无法复原")
    inner = words[1:-1]
    return el("abbr", words, class_="da-supplied", title=f"“{inner}”为据残存字节推补，并非原文可见")


def _page(
    record: Record, shelf: Shelves, newer: Record | None, older: Record | None, provenance: Markup
) -> Page:
    address = addresses.article(record.id)
    root = addresses.root_of(address)
    front = record.front
    body = el(
        "article",
        _head(record, root),
        _warning(record, root),
        el(
            "div",
            [el("p", marked(text)) for text in record.paragraphs],
            class_="da-text",
            itemprop="articleBody",
        ),
        el("p", "〔本页未留下正文〕", class_="da-note") if not record.paragraphs else None,
        _credits(record),
        el(
            "aside",
            facts.panel(record, root),
            inspection.course(record, root),
            _officials(record, root),
            class_="da-side",
            aria_label="本文要点",
        ),
        provenance,
        _cite(record),
        around.related(record, shelf, root),
        around.neighbours(newer, older, root),
        class_="da-article",
        data_id=record.id,
        itemscope=True,
        itemtype="https://schema.org/NewsArticle",
    )
    return Page(
        address=address,
        title=wording.title(record),
        body=body,
        section=addresses.TIMELINE,
        description=f"{wording.day(front.date)} {wording.place(front)} {front.source or ''}".strip(),
        meta=tuple(citation.meta_tags(record)),
    )


def _head(record: Record, root: str) -> Markup:
    front = record.front
    trail: list[Child] = [
        el("a", short_name(name), href=root + addresses.province(name)) for name in front.provinces
    ]
    if front.city and front.city not in front.provinces:
        city = addresses.city(front.provinces[0], front.city) if front.provinces else None
        trail.append(el("a", front.city, href=root + city) if city else el("span", front.city))
    if front.county:
        trail.append(el("span", front.county))
    if label := wording.inspection(front):
        row = batch_of(front)
        trail.append(el("a", label, href=root + addresses.batch(row)) if row else el("span", label))
    trail.append(el("span", front.stage) if front.stage != "其他" else None)
    supplied = front.title_basis == "supplied"
    return el(
        "header",
        el("p", trail, class_="da-kicker"),
        el("h1", marked(wording.title(record)), itemprop="headline"),
        el("p", "原文无标题，［］内的标题为本档案所拟。", class_="da-note") if supplied else None,
        el("p", marked(front.subtitle), class_="da-subtitle") if front.subtitle else None,
        el(
            "p",
            el("time", wording.day(front.date), datetime=front.date, itemprop="contentReferenceTime"),
            el("span", front.source or "来源不详", itemprop="publisher" if front.source else None),
            class_="da-byline",
        ),
    )


def _warning(record: Record, root: str) -> Markup | None:
    made = record.front.made
    harm = [f"脱落{made.lost}字（□）"] if made.lost else []
    harm += [f"推补{made.conjectured}字（〔〕）"] if made.conjectured else []
    if not made.reliable:
        words = "本页原件损坏严重，整理结果不可靠：文字可能有误，引用前请核对原件。"
    elif harm:
        words = f"本页原件有损：{'，'.join(harm)}。"
    else:
        return None
    more = el("a", "整理方法", href=root + addresses.METHOD)
    return el("p", words, more, class_="da-warning" if not made.reliable else "da-notice", role="note")


def _credits(record: Record) -> Markup | None:
    front = record.front
    groups = (
        ("记者", front.reporters),
        ("摄影", front.photographers),
        ("编辑", front.editors),
        ("审核", front.reviewers),
    )
    shown = [f"{label} {'、'.join(names)}" for label, names in groups if names]
    return el("p", marked("\u3000".join(shown)), class_="da-credits") if shown else None


def _officials(record: Record, root: str) -> Markup | None:
    front = record.front
    if not front.officials:
        return None
    grounds = front.made.evidence
    people = [
        el(
            "li",
            el(
                "a",
                marked(official.name),
                href=root + addresses.person(official.name, place_of(official, front)),
            ),
            el(
                "span",
                marked((official.tenure or "") + (official.title or "职务未载")),
                title=_inferred(grounds.get(f"officials.{official.name}")),
            ),
        )
        for official in front.officials
    ]
    return el("section", el("h2", "文中官员"), el("ul", people, class_="da-officials"), id="officials")


def _inferred(ground: Ground | None) -> str | None:
    """Why someone is listed, where it is not that the text says so beside the name."""
    if ground is None or ground.basis == "text":
        return None
    return f"{ground.words}（{ground.why}）" if ground.why else ground.words


def _cite(record: Record) -> Markup:
    def block(label: str, text: str, *, is_open: bool) -> Markup:
        code = join((escape(line) for line in text.split("\n")), "\n")
        button = el("button", "复制", type="button", class_="da-copy", hidden=True)
        return el("details", el("summary", label), el("pre", code), button, open=is_open)

    return el(
        "section",
        el("h2", "引用"),
        block("GB/T 7714", citation.gbt7714(record), is_open=True),
        block("BibTeX", citation.bibtex(record), is_open=False),
        block("RIS", citation.ris(record), is_open=False),
        class_="da-cite",
        id="cite",
    )
