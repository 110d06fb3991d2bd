"""Official titles, read by grammar: place + organ + rank + post, parts joined by 、 or 兼.

``会议由曲靖市委副书记、市长李石松主持`` holds one title, ``曲靖市委副书记、市长``. The parts of speech come from
``knowledge/titles.yml``; a title is found by its post and then read backwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from build_tools.describe.names import SURE, name_at
from build_tools.knowledge import tables
from build_tools.knowledge.places import gazetteer

_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]{1,3}$")
_DIVISION = re.compile(r"[一二三四五六七八九十〇零百\d]{1,4}[师团营连]?$")
_UNITS = ("师", "团", "营", "连")  # of 兵团, which carry numerals
_EXPANDING = re.compile(r"(?:[组局委办部队院处厅镇乡会室科股]|街道|公司|集团|中心|园区|村|矿|站)$")
# Nothing left of one of these belongs to an organ's name.
_STOP = re.compile(
    r"[，。；：！？（）《》“”‘’、\s—…【】]|由|与|及|向|对|在|以|被|受|经|请|是|为|和|听取|会见|陪同|成立|率|出席|邀请|主持|任|其中|包括|给予|免去|"
    r"\d+[件个项名家起条]|召开|参加|传达|学习|贯彻|根据|按照|跟随|会同|联合|带领|原|要求|督促|日|讲话|发言|汇报|介绍|通报|同志"
)
_BREAK = re.compile(r"[，。；：！？（）《》“”‘’、\s]|主持|出席|参加|陪同|由|在|对|向|到|等")
_STARTER = re.compile(
    r"中央|国家|国务院|生态环境部|环境保护部|全国|中国|省|市|县|区|州|盟|旗|镇|乡|兵团|自治区"
)
# Organs of a place that its name stands before.
_NEEDS_NAME = re.compile(
    r"(?:[镇乡村]|街道|社区|苏木|[港新园景库林矿]区|[县区旗市](?=管委会|[县区旗市]长)|开发区|经开区|高新区|林场|农场|水库|湿地)"
)
_PROPER = 4  # longest such name, in characters
_HAN = re.compile(r"[\u3400-\u9fff]+")
_REACH = 40  # longest organ seen written in one piece, in characters
_SHORT = 12
_TENURE = "原任"
_LEVELS = frozenset("省市县区州盟旗")
_DIVISIONS = frozenset("省市县区州盟旗镇乡村街路")
_BY_ANOTHER_NAME = re.compile(r"（[\u3400-\u9fff]{2,8}）$")
_CHAIN = 120  # longest chain of one person's titles, in characters
_CAP = 10_000  # posts in one article; a page with more is no news
_PARTY_AND_STATE = re.compile(r"(?:省委|市委|县委|区委|州委|盟委|旗委|党委)、$")
_TAKES_OFFICE = frozenset("时原前曾现兼担历就")
_NOT_MINE = frozenset("我全本该各贵两")
_PUBLIC_HEAD = frozenset({"院长"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text: its span, whether it was held before (``tenure``), and whether it is private."""

    start: int
    end: int
    text: str
    tenure: Literal["时任", "原"] | None
    private: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    post: re.Pattern[str]
    lengths: dict[str, tuple[int, ...]]
    words: frozenset[str]
    inside_longest: int


@cache
def _grammar() -> _Grammar:
    parts = tables.titles()
    places = gazetteer()
    words = parts.ranks | parts.organs | parts.fields | parts.levels | set(places.forms) | set(places.bynames)
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[-1], set()).add(len(word))
    posts = sorted(parts.posts | parts.private, key=len, reverse=True)
    return _Grammar(
        post=re.compile("|".join(map(re.escape, posts))),
        lengths={last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()},
        words=frozenset(words),
        inside_longest=max(map(len, parts.inside)),
    )


@cache
def _long_places() -> tuple[str, ...]:
    """Full names of places that begin with the character in which most posts end."""
    return tuple(name for name in gazetteer().full if name.startswith("长"))


