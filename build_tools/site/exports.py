"""The archive as data: tables as CSV and SQLite, records as JSON and JSON Lines, schemas, and a package about them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from build_tools.models import FrontMatter, Record
from build_tools.site import addresses, tables
from build_tools.site.database import database
from build_tools.site.package import FORMAT, data_package, resource
from build_tools.site.page import SiteFile
from build_tools.site.recipe import Piece
from build_tools.site.shelves import Records, Shelves
from build_tools.site.tables import Cell, Part, Row, Table

_VERSION = int(FORMAT.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Export:
    """A file of pieces, a month's articles in each where it goes by articles; ``table`` is the one that it shows."""

    address: str
    pieces: tuple[Piece, ...]
    table: Table | None = None


def export_files(shelf: Shelves) -> Iterator[SiteFile]:
    """Every export, one at a time, and last the package about them; the same corpus gives the same bytes."""
    resources = []
    for export in exports(shelf):
        content = b"".join(piece.make() for piece in export.pieces)
        resources.append(resource(export.address, content, export.table))
        yield SiteFile(export.address, content)
    yield data_package(resources)


def exports(shelf: Shelves) -> Iterator[Export]:
    """Every export but the package about them, yet to be made."""
    shown = [tables.articles(shelf), tables.officials(shelf), tables.inspections()]
    yield from map(_csv, shown)
    every = [*shown, tables.provinces(shelf), tables.texts(shelf)]
    yield Export("data/archive.sqlite", (Piece((shelf.corpus,), partial(database, every, _VERSION)),))
    yield Export("data/articles.json", tuple(_array(shelf)))
    yield Export("data/articles.jsonl", tuple(_pieces(shelf, _lines)))
    yield Export("data/article.schema.json", (Piece((), lambda: _json(_article_schema())),))
    yield Export("data/record.schema.json", (Piece((), lambda: _json(FrontMatter.model_json_schema())),))


def _pieces(shelf: Shelves, made: Callable[[Records], bytes]) -> Iterator[Piece]:
    """A piece for every month, in the order of the corpus."""
    return (Piece((records,), partial(made, records)) for records in shelf.months.values())


def _array(shelf: Shelves) -> Iterator[Piece]:
    """One array over all months."""
    before = "[\n"
    for piece in _pieces(shelf, _objects):
        yield _given(before)
        yield piece
        before = ",\n"
    yield _given("\n]\n" if shelf.months else "[\n]\n")


def _given(text: str) -> Piece:
    return Piece((text,), text.encode)


def _objects(records: Records) -> bytes:
    return ",\n".join(f"{_object(record)}}}" for record in records).encode()


def _lines(records: Records) -> bytes:
    return "".join(map(_line, records)).encode()


def _line(record: Record) -> str:
    body = json.dumps("\n".join(record.paragraphs), ensure_ascii=False)
    return f'{_object(record)},"text":{body}}}\n'


def _object(record: Record) -> str:
    """A record's fields and its page as a JSON object that is still open."""
    return f'{record.front.model_dump_json()[:-1]},"page":{json.dumps(addresses.article(record.id))}'


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


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


def _csv(table: Table) -> Export:
    # Without the mark, spreadsheets read UTF-8 as the system's own encoding.
    head = "\N{ZERO WIDTH NO-BREAK SPACE}" + _rows([table.columns])
    parts = (Piece((part.records,), partial(_part, part)) for part in table.parts)
    return Export(f"data/{table.name}.csv", (_given(head), *parts), table)


def _part(part: Part) -> bytes:
    return _rows(part.rows()).encode()


def _rows(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue()


def _safe(value: Cell) -> Cell:
    """A cell that begins like a formula is run by spreadsheets: an apostrophe makes it text."""
    return (
        f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") and value else value
    )
