"""How well a string reads as Chinese news: words and their frequencies, and the readings of characters."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from build_tools.clean.trie import Branch
from build_tools.knowledge.tables import given, surnames

_UNKNOWN = 0.05  # occurrences credited to a character that no dictionary knows
_RARE = -15.0  # log probability of a word that occurs some twenty times in the corpus
_AT_HOME = -10.5  # log probability of the three thousandth character or so


class Lexicon:
    """Word frequencies: jieba's dictionary without its personal names, plus the archive's own words."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        self._frequencies, self._total = frequencies, sum(frequencies.values())
        words = sorted(frequencies)
        self.words = Branch(words, [frequencies[word] for word in words], self._total)
        self.floor = math.log(_UNKNOWN / self._total)

    @cached_property
    def family(self) -> dict[str, float]:
        """Surnames of one character, with their log probability among names."""
        return {name: math.log(ppm / 1e6) for name, ppm in surnames().items() if len(name) == 1 and ppm}

    @cached_property
    def given(self) -> dict[str, float]:
        """Characters of given names, with their log probability among those."""
        return {character: math.log(ppm / 1e6) for character, ppm in given().items() if ppm}

    @cached_property
    def _characters(self) -> dict[str, float]:
        """How often each character occurs in words that are not rare, as a log probability."""
        counts: dict[str, float] = defaultdict(float)
        rare = math.exp(_RARE) * self._total
        for word, count in self._frequencies.items():
            if count > rare:
                for character in word:
                    counts[character] += count
        return {character: math.log(count / self._total) for character, count in counts.items()}

    def common(self, character: str) -> bool:
        """Whether a character is at home in prose, alone or in words.

        >>> lexicon().common("效"), lexicon().common("绣"), lexicon().common("瀵")
        (True, True, False)
        """
        return self._characters.get(character, self.floor) > _AT_HOME

    def score(self, text: str) -> float:
        """Log probability of the likeliest cut into words (unigrams, natural logarithm)."""
        return self._cut(text)[0][-1]

    def cut(self, text: str) -> list[str]:
        """The likeliest words of a text, in order."""
        begin = self._cut(text)[1]
        words, end = [], len(text)
        while end:
            words.append(text[begin[end] : end])
            end = begin[end]
        return words[::-1]

    def _cut(self, text: str) -> tuple[list[float], list[int]]:
        """For each place the best score of a cut up to there, and where the last word of that cut begins."""
        characters, first, floor = list(text), self.words.next, self.floor
        best = [0.0, *[-math.inf] * len(text)]
        begin = [0] * (len(text) + 1)
        for start in range(len(characters)):
            reached = best[start]
            if reached + floor > best[start + 1]:
                best[start + 1], begin[start + 1] = reached + floor, start
            branches = first
            for end in range(start, len(characters)):
                branch = branches.get(characters[end])
                if branch is None:
                    break
                if reached + branch.log > best[end + 1]:
                    best[end + 1], begin[end + 1] = reached + branch.log, start
                branches = branch.next
        return best, begin


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once: takes about half a second, so only pages that need it ask for it."""
    jieba = find_spec("jieba")  # not imported: its table is all that is asked of it here
    if jieba is None or jieba.origin is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    text = Path(jieba.origin).with_name("dict.txt").read_text(encoding="utf-8")
    fields = text.split()  # word, count, part of speech, and so on
    frequencies = {
        word: int(count)
        for word, count, kind in zip(fields[::3], fields[1::3], fields[2::3], strict=True)
        if count != "0" and not (kind.startswith("nr") and len(word) > 1)
    }
    for word, count in _own_words():
        frequencies[word] = max(count, frequencies.get(word, 0))
    return Lexicon(frequencies)


def _own_words() -> list[tuple[str, int]]:
    text = files("build_tools.knowledge").joinpath("terms.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(row[0], int(row[1])) for row in rows]


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Every reading of a character, with tone marks (pypinyin).

    >>> sorted(readings("會"))
    ['huì', 'kuài', 'kuò']
    """
    from pypinyin.constants import PINYIN_DICT

    return frozenset(filter(None, PINYIN_DICT.get(ord(character), "").split(",")))


@lru_cache(maxsize=65536)
def has_reading(character: str, reading: str) -> bool:
    """Whether a character can be read so; a reading without tone mark matches any tone.

    >>> has_reading("優", "yōu"), has_reading("優", "you"), has_reading("優", "huì")
    (True, True, False)
    """
    known = readings(character)
    reading = reading.replace("v", "ü")
    return reading in known or (reading == toneless(reading) and reading in map(toneless, known))


def toneless(reading: str) -> str:
    """A reading without its tone mark.

    >>> toneless("lǜ")
    'lü'
    """
    return reading.translate(_TONES)


_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")
