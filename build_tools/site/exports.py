"""The archive as data: CSV, JSON, JSON Lines, the JSON Schema of a record, and a package that describes them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from build_tools.archive.corpus import Corpus
from build_tools.models import FrontMatter, Record
from build_tools.site import addresses
from build_tools.site.package import data_package
from build_tools.site.page import SiteFile

_COLUMNS = [name for name in FrontMatter.model_fields if name not in ("tags", "confirmed", "made")]
_MORE = ["page", "sha256"]


def export_files(corpus: Corpus) -> Iterator[SiteFile]:
    """Every export; the same corpus gives the same bytes."""
    files = [
        SiteFile("data/articles.csv", _csv(corpus)),
        SiteFile("data/articles.json", _json([_fields(record) for record in corpus])),
        SiteFile("data/articles.jsonl", "".join(_line(record) for record in corpus)),
        SiteFile("data/record.schema.json", _json(FrontMatter.model_json_schema())),
    ]
    yield from files
    yield data_package([*_COLUMNS, *_MORE], files)


def _csv(corpus: Corpus) -> str:
    out = io.StringIO()
    # Without the mark, spreadsheets read UTF-8 as the system's own encoding.
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_COLUMNS, *_MORE])
    for record in corpus:
        values = [_cell(name, getattr(record.front, name)) for name in _COLUMNS]
        writer.writerow([*values, addresses.article(record.id), record.front.made.raw_sha256])
    return out.getvalue()


def _cell(name: str, value: Any) -> str:
    if name == "officials":
        return "；".join(f"{official.title or ''} {official.name}".strip() for official in value)
    text = "；".join(value) if isinstance(value, list) else str(value if value is not None else "")
    # A cell that begins like a formula is run by spreadsheets.
    return f"'{text}" if text[:1] in "=+-@\t" and text else text


def _fields(record: Record) -> dict[str, Any]:
    return {**record.front.model_dump(mode="json"), "page": addresses.article(record.id)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _line(record: Record) -> str:
    return json.dumps({**_fields(record), "text": "\n".join(record.paragraphs)}, ensure_ascii=False) + "\n"
