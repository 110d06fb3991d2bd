"""The archive as data: tables as CSV and SQLite, records as JSON and JSON Lines, schemas, and a package about them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from build_tools.archive.corpus import Corpus
from build_tools.models import FrontMatter, Record
from build_tools.site import addresses, tables
from build_tools.site.database import database
from build_tools.site.package import data_package, resource
from build_tools.site.page import SiteFile
from build_tools.site.shelves import Shelves
from build_tools.site.tables import Cell, Table

FORMAT = "1.0.0"
"""Version of the exports' form: the last number for additions, the first where something changes its meaning."""


def export_files(shelf: Shelves) -> Iterator[SiteFile]:
    """Every export, one at a time, and last the package about them; the same corpus gives the same bytes."""
    shown = [tables.articles(shelf.corpus), tables.officials(shelf), tables.inspections()]
    resources = []
    for file in chain(_of_tables(shown, shelf.corpus), _of_records(shelf.corpus)):
        resources.append(resource(file, {table.name: table for table in shown}))
        yield file
    yield data_package(FORMAT, resources)


def _of_tables(shown: Sequence[Table], corpus: Corpus) -> Iterator[SiteFile]:
    yield from (SiteFile(f"data/{table.name}.csv", _csv(table)) for table in shown)
    below = [tables.provinces(corpus), tables.texts(corpus)]
    yield SiteFile("data/archive.sqlite", database([*shown, *below], int(FORMAT.partition(".")[0])))


def _of_records(corpus: Corpus) -> Iterator[SiteFile]:
    objects = [_object(record) for record in corpus]
    yield SiteFile(
        "data/articles.json", ("[\n" + ",\n".join(f"{text}}}" for text in objects) + "\n]\n").encode()
    )
    yield SiteFile("data/articles.jsonl", b"".join(_lines(objects, corpus)))
    yield SiteFile("data/article.schema.json", _json(_article_schema()))
    yield SiteFile("data/record.schema.json", _json(FrontMatter.model_json_schema()))


def _object(record: Record) -> str:
    """A record's fields and its page as a JSON object that is still open."""
    return f'{record.front.model_dump_json()[:-1]},"page":{json.dumps(addresses.article(record.id))}'


def _lines(objects: Iterable[str], corpus: Corpus) -> Iterator[bytes]:
    for text, record in zip(objects, corpus, strict=True):
        body = json.dumps("\n".join(record.paragraphs), ensure_ascii=False)
        yield f'{text},"text":{body}}}\n'.encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _article_schema() -> dict[str, Any]:
    """One object of ``articles.json`` or line of ``articles.jsonl``: a record's fields, its page, its text."""
    schema = FrontMatter.model_json_schema(mode="serialization")
    more = {
        "page": {"type": "string", "description": "the article's page, from the site's root"},
        "text": {
            "type": "string",
            "description": "paragraphs, separated by line feeds; in articles.jsonl alone",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Article",
        "version": FORMAT,
        "properties": {**schema["properties"], **more},
        "required": [*schema.get("required", []), "page"],
    }


def _csv(table: Table) -> str:
    out = io.StringIO()
    # Without the mark, spreadsheets read UTF-8 as the system's own encoding.
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_safe(value) for value in row] for row in table.rows)
    return out.getvalue()


def _safe(value: Cell) -> Cell:
    """A cell that begins like a formula is run by spreadsheets: an apostrophe makes it text."""
    return (
        f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") and value else value
    )
