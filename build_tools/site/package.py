"""The exports as a Frictionless data package, so that tools know the columns and can check the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from build_tools.site.page import SiteFile
from build_tools.site.tables import Table

FORMAT = "1.0.0"
"""Version of the exports' form: the last number for additions, the first where something changes its meaning."""


def data_package(resources: Sequence[dict[str, Any]]) -> SiteFile:
    """``datapackage.json`` about the exports."""
    package = {
        "profile": "data-package",
        "name": "ducha-archive",
        "title": "督察档案",
        "description": "中央与省级生态环境保护督察新闻档案的全部字段与正文",
        "version": FORMAT,
        "resources": resources,
    }
    return SiteFile("data/datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def resource(path: str, content: bytes, table: Table | None) -> dict[str, Any]:
    """What the package says of a file; ``table`` is the one that it shows, if it shows one."""
    name = path.rpartition("/")[2]
    found: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "path": name,
        "format": name.rpartition(".")[2],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if table is None:
        return {**found, "type": "file"}
    schema = {"fields": [_field(table, column) for column in table.columns], "primaryKey": list(table.key)}
    return {**found, "profile": "tabular-data-resource", "encoding": "utf-8-sig", "schema": schema}


def _field(table: Table, column: str) -> dict[str, str]:
    kind = "integer" if column in table.numbers else "string"
    return {"name": column, "type": kind, "description": table.about[column]}
