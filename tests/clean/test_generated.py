"""Thousands of damaged pages with known answers; the floors in ``baseline.json`` only rise.

``DUCHA_DAMAGE_CASES=400`` sets how many cases of each kind are run (20 by default), and
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
DEFAULT_CASES = 20
COUNT = int(os.environ.get("DUCHA_DAMAGE_CASES", DEFAULT_CASES))
RAISING = os.environ.get("DUCHA_RAISE_BASELINE") == "1"
GATED = COUNT == DEFAULT_CASES  # other numbers of cases see other pages, so the floors say nothing of them


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
        print(f"\n{kind}: {figures}\n{_worst(outcomes)}" if RAISING or not GATED else "", end="")  # noqa: T201
    floors = _floors().get(kind, {}) if GATED else {}
    fallen = {name: (reached[name], floor) for name, floor in floors.items() if reached[name] < floor}
    assert not fallen, f"{kind} fell below its floor (reached, floor): {fallen}\n{_worst(outcomes)}"
    doubted = [outcome.cleaned.findings for outcome in outcomes if not outcome.cleaned.reliable]
    assert not doubted, "damage that can be undone makes no text unreliable"


@pytest.mark.parametrize("kind", UNRELIABLE)
def test_text_that_cannot_be_trusted_is_said_to_be_so(kind: str) -> None:
    outcomes = [tried(f"{kind}-{number}", case) for number, case in enumerate(cases(kind, COUNT))]
    suspect = [outcome for outcome in outcomes if not outcome.case.answer.reliable]
    noticed = sum(not outcome.cleaned.reliable for outcome in suspect) / max(1, len(suspect))
    if RAISING:
        _raise(kind, {"noticed": noticed})
    floor = _floors().get(kind, {}).get("noticed", 0.0) if GATED else 0.0
    assert noticed >= floor, f"{kind}: {noticed:.3f} noticed, {floor:.3f} before"


def test_undamaged_texts_come_back_as_they_are() -> None:
    outcomes = [tried(f"clean-{number}", case) for number, case in enumerate(cases("stored-as-gb18030", 40))]
    altered = [outcome for outcome in outcomes if outcome.cleaned.text != outcome.case.answer.text]
    assert not altered, "\n".join(map(str, altered))
