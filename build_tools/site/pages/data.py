"""The data page: what can be downloaded, and what each field means."""

from __future__ import annotations

from build_tools.models import FrontMatter
from build_tools.site import addresses
from build_tools.site.markup import Markup, el, join
from build_tools.site.page import Page
from build_tools.site.shelves import Shelves

_FILES = (
    ("data/articles.csv", "CSV", "一行一篇，不含正文；UTF-8，表格软件可直接打开"),
    ("data/articles.json", "JSON", "全部字段，不含正文"),
    ("data/articles.jsonl", "JSON Lines", "一行一篇，含正文（text）"),
    ("data/record.schema.json", "JSON Schema", "字段的类型与取值"),
    ("data/datapackage.json", "数据包", "Frictionless 数据包：各文件的列、大小与摘要"),
)
_FIELDS = {
    "id": "编号：日期、地名拼音、原件摘要的前几位；永不改变",
    "title": "标题",
    "title_basis": "标题出自原文（source）或本档案所拟（supplied）",
    "subtitle": "副题",
    "date": "事情发生之日；只知年月时写作 2017-08",
    "date_basis": "日期出自原文（text）、推定（inferred）或不详（unknown）",
    "published": "发表之日",
    "level": "中央（central）或省级（provincial）",
    "round": "轮次",
    "batch": "批次",
    "mode": "例行、回头看、专项、试点",
    "round_basis": "轮次出自原文（text）或据日程推定（schedule）",
    "stage": "阶段",
    "provinces": "省级地区，主要者在前",
    "city": "市、州",
    "county": "县、区",
    "tags": "由其他字段得出的标签",
    "officials": "文中以职务出现的人，按首次出现排列",
    "source": "来源",
    "url": "网址",
    "retrieved": "采集之日",
    "reporters": "记者",
    "photographers": "摄影",
    "editors": "编辑",
    "reviewers": "审核",
    "confirmed": "经人核定的字段",
    "made": "工具所做：摘要、编码、修复、各项事实的依据",
}


def data_page(shelf: Shelves) -> Page:
    """What can be downloaded."""
    downloads = [
        el(
            "tr",
            el("th", el("a", name, href=path, download=True), scope="row"),
            el("td", what),
            el("td", el("code", path)),
        )
        for path, name, what in _FILES
    ]
    fields = [
        el("tr", el("th", el("code", name), scope="row"), el("td", _FIELDS.get(name, "")))
        for name in FrontMatter.model_fields
    ]
    body: Markup = join(
        [
            el("h1", "数据"),
            el("p", f"{len(shelf.corpus)}篇文章的全部字段与正文，可自由下载、核对与再用。", class_="da-lead"),
            el("table", el("tbody", downloads), class_="da-table da-prose"),
            el("h2", "字段", id="fields"),
            el("table", el("tbody", fields), class_="da-table da-prose"),
        ]
    )
    return Page(addresses.DATA, "数据", body, addresses.DATA, "下载本档案的数据")
