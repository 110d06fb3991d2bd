"""The article for machines and for those who check it: citations, metadata, grounds, corrections, the raw page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.models import Ground, Made, Official, Record
from build_tools.site import citation, metadata, wording
from build_tools.site.page import Page
from build_tools.site.pages.article import article_pages
from build_tools.site.pages.provenance import Repository
from build_tools.site.raws import raw_files, raw_pages
from build_tools.site.shelves import shelves
from tests.site.conftest import HOSTILE, difficult, ordinary, record, write_articles


def _page(item: Record, repository: Repository | None = None) -> Page:
    shelf = shelves(corpus_of([item]))
    return next(article_pages(shelf, {item.id}, *([repository] if repository else []))).make()


def _shown(page: Page, format_: str) -> str:
    """The text of one citation as a browser would copy it."""
    found = re.search(rf"<summary>{format_}</summary><pre>(.*?)</pre>", page.body, re.DOTALL)
    assert found
    return found[1].replace("&#123;", "{").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_ris_on_the_page_has_a_line_for_each_field() -> None:
    lines = _shown(_page(ordinary()), "RIS").split("\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    assert "AU  - 李记者" in lines
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_bibtex_on_the_page_closes_every_brace() -> None:
    shown = _shown(_page(ordinary(title="含{括号的标题")), "BibTeX")
    unescaped = shown.replace("\\{", "").replace("\\}", "")
    assert unescaped.count("{") == unescaped.count("}")
    assert len(shown.split("\n")) > 5


@pytest.mark.parametrize("item", [ordinary(), *difficult()], ids=lambda item: item.id)
def test_csl_and_schema_org_are_json_for_any_record(item: Record) -> None:
    (cited,) = json.loads(_shown(_page(item), "CSL-JSON"))
    assert cited["type"] == "article-newspaper"
    assert cited["title"] == wording.title(item)
    described = json.loads(metadata.news_article(item))
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == wording.title(item)
    assert not set("<>&") & set(metadata.news_article(item))
    assert "{{" not in metadata.news_article(item)


def test_dates_of_csl_keep_their_precision() -> None:
    item = ordinary(published="2017-08", retrieved="2020")
    (cited,) = json.loads(citation.csl(item))
    assert cited["issued"] == {"date-parts": [[2017, 8]]}
    assert cited["accessed"] == {"date-parts": [[2020]]}


def test_a_day_of_publication_that_nobody_states_is_cited_as_estimated() -> None:
    item = ordinary(published=None, url=None)
    assert "济南日报, [2017-08-21]." in citation.gbt7714(item)
    assert json.loads(citation.csl(item))[0]["issued"] == {"date-parts": [[2017, 8, 21]], "circa": True}
    assert "济南日报, 2017-08-22." in citation.gbt7714(ordinary(url=None))


def test_reference_managers_are_told_a_newspaper_article() -> None:
    tags = dict(metadata.meta_tags(ordinary()))
    assert tags["DC.type"] == "NewsItem"
    assert tags["citation_publication_date"] == "2017/08/22"
    assert tags["citation_journal_title"] == "济南日报"
    assert (tags["DC.title"], tags["DC.coverage.temporal"]) == ("我市召开督察整改专题会议", "2017-08-21")


def test_machines_are_told_no_day_of_publication_that_nobody_states() -> None:
    item = ordinary(published=None)
    tags, described = dict(metadata.meta_tags(item)), json.loads(metadata.news_article(item))
    assert tags["citation_date"] == "2017/08/21"
    assert "citation_publication_date" not in tags
    assert described["temporalCoverage"] == "2017-08-21"
    assert "datePublished" not in described
    assert json.loads(metadata.news_article(ordinary()))["datePublished"] == "2017-08-22"


def test_an_official_leads_to_the_paragraph_that_names_them() -> None:
    made = Made(
        raw_sha256="1" * 64,
        encoding="utf-8",
        evidence={
            "officials.赵一": Ground(basis="text", words="副市长赵一、钱二"),
            "officials.钱二": Ground(basis="text", words="副市长赵一、钱二"),
            "officials.孙三": Ground(basis="table", words="甲市市长", why="任期在内"),
        },
    )
    people = [
        Official(name="赵一", title="副市长"),
        Official(name="钱二", title="副市长"),
        Official(name="孙三", title="市长"),
    ]
    item = record(1, "先说别的。", "副市长赵一、钱二出席。", made=made, officials=people)
    body = _page(item).body
    shown = body.partition('class="da-officials"')[2].partition("</ul>")[0]
    assert '<p id="p2">副市长赵一' in body
    assert shown.count('<a href="#p2">原文</a>') == 1  # neighbours of one title share it
    assert "<summary>推定</summary><p>据对照表：<q>甲市市长</q>（任期在内）" in shown


def test_a_mistake_can_be_reported_only_where_there_is_somewhere_to() -> None:
    body = _page(ordinary()).body
    assert "报告错误" not in body
    assert "编辑这份记录" not in body
    repository = Repository("https://git.example.org/edit/", "https://git.example.org/issues/new?title=")
    body = _page(ordinary(title='标题"><script>'), repository).body
    assert 'href="https://git.example.org/edit/2017/2017-08-21-jinan-0001.md"' in body
    assert "https://git.example.org/issues/new?title=2017-08-21-jinan-0001%20" in body
    assert "%22%3E%3Cscript" in body


def _made(corpus: Corpus, folder: Path) -> dict[str, bytes]:
    return {recipe.address: recipe.make() for recipe in raw_files(corpus, raw_pages(folder))}


def test_an_inferred_date_says_so_beside_the_date() -> None:
    assert "（推定）" in _page(ordinary(date_basis="inferred")).body.partition("da-byline")[2][:200]
    assert "（推定）" not in _page(ordinary(date_basis="inferred", confirmed=["date"])).body
    assert "（推定）" not in _page(ordinary()).body


def test_witnesses_of_one_text_lead_to_each_other() -> None:
    grounds = {
        "witness.2017-08-21-jinan-0002": Ground(
            basis="witness", words="与之相同者占 97%", why="2 处据此见本补出"
        )
    }
    grounds["witness.2017-08-21-gone-0009"] = Ground(basis="witness", words="与之相同者占 90%")
    one = record(1, made=Made(raw_sha256="1" * 64, encoding="utf-8", evidence=grounds))
    shelf = shelves(corpus_of([one, record(2, source="转载报"), record(3)]))
    bodies = {page.address[-9:-5]: page.make().body for page in article_pages(shelf)}
    there = bodies["0001"].partition('id="reprints"')[2]
    assert "0002.html" in there
    assert "转载报，日期不详，与之相同者占 97%，2 处据此见本补出" in there
    assert "gone" not in there
    assert "0001.html" in bodies["0002"].partition('id="reprints"')[2]
    assert 'id="reprints"' not in bodies["0003"]


def _views(folder: Path, item: Record, raw: bytes, suffix: str) -> dict[str, bytes]:
    (path := folder / "2017").mkdir(parents=True)
    (path / f"{item.id}.raw{suffix}").write_bytes(raw)
    return _made(corpus_of([item]), folder)


def _seen(script: bytes) -> str:
    text = script.decode()
    assert text.startswith("Archive.raw(")
    return str(json.loads(text.removeprefix("Archive.raw(").removesuffix(")\n")))


def test_a_raw_page_is_seen_in_the_encoding_that_the_record_names(tmp_path: Path) -> None:
    item = ordinary(1)
    files = _views(tmp_path, item, f"督察{HOSTILE}".encode("gb18030"), ".html")
    assert files[f"raw/2017/{item.id}.txt"] == f"督察{HOSTILE}".encode("gb18030")
    assert _seen(files[f"beside/2017/{item.id}.js"]) == f"督察{HOSTILE}"


def test_of_mhtml_the_page_inside_is_seen(tmp_path: Path) -> None:
    mhtml = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=E7=9D=A3</p>\r\n--x--\r\n"
    )
    item = record(1)
    files = _views(tmp_path, item, mhtml, ".mhtml")
    assert _seen(files[f"beside/2017/{item.id}.js"]).strip() == "<p>督</p>"


def test_a_long_raw_page_is_cut_and_says_so(tmp_path: Path) -> None:
    item = record(1)
    files = _views(tmp_path, item, b"x" * 250_000, ".txt")
    seen = _seen(files[f"beside/2017/{item.id}.js"])
    assert len(seen) < 201_000
    assert seen.endswith("…（以下50000字从略）")


def test_an_encoding_that_nobody_knows_stops_no_build(tmp_path: Path) -> None:
    folder = write_articles(corpus_of(difficult()), tmp_path)
    files = _made(corpus_of(difficult()), folder)
    assert _seen(files["beside/2017/2017-08-21-jinan-0008.js"]) == "<script>alert('raw')</script>"