def _only_inside(text: str, start: int, end: int) -> bool:
    """Whether a post is part of another word: 区长 in 区长效机制, 书记 in 书记处."""
    inside = tables.titles().inside
    if text[end - 1] == "长" and text.startswith(_long_places(), end - 1):
        return True  # 吉林省长白朝鲜族自治县
    for size in range(2, _grammar().inside_longest + 1):
        if text[start : start + size] in inside and start + size > end:
            return not _a_name_all_the_same(text, end)
        if size < 5 and text[end - 1 : end - 1 + size] in inside:
            return not _a_name_all_the_same(text, end)
    return False


def _begins_a_name(text: str, at: int) -> bool:
    """Whether a post right behind a title is the beginning of a name: 办公室主任林长聪."""
    name = name_at(text, at)
    return name is not None and name.score >= SURE


@cache
def _rivers() -> tuple[str, ...]:
    """Fields of work that begin with 长江, apart from the river itself."""
    return tuple(word for word in tables.titles().fields if word.startswith("长江") and word != "长江")


def _a_name_all_the_same(text: str, at: int) -> bool:
    """Whether a name begins right behind a post that looks like part of another word: 市长江新洪 against 市长江办."""
    if text[at - 1 : at] != "长" or text[at + 1 : at + 2] in _DIVISIONS:
        return False  # 长安镇, 长沙市
    name = name_at(text, at)
    if name is None or name.score < SURE or any(text.startswith(word, at - 1) for word in _rivers()):
        return False
    return all(place.level in ("county", "zone") for place in gazetteer().forms.get(name.text, ()))


def _longest(text: str, at: int, floor: int) -> int:
    grammar = _grammar()
    if text[at - 2 : at] == "镇原" and _HAN.fullmatch(text, at - 3, at - 2) and at - 3 >= floor:
        return 0  # 龙门镇原党委书记, who is not of 镇原县
    for size in grammar.lengths.get(text[at - 1 : at], ()):
        if at - size >= floor and text[at - size : at] in grammar.words:
            return size
    return 0


def _split(text: str, at: int, size: int, floor: int) -> int:
    """Length of a shorter word that leaves a known one before it: 徽县|政府 against 徽|县政府; 0 where none does."""
    for shorter in _grammar().lengths.get(text[at - 1], ()):
        rest = shorter < size and text[at - shorter : at] in _grammar().words
        if rest and shorter + _longest(text, at - shorter, floor) > size:
            return shorter
    return 0


def _word_before(text: str, at: int, floor: int) -> int:
    """Length of the longest word of a title that ends at ``at``; 0 where none does."""
    grammar = _grammar()
    size = _longest(text, at, floor)
    if size and text[at - size] in _LEVELS and not _longest(text, at - size, floor):
        split = _split(text, at, size, floor)
        if split:
            return split
    if size:
        composed = text[at - 1] in grammar.words and 1 + _longest(text, at - 1, floor) > size
        return 1 if composed else size  # 自然资源和规划 + 局 before 规划局
    if text[at - 1] == "）" and text[at : at + 1] in "局委办厅":
        other = _BY_ANOTHER_NAME.search(text, max(floor, at - 10), at)
        return len(other.group()) if other else 0  # 水利（水务）局
    ordinal = _ORDINAL.search(text, max(floor, at - 5), at)
    if ordinal is None and (text[at : at + 1] in _UNITS or text[at - 1] in _UNITS):
        ordinal = _DIVISION.search(text, max(floor, at - 5), at)
    return len(ordinal.group()) if ordinal else 0


def _expanded(text: str, at: int, floor: int) -> int:
    """Where an organ begins whose name no table holds: the first place or level after the last stop word."""
    left = max(floor, at - _REACH)
    stretch = text[left:at]
    for stop in _STOP.finditer(stretch):
        left = at - len(stretch) + stop.end()
    starter = _STARTER.search(text, left, at)
    if not starter:
        return at
    start = starter.start()
    while start > left:
        size = _word_before(text, start, left)
        if not size:
            break
        start -= size
    return start


