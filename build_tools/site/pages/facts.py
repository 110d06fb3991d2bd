"""What an article states, each fact with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    "witness": "别本",
}
_RESTS_ON = {
    "text": "文中写：",
    "page": "原网页上写：",
    "given": "收录时由提供者注明：",
    "schedule": "据督察日程：",
    "table": "据对照表：",
    "supplied": "本档案所拟：",
    "witness": "据同一篇的另一见本：",
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
    grounds = [front.made.evidence[name] for name in fields if name in front.made.evidence]
    if any(name in front.confirmed for name in fields):
        why: Child = confirmed()
    else:
        why = basis(grounds) if grounds else _stated(record, fields[0])
    return el("div", el("dt", label), el("dd", value, " ", why))


def confirmed() -> Markup:
    """The mark of a fact that a person has settled."""
    return el("span", "已核定", class_="da-confirmed")


def _stated(record: Record, field: str) -> Markup | None:
    """The basis a field states of itself, where no evidence was kept."""
    front = record.front
    stated = {
        "date": {"text": "原文", "inferred": "推定"}.get(front.date_basis),
        "round": {"text": "原文", "schedule": "推定"}.get(front.round_basis or ""),
    }.get(field)
    return el("span", stated, class_=_tone(stated) or "da-stated") if stated else None


def basis(grounds: Iterable[Ground]) -> Markup:
    """What a fact rests on, in a word that opens to show the words themselves."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for ground in grounds:
        whys = reasons.setdefault((ground.basis, ground.words), [])
        if ground.why and ground.why not in whys:
            whys.append(ground.why)
    names = [_BASIS[kind] for kind, _ in reasons]
    name = "推定" if "推定" in names else names[0]
    shown = [
        el("p", _RESTS_ON[kind], el("q", words), f"（{'；'.join(whys)}）" if whys else None)
        for (kind, words), whys in reasons.items()
    ]
    return el("details", el("summary", name), shown, class_=_tone(name))


def _tone(name: str) -> str | None:
    return "da-inferred" if name in ("推定", "拟补") else None
