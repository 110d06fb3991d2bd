"""The exports as a Frictionless data package, so that tools know the columns and can check the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from build_tools.site.page import SiteFile
from build_tools.site.tables import Table


def data_package(version: str, resources: Sequence[dict[str, Any]]) -> SiteFile:
    """``datapackage.json`` about the exports."""
    package = {
        "profile": "data-package",
        "name": "ducha-archive",
        "title": "督察档案",
        "description": "中央与省级生态环境保护督察新闻档案的全部字段与正文",
        "version": version,
        "resources": resources,
    }
    return SiteFile("data/datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def resource(file: SiteFile, tables: Mapping[str, Table]) -> dict[str, Any]:
    """What the package says of a file; ``tables`` are those behind the CSV files, by name."""
    content = file.content if isinstance(file.content, bytes) else file.content.encode()
    name = file.path.rpartition("/")[2]
    found: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "path": name,
        "format": name.rpartition(".")[2],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if not name.endswith(".csv"):
        return {**found, "type": "file"}
    if name.endswith(".csv"):
        table = tables[name.removesuffix(".csv")]
        schema = {
            "fields": [_field(table, column) for column in table.columns],
            "primaryKey": list(table.key),
        }
        found |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig", "schema": schema}
    return found


def _field(table: Table, column: str) -> dict[str, str]:
    kind = "integer" if column in table.numbers else "string"
    return {"name": column, "type": kind, "description": table.about[column]}
