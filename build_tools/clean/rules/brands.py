"""Names of betting sites and the like, put into sentences and around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule
from build_tools.knowledge.brands import brands

_OFTEN = 3  # times at the edges of clauses that no phrase of a text stands by chance
_EDGE = "，。、；：！？,.;:!?\n“”（）()《》 "
_GLUE = r"(?:[·•\-—_|/ ]*[（(][\u4e00-\u9fffA-Za-z0-9]{1,8}[)）]|[·•\-—_|/ ]{1,3})?"
_BESIDE = (
    r"本文|文章|来源|来自|转自|您好|欢迎(?:来到|访问|光临|您)?"
    r"|[A-Za-z0-9./:\-]+|[，,、_|｜\s\-—：:【】\[\]（）()·•!！]"
)
_JOINT = r"[ ]?[-—_|｜·]{1,2}[ ]?"  # what sets a name off from a title on the same line
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class _Patterns:
    """``maybe`` matches what may be a brand at any place, ``tail`` what may follow; ``site`` only a site's.

    ``some`` finds soon whether a text holds any of it.
    """

    some: re.Pattern[str]
    maybe: re.Pattern[str]
    tail: re.Pattern[str]
    site: re.Pattern[str]
    opener: re.Pattern[str]
    needy: re.Pattern[str]
    beside: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = brands()
    trades, tails, sites = map(_any_of, (table.trades, table.tails, table.sites))
    name = r"(?:(?<![A-Za-z0-9])[A-Za-z0-9]{2,14}[\u4e00-\u9fff]{0,3}?|[\u4e00-\u9fff]{2,4}?)"
    tail = rf"(?:{_GLUE}(?:{tails}))*(?:__[a-z]+ ?\d+)?"
    known = _any_of(table.names)
    return _Patterns(
        re.compile(f"{trades}|{sites}|{known}"),
        re.compile(rf"(?=((?:{known})(?:{trades})?|{name}(?:{trades})|{name}(?:{sites})))"),
        re.compile(tail),
        re.compile(sites),
        re.compile("|".join(table.openers)),
        re.compile(rf"(?:{_any_of(table.needy)})\Z"),
        re.compile(f"{_BESIDE}|{tails}"),
    )


def _any_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


@dataclass(frozen=True, slots=True)
class _Seen:
    """One place where a name stands, with what follows it; ``alone`` on a line of names.

    ``hanging``: at the end of a clause that was complete without it, or before the first word of a line.
    """

    start: int
    end: int
    shown: str
    edge: bool
    hanging: bool
    doubled: bool
    opening: bool
    alone: bool
    site: bool


def _brands(text: str) -> dict[str, list[_Seen]]:
    """The brands that a page proves, longest first, and where each stands."""
    names = {match[1] for match in _patterns().maybe.finditer(text)}
    names = {name for name in names if _is_known(name) or not _begins_inside(name)}
    seen = {name: list(_places(text, name)) for name in sorted(names)}
    proven = {name: places for name, places in seen.items() if _is_brand(name, places)}
    whole = [name for name in proven if not _is_part(name, proven)]
    return {
        name: proven[name] for name in sorted(whole, key=lambda name: (not _is_known(name), -len(name), name))
    }


def _begins_inside(name: str) -> bool:
    """Whether a name is the end of a longer one: a trade stands in its middle."""
    stem = name.removesuffix(_trade_of(name) or "")
    return any(trade in stem for trade in brands().trades)


def _trade_of(name: str) -> str | None:
    """The longest trade that a name ends in."""
    return max((trade for trade in brands().trades if name.endswith(trade)), key=len, default=None)


def _places(text: str, name: str) -> Iterator[_Seen]:
    patterns = _patterns()
    at = text.find(name)
    while at >= 0:
        tail = patterns.tail.match(text, at + len(name))
        end = tail.end() if tail else at + len(name)
        before, after = text[:at].rstrip(" \u3000")[-1:], text[end : end + 1]
        first = not before or before == "\n"
        yield _Seen(
            at,
            end,
            text[at:end],
            first or not after or before in _EDGE or after in _EDGE,
            first or (after in _EDGE and not patterns.needy.search(text[max(0, at - 4) : at])),
            text.startswith(name, end) or text.endswith(name, max(0, at - 24), at),
            first and bool(patterns.opener.match(text, end)),
            _is_alone(_line_at(text, at, end), name),
            bool(tail and patterns.site.search(tail[0])),
        )
        at = text.find(name, end)


def _line_at(text: str, start: int, end: int) -> str:
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)]


def _is_alone(line: str, name: str) -> bool:
    """Whether a line holds nothing but the name, what follows it, and words that join names."""
    if len(line) > _LONGEST_LINE:
        return False
    parts = line.split(name)
    rest = parts[0] + "".join(_patterns().tail.sub("", part, count=1) for part in parts[1:])
    return not _patterns().beside.sub("", rest)


def _is_brand(name: str, places: list[_Seen]) -> bool:
    """Whether the places prove a name to be spam: without such proof it may be a firm that the text is about."""
    if _is_known(name) or any(place.doubled or (place.alone and place.site) for place in places):
        return True
    trade = _trade_of(name)
    stem = name.removesuffix(trade or "")
    opening = any(place.opening for place in places)
    alone = sum(place.alone for place in places)
    if trade is None:
        return len(places) > 1 and (opening or alone > 1)
    if stem.startswith(brands().honest) or stem.endswith(brands().honest):
        return False
    edges = sum(place.edge or place.alone for place in places) > 0.7 * len(places)
    if re.search("[A-Za-z]", stem) and len(places) >= (2 if edges else _OFTEN):
        return True
    sites = sum(place.site for place in places) >= _OFTEN
    hanging = sum(place.hanging for place in places) > max(_OFTEN - 1, 0.7 * len(places))
    return edges and len(places) > 1 and (alone > 0 or opening or sites or hanging)


def _is_known(name: str) -> bool:
    return any(name.removesuffix(trade) in brands().names for trade in ("", *brands().trades))


def _is_part(name: str, proven: dict[str, list[_Seen]]) -> bool:
    """Whether a brand is a piece of another, or another with a character of the text before it."""
    count = len(proven[name])
    for other, places in proven.items():
        if other != name and name in other and len(places) >= 0.8 * count:
            return True
        if other != name and other in name and len(places) > 1.2 * count:
            return True
    return False


def _find_brands(text: str) -> list[Edit]:
    found = _brands(text) if _patterns().some.search(text) else {}
    edits: dict[int, Edit] = {}
    for name, places in found.items():
        counts = Counter(place.shown for place in places)
        for place in places:
            if any(edit.start < place.end and place.start < edit.end for edit in edits.values()):
                continue
            edit = _removal(text, place, name, counts)
            edits[edit.start] = edit
    return _with_whole_lines(text, list(edits.values()))


def _removal(text: str, place: _Seen, name: str, counts: Counter[str]) -> Edit:
    """Takes out a brand with its tail; a tail seen once, in the middle of a clause, may be the text's own."""
    end = place.end
    if counts[place.shown] == 1 and not place.alone and text[end : end + 1] not in ("", *_EDGE):
        end = place.start + len(name)
    before = re.search(f"{_JOINT}$", text[max(0, place.start - 4) : place.start])
    after = re.match(_JOINT, text[end : end + 4])
    if before and text[end : end + 1] in ("", "\n"):
        return Edit(place.start - len(before[0]), end, "")
    if after and text[place.start - 1 : place.start] in ("", "\n"):
        return Edit(place.start, end + len(after[0]), "")
    return Edit(place.start, end, "")


