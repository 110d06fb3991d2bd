"""An article's page: the text with its marks explained, the facts with their basis, where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from build_tools.models import Record
from build_tools.site import addresses, citation, metadata, wording
from build_tools.site.marks import marked
from build_tools.site.markup import Child, Markup, el, lines
from build_tools.site.page import Page
from build_tools.site.pages import around, facts, inspection, named
from build_tools.site.pages.provenance import NOWHERE, Repository, beside, provenance
from build_tools.site.pages.reprints import reprints
from build_tools.site.pages.witnesses import families
from build_tools.site.recipe import Recipe
from build_tools.site.shelves import Shelves, batch_of
from build_tools.site.tiles import short_name


def article_pages(
    shelf: Shelves,
    raw_ids: Collection[str] = (),
    repository: Repository = NOWHERE,
) -> Iterator[Recipe[Page]]:
    """A page for every record; ``raw_ids`` are those whose page as found is offered to download."""
    records = shelf.corpus.records
    prints = {record.id: family for family in families(shelf.corpus) for record in family}
    for number, record in enumerate(records):
        newer = records[number - 1] if number else None
        older = records[number + 1] if number + 1 < len(records) else None
        close = around.kin(record, shelf)
        family = prints.get(record.id, ())
        has_raw = record.id in raw_ids
        yield Recipe(
            addresses.article(record.id),
            (record, newer, older, close, family, has_raw, repository.edit, repository.report),
            partial(_page, record, shelf, newer, older, close, family, repository, has_raw=has_raw),
        )


def _page(
    record: Record,
    shelf: Shelves,
    newer: Record | None,
    older: Record | None,
    close: tuple[Record, ...],
    family: tuple[Record, ...],
    repository: Repository,
    *,
    has_raw: bool,
) -> Page:
    address = addresses.article(record.id)
    root = addresses.root_of(address)
    front = record.front
    body = el(
        "article",
        _head(record, root),
        el("div", _warning(record, root), _text(record), _credits(record)),
        el(
            "aside",
            facts.panel(record, root),
            inspection.course(record, root),
            named.officials(record, shelf, root),
            class_="da-side",
            aria_label="本文要点",
        ),
        provenance(record, repository, has_raw=has_raw),
        _cite(record),
        beside(record, root) if has_raw else None,
        reprints(record, family, root),
        around.related(close, root),
        around.neighbours(newer, older, root),
        class_="da-article",
        data_id=record.id,
    )
    return Page(
        address=address,
        title=wording.title(record),
        body=body,
        section=addresses.TIMELINE,
        description=f"{wording.day(front.date)} {wording.place(front)} {front.source or ''}".strip(),
        meta=tuple(metadata.meta_tags(record)),
        linked=metadata.news_article(record),
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
        el("h1", marked(wording.title(record))),
        el("p", "原文无标题，［］内的标题为本档案所拟。", class_="da-note") if supplied else None,
        el("p", marked(front.subtitle), class_="da-subtitle") if front.subtitle else None,
        el(
            "p",
            el("time", wording.day(front.date), datetime=front.date),
            "（推定）" if front.date_basis == "inferred" and "date" not in front.confirmed else None,
            el("span", front.source or "来源不详"),
            class_="da-byline",
        ),
    )


def _text(record: Record) -> Markup:
    if not record.paragraphs:
        return el("p", "本页未留下正文。", class_="da-note")
    paragraphs = [el("p", marked(text), id=f"p{number}") for number, text in enumerate(record.paragraphs, 1)]
    return el("div", paragraphs, class_="da-text")


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


def _cite(record: Record) -> Markup:
    def block(label: str, text: str, *, is_open: bool = False) -> Markup:
        return el("details", el("summary", label), el("pre", lines(text)), open=is_open)

    return el(
        "section",
        el("h2", "引用"),
        block("GB/T 7714", citation.gbt7714(record), is_open=True),
        block("BibTeX", citation.bibtex(record)),
        block("RIS", citation.ris(record)),
        block("CSL-JSON", citation.csl(record)),
        class_="da-cite",
        id="cite",
    )
