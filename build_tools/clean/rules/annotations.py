"""Pinyin put in by cloning tools, and the characters it was put behind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from build_tools.clean.alignment import is_name_place, restored
from build_tools.clean.fluency import is_han
from build_tools.clean.lexicon import has_reading, lexicon, readings
from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule
from build_tools.clean.script import is_traditional, simplified_forms, simplify
from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST

_SYLLABLE = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}"
_READINGS = rf"\s?{_SYLLABLE}(?:\s?[/,]\s?{_SYLLABLE})*\s?\)"
_NOTE = rf"\({_READINGS}"
_ANNOTATION = re.compile(rf"\((?<=[\u3400-\u9fff]\(){_READINGS}(?:{_NOTE})*")  # a bracket is found at once
_GONE = ("\ufffd", "?", "□")  # what may stand for the character that a reading is left of
_TONED = r"[a-zü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}"
_BARE = re.compile(rf"(?:\ufffd+((?:{_NOTE})+)|[?□](\({_TONED}\)))")
_READING = re.compile(_SYLLABLE)
_LESSON = re.compile("拼音|[读讀]音|[读讀]作|[声聲][调調]|多音字|生字")
_ENOUGH = 3
_LIKELY, _SURE = (
    5.0,
    6.0,
)  # log probability by which a character must lead the next; calibrated on made damage
_MANY = 6  # no text that is not a lesson gives the readings of so many characters


def _annotations(text: str) -> list[re.Match[str]]:
    """Places where a character is followed by a reading of its own, if the page has them as damage."""
    found = [
        match
        for match in _ANNOTATION.finditer(text)
        if all(has_reading(_annotated(match), reading) for reading in _READING.findall(match[0]))
    ]
    if not found or is_traditional(text):
        return [] if len(found) < _ENOUGH and _LESSON.search(text) else found
    distinct = len(set(map(_annotated, found)))
    if _LESSON.search(text) or distinct < _ENOUGH:
        return [match for match in found if match[0].count("(") > 1]
    if distinct >= _MANY:
        return found
    times = Counter(map(_annotated, found))
    return [match for match in found if text.count(_annotated(match)) <= 2 * times[_annotated(match)]]


def _annotated(match: re.Match[str]) -> str:
    """The character in front of its readings."""
    return match.string[match.start() - 1]


def _find_annotations(text: str) -> list[Edit]:
    if "(" not in text:
        return []
    return [Edit(match.start(), match.end(), "") for match in _annotations(text)]


PINYIN_ANNOTATION = Rule(
    name="pinyin-annotation",
    scope="text",
    summary="转载工具在汉字后面插入的拼音，如“會(huì)議”，删去拼音。",
    find=_find_annotations,
    examples=(
        ("環(huán)境保護(hù)督察組", "環境保護督察組"),
        ("全省(sheng)(sheng)動員會議", "全省動員會議"),
        ("行為(wéi / wèi)準則與環境", "行為準則與環境"),
    ),
    innocent=(
        "重(chóng)庆的“重”是多音字。",
        "本公司(Company)与对方(party)约定",
        "小明学写“环(huán)”字",
        "變量 f(x) 與 g(y) 的環境關係",
    ),
)


@cache
def _characters_by_reading() -> dict[str, tuple[str, ...]]:
    """Simplified characters in use (GB 2312), by each of their readings."""
    table: dict[str, list[str]] = defaultdict(list)
    for lead in range(0xB0, 0xF8):
        for trail in range(0xA1, 0xFF):
            character = bytes((lead, trail)).decode("gb2312", "ignore")
            for reading in readings(character) if character else ():
                table[reading].append(character)
    return {reading: tuple(characters) for reading, characters in table.items()}


@cache
def _with_traditional_form() -> frozenset[str]:
    """Simplified characters that some Traditional one becomes."""
    return frozenset(simplified_forms().values())


def _find_bare_readings(text: str) -> list[Edit]:
    """Characters of which only the reading is left: the one that reads best, if it stands out."""
    if not any(gone in text for gone in _GONE):
        return []
    edits, traditional = [], is_traditional(text)
    for match in _BARE.finditer(text):
        reading = _READING.findall(match[1] or match[2])[0]
        left = re.split(r"[^\u3400-\u9fff]", _clean(text[max(0, match.start() - 40) : match.start()]))[-1][
            -6:
        ]
        right = re.split(r"[^\u3400-\u9fff]", _clean(text[match.end() : match.end() + 40]))[0][:6]
        after = _supplied(reading, left, right, traditional=traditional)
        if after is None:
            edits.append(Edit(match.start(), match.end(), LOST, "lost"))
        elif after[1]:
            edits.append(Edit(match.start(), match.end(), after[0]))
        else:
            edits.append(
                Edit(match.start(), match.end(), CONJECTURE_OPEN + after[0] + CONJECTURE_CLOSE, "conjecture")
            )
    return edits


def _clean(text: str) -> str:
    return _ANNOTATION.sub("", text)


def _supplied(reading: str, left: str, right: str, *, traditional: bool) -> tuple[str, bool] | None:
    """The character with this reading that fits, and whether it is the only one that makes a word here.

    What a Traditional page lost in this way is a form that GB 2312 lacks: one that has a Simplified form.
    """
    words = lexicon()
    left, right = simplify(left), simplify(right)
    options = _characters_by_reading().get(reading, ())
    if traditional:
        options = tuple(one for one in options if one in _with_traditional_form())
    ranked = sorted(((words.score(left + one + right), one) for one in options), reverse=True)
    if not ranked or is_name_place(left):
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 20.0
    text, place, at = left + ranked[0][1] + right, len(left), 0
    for word in words.cut(text):
        if at <= place < at + len(word):
            if len(word) == 1 or margin < _LIKELY:
                return None
            return ranked[0][1], margin > _SURE
        at += len(word)
    return None


LOST_BEFORE_READING = Rule(
    name="reading-left",
    scope="text",
    summary="字已损坏、只剩拼音，如“保�(hù)”：依读音和上下文还原；不能确定的标为〔 〕或 □。",
    find=_find_bare_readings,
    examples=(
        ("环境保\ufffd(hù)工作", "环境保护工作"),
        ("环境保?(hù)工作", "环境保护工作"),
        ("环境保□(hù)工作", "环境保护工作"),
    ),
    innocent=("环境保护（hù）工作", "f(x)", "是吗?(hu)", "缺字写作□（hù）"),
)

_ASTRAY = re.compile(rf"\({_TONED}\)")


def _find_astray(text: str) -> list[Edit]:
    """Readings that belong to no character in front of them, on a Traditional page: debris of a lost one."""
    if not is_traditional(text) or _LESSON.search(text):
        return []
    edits = []
    for match in _ASTRAY.finditer(text):
        start = match.start() - is_han(text[match.start() - 1 : match.start()])
        if text[start - 1 : start] not in _GONE:
            edits.append(Edit(start, match.end(), LOST, "lost"))
    return edits


ASTRAY_READING = Rule(
    name="reading-astray",
    scope="text",
    summary="拼音与前面的字不符，说明前面的字已错位：标为 □。",
    find=_find_astray,
    examples=(("環境問題整改，第谝粋(gè)在協議上簽字", "環境問題整改，第谝□在協議上簽字"),),
    innocent=("重(chóng)庆市环境保护", "f(x)", "變量(variable)的環境", "環境保\ufffd(hù)工作"),
)

OUT_OF_STEP = Rule(
    name="byte-alignment",
    scope="text",
    summary="按字节插入造成的错位乱码，如“變?yōu)椤俺尚鍐巍?”：按 GBK 字节重新对位还原；缺失的字标为〔 〕或 □。",
    find=lambda text: restored(text) if "?" in text or "\ufffd" in text else [],
    examples=(
        ("在龍?zhí)秴^召開會議", "在龍潭區召開會議"),
        ("閩東日?qǐng)?bào)記者", "閩東日報記者"),
        ("真正使“問題清單”變?yōu)椤俺尚鍐巍?。", "真正使“問題清單”變為“成〔效清〕單”。"),
        ("(責任編輯:張海?。?/span>", "(責任編輯:張海□）/span>"),
    ),
    innocent=("你知道吗?!我们都知道。", "為什么?。他說", "真的?(假的)", "Is it true?yes)"),
)
