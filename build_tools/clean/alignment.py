"""The byte model: read GBK text back that a cloning tool put out of step.

The tool replaces bytes without regard to character boundaries: ``(pinyin)`` goes in behind some dozens of
characters, a mark before some punctuation. Where such a pattern straddles two characters, the first byte of
the first is orphaned (shown as ``?``, and the ASCII character behind it is swallowed) and the text is read
one byte out of step until another single byte realigns it. Here the bytes are put back and the original
characters looked for, scored by how well they read.

    變?yōu)椤俺尚鍐巍?。   the bytes 83 9E of 變為 are 優, annotated (yōu)
    變為“成效清單”。       what stood there; 效清 had become a pair (A7 C7) that no font has
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product

from build_tools.clean.lexicon import Lexicon, lexicon, readings, toneless
from build_tools.clean.manuscript import Edit
from build_tools.clean.script import is_traditional, simplified_only, simplify
from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Certainty

ORPHAN = "?\ufffd"
_READING = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}"
_TAIL = re.compile(rf"({_READING})\s?\)")
_ANNOTATION = re.compile(rf"\(({_READING})\s?\)")
_STOPS = "。，！？；：、）（”“》《,!?;:()"
_ANCHOR = re.compile(rf"[{ORPHAN}](?={_READING}\s?\)|[{re.escape(_STOPS)}])")
_FOLDED = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_PAIRED = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "【": "】", "〈": "〉"}
_CONTEXT = 8
_MOST_BYTES = 48
_MOST_TRIED = 20_000

Byte = int | None  # None: the byte was lost


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes read between the place where a page goes out of step and where it is in step again."""

    start: int
    end: int
    bytes: tuple[Byte, ...]
    pinned: dict[int, str] = field(default_factory=dict)  # index of a byte -> reading of the pair it ends


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch: its characters, which of them are not given by the bytes, and its score."""

    characters: str
    guessed: frozenset[int]
    score: float


@cache
def _pairs() -> dict[tuple[int, int], str]:
    """Every two-byte character of GBK that is written with these two bytes."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    table = {}
    for lead, trail in product(range(0x81, 0xFF), trails):
        character = bytes((lead, trail)).decode("gbk", "ignore")
        if character and character.encode("gbk") == bytes((lead, trail)):
            table[lead, trail] = character
    return table


