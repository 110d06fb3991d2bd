"""Bytes -> text: which encoding a page is in, and why."""

from __future__ import annotations

import codecs
import re
from functools import cache

from charset_normalizer import from_bytes

from build_tools.models import Decoded

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_FAMILY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_NO_CHANCE = 3  # Han that no line of GBK gives by chance when it is read as UTF-8
_LIKELY = 0.8  # share of common Han from which a reading is held to be right
_SAMPLE = 20_000  # characters by which an encoding is judged
_TOLERATED = 0.002  # broken UTF-8 sequences per character: a few cut bytes do not make a page GBK


def decode(raw: bytes) -> Decoded:
    """The text of a page. Never fails: what cannot be read becomes U+FFFD.

    >>> decode("督察组".encode("gbk"))
    Decoded(text='督察组', encoding='gb18030', evidence='常用汉字占 100%')
    >>> decode("动员会\\n".encode("gbk") + "督察组\\n进驻".encode()).text
    '动员会\\n督察组\\n进驻'
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return Decoded(raw.decode(name, "replace").removeprefix("\ufeff"), name, "文件开头的字节序标记")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", "全部字节都是合法的 UTF-8")
    except UnicodeDecodeError:
        pass
    lenient = raw.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if _HAN.search(lenient) and broken <= max(2, _TOLERATED * len(lenient)):
        return Decoded(lenient, "utf-8", f"除 {broken} 处损坏外都是合法的 UTF-8")
    return _line_by_line(raw) or _legacy(raw, lenient)


def _line_by_line(raw: bytes) -> Decoded | None:
    """A page put together from two: each line in UTF-8 or in GBK. No line of GBK is UTF-8 with Han by chance."""
    lines, texts, utf8 = raw.split(b"\n"), [], 0
    for line in lines:
        try:
            text = line.decode("utf-8")
            utf8 += len(_HAN.findall(text)) >= _NO_CHANCE
        except UnicodeDecodeError:
            text = line.decode("gb18030", "replace")
        texts.append(text)
    text = "\n".join(texts)
    if not utf8 or "\ufffd" in text or _plausibility(text) < _LIKELY:
        return None
    return Decoded(text, "utf-8, gb18030", f"有 {utf8} 行是 UTF-8，其余是 GBK")


def _legacy(raw: bytes, lenient: str) -> Decoded:
    """The likeliest of the Chinese encodings before UTF-8; the page's own declaration breaks a tie."""
    declared = _declared(raw)
    candidates = ["gb18030", "big5hkscs"]
    if declared in candidates:
        candidates.sort(key=lambda name: name != declared)
    readings = [(name, raw.decode(name, "replace")) for name in candidates]
    readings.append(("utf-8", lenient))
    shares = [_plausibility(text) for _, text in readings]
    best = max(range(len(readings)), key=lambda index: round(shares[index], 2))
    (name, text), share = readings[best], shares[best]
    if share < 0.5:
        guess = from_bytes(raw[:100_000]).best()
        if guess is not None and not _HAN.search(text):
            return Decoded(raw.decode(guess.encoding, "replace"), guess.encoding, "charset-normalizer 的判断")
    why = f"常用汉字占 {share:.0%}"
    return Decoded(text, name, f"{why}，与页面声明一致" if name == declared else why)


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096])
    if not match:
        return None
    name = match[1].decode("ascii").lower()
    return _FAMILY.get(name, name)


def _plausibility(text: str) -> float:
    """Share of a text's non-ASCII characters that are Han in common use or ordinary punctuation."""
    sample = text[:_SAMPLE]
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    return sum(map(_ordinary().__contains__, sample)) / foreign if foreign else 0.0


@cache
def _ordinary() -> frozenset[str]:
    """Punctuation, and the first level of GB 2312 and of Big5: the Han in common use."""
    made = [_decoded("gb2312", lead, trail) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)]
    made += [_decoded("big5", lead, trail) for lead in range(0xA4, 0xC7) for trail in range(0x40, 0xFF)]
    return frozenset("，。、；：？！“”‘’（）《》【】…—·\u3000").union(made) - {""}


def _decoded(charset: str, lead: int, trail: int) -> str:
    return bytes((lead, trail)).decode(charset, "ignore")
