"""The byte model: bring GBK text that a cloning tool put out of step back into step.

The tool replaces bytes without regard to character boundaries: ``(pinyin)`` goes in behind some dozens of
characters, one byte before some punctuation marks. Where such a pattern straddles two characters, a byte is
orphaned (shown as ``?``, and the ASCII character behind it is swallowed) and the text is read one byte out
of step until another single byte realigns it. Pairs that no font has vanish on the way.

    變?yōu)椤俺尚鍐巍?。   the bytes 83 9E of 變為 are 優, annotated (yōu)
    變為“成效清單”。       what stood there; 效清 had become a pair (A7 C7) that shows as nothing

``habits`` learns what it can from the page, ``units`` cuts a line into what its bytes came in, ``passage`` says what
each may have been, ``reading`` finds the likeliest whole; this module decides what may be shown as certain.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from build_tools.clean.fluency import closes, is_han
from build_tools.clean.gbk import MARKS
from build_tools.clean.habits import Habits, habits
from build_tools.clean.manuscript import Edit
from build_tools.clean.passage import Passage
from build_tools.clean.reading import Reading, Sign, best_reading
from build_tools.clean.script import simplify
from build_tools.clean.units import ORPHAN, SYLLABLE, Unit, units, without_notes
from build_tools.knowledge.tables import credit_labels, titles
from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, Certainty

MOST = 1500
"""Orphans of one page that are looked at, a few milliseconds each; an article of 90,000 characters has some 400."""

_STOPS = "。，！？；：、）（”“》《,!?;:()"
_ANCHOR = re.compile(
    rf"(?<![{ORPHAN}]{{3}})[{ORPHAN}](?![{ORPHAN}]{{3}})(?!\({SYLLABLE})(?={SYLLABLE}\s?\)|[{re.escape(_STOPS)}\ufffd])"
)
_BEHIND_MARK = re.compile("[^\u3400-\u9fff][\u3400-\u9fff]{0,2}$")
_TITLE_AND_NAME = 12  # characters
_BEFORE = 8  # characters in front of an orphan that a word may begin with
_REACH = 1000  # characters around an orphan that are looked at, within its line
_NEAR = 120  # the same where the page is in step again within them, as nearly always
_CERTAIN = 0.99
_LIKELY = 0.975
_READABLE = 0.8  # where both bytes are on the page, and a word holds the character
_CLOSING = 0.8  # the mark that an open pair asks for
_ALONE = 0.973  # the same where it stands alone
_CERTAIN_ALONE = 0.998  # a common character that words across a gap might have been, too
_CERTAIN_NAME = 0.95  # of names where one is expected, and nothing else can be made to look like one
# Calibrated on pages with known answers: nothing false shown plainly, nine in ten conjectures right and more.


def restored(text: str) -> list[Edit]:
    """Edits that bring the stretches of a page that are out of step back into step.

    >>> [edit.after for edit in restored("真正使“問題清單”變?yōu)椤俺尚鍐巍?。要全面")]
    ['為“成〔效清〕單”']
    """
    edits: list[Edit] = []
    position = 0
    page = None
    for anchor in islice(_ANCHOR.finditer(text), MOST):
        if anchor.start() >= position:
            page = page or habits(text)
            found, position = _edits(text, anchor.start(), position, page, edits)
            edits += found
    return edits


def too_broken(text: str) -> bool:
    """Whether a page has more orphans than are looked at."""
    return sum(map(text.count, ORPHAN)) > MOST and len(_ANCHOR.findall(text)) > MOST


def _edits(text: str, orphan: int, done: int, page: Habits, earlier: list[Edit]) -> tuple[list[Edit], int]:
    """The edits around an orphan, and up to where the text is settled."""
    first = text.rfind("\n", max(0, orphan - _REACH), orphan) + 1 or max(0, orphan - _REACH)
    last = text.find("\n", orphan, orphan + _REACH)
    last = min(len(text), orphan + _REACH) if last < 0 else last
    start = max(done, first)
    if start < orphan - _NEAR:
        start = next((at for at in range(orphan - _NEAR, orphan) if is_han(text[at])), start)  # between units
    before = _repaired(text, first, start, earlier[-_REACH:])
    for end in (min(last, orphan + _NEAR), last):
        shown = units(text, start, end)
        at = next(index for index, unit in enumerate(shown) if unit.end > orphan)
        begin = max(0, at - 1)  # it may be what the tool put in
        while begin and at - begin < _BEFORE and is_han(shown[begin - 1].shown):
            begin -= 1
        reading = best_reading(Passage(shown, page, before, text[end:last]), begin, at)
        if reading.end < len(shown) or end == last:
            break
    settled = shown[reading.end - 1].end if reading.end else end
    return list(_changes(reading, shown, text)), max(settled, shown[at].end)


def _repaired(text: str, start: int, end: int, edits: list[Edit]) -> str:
    """A part of the text with the edits in it carried out."""
    pieces = []
    for edit in edits:
        if edit.start >= start:
            pieces += [text[start : edit.start], edit.after]
            start = edit.end
    return without_notes("".join(pieces) + text[start:end])


def _changes(reading: Reading, shown: list[Unit], text: str) -> list[Edit]:
    edits = []
    signs = reading.signs
    index = 0
    while index < len(signs):
        if not signs[index].out:
            index += 1
            continue
        first = index
        while index < len(signs) and signs[index].out:
            index += 1
        stop = signs[index].unit if index < len(signs) else reading.end
        start, end = shown[signs[first].unit].start, shown[stop - 1].end
        left = without_notes(text[max(0, start - 200) : start].rsplit("\n", 1)[-1])
        after, certainty = _marked(signs[first:index], left)
        edits.append(Edit(start, end, after, certainty))
    return edits


def _marked(signs: tuple[Sign, ...], left: str) -> tuple[str, Certainty]:
    """The reading with its conjectures bracketed and its losses boxed, and the weakest certainty in it."""
    pieces, states = [], set()
    for sign in signs:
        if not sign.character:
            continue
        state = _status(sign, left)
        states.add(state)
        left += sign.character
        pieces.append(
            {
                "certain": sign.character,
                "conjecture": CONJECTURE_OPEN + sign.character + CONJECTURE_CLOSE,
                "lost": LOST,
            }[state]
        )
    weakest: Certainty = "lost" if "lost" in states else "conjecture" if "conjecture" in states else "certain"
    return "".join(pieces).replace(CONJECTURE_CLOSE + CONJECTURE_OPEN, ""), weakest


def _status(sign: Sign, left: str) -> Certainty:
    if sign.character == LOST:
        return "lost"
    if sign.sure:
        return _status_read_off(sign, left)
    if closes(sign.character, left):
        return "certain" if sign.probability >= _CLOSING else "lost"
    if sign.probability < _LIKELY or is_name_place(left) or not (sign.word > 1 or sign.character in MARKS):
        return "lost"
    return "conjecture"


def _status_read_off(sign: Sign, left: str) -> Certainty:
    """Where both bytes are on the page, or a reading leaves one character: is it in step there?"""
    alone = sign.word == 1 and is_han(sign.character)
    name_place = is_name_place(left)
    expected = sign.name and (name_place or _BEHIND_MARK.search(left))
    if sign.probability > (_CERTAIN_NAME if expected else _CERTAIN_ALONE if alone else _CERTAIN):
        return "certain"
    if sign.probability < (_ALONE if alone else _READABLE) or sign.name or name_place:
        return "lost"
    return "conjecture"


def is_name_place(left: str) -> bool:
    """Whether what follows may belong to a person's name, which is never completed by conjecture.

    >>> is_name_place("責任編輯:張海"), is_name_place("副市長王"), is_name_place("問題清單變為")
    (True, True, False)
    """
    return bool(_name_place().search(simplify(left[-_TITLE_AND_NAME:])))


@cache
def _name_place() -> re.Pattern[str]:
    """A post or the label of a credit, and up to two characters behind it."""
    parts, labels = titles(), credit_labels()
    people = {*labels.reporters, *labels.photographers, *labels.editors, *labels.reviewers}
    words = {*parts.posts, *parts.private, *people, "同志"}
    long = "|".join(re.escape(word) for word in sorted(words) if len(word) > 1)
    short = "".join(sorted(re.escape(word) for word in words if len(word) == 1))
    return re.compile(rf"(?:(?:{long})[:：、\s]?|[{short}][:：/／\s])[\u3400-\u9fff]{{0,2}}$")
