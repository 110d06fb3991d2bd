"""Text read in the wrong encoding: the bytes put back, then read in the right one."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from build_tools.clean.fluency import fluency
from build_tools.clean.gbk import MARKS, in_use
from build_tools.clean.lexicon import lexicon
from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule
from build_tools.models import LOST, Certainty

# UTF-8 of common Han and marks, read as GBK two bytes at a time, shows these again and again.
_TYPICAL = (
    "銆锛鍜鐨涓鏈鍥鐜淇濇姢鐫療骞鏃粍鏁浼氬競鐪佸浗闂鍦浜哄彂琛岃鍙鍚宸ヤ綔闃垮姩瑕佸潥鎸佺潱瀵瀹绗鏄鐢"
)
_SOME = re.compile(f"[{_TYPICAL}]")
_GARBLED = "\u3400-\u9fff\ue000-\uf8ff\ufffd€\uff00-\uffef"
_SEGMENT = re.compile(rf"[{_GARBLED}\d]*[{_TYPICAL}\ufffd][{_GARBLED}\d]*")
_CP1252 = {
    ord(shown): code for code in range(0x80, 0xA0) if (shown := bytes([code]).decode("cp1252", "ignore"))
}
_LATIN = "\x80-\xff" + "".join(map(chr, _CP1252))
_AS_LATIN = re.compile(rf"[{_LATIN} !-~]{{4,}}")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN_LETTERS = re.compile(r"[\xa1-\xff]")
_ENOUGH = 40  # letters beyond ASCII from which a page may be held to be garbled throughout
_SHARE = 0.05  # of a garbled text are characters of ``_TYPICAL``
_UNKNOWN = b"\xff?"  # bytes that stand where one could not be read
_MEAN = -9.0
_MARGIN = 8.0  # log probability by which a character must lead the next to be shown


def _reads(text: str) -> float:
    """Mean log probability of the Han in a text; far below prose where there is none."""
    han = re.sub(r"[^\u3400-\u9fff]", "", text)
    return lexicon().score(han) / len(han) if han else -30.0


def _find_as_gbk(text: str) -> list[Edit]:
    """Whole lines where they are garbled throughout, else the parts of a line that are."""
    edits: list[Edit] = []
    throughout = _is_typical(text)
    for line in re.finditer(r"[^\n]+", text):
        if not throughout and not _is_typical(line[0]) and "\ufffd" not in line[0]:
            if _is_utf8(line[0]):
                edits.append(Edit(line.start(), line.end(), _utf8_again(line[0])[0]))
            continue
        for start, shown in [(0, line[0]), *((part.start(), part[0]) for part in _SEGMENT.finditer(line[0]))]:
            after, certainty = _utf8_again(shown)
            least = _reads(shown) + (1 if certainty == "certain" else 2)
            if _reads(after) > (least if throughout or certainty == "certain" else max(_MEAN, least)):
                place = line.start() + start
                edits.append(Edit(place, place + len(shown), after, certainty))
                if start == 0 and shown == line[0]:
                    break
    return edits


def _is_utf8(shown: str) -> bool:
    """Whether a line is UTF-8 throughout when its characters' bytes are read again, and better text."""
    try:
        after = shown.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return False
    return len(_HAN.findall(after)) > 1 and _reads(after) > _reads(shown) + 1


def _is_typical(text: str) -> bool:
    return len(_SOME.findall(text)) >= _SHARE * len(text)


def _utf8_again(shown: str) -> tuple[str, Certainty]:
    """UTF-8 text that was shown as GBK; where a byte was lost, the character that reads best, if one does."""
    slots = _slots(
        b"".join(b"\xff" if one == "\ufffd" else one.encode("gb18030", "replace") for one in shown)
    )
    text = "".join(slot[0] if len(slot) == 1 else LOST for slot in slots)
    for _ in range(2):  # the second time both neighbours of most are known
        text = "".join(
            one if len(slot) == 1 else _likeliest(slot, text[max(0, at - 4) : at], text[at + 1 : at + 5])
            for at, (one, slot) in enumerate(zip(text, slots, strict=True))
        )
    certainty: Certainty = "lost" if LOST in text else "certain"
    return text, certainty


