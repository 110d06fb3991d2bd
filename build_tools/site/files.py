"""The published half on one screen: a corpus in, every generated file of the site out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from build_tools.archive.corpus import Corpus
from build_tools.site import addresses
from build_tools.site.discovery import feed, opensearch
from build_tools.site.exports import export_files
from build_tools.site.page import Page, SiteFile, markdown
from build_tools.site.pages.article import article_pages
from build_tools.site.pages.attention import attention_pages
from build_tools.site.pages.codes import codes_page
from build_tools.site.pages.data import data_page
from build_tools.site.pages.home import home_page
from build_tools.site.pages.officials import letter_pages, people_page, person_pages
from build_tools.site.pages.provenance import NOWHERE, Repository
from build_tools.site.pages.provinces import city_pages, province_pages, provinces_page
from build_tools.site.pages.rounds import batch_pages, rounds_page
from build_tools.site.pages.rules import RepairRule, rules_page
from build_tools.site.pages.timeline import timeline_page, year_pages
from build_tools.site.pages.witnesses import families, witness_pages
from build_tools.site.people_data import people_file
from build_tools.site.recipe import Recipe
from build_tools.site.scripts import assets
from build_tools.site.shelves import Shelves, shelves
from build_tools.site.timeline_data import timeline_files


def top_pages(shelf: Shelves, rules: Iterable[RepairRule] = ()) -> Iterator[Recipe[Page]]:
    """The pages of the top folder, yet to be made: a handful, however large the archive."""
    every = (shelf.corpus,)
    yield Recipe(addresses.RULES, (), lambda: rules_page(rules))
    yield Recipe(addresses.CODES, (), codes_page)
    yield Recipe(addresses.HOME, every, lambda: home_page(shelf))
    yield Recipe(addresses.DATA, every, lambda: data_page(shelf))
    yield Recipe(addresses.TIMELINE, every, lambda: timeline_page(shelf))
    yield Recipe(addresses.ROUNDS, every, lambda: rounds_page(shelf))
    yield Recipe(addresses.PROVINCES, every, lambda: provinces_page(shelf))
    yield Recipe(addresses.PEOPLE, every, lambda: people_page(shelf))


def deep_pages(
    shelf: Shelves, raw_ids: Collection[str] = (), repository: Repository = NOWHERE
) -> Iterator[Recipe[Page]]:
    """All other pages, yet to be made; ``raw_ids`` are records whose page as found is offered."""
    yield from article_pages(shelf, raw_ids, repository)
    yield from chain(person_pages(shelf), city_pages(shelf))
    yield from chain(year_pages(shelf), batch_pages(shelf), province_pages(shelf), letter_pages(shelf))
    yield from chain(attention_pages(shelf, repository), witness_pages(families(shelf.corpus)))


def data_files(shelf: Shelves, site_url: str = "") -> Iterator[Recipe[str]]:
    """What is neither a page nor an export nor the search index: feed, styles, scripts and what they read."""
    yield feed(shelf.corpus.records, site_url)
    if site_url:
        yield opensearch(site_url)
    yield from (replace(asset, address=f"assets/{asset.address}") for asset in assets())
    yield from timeline_files(shelf)
    yield people_file(shelf)


def site_files(
    corpus: Corpus, raw_ids: Collection[str] = (), rules: Collection[RepairRule] = ()
) -> Iterator[SiteFile]:
    """All generated files of the site, pages as Markdown that any generator can build.

    ``raw_ids`` are the records whose page as found is offered; ``rules`` are those that repaired the texts.
    """
    from build_tools.site.search_index import search_files  # late: a build has it made by another process

    shelf = shelves(corpus)
    pages = chain(top_pages(shelf, rules), deep_pages(shelf, raw_ids))
    yield from (markdown(recipe.make()) for recipe in pages)
    yield from export_files(shelf)
    yield from (SiteFile(recipe.address, recipe.make()) for recipe in data_files(shelf))
    yield from (SiteFile(name, content) for name, content in search_files(corpus))
