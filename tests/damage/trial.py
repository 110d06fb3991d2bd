"""Runs the engine over cases and adds up how far it agrees with the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_tools.models import Cleaned, Page
from build_tools.pipeline import clean
from tests.damage.case import Case
from tests.damage.verdict import Verdict, agrees


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, what the engine made of it, and how that compares with the truth."""

    name: str
    case: Case
    cleaned: Cleaned
    verdict: Verdict

    @property
    def worst_first(self) -> tuple[int, int, int]:
        """A key by which the most instructive failures come first."""
        return -len(self.verdict.wrong), -self.verdict.errors, -self.verdict.conjectures_wrong

    def __str__(self) -> str:
        """One line with the counts, and the first few false characters in their context."""
        verdict = self.verdict
        false = "；".join(
            f"{one.shown or '∅'}≠{one.truth or '∅'} …{one.around}…" for one in verdict.wrong[:3]
        )
        return (
            f"{self.name}: errors {verdict.errors}/{verdict.recoverable}, false {len(verdict.wrong)},"
            f" marks {len(verdict.marks)}, silent {verdict.silent}, needless □ {verdict.losses_needless},"
            f" conjectures {verdict.conjectures_right}+/{verdict.conjectures_wrong}- {false}"
        )


@dataclass(frozen=True, slots=True)
class Score:
    """What is measured over many cases; each figure is better when higher."""

    exact: float
    right: float
    never_false: float
    conjectures_right: float

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Score:
        """The score of outcomes: pages exact, recoverable characters right, pages without a false one."""
        verdicts = [outcome.verdict for outcome in outcomes]
        errors = sum(verdict.errors for verdict in verdicts)
        right = sum(verdict.conjectures_right for verdict in verdicts)
        guesses = right + sum(verdict.conjectures_wrong for verdict in verdicts)
        return cls(
            exact=_share(sum(verdict.exact for verdict in verdicts), len(verdicts)),
            right=max(0.0, 1 - errors / max(1, sum(verdict.recoverable for verdict in verdicts))),
            never_false=_share(sum(not verdict.wrong for verdict in verdicts), len(verdicts)),
            conjectures_right=_share(right, guesses),
        )


def tried(name: str, case: Case) -> Outcome:
    """Cleans the case's page and judges the result."""
    cleaned = clean(Page(raw=case.raw, name=f"{name}.txt"))
    return Outcome(name, case, cleaned, agrees(cleaned.text, case.answer))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
