"""How well a string reads as Chinese news: words and their frequencies, and the readings of characters."""

from __future__ import annotations

import logging
import math
import warnings
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from build_tools.knowledge.tables import given, surnames

_UNKNOWN = 0.05  # occurrences credited to a character that no dictionary knows
_LONGEST = 8
_RARE = -15.0  # log probability of a word that occurs some twenty times in the corpus
_AT_HOME = -10.5  # log probability of the three thousandth character or so


class Lexicon:
    """Word frequencies: jieba's dictionary without its personal names, plus the archive's own words."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        self._total = math.log(sum(frequencies.values()))
        self.logs = {word: math.log(count) - self._total for word, count in frequencies.items()}
        self.floor = math.log(_UNKNOWN) - self._total

    def __contains__(self, word: str) -> bool:
        return word in self.logs

    @cached_property
    def ahead(self) -> dict[str, float]:
        """Every word and beginning of one, with the log probability of the likeliest longer word."""
        found: dict[str, float] = {}
        for word, log in self.logs.items():
            for end in range(1, len(word)):
                if log > found.get(word[:end], -math.inf):
                    found[word[:end]] = log
        for word in self.logs:
            found.setdefault(word, -math.inf)
        return found

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
        for word, log in self.logs.items():
            if log > _RARE:
                share = math.exp(log)
                for character in word:
                    counts[character] += share
        return {character: math.log(share) for character, share in counts.items()}

    def common(self, character: str) -> bool:
        """Whether a character is at home in prose, alone or in words.

        >>> lexicon().common("效"), lexicon().common("绣"), lexicon().common("瀵")
        (True, True, False)
        """
        return self._characters.get(character, self.floor) > _AT_HOME

    def score(self, text: str) -> float:
        """Log probability of the likeliest cut into words (unigrams, natural logarithm)."""
        logs, floor = self.logs, self.floor
        best = [0.0]
        for end in range(1, len(text) + 1):
            top = best[end - 1] + logs.get(text[end - 1], floor)
            for length in range(2, min(_LONGEST, end) + 1):
                value = logs.get(text[end - length : end])
                if value is not None and (total := best[end - length] + value) > top:
                    top = total
            best.append(top)
        return best[-1]

    def cut(self, text: str) -> list[str]:
        """The likeliest words of a text, in order."""
        logs, floor, ahead = self.logs, self.floor, self.ahead
        best = [0.0, *[-math.inf] * len(text)]
        begin = [0] * (len(text) + 1)
        for start, character in enumerate(text):
            reached, end, word = best[start], start + 1, character
            log: float | None = logs.get(character, floor)
            while True:
                if log is not None and reached + log > best[end]:
                    best[end], begin[end] = reached + log, start
                end += 1
                if end > len(text) or ahead.get(word, -math.inf) == -math.inf:
                    break
                word = text[start:end]
                log = logs.get(word)
        words, end = [], len(text)
        while end:
            words.append(text[begin[end] : end])
            end = begin[end]
        return words[::-1]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once: takes about half a second, so only pages that need it ask for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.ERROR)
    with jieba.get_dict_file() as file:
        fields = file.read().decode("utf-8").split()  # word, count, part of speech, and so on
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
