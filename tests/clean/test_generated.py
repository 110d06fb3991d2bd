"""Thousands of damaged pages with known answers; the floors in ``baseline.json`` only rise.

``DUCHA_DAMAGE_CASES=400`` sets how many cases of each kind are run (40 by default), and
``DUCHA_RAISE_BASELINE=1`` writes floors that a run has passed back to the file. They never fall.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.damage.kinds import REPARABLE, UNRELIABLE, cases
from tests.damage.trial import Outcome, Score, tried

BASELINE = Path(__file__).with_name("baseline.json")
DEFAULT_CASES = 40
COUNT = int(os.environ.get("DUCHA_DAMAGE_CASES", DEFAULT_CASES))
RAISING = os.environ.get("DUCHA_RAISE_BASELINE") == "1"
# A run of other than the default number of cases sees other pages: it may fall this far below the floors.
SLACK = 0.0 if COUNT == DEFAULT_CASES else 0.02


def _floors() -> dict[str, dict[str, float]]:
    floors: dict[str, dict[str, float]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return floors


def _raise(kind: str, reached: dict[str, float]) -> None:
    floors = _floors()
    old = floors.get(kind, {})
    floors[kind] = {name: max(old.get(name, 0.0), _rounded_down(value)) for name, value in reached.items()}
    text = json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False) + "\n"
    BASELINE.write_text(text, encoding="utf-8", newline="\n")


def _rounded_down(value: float) -> float:
    return int(value * 10_000) / 10_000


def _worst(outcomes: list[Outcome], count: int = 8) -> str:
    failed = [outcome for outcome in outcomes if not outcome.verdict.exact]
    return "\n".join(map(str, sorted(failed, key=lambda outcome: outcome.worst_first)[:count]))


@pytest.mark.parametrize("kind", REPARABLE)
def test_damage_is_undone(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [tried(f"{kind}-{number}", case) for number, case in enumerate(cases(kind, COUNT))]
    reached = asdict(Score.of(outcomes))
    if RAISING:
        _raise(kind, reached)
    with capsys.disabled():
        figures = "  ".join(f"{name} {value:.4f}" for name, value in reached.items())
        print(f"\n{kind}: {figures}\n{_worst(outcomes)}" if RAISING or SLACK else "", end="")  # noqa: T201
    floors = _floors().get(kind, {})
    fallen = {name: (reached[name], floor) for name, floor in floors.items() if reached[name] < floor - SLACK}
    assert not fallen, f"{kind} fell below its floor (reached, floor): {fallen}\n{_worst(outcomes)}"


@pytest.mark.parametrize("kind", UNRELIABLE)
def test_text_that_cannot_be_trusted_is_said_to_be_so(kind: str) -> None:
    outcomes = [tried(f"{kind}-{number}", case) for number, case in enumerate(cases(kind, COUNT))]
    suspect = [outcome for outcome in outcomes if not outcome.case.answer.reliable]
    noticed = sum(not outcome.cleaned.reliable for outcome in suspect) / max(1, len(suspect))
    if RAISING:
        _raise(kind, {"noticed": noticed})
    floor = _floors().get(kind, {}).get("noticed", 0.0)
    assert noticed >= floor - SLACK, f"{kind}: {noticed:.3f} noticed, {floor:.3f} before"


def test_undamaged_texts_come_back_as_they_are() -> None:
    assert not [
        outcome
        for kind in ("stored-as-gb18030",)
        for outcome in map(tried, ("clean",) * 1000, cases(kind, COUNT))
        if outcome.cleaned.text != outcome.case.answer.text
    ]
