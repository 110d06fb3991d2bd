"""The exports as a Frictionless data package, so that tools know the columns and can check the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from build_tools.site.page import SiteFile

_TYPES = {"round": "integer", "batch": "integer", "url": "string"}


def data_package(columns: Sequence[str], exports: Sequence[SiteFile]) -> SiteFile:
    """``datapackage.json`` for the given exports; ``columns`` are those of the CSV."""
    resources = [_resource(file, columns) for file in exports]
    package = {
        "profile": "data-package",
        "name": "ducha-archive",
        "title": "督察档案",
        "description": "中央与省级生态环境保护督察新闻档案的全部字段与正文",
        "resources": resources,
    }
    return SiteFile("data/datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def _resource(file: SiteFile, columns: Sequence[str]) -> dict[str, Any]:
    content = file.content if isinstance(file.content, bytes) else file.content.encode()
    name = file.path.rpartition("/")[2]
    found: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "path": name,
        "format": name.rpartition(".")[2],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if name.endswith(".csv"):
        fields = [{"name": column, "type": _TYPES.get(column, "string")} for column in columns]
        found |= {"profile": "tabular-data-resource", "schema": {"fields": fields, "primaryKey": "id"}}
    return found