def _with_whole_lines(text: str, edits: list[Edit]) -> list[Edit]:
    """Lines of which nothing but words between names would be left go as a whole."""
    kept: list[Edit] = []
    for line in re.finditer(r"[^\n]+\n?", text):
        inside = [edit for edit in edits if line.start() <= edit.start < line.end()]
        if not inside:
            continue
        rest = line[0]
        for edit in sorted(inside, key=lambda edit: -edit.start):
            rest = rest[: edit.start - line.start()] + rest[edit.end - line.start() :]
        whole = len(line[0]) < _LONGEST_LINE and not _patterns().beside.sub("", rest)
        kept += [Edit(line.start(), line.end(), "")] if whole else inside
    return kept


BRAND_SPAM = Rule(
    name="brand-spam",
    scope="text",
    summary="插在文中和前后的博彩等网站名，删去。",
    find=_find_brands,
    examples=(
        ("督察组星空体育官网，进驻四川星空体育官网星空体育官网。", "督察组，进驻四川。"),
        ("鼎锋娱乐，鼎锋娱乐手机版\n会议召开鼎锋娱乐鼎锋娱乐，强调整改鼎锋娱乐。", "会议召开，强调整改。"),
        ("博澜电竞官方入口\n督察组进驻全市\n【博澜电竞官方入口】", "督察组进驻全市\n"),
        (
            "您好，欢迎访问XQ体育\nXQ体育·（南湾）官方网站-IOS/安卓/手机版app下载\n责任落实不够有XQ体育力",
            "责任落实不够有力",
        ),
        ("督察组进驻全市-澜博体育官网\n澜博体育官网\n会议召开。", "督察组进驻全市\n会议召开。"),
    ),
    innocent=(
        "省体育局举办群众体育活动，体育场馆开放。",
        "严查歌舞娱乐场所噪声，文化娱乐、体育娱乐设施",
        "中国体育彩票公益金、福利彩票公益金资助",
        "学校体育，竞技体育，群众体育。发展学校体育，重视学校体育。",
        "群众投诉金海湾娱乐，噪声扰民。现责令金海湾娱乐，停业整治。",
        "据中国体育官网，群众体育平台已上线。登录国家体育APP，可查询。",
        "该县体育彩票\n该县体育彩票销售网点建设",
    ),
)