@cache
def _vanishing() -> frozenset[tuple[int, int]]:
    """Byte pairs of GBK's plan that stand for no character: a page shows nothing where they stood."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    return frozenset(pair for pair in product(range(0x81, 0xFF), trails) if pair not in _pairs())


@cache
def _common(character: str) -> bool:
    """Whether a character is in use: GB 2312 has its Simplified form."""
    try:
        simplify(character).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def restored(text: str) -> list[Edit]:
    """Edits that bring a page's stretches that are out of step back into step.

    >>> [edit.after for edit in restored("真正使“問題清單”變?yōu)椤俺尚鍐巍?。要全面")]
    ['為“成〔效清〕單”']
    """
    edits: list[Edit] = []
    position = 0
    habits = None
    while anchor := _ANCHOR.search(text, position):
        habits = habits or _habits(text)
        edit = _best_edit(text, anchor.start(), habits)
        position = edit.end if edit else anchor.end()
        if edit:
            edits.append(edit)
    return edits


@dataclass(frozen=True, slots=True)
class Habits:
    """What a page tells of the tool that cloned it: its script, and the characters it annotates, by reading."""

    traditional: bool
    annotated: dict[str, tuple[str, ...]]


def _habits(text: str) -> Habits:
    annotated: dict[str, set[str]] = {}
    for match in re.finditer(rf"([\u3400-\u9fff])\(({_READING})\s?\)", text):
        if has_reading(match[1], match[2]):
            annotated.setdefault(match[2], set()).add(match[1])
    return Habits(is_traditional(text), {key: tuple(sorted(value)) for key, value in annotated.items()})


def _best_edit(text: str, start: int, habits: Habits) -> Edit | None:
    left, trail = _left_context(text, start)
    found: list[tuple[Reading, Stretch, list[Reading]]] = []
    for stretch in _stretches(text, start):
        right = _ANNOTATION.sub("", text[stretch.end : stretch.end + 3 * _CONTEXT])[:_CONTEXT]
        ranked = _readings(stretch, trail, left, right, traditional=habits.traditional)
        if ranked:
            found.append((ranked[0], stretch, ranked))
    if whole := _whole_character(text, start, habits):
        right = _ANNOTATION.sub("", text[whole[0].end : whole[0].end + 3 * _CONTEXT])[:_CONTEXT]
        ranked = _ranked([(character, frozenset({0})) for character in whole[1]], left, right)
        found.append((ranked[0], whole[0], ranked))
    if not found:
        return None
    best, stretch, ranked = max(found, key=lambda item: item[0].score / (1 + len(item[0].characters)))
    shown = re.sub(rf"{_READING}\s?\)|[{ORPHAN}]", "", text[stretch.start : stretch.end])
    if not stretch.pinned and not _reads_better(best, shown, left):
        return None
    marked, certainty = _marked(best, ranked, stretch, left)
    return Edit(stretch.start, stretch.end, marked, certainty)


def _whole_character(text: str, start: int, habits: Habits) -> tuple[Stretch, tuple[str, ...]] | None:
    """The case in which both bytes of an annotated character went: one that the page annotates elsewhere."""
    tail = _TAIL.match(text, start + 1)
    if not tail or tail[1] not in habits.annotated:
        return None
    return Stretch(start, tail.end(), (None, None), {1: tail[1]}), habits.annotated[tail[1]]


def _left_context(text: str, start: int) -> tuple[str, int | None]:
    """The characters before a stretch without annotations, and the second byte of the last of them."""
    line = _ANNOTATION.sub("", text[max(0, start - 200) : start].rsplit("\n", 1)[-1])
    encoded = _encoded(line[-1:]) if line else None
    return line, (encoded[-1] if encoded else None)


def _clause_end(left: str) -> str:
    return re.split(r"[^\u3400-\u9fff]", left)[-1][-_CONTEXT:]


def _clause_start(right: str) -> str:
    return re.split(r"[^\u3400-\u9fff]", right)[0]


def _encoded(character: str) -> bytes | None:
    try:
        return character.encode("gbk")
    except UnicodeEncodeError:
        return None


def _stretches(text: str, start: int) -> Iterator[Stretch]:
    """Every way to read bytes from an orphan on, up to where the text is in step again."""
    open_ends: list[tuple[int, tuple[Byte, ...], dict[int, str]]] = [(start, (), {})]
    while open_ends:
        at, got, pinned = open_ends.pop()
        if got and len(got) % 2 == 0:
            yield Stretch(start, at, got, pinned)
            continue
        if at >= len(text) or len(got) > _MOST_BYTES:
            continue
        open_ends += _next_bytes(text, at, got, pinned)


def _next_bytes(
    text: str, at: int, got: tuple[Byte, ...], pinned: dict[int, str]
) -> list[tuple[int, tuple[Byte, ...], dict[int, str]]]:
    character = text[at]
    ways: list[tuple[int, tuple[Byte, ...], dict[int, str]]] = []
    if got and character in _FOLDED:
        ways.append((at + 1, got + tuple(_FOLDED[character].encode("gbk")), pinned))
    if character in ORPHAN:
        if tail := _TAIL.match(text, at + 1):
            ways.append((tail.end(), (*got, None), pinned | {len(got): tail[1]}))
        else:
            ways.append((at + 1, (*got, None), pinned))
    elif note := _ANNOTATION.match(text, at):
        ways.append((note.end(), got, pinned | {len(got) - 1: note[1]}))
    elif character == "€":  # how CP936 shows the byte 80
        ways.append((at + 1, (*got, 0x80), pinned))
    elif (encoded := _encoded(character)) and (len(encoded) == 2 or encoded[0] >= 0x40):
        end = at + 1
        after = got + tuple(encoded)
        if note := _ANNOTATION.match(text, end):
            end, pinned = note.end(), pinned | {len(after) - 1: note[1]}
        ways.append((end, after, pinned))
    return ways


def _readings(
    stretch: Stretch, trail: int | None, left: str, right: str, *, traditional: bool
) -> list[Reading]:
    """Ways to read a stretch, best first; pairs that vanished are tried where the bytes alone do not read."""
    spellings = list(_spellings(stretch.bytes, stretch.pinned, trail, traditional=traditional))
    ranked = _ranked(spellings, left, right)
    known = [byte for byte in stretch.bytes if byte is not None]
    if len(known) < 3 or (ranked and _fluent(ranked[0], left, right)):
        return ranked
    for gap in range(1, len(stretch.bytes), 2):
        spellings += _spellings_with_gap(stretch, gap, trail, traditional=traditional)
    return _ranked(spellings, left, right)


def _spellings_with_gap(
    stretch: Stretch, gap: int, trail: int | None, *, traditional: bool
) -> Iterator[tuple[str, frozenset[int]]]:
    """Spellings that suppose a vanished pair before byte ``gap``; only words are supposed."""
    lead, second = stretch.bytes[gap - 1], stretch.bytes[gap]
    if lead is None or second is None:
        return
    words, pair = lexicon(), (gap - 1) // 2
    pinned = {index + 2 * (index >= gap): reading for index, reading in stretch.pinned.items()}
    for first in _candidates(lead, None, traditional=traditional):
        for last in _candidates(None, second, traditional=traditional):
            lost = (first.encode("gbk")[1], last.encode("gbk")[0])
            if lost not in _vanishing():
                continue
            filled = stretch.bytes[:gap] + lost + stretch.bytes[gap:]
            for characters, guessed in _spellings(filled, pinned, trail, traditional=traditional):
                if all(_word_at(simplify(characters), at, words) for at in (pair, pair + 1)):
                    yield characters, guessed | {pair, pair + 1}


def _word_at(text: str, at: int, words: Lexicon) -> bool:
    """Whether a character makes a word with a neighbour."""
    return text[max(0, at - 1) : at + 1] in words or text[at : at + 2] in words


def _fits(character: str, *, traditional: bool) -> bool:
    return _common(character) and not (traditional and character in simplified_only())


def _fluent(reading: Reading, left: str, right: str) -> bool:
    """Whether a reading is good enough that nothing need be supposed lost."""
    length = len(reading.characters) + len(_clause_end(left)) + len(_clause_start(right))
    return reading.score / max(1, length) > -6.0


def _spellings(
    got: tuple[Byte, ...], pinned: dict[int, str], trail: int | None, *, traditional: bool
) -> Iterator[tuple[str, frozenset[int]]]:
    """Characters that the bytes can spell, each with the indexes of those that had a byte missing."""
    slots: list[tuple[str, ...]] = []
    guessed = set()
    for index in range(0, len(got), 2):
        lead, second = got[index], got[index + 1]
        if lead is not None and second is not None:
            slots.append((character,) if (character := _pairs().get((lead, second))) else ())
            continue
        guessed.add(index // 2)
        slots.append(_candidates(lead, second, traditional=traditional))
    total = 1
    for slot in slots:
        total *= len(slot)
    if not 0 < total <= _MOST_TRIED:
        return
    for characters in product(*slots):
        if _agrees(characters, pinned, trail):
            yield "".join(characters), frozenset(guessed)


@lru_cache(maxsize=1024)
def _candidates(lead: int | None, second: int | None, *, traditional: bool) -> tuple[str, ...]:
    """Characters in use whose code has this first or this second byte."""
    return tuple(
        character
        for (first, last), character in _pairs().items()
        if lead in (None, first)
        and second in (None, last)
        and (character in _MARKS or (character >= "\u3400" and _fits(character, traditional=traditional)))
    )


def _in_gb2312(character: str) -> bool:
    """Whether a character is one of GB 2312: tools that annotate by bytes leave those alone."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _agrees(characters: tuple[str, ...], pinned: dict[int, str], trail: int | None) -> bool:
    """Whether the pairs that the tool took for characters have the readings it gave them."""
    if not pinned:
        return True
    data = "".join(characters).encode("gbk")
    for index, reading in pinned.items():
        first = data[index - 1] if index else trail
        if first is None:
            continue
        character = _pairs().get((first, data[index]))
        if character is None or _in_gb2312(character) or not has_reading(character, reading):
            return False
    return True