def _slots(data: bytes) -> list[str]:
    """The characters that each place can have been: one, or all that have the bytes which are left."""
    slots, at = [], 0
    while at < len(data):
        lead = data[at]
        size = 3 if 0xE0 <= lead <= 0xEF else 2 if 0xC2 <= lead <= 0xDF else 1
        chunk = data[at : at + size]
        try:
            slots.append(chunk.decode("utf-8"))
            at += size
        except UnicodeDecodeError:
            left = [0x80 <= byte <= 0xBF for byte in chunk[1:]]
            marked = [byte in _UNKNOWN for byte in chunk[1:]]
            if size == 3 and any(left) and left[0] | marked[0]:
                slots.append(_with_bytes(lead, chunk[1] if left[0] else None, None if left[0] else chunk[2]))
                if left[0] and not marked[-1]:  # no gap shows: the byte may be the second or the third
                    slots[-1] = slots[-1].replace(LOST, "") + _with_bytes(lead, None, chunk[1])
                at += 2 if left[0] and not marked[-1] else 3
            else:
                if lead != 0xFF:
                    slots.append(LOST)
                at += 1
    return slots


@cache
def _with_bytes(lead: int, second: int | None, third: int | None) -> str:
    """Characters in use whose UTF-8 has these bytes; ``None`` stands for one that is not known."""
    seconds, thirds = ([one] if one else range(0x80, 0xC0) for one in (second, third))
    made = (bytes((lead, *rest)).decode("utf-8", "ignore") for rest in product(seconds, thirds))
    return "".join(one for one in made if one in MARKS or in_use(one, traditional=False)) or LOST


def _likeliest(options: str, before: str, after: str) -> str:
    """The option that stands out between its neighbours; else the mark of loss."""
    if before[-1:].isdigit() and (unit := re.search("[年月日]", options)):
        return unit[0]
    before, after = re.split(r"[^\u3400-\u9fff]", before)[-1], re.split(r"[^\u3400-\u9fff]", after)[0]
    ranked = sorted(((fluency(before + option + after), option) for option in options), reverse=True)
    if len(ranked) == 1 or ranked[0][0] - ranked[1][0] > _MARGIN:
        return ranked[0][1]
    return LOST


UTF8_AS_GBK = Rule(
    name="utf8-as-gbk",
    scope="text",
    summary="UTF-8 文字被当作 GBK 读出的乱码，如“鐜繚”：按字节还原。",
    find=lambda text: _find_as_gbk(text) if _SOME.search(text) or "\ufffd" in text else [],
    examples=(
        ("2024骞\ufffd3鏈\ufffd5", "2024年3月5"),
        ("环境督察".encode().decode("gb18030"), "环境督察"),
        ("督察组进驻".encode().decode("gb18030", "replace"), "督察组进□"),
    ),
    innocent=("浼水", "鐜琅", "锛", "中央督察组"),
)


def _find_as_latin(text: str) -> list[Edit]:
    edits = []
    foreign = [one for one in text if one > "\x7f"]
    throughout = len(foreign) > _ENOUGH and sum(one <= "\xff" for one in foreign) > 0.9 * len(foreign)
    for match in _AS_LATIN.finditer(text):
        if len(_LATIN_LETTERS.findall(match[0])) < (2 if throughout else 4):
            continue
        for codec in ("utf-8", "gb18030"):
            after = _bytes_again(match[0], codec)
            if after and ((throughout and _HAN.search(after)) or _reads(after) > _MEAN):
                edits.append(Edit(match.start(), match.end(), after))
                break
    return edits


def _bytes_again(shown: str, codec: str) -> str | None:
    try:
        return shown.translate(_CP1252).encode("latin-1").decode(codec)
    except UnicodeError:
        return None


AS_LATIN = Rule(
    name="read-as-latin",
    scope="text",
    summary="中文被当作 Latin-1 读出的乱码，如“¶½²ì×é”：按字节还原。",
    find=lambda text: _find_as_latin(text) if _LATIN_LETTERS.search(text) else [],
    examples=(
        ("督察组进驻".encode("gbk").decode("latin-1"), "督察组进驻"),
        ("环境保护督察".encode().decode("latin-1"), "环境保护督察"),
    ),
    innocent=("Café crème à Genève", "25℃±2℃", "Müller与José", "×÷±°"),
)
