"""What an article states, each fact with what it rests on, and where the text comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from build_tools.models import Ground, Record
from build_tools.site import addresses, wording
from build_tools.site.markup import Child, Markup, el

_BASIS = {
    "text": "原文",
    "page": "原页",
    "given": "提供者",
    "schedule": "推定",
    "table": "推定",
    "supplied": "拟补",
}
_RESTS_ON = {
    "text": "文中写：",
    "page": "原网页上写：",
    "given": "收录时由提供者注明：",
    "schedule": "据督察日程：",
    "table": "据对照表：",
    "supplied": "本档案所拟：",
}


def panel(record: Record, root: str) -> Markup:
    """The facts of an article; each opens to show the words it rests on."""
    shown = [_fact(record, label, value, *fields) for label, value, *fields in _values(record)]
    note = el("p", el("a", "“原文”与“推定”", href=f"{root}{addresses.METHOD}#basis"), class_="da-note")
    return el("section", el("h2", "要点"), el("dl", shown, class_="da-facts"), note, id="facts")


def _values(record: Record) -> Iterator[tuple[str, ...]]:
    """Label, value and the fields that ground it, best first."""
    front = record.front
    yield "日期", wording.day(front.date), "date"
    if front.published:
        yield "发表", wording.day(front.published), "published"
    if name := wording.inspection(front):
        yield "督察", name, "round", "batch", "mode", "level"
    if front.stage != "其他":
        yield "阶段", front.stage, "stage"
    if where := wording.place(front):
        yield "地点", where, "provinces", "city", "county"
    if front.source:
        yield "来源", front.source, "source"


def _fact(record: Record, label: str, value: str, *fields: str) -> Markup:
    front = record.front
    grounds = [(name, front.made.evidence[name]) for name in fields if name in front.made.evidence]
    if any(name in front.confirmed for name in fields):
        basis: Child = el("span", "已核定", class_="da-basis da-confirmed")
    elif grounds:
        basis = _basis(grounds)
    else:
        basis = _stated(record, fields[0])
    return el("div", el("dt", label), el("dd", value, " ", basis))


def _stated(record: Record, field: str) -> Markup | None:
    """The basis a field states of itself, where no evidence was kept."""
    front = record.front
    stated = {
        "date": {"text": "原文", "inferred": "推定"}.get(front.date_basis),
        "round": {"text": "原文", "schedule": "推定"}.get(front.round_basis or ""),
    }.get(field)
    return el("span", stated, class_=_tone(stated)) if stated else None


def _basis(grounds: list[tuple[str, Ground]]) -> Markup:
    inferred = next((ground for _, ground in grounds if _BASIS[ground.basis] == "推定"), grounds[0][1])
    name = _BASIS[inferred.basis]
    words: list[Child] = []
    for ground in dict.fromkeys((g.basis, g.words, g.why) for _, g in grounds):
        basis, quoted, why = ground
        words.append(el("p", _RESTS_ON[basis], el("q", quoted), f"（{why}）" if why else None))
    return el("details", el("summary", name), words, class_=_tone(name))


def _tone(name: str) -> str:
    return "da-basis da-inferred" if name in ("推定", "拟补") else "da-basis"


def provenance(record: Record, explained: Collection[str], *, has_raw: bool) -> Markup:
    """Source, address, capture date, digest, repairs by rule, and the page as it was found."""
    front, made = record.front, record.front.made
    root = addresses.root_of(addresses.article(record.id))
    raw = el(
        "a",
        "下载收录时的原始页面（纯文本）",
        href=root + addresses.raw_page(record.id),
        download=f"{record.id}.txt",
    )
    repairs = [
        el("li", _repair(rule, explained, root), f" {count}处")
        for rule, count in sorted(made.repairs.items())
    ]
    lines: list[tuple[str, Child]] = [
        (
            "网址",
            el("a", front.url, href=front.url, rel="noopener noreferrer external") if front.url else "未记录",
        ),
        ("采集", wording.day(front.retrieved) if front.retrieved else "未记录"),
        ("编码", made.encoding),
        ("SHA-256", el("code", made.raw_sha256)),
        ("修复", el("ul", repairs) if repairs else "无"),
        ("编号", el("code", record.id)),
        ("原件", raw if has_raw else None),
    ]
    rows = [el("div", el("dt", label), el("dd", value)) for label, value in lines if value is not None]
    return el(
        "section",
        el("h2", "出处与整理"),
        el("dl", rows, class_="da-facts"),
        class_="da-provenance",
        id="provenance",
    )


def _repair(rule: str, explained: Collection[str], root: str) -> Markup:
    """A rule by its name, which leads to what it does."""
    if rule in explained:
        return el("a", rule, href=f"{root}{addresses.RULES}#rule-{rule}")
    return el("span", wording.LAYOUT.get(rule, rule))
