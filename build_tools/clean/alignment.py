"""The byte model: bring GBK text that a cloning tool put out of step back into step.

The tool replaces bytes without regard to character boundaries: ``(pinyin)`` goes in behind some dozens of
characters, one byte before some punctuation marks. Where such a pattern straddles two characters, a byte is
orphaned (shown as ``?``, and the ASCII character behind it is swallowed) and the text is read one byte out
of step until another single byte realigns it. Pairs that no font has vanish on the way.

    變?yōu)椤俺尚鍐巍?。   the bytes 83 9E of 變為 are 優, annotated (yōu)
    變為“成效清單”。       what stood there; 效清 had become a pair (A7 C7) that shows as nothing

Here a stretch is found and cut into tokens; ``reading`` searches what they spelled; this module decides what
may be shown as certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.clean.gbk import MARKS, encoded
from build_tools.clean.lexicon import has_reading, lexicon
from build_tools.clean.manuscript import Edit
from build_tools.clean.reading import Reading, Search, Token, closes, fluency, scored
from build_tools.clean.script import is_traditional, simplify
from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Certainty

ORPHAN = "?\ufffd"
_SYLLABLE = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}"
_TAIL = re.compile(rf"({_SYLLABLE})\s?\)")
_ANNOTATION = re.compile(rf"\(({_SYLLABLE})\s?\)")
_ANNOTATED = re.compile(rf"([\u3400-\u9fff])\(({_SYLLABLE})\s?\)")
_STOPS = "。，！？；：、）（”“》《,!?;:()"
_ANCHOR = re.compile(rf"[{ORPHAN}](?!\({_SYLLABLE})(?={_SYLLABLE}\s?\)|[{re.escape(_STOPS)}])")
_ORPHANED = re.compile(rf"[{ORPHAN}][。，！；、,!;]")
_SEVERAL = 2
_FOLDED = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F)}
_CONTEXT = 8
_MOST_TOKENS = 28
_RARE = -7.0  # log probability of a character that seldom stands alone: all but some forty
_ORPHAN_SCORE = -12.0  # a question mark where none makes sense, on a page that has orphans
_GARBAGE = -9.0  # mean log probability a character of text that is out of step
_CONVINCING = -12.0  # mean log probability a character; below this a reading is garbage, and shown as lost


@dataclass(frozen=True, slots=True)
class Habits:
    """What a page tells of the tool that cloned it: its script, and the characters it annotates, by reading."""

    traditional: bool
    annotated: dict[str, tuple[str, ...]]
    cloned: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens between the place where a page goes out of step and where it is in step again."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def restored(text: str) -> list[Edit]:
    """Edits that bring the stretches of a page that are out of step back into step.

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


def _habits(text: str) -> Habits:
    annotated: dict[str, set[str]] = {}
    for character, reading in set(_ANNOTATED.findall(text)):
        if has_reading(character, reading):
            annotated.setdefault(reading, set()).add(character)
    return Habits(
        is_traditional(text),
        {key: tuple(sorted(value)) for key, value in annotated.items()},
        cloned=bool(annotated) or len(_ORPHANED.findall(text)) >= _SEVERAL,
    )


def _best_edit(text: str, start: int, habits: Habits) -> Edit | None:
    left = _ANNOTATION.sub("", text[max(0, start - 200) : start].rsplit("\n", 1)[-1])
    stretches = list(_stretches(text, start))
    found = _ranked(text, stretches, left, habits, gaps=False)
    if stretches and (not found or _odd(found[1][0], left, _ahead(text, found[0].end, found[0].end))):
        found = _ranked(text, stretches, left, habits, gaps=True) or found
    if not found:
        return _given_up(text, stretches, habits)
    stretch, ranked = found
    best, ahead = ranked[0], _ahead(text, stretch.end, stretch.end)
    if any(token.reading for token in stretch.tokens):
        around = _clause(left) + best.characters + ahead
        if fluency(around) < _CONVINCING * len(around):
            return Edit(stretch.start, stretch.end, LOST * len(best.characters), "lost")
    elif not _explains(best, text[stretch.start : stretch.end], left, ahead, cloned=habits.cloned):
        return _given_up(text, stretches, habits)
    marked, certainty = _marked(best, ranked, left)
    return Edit(stretch.start, stretch.end, marked, certainty)


