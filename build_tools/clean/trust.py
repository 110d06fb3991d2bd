"""Text that cannot be trusted: rewritten, with figures gone, or with pieces put in. Found and said, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from build_tools.knowledge.tables import read_yaml, words
from build_tools.models import Finding

Kind = Literal["rewritten", "dropped", "spliced"]
_MESSAGES: dict[Kind, tuple[str, str]] = {
    "rewritten": ("TEXT-REWRITTEN", "文字像是被逐词改写或来回翻译过"),
    "dropped": ("TEXT-DROPPED", "有数字或字词脱落"),
    "spliced": ("TEXT-SPLICED", "句首像是插入了标题的片段"),
}
_ENOUGH = 2
_QUOTED = 4
_CLAUSE = re.compile(r"(?<=[，。；：、！？“\n])[\u4e00-\u9fff“”]{3,}")
_HAN = re.compile("[\u4e00-\u9fff]+")
_GROUP_KIND = re.compile(r"\((?:\?(?::|=|!|<=|<!))")
_NOT_SURE = re.compile(
    r"(?:\\.|\[[^\]]*\]|\([^()\[\]]*\)|[^()\[\]|])[?*]|(?:\\.|\[[^\]]*\]|\([^()\[\]]*\))|.\{[\d,]+\}"
)
_LONGEST_PIECE = 9
_PARTICLES = "的了着地得"
_ORGANS = "省市县区州镇乡村国部"  # a piece that begins so is the short form of an organ: 省生态环境厅


@dataclass(frozen=True, slots=True)
class _Row:
    """A pattern of the table, and strings of which one stands in whatever it matches (none: not to be told)."""

    pattern: re.Pattern[str]
    cores: tuple[str, ...]


_Rows = tuple[_Row, ...]


@cache
def signs() -> dict[Kind, tuple[_Rows, _Rows]]:
    """The rows of ``distrust.yml`` by kind: those of which one is enough, and those of which it takes several."""
    table = read_yaml("distrust.yml")
    return {
        "rewritten": (_compiled(table["rewritten"]["strong"]), _compiled(table["rewritten"]["weak"])),
        "dropped": (_compiled(table["dropped"]["strong"]), _compiled(table["dropped"]["weak"])),
    }


def _compiled(rows: list[str]) -> _Rows:
    """One pattern a row: each is found by its first letters, which an alternation of all would not be."""
    return tuple(_Row(re.compile(row, re.MULTILINE), cores(row)) for row in rows)


def cores(row: str) -> tuple[str, ...]:
    """Strings of which one stands in whatever a row matches, as far as they can be told; to look for those is quick.

    >>> cores("(的|这)厂商(?=，)|各?项就业"), cores("[由从]升至|(下降)%")
    (('厂商', '项就业'), ())
    """
    bare = _GROUP_KIND.sub("(", row)
    while (shorter := _NOT_SURE.sub(" ", bare)) != bare:
        bare = shorter
    found = [max(_HAN.findall(part), key=len, default="") for part in bare.split("|")]
    return tuple(found) if all(found) else ()


def _matches(rows: _Rows, text: str) -> list[str]:
    asked = (row for row in rows if not row.cores or any(core in text for core in row.cores))
    return list(dict.fromkeys(match[0] for row in asked for match in row.pattern.finditer(text)))


def doubts(text: str, title: str = "") -> tuple[Finding, ...]:
    """What makes a repaired text untrustworthy, each with the words that show it.

    >>> [doubt.code for doubt in doubts("督察组督察专员公署北京，书记不作动员讲话。")]
    ['TEXT-REWRITTEN']
    >>> doubts("督察组进驻北京，书记作动员讲话。")
    ()
    """
    found = []
    for kind, (strong, weak) in signs().items():
        certain, likely = _matches(strong, text), _matches(weak, text)
        if certain or len(likely) >= _ENOUGH:
            found.append(_finding(kind, [*certain, *likely]))
    pieces = list(dict.fromkeys(_pieces(text.removeprefix(title), title)))
    if len(pieces) >= _ENOUGH:
        found.append(_finding("spliced", pieces))
    return tuple(found)


def _finding(kind: Kind, signs: list[str]) -> Finding:
    code, message = _MESSAGES[kind]
    shown = "、".join(f"“{one}”" for one in list(dict.fromkeys(signs))[:_QUOTED])
    return Finding(code, "warning", f"{message}：{shown}", "找到原文或更可靠的转载后替换")


def _pieces(text: str, title: str) -> Iterator[str]:
    """Beginnings of clauses that are pieces of the title, cut where no word ends: 境保护就是民生.

    Two show a splice: by itself a name may look like one.
    """
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        size = _shared(clause, title)
        if 1 < size < len(clause) and _is_piece(clause[:size], clause, title):
            yield clause[: size + 3]


def _shared(clause: str, title: str) -> int:
    """Length of the longest beginning of a clause that stands in the title."""
    size = 0
    while size < min(len(clause), _LONGEST_PIECE) and clause[: size + 1] in title:
        size += 1
    return size


def _is_piece(piece: str, clause: str, title: str) -> bool:
    if piece[0] in _PARTICLES or clause.startswith(piece * 2):
        return True
    if piece[0] in _ORGANS or piece in words():
        return False
    places = [at for at in range(len(title)) if title.startswith(piece, at)]
    begins = all(title[at - 1 : at + 1] in words() for at in places) and piece[:2] not in words()
    end = len(piece)
    ends = all(title[at + end - 1 : at + end + 1] in words() for at in places) and piece[-2:] not in words()
    return begins or (ends and clause[end - 1 : end + 1] not in words())
