"""The archive as one SQLite file, for questions that no page answers: it opens in Datasette and DB Browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from build_tools.site.tables import Table

_VIEWS = """
CREATE VIEW articles_with_text AS SELECT articles.*, texts.text FROM articles JOIN texts ON texts.article = articles.id;
CREATE INDEX articles_date ON articles (date);
CREATE INDEX officials_name ON officials (name);
"""
_POINTS_AT = {"article": "articles"}


def database(tables: Iterable[Table], version: int) -> bytes:
    """A database of these tables, the same bytes for the same rows; ``version`` is its ``user_version``."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "archive.sqlite")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, tables, version)
        return path.read_bytes()


def _fill(connection: sqlite3.Connection, tables: Iterable[Table], version: int) -> None:
    # A page holds three texts of ordinary length: smaller ones are cut, and waste what the rest leaves.
    connection.executescript("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.execute("BEGIN")
    for table in tables:
        connection.execute(_definition(table))
        marks = ",".join("?" * len(table.columns))
        rows = sorted(table.rows) if _is_short(table) else table.rows  # by key, as such a table lies on disk
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608
    connection.execute("COMMIT")
    connection.executescript(f"{_VIEWS} PRAGMA user_version = {version}; PRAGMA optimize;")


def _is_short(table: Table) -> bool:
    """Whether a table's key is most of a row: it is kept once, not in an index as well."""
    return len(table.key) > 1


def _definition(table: Table) -> str:
    columns = [
        f'"{name}" {"INTEGER" if name in table.numbers else "TEXT"}'
        + (f" REFERENCES {_POINTS_AT[name]}(id)" if name in _POINTS_AT else "")
        for name in table.columns
    ]
    key = ", ".join(f'"{name}"' for name in table.key)
    kept = " WITHOUT ROWID" if _is_short(table) else ""
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({key})){kept}"