def _unit_start(text: str, post_start: int, floor: int) -> int:
    """Where the words of one title begin, read backwards from its post."""
    at = post_start
    if at > floor and text[at - 1] == "的" and text.startswith("领导", at):
        at -= 1
    while at > floor:
        size = _word_before(text, at, floor)
        if size:
            if size == 1 and at - 2 >= floor and text[at - 2] in _NOT_MINE:
                break
            at -= size
            if text[at] == "任" and at > floor and text[at - 1] in _TAKES_OFFICE:
                at += 1  # 时任县委书记: 任县 is a place elsewhere
                break
        elif at < post_start and _PARTY_AND_STATE.search(text, max(floor, at - 4), at):
            at -= 1
        else:
            break
    if (
        at > floor
        and (at < post_start or text[at - 1] in "镇乡村")
        and _EXPANDING.search(text, floor, post_start)
    ):
        at = min(at, _expanded(text, at, floor))
    if (
        text[floor : floor + 1] == "、"
        and 0 < at - floor - 1 <= _SHORT
        and text[at - 1] not in _TENURE
        and not _BREAK.search(text, floor + 1, at)
    ):
        at = floor + 1  # between the last title and this one stands only this one's organ: 、政研室主任
    if text[at] == "的":
        at += 1
    return _with_proper_name(text, at, post_start, floor)


def _proper(name: str) -> bool:
    """Whether a piece of text may be the name of a place: no known word, no mark, no 我 or 该 at its end."""
    if not _HAN.fullmatch(name) or name in tables.words() or name in tables.names().follow:
        return False
    return name[-1] not in _NOT_MINE and not _STOP.search(name)


def _chain_start(text: str, at: int, floor: int) -> int:
    """Where the words of titles that end at ``at`` begin."""
    while size := _word_before(text, at, floor):
        at -= size
    return at


def _with_proper_name(text: str, at: int, post_start: int, floor: int) -> int:
    """Where a unit begins whose first organ needs a name that no table holds: 视高|镇党委书记, 临|港区管委会主任."""
    if at == post_start or not _NEEDS_NAME.match(text, at):
        return at
    for size in range(1, min(_PROPER, at - floor) + 1):
        name = text[at - size : at]
        place = _longest(text, at - size, floor)
        if place > 1 and text[at - size - place : at - size] in gazetteer().full and _proper(name):
            return _chain_start(text, at - size, floor)  # 吴江区平望镇
    left = max(floor, at - _PROPER)
    clear = left == floor
    for stop in _STOP.finditer(text, max(0, left - 1), at):
        left, clear = stop.end(), True
    return left if clear and _proper(text[left:at]) else at


@cache
def _private_organ() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, tables.titles().private_organs)))


def _is_private(unit: str, post: str) -> bool:
    parts = tables.titles()
    if post in parts.private or _private_organ().search(unit):
        return "党组书记" not in unit
    if post in _PUBLIC_HEAD:
        return not ("法院" in unit or "检察院" in unit or "党校" in unit or unit == post)
    if post.startswith("负责"):
        organ = unit.removesuffix(post)
        return not any(organ.endswith(word) for word in parts.organs if organ)
    return False


@cache
def _joins() -> frozenset[str]:
    return frozenset(tables.titles().joins) | {""}


def titles_in(text: str) -> list[Title]:
    """Every title in a text, in order; ``、`` and 兼 join the titles of one person.

    >>> [title.text for title in titles_in("省委常委、曲靖市委书记李文荣作了动员讲话")]
    ['省委常委、曲靖市委书记']
    """
    parts = tables.titles()
    found: list[Title] = []
    floor = 0
    for match in islice(_grammar().post.finditer(text), _CAP):
        start, end = match.span()
        if _only_inside(text, start, end) or (
            found and found[-1].end == start and _begins_a_name(text, start)
        ):
            continue
        start = _unit_start(text, start, floor)
        private = _is_private(text[start:end], match.group())
        bare = text[start:end].removeprefix("副") in parts.after_name
        last_end, floor = floor, end
        last = found[-1] if found else None
        if last and text[last.end : start] in _joins() and end - last.start <= _CHAIN:
            private = private and last.private
            words = last.text + text[last.end : end]
            found[-1] = Title(last.start, end, words, last.tenure, private, bare=False)
            continue
        words = text[start:end]
        mark = next((word for word in parts.tenure if text.endswith(word, 0, start)), None)
        if mark == "原" and text[max(0, start - 2) : start] in tables.words():
            mark = None  # 高原镇镇长
        if mark == "原":
            organ = _unit_start(text, start - 1, last_end)
            words = text[organ : start - 1] + words
            start = organ
            bare = bare and words == text[start:end]
        found.append(Title(start, end, words, parts.tenure[mark] if mark else None, private, bare))
    return found
