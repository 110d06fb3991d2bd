"""Traditional script converted character by character, and what such conversion gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule
from build_tools.clean.script import converted, is_traditional, simplify


@cache
def _contexts() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    """Words that conversion must fix, and characters it must keep inside some words (``script.tsv``)."""
    text = files("build_tools.knowledge").joinpath("script.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    words = {row[1]: row[2] for row in rows if row[0] == "word"}
    keep = [row[1] for row in rows if row[0] == "keep"]
    default = {row[1]: row[2] for row in rows if row[0] == "default"}
    words |= {word: word for word in keep}
    return _any_of(words), words, _any_of(words | default), words | default


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _find_traditional(text: str) -> list[Edit]:
    """Edits from Traditional to Simplified; a Simplified page is only mended where a word is certain."""
    some_words, _, every, fixes = _contexts()
    if not is_traditional(text):
        words = _contexts()[1]
        return [
            Edit(match.start(), match.end(), words[match[0]])
            for match in some_words.finditer(text)
            if words[match[0]] != match[0]
        ]
    simple = converted(text)
    if len(simple) != len(text):
        simple = simplify(text)
    characters = list(simple)
    for match in every.finditer(simple):
        characters[match.start() : match.end()] = fixes[match[0]]
    for match in every.finditer(text):  # what a word keeps is kept even where OpenCC changes it
        if fixes[match[0]] == match[0]:
            for at in range(match.start(), match.end()):
                characters[at] = text[at] if text[at] in fixes else characters[at]
    return _runs(text, "".join(characters))


def _runs(text: str, simple: str) -> list[Edit]:
    """Edits for the runs of characters in which two texts of one length differ."""
    edits: list[Edit] = []
    start = None
    for index, (old, new) in enumerate(zip(text + "\0", simple + "\0", strict=True)):
        if old != new and start is None:
            start = index
        elif old == new and start is not None:
            edits.append(Edit(start, index, simple[start:index]))
            start = None
    return edits


TRADITIONAL_SCRIPT = Rule(
    name="traditional-script",
    scope="text",
    summary="繁体字转为简体（OpenCC），并改正逐字转换留下的“著力”“於”“瞭解”等。",
    find=_find_traditional,
    examples=(
        ("環境保護督察", "环境保护督察"),
        ("著力解決問題，帶著責任，著眼長遠", "着力解决问题，带着责任，着眼长远"),
        ("取得顯著成效的著名土著專著", "取得显著成效的著名土著专著"),
        ("打贏汙染防治攻堅戰", "打赢污染防治攻坚战"),
        ("乾隆年間的環境與乾淨的空氣", "乾隆年间的环境与干净的空气"),
        ("瞭解情況，登高瞭望環境", "了解情况，登高瞭望环境"),
    ),
    innocent=("著名的著作取得显著成效", "乾隆皇后在乾坤殿瞭望", "显著手段", "於女士", "答覆"),
)
