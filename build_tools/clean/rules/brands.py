"""Names of betting sites and the like, put into sentences and around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule

_TIMES = 3
_BESIDE = re.compile(
    r"本文|来源|转自|[A-Za-z0-9./:\-]+|[，,、_|｜\s\-—：:【】]"
)  # what a line of names holds besides
_EDGE = "，。、；：！？,.;:!?\n“”（）()《》 "


@dataclass(frozen=True, slots=True)
class _Table:
    """``maybe`` matches what may be a brand at any place, ``tail`` what may follow, ``known`` is always removed."""

    maybe: re.Pattern[str]
    tail: str
    known: tuple[str, ...]


@cache
def _table() -> _Table:
    text = files("build_tools.knowledge").joinpath("brands.yml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)
    heads, tail = "|".join(rows["heads"]), f"(?:{'|'.join(rows['tails'])})*"
    name = r"(?:[A-Za-z]{1,12}\d{0,6}[A-Za-z]{0,8}|\d{1,6}[A-Za-z]{1,12}|[\u4e00-\u9fff]{2,4}?)"
    return _Table(re.compile(rf"(?=({name}(?:{heads}))({tail}))"), tail, tuple(rows["names"]))


def _brands(text: str) -> list[str]:
    """The brands of a page: known ones, and strings that stand at the edges of clauses again and again."""
    table = _table()
    found = {name: text.count(name) for name in table.known if name in text}
    alone = set(re.split(r"[\n，,、|｜ ]+", text))
    seen = {(match[1], match[2]) for match in table.maybe.finditer(text)}
    for name in sorted({name for name, _ in seen}):
        count = text.count(name)
        odd = re.match(r"[A-Za-z0-9]", name) or any(
            name + tail in alone for one, tail in seen if one == name and tail
        )
        if count >= (2 if odd else _TIMES) and _at_edges(text, name, table.tail) > 0.7 * count:
            found[name] = count
    longest = [name for name, count in found.items() if not _part_of_longer(name, count, found)]
    return sorted(longest, key=lambda name: (-len(name), name))


def _part_of_longer(name: str, count: int, found: dict[str, int]) -> bool:
    """Whether a brand is a piece of another, or another with a character of the text before it."""
    for other, times in found.items():
        if other != name and name in other and times >= 0.8 * count:
            return True
        if other != name and other in name and times > 1.2 * count:
            return True
    return False


def _at_edges(text: str, name: str, tail: str) -> int:
    """How often a name, with what may follow it, stands at the edge of a clause or beside itself."""
    edges = 0
    for match in re.finditer(re.escape(name) + tail, text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        repeated = (
            text.startswith(name, match.end()) or name in text[max(0, match.start() - 16) : match.start()]
        )
        edges += (not before or before in _EDGE) or (not after or after in _EDGE) or repeated
    return edges


def _find_brands(text: str) -> list[Edit]:
    brands = _brands(text)
    if not brands:
        return []
    whole = re.compile(f"(?:{'|'.join(map(re.escape, brands))}){_table().tail}")
    edits: list[Edit] = []
    for line in re.finditer(r"[^\n]+\n?", text):
        if not whole.search(line[0]):
            continue
        if len(line[0]) < 120 and not _BESIDE.sub("", whole.sub("", line[0])):
            edits.append(Edit(line.start(), line.end(), ""))
        else:
            edits += [
                Edit(line.start() + match.start(), line.start() + match.end(), "")
                for match in whole.finditer(line[0])
            ]
    return edits


BRAND_SPAM = Rule(
    name="brand-spam",
    scope="text",
    summary="插在文中和前后的博彩等网站名，删去。",
    find=_find_brands,
    examples=(
        ("督察组星空体育官网，进驻四川星空体育官网星空体育官网。", "督察组，进驻四川。"),
        ("鼎锋娱乐，鼎锋娱乐手机版\n会议召开鼎锋娱乐鼎锋娱乐，强调整改鼎锋娱乐。", "会议召开，强调整改。"),
    ),
    innocent=(
        "省体育局举办群众体育活动，体育场馆开放。",
        "严查歌舞娱乐场所噪声，文化娱乐、体育娱乐设施",
        "中国体育彩票公益金、福利彩票公益金资助",
    ),
)