def _given_up(text: str, stretches: list[Stretch], habits: Habits) -> Edit | None:
    """A stretch of a cloned page that shows garbage no reading explains, boxed: better lost than wrong."""
    if not habits.cloned or not stretches:
        return None
    longest = max(stretches, key=lambda stretch: stretch.end)
    shown = _ANNOTATION.sub("", text[longest.start : longest.end]).strip(ORPHAN)
    if len(shown) < 3 or fluency(shown) > _GARBAGE * len(shown):
        return None
    return Edit(longest.start, longest.end, LOST * len(shown), "lost")


def _ranked(
    text: str, stretches: list[Stretch], left: str, habits: Habits, *, gaps: bool
) -> tuple[Stretch, list[Reading]] | None:
    """The stretch that reads best and its readings; all are compared over the same part of the page."""
    search = Search(left, traditional=habits.traditional, gaps=gaps)
    readings = [(stretch, search.readings(stretch.tokens)) for stretch in stretches]
    readings += _whole_character(text, stretches, habits)
    horizon = max((stretch.end for stretch, found in readings if found), default=0)
    ranked = [
        (stretch, scored(found, left, _ahead(text, stretch.end, horizon)))
        for stretch, found in readings
        if found
    ]
    return max(ranked, key=lambda item: item[1][0].score, default=None)


def _ahead(text: str, start: int, horizon: int) -> str:
    """The shown text up to the horizon and the clause behind it with the mark that follows, without annotations."""
    rest = _ANNOTATION.sub("", text[horizon : horizon + 4 * _CONTEXT])[:_CONTEXT]
    return _ANNOTATION.sub("", text[start:horizon]) + re.split(r"(?<=[^\u3400-\u9fff])|\n", rest)[0]


def _clause(left: str) -> str:
    return re.split(r"[^\u3400-\u9fff]", left)[-1][-_CONTEXT:]


def _odd(reading: Reading, left: str, ahead: str) -> bool:
    """Whether a reading holds a rare character that makes no word: then something may have vanished beside it."""
    before, at = _clause(left), 0
    text = simplify(before + reading.characters + ahead)
    for word in lexicon().cut(text):
        inside = len(before) <= at < len(before) + len(reading.characters)
        if inside and len(word) == 1 and word not in MARKS and lexicon().score(word) < _RARE:
            return True
        at += len(word)
    return False


def _whole_character(
    text: str, stretches: list[Stretch], habits: Habits
) -> list[tuple[Stretch, list[Reading]]]:
    """The case in which both bytes of an annotated character went: it is one that the page annotates elsewhere."""
    tail = _TAIL.match(text, stretches[0].start + 1) if stretches else None
    if not tail or tail[1] not in habits.annotated:
        return []
    stretch = Stretch(stretches[0].start, tail.end(), (Token(None, None, tail[1]),))
    guess = frozenset({0})
    return [(stretch, [Reading(character, guess, guess, 0.0) for character in habits.annotated[tail[1]]])]


def _stretches(text: str, start: int) -> Iterator[Stretch]:
    """Every way to cut the text behind an orphan into tokens, up to where it may be in step again."""
    open_ends: list[tuple[int, tuple[Token, ...]]] = [(start, ())]
    while open_ends:
        at, tokens = open_ends.pop()
        if len(tokens) > 1 and tokens[-1].ends:
            yield Stretch(start, at, tokens)
            continue
        if at < len(text) and len(tokens) < _MOST_TOKENS:
            open_ends += [(end, (*tokens, token)) for end, token in _tokens_at(text, at, first=not tokens)]


