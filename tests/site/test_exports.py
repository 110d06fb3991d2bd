"""The exports, loaded by the tools that people load them with."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from frictionless import Package, system
from jsonschema import Draft202012Validator

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.site.discovery import feed, opensearch, sitemap
from build_tools.site.exports import export_files
from build_tools.site.shelves import shelves
from tests.site.conftest import HOSTILE, ordinary

SITE = "https://example.org/archive/"


@pytest.fixture(scope="module")
def data(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports as files."""
    folder = tmp_path_factory.mktemp("exports")
    for file in export_files(shelves(corpus)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode())
    return folder / "data"


def _ids(corpus: Corpus) -> list[str]:
    return [record.id for record in corpus]


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_csv_has_a_row_an_article_and_no_cell_that_a_spreadsheet_would_run(
    data: Path, corpus: Corpus
) -> None:
    rows = _table(data / "articles.csv")
    assert [row["id"] for row in rows] == _ids(corpus)
    cells = [cell for row in (*rows, *_table(data / "officials.csv")) for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    formula = next(export_files(shelves(corpus_of([ordinary(title="=1+1")]))))
    assert b",'=1+1," in (formula.content if isinstance(formula.content, bytes) else b"")


def test_every_mention_of_an_official_is_a_row(data: Path, corpus: Corpus) -> None:
    rows = _table(data / "officials.csv")
    named = [(record.id, one.name, one.title or "") for record in corpus for one in record.front.officials]
    assert [(row["article"], row["name"], row["title"]) for row in rows] == named


def test_the_schedule_says_how_sure_it_is_of_each_fact_and_whence(data: Path) -> None:
    rows = _table(data / "schedule.csv")
    assert {row["confidence"] for row in rows} == {"verified", "inferred"}
    assert all(row["sources"] for row in rows if row["confidence"] == "verified")


def test_json_and_its_lines_fit_their_schema(data: Path, corpus: Corpus) -> None:
    validator = Draft202012Validator(_json(data / "article.schema.json"))
    rows = _json(data / "articles.json")
    lines = [
        json.loads(line) for line in (data / "articles.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    assert [row["id"] for row in rows] == [line["id"] for line in lines] == _ids(corpus)
    for item in (*rows, *lines):
        assert list(validator.iter_errors(item)) == []
    assert not validator.is_valid({**rows[0], "date": "yesterday"})
    assert [line["text"] for line in lines] == ["\n".join(record.paragraphs) for record in corpus]
    Draft202012Validator.check_schema(_json(data / "record.schema.json"))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_sqlite_answers_what_no_page_does(data: Path, corpus: Corpus) -> None:
    with closing(sqlite3.connect(data / "archive.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA user_version").fetchone() == (1,)
        assert {row[0] for row in base.execute("SELECT id FROM articles")} == set(_ids(corpus))
        mayors = base.execute("SELECT DISTINCT name, province FROM officials WHERE title = '市长'").fetchall()
        assert mayors == [("欧阳明", "山东省")]
        found = base.execute("SELECT count(*) FROM articles_with_text WHERE text LIKE '%打赢%'").fetchone()
        assert found == (sum("打赢" in record.text for record in corpus),)


def test_frictionless_finds_the_package_valid(data: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "note"])


def test_the_package_notices_a_changed_file(data: Path, tmp_path: Path) -> None:
    for path in data.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "articles.csv").open("a", encoding="utf-8", newline="") as changed:
        changed.write("x\r\n")
    with system.use_context(trusted=True):
        assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_a_feed_reader_reads_the_latest_articles(corpus: Corpus) -> None:
    parsed = feedparser.parse(feed(corpus.records, SITE).make())
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == [
        f"{SITE}articles/{record.id[:4] if record.id[0].isdigit() else 'undated'}/{record.id}.html"
        for record in corpus
    ]
    assert len({entry.id for entry in parsed.entries}) == len(corpus)
    assert parsed.entries[0].title == corpus.records[0].front.title
    assert parsed.feed.updated == max(entry.updated for entry in parsed.entries)
    assert not feedparser.parse(feed((), "").make()).bozo
    hostile = feedparser.parse(feed([ordinary(title=HOSTILE.replace("\x02", "").replace("\x03", ""))]).make())
    assert not hostile.bozo


def test_a_sitemap_names_every_page_once_and_is_cut_where_it_grows_too_long() -> None:
    pages = [f"articles/2017/{number}.html" for number in range(50_001)]
    short = [file.path for file in sitemap(pages[:3], SITE)]
    assert short == ["sitemap.xml"]
    index, *parts = sitemap(pages, SITE)
    assert _locations(index.content) == [SITE + part.path for part in parts]
    found = [place for part in parts for place in _locations(part.content)]
    assert sorted(found) == sorted(SITE + page for page in pages)


def _locations(content: str | bytes) -> list[str]:
    return [str(node.text) for node in ET.fromstring(content).iter() if node.tag.endswith("}loc")]


def test_opensearch_leads_to_the_search_page() -> None:
    root = ET.fromstring(opensearch(SITE).make())
    url = next(node for node in root if node.tag.endswith("}Url"))
    assert url.get("template") == f"{SITE}search.html?q={{searchTerms}}"


def test_the_same_corpus_gives_the_same_database(corpus: Corpus) -> None:
    files = [{file.path: file.content for file in export_files(shelves(corpus))} for _ in range(2)]
    assert files[0] == files[1]
