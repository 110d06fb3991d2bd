"""A damaged page together with what a perfect cleaner makes of it."""

from __future__ import annotations

from dataclasses import dataclass

LOST = "□"


@dataclass(frozen=True, slots=True)
class Answer:
    """The text before the damage, and the places where the damage destroyed what it said.

    ``lost`` holds positions in ``text`` of characters of which a byte is gone: a cleaner may show them
    as a loss, as a conjecture, or right. Everywhere else only the character itself will do.
    """

    text: str
    lost: frozenset[int] = frozenset()
    reliable: bool = True

    @property
    def marked(self) -> str:
        """The text with every lost character as □: the most cautious answer that is still right."""
        return "".join(LOST if at in self.lost else char for at, char in enumerate(self.text))


@dataclass(frozen=True, slots=True)
class Case:
    """One page as it would be scraped, and its answer; ``kind`` names the damage."""

    kind: str
    raw: bytes
    answer: Answer

    @property
    def shown(self) -> str:
        """What a reader of the damaged page sees."""
        return self.raw.decode("utf-8", "replace")


def page(kind: str, shown: str, answer: Answer) -> Case:
    """A case whose damaged text is stored as UTF-8, as nearly all scraped text is."""
    return Case(kind, shown.encode("utf-8"), answer)