def has_reading(character: str, reading: str) -> bool:
    """Whether a character can be read so; a reading without tone mark matches any tone.

    >>> has_reading("優", "yōu"), has_reading("優", "you"), has_reading("優", "huì")
    (True, True, False)
    """
    known = readings(character)
    return reading in known or (reading == toneless(reading) and reading in map(toneless, known))


_MARKS = "，。、；：？！“”‘’《》（）【】…—·"
_MARK_SCORE = -6.0  # a mark that anything may follow: about one character in four hundred
_CLOSING_SCORE = -1.0  # the mark that a pair opened before it asks for


def _ranked(spellings: list[tuple[str, frozenset[int]]], left: str, right: str) -> list[Reading]:
    ranked = [
        Reading(characters, guessed, _score(left, characters, right)) for characters, guessed in spellings
    ]
    ranked.sort(key=lambda reading: (-reading.score, reading.characters))
    return ranked


def _score(left: str, characters: str, right: str) -> float:
    words, total = lexicon(), 0.0
    before = left
    for index, piece in enumerate(re.split(r"([^\u3400-\u9fff])", characters)):
        if index % 2:
            total += _CLOSING_SCORE if _closes(piece, before) else _MARK_SCORE
        before += piece
    for clause in re.split(r"[^\u3400-\u9fff]", _clause_end(left) + characters + _clause_start(right)):
        total += words.score(simplify(clause))
    return total