def _tokens_at(text: str, at: int, *, first: bool) -> list[tuple[int, Token]]:
    """What the character at a place can have been, each with where the next token begins."""
    character = text[at]
    found: list[tuple[int, Token]] = []
    if character in ORPHAN:
        tail = _TAIL.match(text, at + 1)
        end = tail.end() if tail else at + 1
        if first or tail or text[at - 1] not in ORPHAN:
            found.append((end, Token(None, None, tail[1] if tail else None, ends=not first)))
        elif trail := _trail_before(text[end : end + 1]):  # of two orphans in a row only this can be known
            found.append((end, Token(trail, None, ends=True)))
    if first:
        return found
    if note := _ANNOTATION.match(text, at):
        found.append((note.end(), Token(0x80, None, note[1], ends=True)))  # the byte 80 shows as nothing
    if character in _FOLDED and (wide := encoded(_FOLDED[character])) and len(wide) == 2:
        found.append((at + 1, Token(wide[0], wide[1])))
    code = b"\x80" if character == "€" else encoded(character)  # CP936 shows the byte 80 as €
    if not code or (len(code) == 1 and code[0] < 0x40):
        return found
    note = _ANNOTATION.match(text, at + 1)
    end = note.end() if note else at + 1
    if len(code) == 1:
        found.append((end, Token(code[0], None, note[1] if note else None, ends=True)))
    else:
        found.append((end, Token(code[0], code[1])))
        if code[1] < 0x80:  # a Latin letter that an orphan drew in
            found.append((end, Token(code[0], code[1], ends=True)))
    return found


def _trail_before(mark: str) -> int | None:
    """The second byte of a character that two marks were found in: by its trail and theirs, then theirs alone."""
    code = encoded(_FOLDED.get(mark, mark)) if mark and mark in _STOPS else None
    return {0xA1: 0xA3, 0xA3: 0xA1}.get(code[0]) if code and len(code) == 2 else None


def _explains(best: Reading, shown: str, left: str, ahead: str, *, cloned: bool) -> bool:
    """Whether a reading explains what a page shows where no annotation proves that it is out of step."""
    solid = "".join(character for index, character in enumerate(best.characters) if index not in best.guessed)
    plain = re.sub(f"[{ORPHAN}]", "", shown)
    if not plain:
        return cloned
    if solid.strip(MARKS):
        return fluency(solid) > fluency(plain) + 2
    if closes(best.characters[-1], left + best.characters[:-1]):
        return True
    before, orphans = _clause(left), (len(shown) - len(plain)) * (_ORPHAN_SCORE if cloned else 0.0)
    return fluency(before + best.characters + ahead) > fluency(before + plain + ahead) + orphans + 6


def _marked(best: Reading, ranked: list[Reading], left: str) -> tuple[str, Certainty]:
    """The reading with its conjectures bracketed and its losses boxed, and the weakest certainty in it."""
    status = [_status(index, best, ranked, left) for index in range(len(best.characters))]
    pieces = []
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


def _status(index: int, best: Reading, ranked: list[Reading], left: str) -> Certainty:
    character = best.characters[index]
    before = left + best.characters[:index]
    if closes(character, before):
        return "certain"
    rivals = [other.score for other in ranked[1:] if not _shares(other.characters, best.characters, index)]
    margin = best.score - max(rivals) if rivals else float("inf")
    if index not in best.guessed:
        return "certain" if margin > 6 else "lost"
    if index in best.settled and margin > 4:
        return "certain"
    if is_name_place(before) or margin <= 3:
        return "lost"
    return "conjecture" if character in MARKS or _in_word(index, best, left) else "lost"


def _shares(other: str, best: str, index: int) -> bool:
    """Whether another reading has the same character in this place, counted from either end."""
    return other[: index + 1] == best[: index + 1] or other[index - len(best) :] == best[index:]


def _in_word(index: int, best: Reading, left: str) -> bool:
    """Whether a guessed character is part of a word of two characters or more."""
    clause = _clause(left)
    place, at = len(clause) + index, 0
    for word in lexicon().cut(simplify(clause + best.characters)):
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
