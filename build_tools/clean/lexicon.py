"""How well a string reads as Chinese news: words and their frequencies, and the readings of characters."""

from __future__ import annotations

import logging
import math
import warnings
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

_UNKNOWN = 0.05  # occurrences credited to a character that no dictionary knows
_LONGEST = 8
_AT_HOME = -10.0  # log probability of the two thousandth character or so, alone


class Lexicon:
    """Word frequencies: jieba's dictionary without its personal names, plus the archive's own words."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        self._total = math.log(sum(frequencies.values()))
        self._logs = {word: math.log(count) - self._total for word, count in frequencies.items()}
        self._floor = math.log(_UNKNOWN) - self._total

    def __contains__(self, word: str) -> bool:
        return word in self._logs

    @cached_property
    def _pairs(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for word in self._logs:
            if len(word) == 2:
                table[word[0]].append(word[1])
        return table

    def seconds(self, first: str) -> list[str]:
        """Second characters of the words of two that begin with ``first``."""
        return self._pairs.get(first, [])

    def starts(self, character: str) -> bool:
        """Whether a character is at home in prose: common enough to stand alone or to begin the next word."""
        return self._logs.get(character, self._floor) > _AT_HOME

    def log(self, word: str) -> float:
        """Log probability of a word; a character nobody knows has the floor's, a longer unknown string none."""
        if len(word) < 2:
            return self._logs.get(word, self._floor)
        return self._logs.get(word, -100.0)

    def score(self, text: str) -> float:
        """Log probability of the likeliest cut into words (unigrams, natural logarithm)."""
        logs, floor = self._logs, self._floor
        best = [0.0]
        for end in range(1, len(text) + 1):
            top = best[end - 1] + logs.get(text[end - 1], floor)
            for length in range(2, min(_LONGEST, end) + 1):
                value = logs.get(text[end - length : end])
                if value is not None and (total := best[end - length] + value) > top:
                    top = total
            best.append(top)
        return best[-1]

    def run(self, text: str) -> Run:
        """A growing run of Han characters that begins with ``text``."""
        run = Run(self._logs, self._floor, "", (0.0,))
        for character in text:
            run = run.add(character)
        return run

    def cut(self, text: str) -> list[str]:
        """The likeliest words of a text, in order."""
        logs, floor = self._logs, self._floor
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            top, length = best[end - 1][0] + logs.get(text[end - 1], floor), 1
            for size in range(2, min(_LONGEST, end) + 1):
                value = logs.get(text[end - size : end])
                if value is not None and (total := best[end - size][0] + value) > top:
                    top, length = total, size
            best.append((top, length))
        words, end = [], len(text)
        while end:
            length = best[end][1]
            words.append(text[end - length : end])
            end -= length
        return words[::-1]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that grow one by one, with the score of the likeliest cut so far."""

    logs: dict[str, float]
    floor: float
    tail: str
    best: tuple[float, ...]

    @property
    def score(self) -> float:
        """Log probability of what the run holds."""
        return self.best[-1]

    def add(self, character: str) -> Run:
        """The run with one character more."""
        tail, best, logs = self.tail + character, self.best, self.logs
        top = best[-1] + logs.get(character, self.floor)
        for length in range(2, min(len(tail), len(best)) + 1):
            value = logs.get(tail[-length:])
            if value is not None and best[-length] + value > top:
                top = best[-length] + value
        return Run(logs, self.floor, tail[-_LONGEST:], (*best[1 - _LONGEST :], top))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once: takes about half a second, so only pages that need it ask for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.ERROR)
    frequencies: dict[str, int] = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, kind = line.decode("utf-8").split()
            if not (kind.startswith("nr") and len(word) > 1) and int(count) > 0:
                frequencies[word] = int(count)
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
    ['guì', 'huì', 'kuài', 'kuò']
    """
    from pypinyin import Style, pinyin

    return frozenset(*pinyin(character, style=Style.TONE, heteronym=True, errors="ignore")[:1])


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
