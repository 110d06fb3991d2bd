"""Damage, rule by rule: each names one kind, shows it, undoes it, and lists what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from build_tools.clean.manuscript import Edit

Scope = Literal["page", "text"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage.

    ``find`` maps a text to the edits that undo the damage in it. ``page`` rules read the page as decoded, before
    its text is extracted; ``text`` rules read the extracted text. ``summary`` is Chinese: the site shows it.
    """

    name: str
    scope: Scope
    summary: str
    find: Callable[[str], list[Edit]]
    examples: tuple[tuple[str, str], ...] = ()
    innocent: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        """The text with this rule's edits carried out."""
        for edit in sorted(self.find(text), key=lambda edit: -edit.start):
            text = text[: edit.start] + edit.after + text[edit.end :]
        return text
