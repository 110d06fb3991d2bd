"""The cloning tool: Traditional script, GBK bytes, blind insertions, a lenient reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tests.damage.case import Answer, Case, page
from tests.damage.readings import annotatable, one_of_its_kind, readings_of_site
from tests.damage.script import clone_script
from tests.damage.stream import INSERTED, Shown, Stream, lenient

MARKS = "、。，！；？"
"""Marks before which a site puts its byte; colons, quotation marks and brackets are left alone."""

_UNSEEN = b"\0"
_SMALL = frozenset("環態經進產業規發現網關務據質學協項農實過")


@dataclass(frozen=True, slots=True)
class Site:
    """What distinguishes one clone site from another.

    ``annotated`` is the share of annotatable characters it annotates; ``mark`` the byte before punctuation
    (``b","`` shows, a NUL does not, an empty one is a site that leaves punctuation alone); ``marks`` the
    order in which it replaces them. ``tagged`` sites keep ``</p>`` behind each paragraph while they work;
    ``simplified`` ones leave script and characters alone and only put the byte before marks, which breaks
    every 保护 (B1 **A3 BB** A4: ；).
    """

    annotated: float = 0.8
    small: bool = False
    mark: bytes = _UNSEEN
    manner: int = 0
    marks: str = MARKS
    folded: bool = True
    tagged: bool = True
    unknown: str = "?"
    simplified: bool = False

    @classmethod
    def drawn(cls, rng: Random) -> Site:
        """A site with habits in about the proportions seen."""
        return cls(
            annotated=rng.choice([0.3, 0.6, 0.8, 0.95, 1.0]),
            small=rng.random() < 0.25,
            mark=rng.choice([_UNSEEN, _UNSEEN, _UNSEEN, b",", b""]),
            manner=int(rng.random() < 0.15),
            marks="".join(rng.sample(MARKS, len(MARKS))) if rng.random() < 0.4 else MARKS,
            folded=rng.random() < 0.85,
            tagged=rng.random() < 0.4,
            unknown="\N{REPLACEMENT CHARACTER}" if rng.random() < 0.1 else "?",
        )

    def annotates(self, chars: frozenset[str], rng: Random) -> dict[str, str]:
        """The characters among ``chars`` that this site annotates, in the order it replaces them."""
        ready = sorted(filter(annotatable, chars), key=lambda char: char.encode("gbk"))
        kept = (char for char in ready if (char in _SMALL if self.small else rng.random() < self.annotated))
        return {char: readings_of_site(char, self.manner) for char in kept}


def clone(text: str, rng: Random, site: Site | None = None) -> Case:
    """The text as a clone site shows it, one paragraph a line.

    >>> clone("汇报情况", Random(1), Site(annotated=1.0)).shown
    '匯(huì)報(bào)情況(kuàng)'
    >>> clone("打赢“清海”、攻坚", Random(1), Site(annotated=0.0)).shown
    '打贏“清?!?、攻堅'
    """
    site = site or Site.drawn(rng)
    written = text if site.simplified else clone_script(text)
    stream = Stream.of(written)
    chars = frozenset[str]() if site.simplified else frozenset(_straddling(stream)) | frozenset(written)
    annotated = site.annotates(chars, rng)
    stream = _ended(stream, b"</p>" if site.tagged else _UNSEEN)
    stream = _annotate(stream, annotated)
    stream = _mark(stream, site, rng)
    shown = lenient(stream)
    answer = Answer(text, _lost(text, stream, shown))
    return page("clone", _displayed(shown, site), answer)


def simplified_clone(text: str, rng: Random) -> Case:
    """The text as a clone site shows it that stays in Simplified script.

    >>> simplified_clone("环境保护工作，乃至", Random(1)).shown
    '环境?;すぷ?,乃至'
    """
    return clone(text, rng, Site(simplified=True, tagged=rng.random() < 0.4))


def _straddling(stream: Stream) -> set[str]:
    """Characters that stand across two others; a site may annotate those as well."""
    pairs = {stream.data[at : at + 2] for at in range(len(stream.data) - 1) if stream.data[at] > 0x80}
    return set("".join(pair.decode("gbk", "ignore") for pair in pairs))


def _ended(stream: Stream, end: bytes) -> Stream:
    """What stands behind each paragraph: an orphan there eats its first byte, never the line break."""
    ends = [*stream.matches(b"\n"), len(stream.data)]
    return stream.with_insertions([(at, end) for at in ends])


def _annotate(stream: Stream, annotated: dict[str, str]) -> Stream:
    for char, sound in annotated.items():
        code = char.encode("gbk")
        note = b"(" + sound.encode("gbk") + b")"
        stream = stream.with_insertions([(at + 2, note) for at in stream.matches(code)])
    return stream


def _mark(stream: Stream, site: Site, rng: Random) -> Stream:
    if not site.mark:
        return stream
    for mark in site.marks:
        stream = stream.with_insertions([(at, _UNSEEN) for at in stream.matches(mark.encode("gbk"))])
    if site.mark == _UNSEEN:
        return stream
    return _every_third_bare(stream, site.mark, rng)


def _every_third_bare(stream: Stream, mark: bytes, rng: Random) -> Stream:
    """Where the byte shows, about every third mark of a page goes without it."""
    data, source, turn = bytearray(), list[int](), rng.randrange(3)
    for at, (byte, origin) in enumerate(zip(stream.data, stream.source, strict=True)):
        ends_line = not byte and (at + 1 == len(stream.data) or stream.data[at + 1] == 0x0A)
        if byte or ends_line:
            data.append(byte)
            source.append(origin)
            continue
        turn += rng.random() > 0.05
        if turn % 3:
            data += mark
            source.append(INSERTED)
    return Stream(bytes(data), tuple(source))


def _displayed(shown: list[Shown], site: Site) -> str:
    text = "".join(
        site.unknown if one.char == "?" and one.end - one.start == 2 else one.char for one in shown
    )
    text = re.sub(r"</?[a-z]+>", "", text.replace("\0", ""))
    return text.translate(_FOLD) if site.folded else text


_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _lost(text: str, stream: Stream, shown: list[Shown]) -> frozenset[int]:
    """Characters of which a byte can no longer be read off the page, nor told by the reading behind it."""
    gone = set[int]()
    for one in shown:
        orphaned = one.char == "?" and one.end - one.start == 2
        if one.char == "" or (orphaned and not _told(stream, one)):
            gone |= set(stream.source[one.start : one.end])
    return frozenset(at for at in gone if at != INSERTED and not text[at].isspace())


def _told(stream: Stream, orphan: Shown) -> bool:
    """Whether the orphan is the trail byte of an annotated character that its reading singles out."""
    if stream.data[orphan.end - 1 : orphan.end] != b"(" or not orphan.start:
        return False
    before = next((at for at in range(orphan.start - 1, -1, -1) if stream.source[at] != INSERTED), 0)
    hidden = (stream.data[before : before + 1] + stream.data[orphan.start : orphan.start + 1]).decode(
        "gbk", "ignore"
    )
    sound, closed, _ = stream.data[orphan.end : orphan.end + 20].partition(b")")
    return bool(hidden and closed and one_of_its_kind(hidden, sound.decode("gbk", "ignore")))
