"""Two witnesses of one text held against each other: where they differ, and what one has that the other lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST, FrontMatter, Ground, Record, marks

_SHORTEST = 4  # characters of a run that counts as shared: words alone do not make a copy
_REACHES = (8, 5, 3)  # characters on each side of a gap by which its place is found in the other witness
_NEEDED = 6  # of them that must be there: a gap near two ends of a paragraph has too little around it
_GAP = re.compile(f"(?:{LOST}|{CONJECTURE_OPEN}[\u3400-\u9fff]+{CONJECTURE_CLOSE})+")
_MARKED = re.compile(f"[{LOST}{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]")
_PREFIX = "witness."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of two texts; equal where both are the same, else what stands in each."""

    mine: str
    theirs: str

    @property
    def equal(self) -> bool:
        """Whether both witnesses agree here."""
        return self.mine == self.theirs


def stretches(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Stretch]:
    """Two texts, as characters or as words, cut where they begin and cease to agree.

    >>> [(one.mine, one.theirs) for one in stretches("成效□单，", "成效清单，")]
    [('成效', '成效'), ('□', '清'), ('单，', '单，')]
    """
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for _, start, end, at, to in matcher.get_opcodes():
        yield Stretch("".join(mine[start:end]), "".join(theirs[at:to]))


def overlap(one: str, other: str) -> float:
    """How much of the shorter text stands in the other in the same order, from 0 to 1."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shorter = min(len(one), len(other))
    return sum(block.size for block in blocks if block.size >= _SHORTEST) / shorter if shorter else 0.0


def restored(record: Record, other: Record) -> Record:
    """A record with lost and conjectured characters taken from another witness, which is named under ``made``.

    A gap is filled only if what stands around it stands in the other witness once, with as many sound characters
    between. A text that a person has settled stays, and so does one without such gaps: then ``record`` itself returns.
    """
    if "body" in record.front.confirmed:
        return record
    text = "\n".join(other.paragraphs)
    filled: list[str] = []
    paragraphs = tuple(_filled(paragraph, text, filled) for paragraph in record.paragraphs)
    if not filled:
        return record
    return _noted(Record(record.front, paragraphs), other.id, filled)


def _filled(paragraph: str, text: str, filled: list[str]) -> str:
    def fill(gap: re.Match[str]) -> str:
        count = len(re.sub(f"[{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]", "", gap[0]))
        for reach in _REACHES:
            left = _MARKED.split(paragraph[max(0, gap.start() - reach) : gap.start()])[-1]
            right = _MARKED.split(paragraph[gap.end() : gap.end() + reach])[0]
            if len(left) + len(right) < _NEEDED or not left or not right:
                break
            found = re.findall(f"{re.escape(left)}([\u3400-\u9fff]{{{count}}}){re.escape(right)}", text)
            if len(found) == 1:
                filled.append(f"{left[-2:]}{found[0]}{right[:2]}")
                return str(found[0])
        return gap[0]

    return _GAP.sub(fill, paragraph)


def _noted(record: Record, witness: str, filled: list[str]) -> Record:
    """The record with its marks counted again and the witness named as the ground of what was filled."""
    made = record.front.made
    before = made.evidence.get(_PREFIX + witness)
    words = "、".join([*([before.words] if before and before.why else []), *filled])[:600]
    ground = Ground(basis="witness", words=words, why=f"{len(filled)} 处据此见本补出")
    lost, conjectured = marks(record.text)
    evidence = {**made.evidence, _PREFIX + witness: ground}
    made = made.model_copy(update={"evidence": evidence, "lost": lost, "conjectured": conjectured})
    return Record(record.front.model_copy(update={"made": made}), record.paragraphs)


def witness_of(record: Record, other: Record, share: float) -> Record:
    """A record that names another as a witness of the same text, restored from it where it can be."""
    made = record.front.made
    ground = Ground(basis="witness", words=f"与之相同者占 {share:.0%}")
    made = made.model_copy(update={"evidence": {**made.evidence, _PREFIX + other.id: ground}})
    return restored(Record(record.front.model_copy(update={"made": made}), record.paragraphs), other)


def named_witnesses(front: FrontMatter) -> list[str]:
    """Ids of the witnesses that a record names."""
    return [name.removeprefix(_PREFIX) for name in front.made.evidence if name.startswith(_PREFIX)]


def harm(record: Record) -> tuple[bool, int, int]:
    """How damaged a witness is: unreliable first, then marks, then how short; the best one sorts first."""
    lost, conjectured = marks(record.text)
    return not record.front.made.reliable, lost + conjectured, -len(record.text)
