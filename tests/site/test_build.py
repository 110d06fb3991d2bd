"""The built site: through MkDocs, on disk, and as a zip."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Collection
from pathlib import Path

import mkdocs.commands.build
import pytest
from mkdocs.config import load_config

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.site.build import SiteError, build
from build_tools.site.bundle import Bundle, bundle
from build_tools.site.files import deep_pages, site_files
from build_tools.site.offline import check_offline
from build_tools.site.shelves import shelves
from tests.site.conftest import ordinary, write_articles
from tests.site.links import broken_links, read_page, site_pages_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def articles(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(corpus, tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="module")
def site(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert build(articles, folder) == []
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert broken_links(site_pages_of(site), set(_bytes(site))) == []


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    assert check_offline(site) == []


def test_every_page_forbids_inline_script_and_has_none(site: Path) -> None:
    for address, html in site_pages_of(site).items():
        policy = html.index("Content-Security-Policy")
        assert policy < html.index("<script"), address
        assert "unsafe" not in html, address
        assert 'lang="zh-CN"' in html, address


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "docs").glob("*.md")))
def test_a_page_written_by_hand_shows_no_markdown_and_no_blank_where_a_line_ended(
    site: Path, name: str
) -> None:
    html = (site / f"{name}.html").read_text(encoding="utf-8").partition('id="main"')[2]
    html = re.sub(r"<(code|pre|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert re.findall(r"[`*]|\]\(|^\s*- ", re.sub("<[^>]+>", "", html), flags=re.MULTILINE) == []
    for _, inner in re.findall(r"<(p|li|td)>(.*?)</\1>", html, flags=re.DOTALL):
        shown = re.sub("<[^>]+>", "", inner)
        assert re.findall(r"[\u3001-\u9fff，；：？！]\n[\u3007-\u9fff]", shown) == []


def test_article_pages_are_small(site: Path) -> None:
    assert (site / "articles/2017/2017-08-21-jinan-0001.html").stat().st_size <= 16 * 1024


def test_a_raw_page_is_served_as_text(site: Path) -> None:
    raws = {path.suffix for path in (site / "raw").rglob("*") if path.is_file()}
    assert raws == {".txt"}


def test_markup_of_a_record_reaches_no_page(site: Path) -> None:
    html = (site / "articles/2017/2017-08-21-jinan-0008.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert html.count("</article>") == 1
    assert len([link for link in read_page(html).links if link.startswith("https:")]) == 1


def test_two_builds_are_equal_and_so_are_their_zips(articles: Path, site: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "again")
    assert _bytes(tmp_path / "again") == _bytes(site)
    assert bundle(site, tmp_path / "one.zip") == bundle(tmp_path / "again", tmp_path / "two.zip") == []
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None
        assert "ducha-archive/index.html" in archive.namelist()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", '<img src="//cdn.example.org/x.png">'),
        ("a.html", '<link rel="stylesheet" href="https://example.org/x.css">'),
        ("a.html", "<script>fetch('/x')</script>"),
        ("a.html", '<p onclick="x()">'),
        ("a.html", '<p style="background:url(https://example.org/x.png)">'),
        ("a.html", '<meta http-equiv="refresh" content="0; url=https://example.org/">'),
        ("a.html", '<form action="https://example.org/">'),
        ("a.html", "<img alt='>' src=//example.org/x <x>"),
        ("a.html", '<img src="&#47;/example.org/x">'),
        ("a.html", "<IMG SRC=//example.org/x>"),
        ("a.html", "<img/onerror=x()>"),
        ("a.html", '<a href="#"OnClick="x()">'),
        ("a.html", '<a title="a" style="b:url(//example.org/x)">'),
        ("a.html", '<p title=""ONLOAD ="x()">'),
        ("a.html", '</a "><img src="http:example.org/x.png">'),
        ("a.html", "<style>@import 'https://example.org/x.css';</style>"),
        ("a.html", '<base href="/">'),
        ("a.css", "@import 'https://example.org/x.css';"),
        ("a.css", "b{background:url(//example.org/x.png)}"),
        ("a.js", "fetch('https://example.org/x')"),
        ("a.js", 'script.src = "https://example.org/x.js"'),
        ("a.svg", '<svg><image xlink:href="https://example.org/x.png"/></svg>'),
    ],
)
def test_what_would_leave_the_site_is_found(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert [finding.severity for finding in check_offline(tmp_path)] == ["error"]
    assert bundle(tmp_path, tmp_path / "out.zip") != []
    assert not (tmp_path / "out.zip").exists()


def test_a_bundle_that_grew_with_its_site_is_the_one_made_after(articles: Path, tmp_path: Path) -> None:
    told: list[set[str]] = []
    site = tmp_path / "site"
    with Bundle(site, tmp_path / "one.zip") as packed:

        def pack(paths: Collection[str]) -> None:
            told.append(set(paths))
            packed.pack(paths)

        build(articles, site, finished=pack)
        assert packed.finish() == []
    made = {path for path in _bytes(site) if not path.startswith(".")}
    assert told == [{path for path in made if not path.startswith("search/")}]
    assert bundle(site, tmp_path / "two.zip") == []
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_bundle_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SiteError), Bundle(tmp_path / "site", tmp_path / "out.zip") as packed:
        build(tmp_path / "none", tmp_path / "site", finished=packed.pack)
    assert list(tmp_path.iterdir()) == []


def test_links_to_sources_are_no_finding(tmp_path: Path) -> None:
    content = '<p>https://example.org/ <a href="https://example.org/" rel="external">来源</a>'
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<!-- {content} --><p title='>'>{content}", encoding="utf-8")
    assert check_offline(tmp_path) == []


def test_another_generator_builds_the_same_files(corpus: Corpus, tmp_path: Path) -> None:
    """MkDocs with its own theme and without the plugin stands for any generator that reads Markdown."""
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs, ignore=shutil.ignore_patterns("dev"))
    for file in site_files(corpus):
        path = docs / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode())
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nuse_directory_urls: false\nplugins: []\nvalidation: {nav: {omitted_files: ignore}}\n",
        encoding="utf-8",
    )
    mkdocs.commands.build.build(load_config(str(tmp_path / "mkdocs.yml")))
    built = tmp_path / "site"
    article = (built / "articles/2017/2017-08-21-jinan-0001.html").read_text(encoding="utf-8")
    assert (
        next(page for page in deep_pages(shelves(corpus)) if page.address.endswith("0001.html")).make().body
        in article
    )
    pages = {
        path: html for path, html in site_pages_of(built).items() if path.startswith(("articles/", "rounds"))
    }
    broken = broken_links(site_pages_of(built), set(_bytes(built)))
    assert [link for link in broken if link.partition(":")[0] in pages] == []


def test_a_damaged_record_stops_the_build_with_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "articles" / "2017" / "x.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nid: X\n---\n", encoding="utf-8")
    with pytest.raises(SiteError, match=r"x\.md:2: id"):
        build(tmp_path / "articles", tmp_path / "site")


def test_an_id_that_stands_twice_stops_the_build_with_the_second_file(tmp_path: Path) -> None:
    articles = write_articles(corpus_of([ordinary(1)]), tmp_path / "articles")
    (path,) = articles.rglob("*.md")
    shutil.copy(path, path.with_name("z.md"))
    with pytest.raises(SiteError, match=r"z\.md:2: id: another file has 2017-08-21-jinan-0001 too"):
        build(articles, tmp_path / "site")


def test_an_archive_without_articles_is_a_site(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    assert build(tmp_path / "articles", tmp_path / "site") == []
    assert broken_links(site_pages_of(tmp_path / "site"), set(_bytes(tmp_path / "site"))) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="nowhere"):
        build(tmp_path / "nowhere", tmp_path / "site")


def test_a_site_that_knows_its_address_has_a_sitemap_and_a_page_for_wrong_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_SITE_URL", "https://example.org/archive/")
    folder, site = write_articles(corpus_of([ordinary(1)]), tmp_path / "articles"), tmp_path / "site"
    assert build(folder, site) == []
    assert check_offline(site) == []
    places = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/archive/articles/2017/2017-08-21-jinan-0001.html</loc>" in places
    assert (site / "opensearch.xml").is_file()
    lost = (site / "404.html").read_text(encoding="utf-8")
    own = [
        link
        for link in read_page(lost).links
        if not link.startswith(("/archive/", "#", "https://example.org/"))
    ]
    assert own == []
    home = (site / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/archive/' in home
    assert 'href="opensearch.xml"' in home
