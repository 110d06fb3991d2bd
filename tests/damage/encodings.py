"""Text read in the wrong encoding."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page
from tests.damage.script import clone_script, island_form


def utf8_as_gbk(article: Article, rng: Random) -> Case:
    """UTF-8 bytes read as GBK, unreadable ones gone or replaced: 2024骞3鏈5日"""
    unknown = rng.choice(["", "\N{REPLACEMENT CHARACTER}"])
    shown, lost = _misread(article.text, unknown)
    return page("UTF-8 read as GBK", shown, Answer(article.text, lost))


def utf8_as_gbk_in_places(article: Article, rng: Random) -> Case:
    """One or two paragraphs misread, as where a page was put together from two sources."""
    lines, lost, at = article.text.split("\n"), set[int](), 0
    misread = set(rng.sample(range(len(lines)), min(2, len(lines))))
    for number, line in enumerate(lines):
        if number in misread:
            lines[number], gone = _misread(line, "\N{REPLACEMENT CHARACTER}")
            lost |= {at + place for place in gone}
        at += len(line) + 1
    return page("UTF-8 read as GBK in places", "\n".join(lines), Answer(article.text, frozenset(lost)))


def gbk_as_latin1(article: Article, _: Random) -> Case:
    """GBK bytes read as Latin-1: ÖÐÑë"""
    shown = article.text.encode("gbk").decode("latin-1")
    return page("GBK read as Latin-1", shown, Answer(article.text))


def utf8_as_latin1(article: Article, _: Random) -> Case:
    """UTF-8 bytes read as Latin-1: ä¸\xadå¤®"""
    shown = article.text.encode("utf-8").decode("latin-1")
    return page("UTF-8 read as Latin-1", shown, Answer(article.text))


def stored_as(encoding: str) -> Callable[[Article, Random], Case]:
    """A page whose bytes are in another encoding, with no charset said anywhere."""

    def damage(article: Article, _: Random) -> Case:
        text = clone_script(article.text) if encoding == "big5" else article.text
        raw = text.encode(encoding, "ignore")
        kept = raw.decode(encoding)
        lost = frozenset(at for at, char in enumerate(text) if char not in kept)
        return Case(f"stored as {encoding}", raw, Answer(article.text, lost))

    return damage


def traditional(article: Article, rng: Random) -> Case:
    """Character-wise Traditional: 著力 於 後; eager converters also write 瞭, 乾 and 麵."""
    if rng.random() < 0.5:
        shown = clone_script(article.text)
    else:
        eager = rng.random() < 0.3
        shown = "".join(island_form(char, eager) for char in article.text)
    return page("character-wise Traditional", shown, Answer(article.text))


def _misread(text: str, unknown: str) -> tuple[str, frozenset[int]]:
    """UTF-8 bytes of ``text`` read as GBK, and the characters of which a byte became ``unknown``."""
    data, source = bytearray(), list[int]()
    for at, char in enumerate(text):
        code = char.encode("utf-8")
        data += code
        source += [at] * len(code)
    shown, lost, at = list[str](), set[int](), 0
    while at < len(data):
        step = 1 if data[at] < 0x80 else 2
        try:
            shown.append(bytes(data[at : at + step]).decode("gbk"))
        except UnicodeDecodeError:
            lost.add(source[at])
            shown.append(unknown)
            step = 1
        at += step
    return "".join(shown), frozenset(lost)
