"""Where an article comes from: source, digest, repairs by rule, the page as it was found, how to correct it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from build_tools.models import Record
from build_tools.site import addresses, wording
from build_tools.site.marks import breakable
from build_tools.site.markup import Child, Markup, el


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the records are kept: addresses to which a path or a title is appended; empty where there is none."""

    edit: str = ""
    report: str = ""


NOWHERE = Repository()


def provenance(record: Record, repository: Repository, *, has_raw: bool) -> Markup:
    """Address, capture date, digest, repairs by rule, the page as found, and links that lead to a correction."""
    front, made = record.front, record.front.made
    root = addresses.root_of(addresses.article(record.id))
    repairs = "、".join(
        f"{wording.REPAIRS.get(rule, rule)} {count}处"
        for rule, count in sorted(made.repairs.items(), key=lambda item: (-item[1], item[0]))
    )
    lines: list[tuple[str, Child]] = [
        (
            "网址",
            el("a", breakable(front.url), href=front.url, rel="external") if front.url else "未记录",
        ),
        ("采集", wording.day(front.retrieved) if front.retrieved else "未记录" if front.url else None),
        ("编码", made.encoding),
        ("SHA-256", el("code", made.raw_sha256)),
        ("修复", [repairs or "无", " ", el("a", "规则", href=root + addresses.RULES)]),
        ("编号", el("code", record.id)),
        ("原件", _raw(record, root) if has_raw else None),
        ("改正", _correct(record, repository, root)),
    ]
    rows = [el("div", el("dt", label), el("dd", value)) for label, value in lines if value is not None]
    return el(
        "section",
        el("h2", "出处与整理"),
        el("dl", rows, class_="da-facts"),
        class_="da-provenance",
        id="provenance",
    )


def beside(record: Record, root: str) -> Markup:
    """The page as found beside the text as published; a script fills it once the reader opens it."""
    note = el("noscript", el("p", "对照需要脚本；不用脚本时，可下载原始页面。", class_="da-note"))
    return el(
        "details",
        el("summary", "原件与整理稿逐段对照"),
        note,
        class_="da-beside",
        data_raw=root + addresses.raw_view(record.id),
    )


def _raw(record: Record, root: str) -> Markup:
    """Always a text file to keep, so that no browser takes it for a page."""
    return el(
        "a",
        "下载收录时的原始页面（纯文本）",
        href=root + addresses.raw_page(record.id),
        download=True,
    )


def _correct(record: Record, repository: Repository, root: str) -> list[Child]:
    links: list[Child] = [el("a", "怎样改正", href=f"{root}{addresses.CONTRIBUTE}#correct")]
    if repository.edit:
        path = addresses.record(record.id)
        links = [
            el("a", "编辑这份记录", href=repository.edit + path, rel="external"),
            *links,
        ]
    if repository.report:
        title = quote(f"{record.id} {wording.title(record)}"[:200])
        href = repository.report + title
        links = [el("a", "报告错误", href=href, rel="external"), *links]
    return [part for link in links for part in (link, " ")]
