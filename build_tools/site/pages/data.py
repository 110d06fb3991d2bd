"""The data page: what can be downloaded, how to open it, and what each field means."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.site import addresses, tables
from build_tools.site.discovery import FEED
from build_tools.site.markup import Markup, el, join
from build_tools.site.package import FORMAT
from build_tools.site.page import Page
from build_tools.site.shelves import Shelves

_FILES = (
    ("data/articles.csv", "文章表", "CSV：一行一篇，不含正文；UTF-8，表格软件可直接打开"),
    ("data/officials.csv", "官员表", "CSV：一行一次提及，姓名、职务、日期、地区"),
    ("data/schedule.csv", "督察日程", "CSV：一行一项事实，附可信度与来源"),
    ("data/archive.sqlite", "数据库", "SQLite：上面各表及正文，可用 Datasette、DB Browser 打开"),
    ("data/articles.jsonl", "全文", "JSON Lines：一行一篇，全部字段与正文（text）"),
    ("data/articles.json", "全部字段", "JSON：与全文相同而不含正文"),
    ("data/article.schema.json", "导出的格式", "JSON Schema：全文与全部字段两个文件里的每一篇"),
    ("data/record.schema.json", "记录的格式", "JSON Schema：仓库里记录文件的字段与取值"),
    ("data/datapackage.json", "数据包", "Frictionless 数据包：各文件的列、大小与 SHA-256"),
    (FEED, "订阅", "Atom：最新文章"),
)
_QUERIES = (
    (
        "哪些人的职务里有“环境保护局局长”",
        "SELECT DISTINCT name, province FROM officials WHERE title LIKE '%环境保护局局长%';",
    ),
    (
        "各省各阶段的文章数",
        "SELECT province, stage, count(*) FROM provinces JOIN articles ON articles.id = article GROUP BY 1, 2;",
    ),
    (
        "正文提到“洱海”的文章",
        "SELECT date, title, page FROM articles_with_text WHERE text LIKE '%洱海%' ORDER BY date;",
    ),
)


def data_page(shelf: Shelves) -> Page:
    """What can be downloaded."""
    downloads = [
        el(
            "tr",
            el("th", el("a", name, href=path, download=True), scope="row"),
            el("td", what),
            el("td", el("code", path.removeprefix("data/"))),
        )
        for path, name, what in _FILES
    ]
    lead = f"{len(shelf.corpus)}篇文章的全部字段与正文，供下载、核对和统计。"
    versions = (
        f"格式版本 {FORMAT}：末位增加表示多了列或文件，首位增加表示已有的列改变了含义。"
        "同一批记录总是产生相同的文件，可按数据包里的 SHA-256 核对。"
    )
    body: Markup = join(
        [
            el("h1", "数据"),
            el("p", lead, el("a", "版权", href=f"{addresses.ABOUT}#copyright"), class_="da-lead"),
            el("table", el("tbody", downloads), class_="da-table da-prose da-files"),
            el("p", versions, class_="da-note"),
            el("h2", "用数据库提问", id="queries"),
            [join([el("p", what), el("pre", el("code", query))]) for what, query in _QUERIES],
            _described("文章表", "articles", tables.ARTICLE),
            _described("官员表", "officials", tables.OFFICIAL),
            _described("督察日程", "schedule", tables.SCHEDULE),
            _described("记录的字段", "fields", tables.FIELDS),
        ]
    )
    return Page(addresses.DATA, "数据", body, addresses.DATA, "下载本档案的数据")


def _described(heading: str, anchor: str, about: Mapping[str, str]) -> Markup:
    rows = [el("tr", el("th", el("code", name), scope="row"), el("td", what)) for name, what in about.items()]
    table = el("table", el("tbody", rows), class_="da-table da-prose")
    return join([el("h2", heading, id=anchor), table])