def _reads_better(best: Reading, shown: str, left: str) -> bool:
    """Whether a reading explains what a page shows; without an annotation the bytes alone must convince."""
    solid = [character for index, character in enumerate(best.characters) if index not in best.guessed]
    if not all(_common(character) for character in solid):
        return False
    if not solid:
        return _closes(best.characters[-1], left)
    return _fluency("".join(solid)) > _fluency(shown)


def _fluency(text: str) -> float:
    """Log probability of a text; marks cost what they cost anywhere, other symbols as much as unknown words."""
    words, total = lexicon(), 0.0
    for clause in re.split(r"([^\u3400-\u9fff])", text):
        if len(clause) == 1 and not "\u3400" <= clause <= "\u9fff":
            total += _MARK_SCORE if clause in _MARKS or clause in _FOLDED else 3 * _MARK_SCORE
        else:
            total += words.score(simplify(clause))
    return total


def _closes(mark: str, left: str) -> bool:
    return mark in _PAIRED.values() and any(
        left.rfind(opening) > left.rfind(closing) for opening, closing in _PAIRED.items() if closing == mark
    )


def _marked(best: Reading, ranked: list[Reading], stretch: Stretch, left: str) -> tuple[str, Certainty]:
    """The reading with its conjectures bracketed and its losses boxed, and the weakest certainty in it."""
    status = [_status(index, best, ranked, stretch, left) for index in range(len(best.characters))]
    if any(state == "lost" for state in status) and is_name_place(left):
        status = ["lost" if state == "conjecture" else state for state in status]
    pieces: list[str] = []
    for character, state in zip(best.characters, status, strict=True):
        pieces.append(
            {
                "certain": character,
                "conjecture": CONJECTURE_OPEN + character + CONJECTURE_CLOSE,
                "lost": LOST,
            }[state]
        )
    weakest: Certainty = "lost" if "lost" in status else "conjecture" if "conjecture" in status else "certain"
    return "".join(pieces).replace(CONJECTURE_CLOSE + CONJECTURE_OPEN, ""), weakest


def _status(index: int, best: Reading, ranked: list[Reading], stretch: Stretch, left: str) -> Certainty:
    if index not in best.guessed:
        return "certain"
    character = best.characters[index]
    if _closes(character, left + best.characters[:index]):
        return "certain"
    rivals = [
        other.score
        for other in ranked[1:]
        if len(other.characters) != len(best.characters) or other.characters[index] != character
    ]
    margin = best.score - max(rivals) if rivals else float("inf")
    if {2 * index, 2 * index + 1} & _settled(stretch) and margin > 4:
        return "certain"
    if is_name_place(left + best.characters[:index]):
        return "lost"
    return "conjecture" if margin > 3 and _in_word(index, best, left) else "lost"


def _settled(stretch: Stretch) -> set[int]:
    """Bytes whose value a reading narrows down."""
    return {byte for index in stretch.pinned for byte in (index - 1, index) if byte >= 0}


def _in_word(index: int, best: Reading, left: str) -> bool:
    """Whether a guessed character is part of a word of two characters or more."""
    text = simplify(_clause_end(left) + best.characters)
    place = len(_clause_end(left)) + index
    at = 0
    for word in lexicon().cut(text):
        if at <= place < at + len(word):
            return len(word) > 1
        at += len(word)
    return False


_NAME_PLACE = re.compile(
    r"(?:[长長記记書书]者?|主任|主席|[編编][輯辑]|[審审]核|作者|通[訊讯][員员]|同志|攝|摄|文|校[對对]|[員员])"
    r"[:：、\s]?[\u3400-\u9fff]{0,2}$"
)


def is_name_place(left: str) -> bool:
    """Whether what follows may belong to a person's name, which is never completed by conjecture.

    >>> is_name_place("責任編輯:盧相"), is_name_place("問題清單變為")
    (True, False)
    """
    return bool(_NAME_PLACE.search(left))
