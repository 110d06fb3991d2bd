"""Clean texts that no damage rule may touch."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from build_tools.models import Cleaned, Page
from build_tools.pipeline import clean

TEXTS = Path(__file__).parents[1] / "innocent"
EXPECTATIONS: dict[str, str] = yaml.safe_load((TEXTS / "expectations.yml").read_text(encoding="utf-8"))
CONVERSIONS = {"traditional-script", "punctuation-width", "extra-space", "blank-lines", "blank-line"}
"""Rules that convert a text without claiming that it was damaged."""


def _cleaned(path: Path) -> Cleaned:
    return clean(Page(raw=path.read_bytes(), name=path.name))


def _same(text: str) -> str:
    return text


def _width(text: str) -> str:
    """Marks and letters without regard to their width, quotation marks without regard to their shape."""
    return re.sub("[“”]", '"', unicodedata.normalize("NFKC", text))


def _layout(text: str) -> str:
    return re.sub(r"\s+", "", _width(text))


VIEWS = {"width": _width, "layout": _layout, "traditional": _same}


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_innocent_text_is_left_alone(path: Path) -> None:
    kind = EXPECTATIONS.get(path.stem, "")
    wanted = TEXTS / f"{path.stem}.simplified" if kind == "traditional" else path
    view = VIEWS.get(kind, _same)
    assert view(_cleaned(path).text) == view(wanted.read_text(encoding="utf-8").strip())


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_damage_is_claimed(path: Path) -> None:
    cleaned = _cleaned(path)
    claimed = {repair.rule for repair in cleaned.repairs} - CONVERSIONS
    assert (claimed, cleaned.reliable) == (set(), True)


def test_every_expectation_names_a_text() -> None:
    assert set(EXPECTATIONS) <= {path.stem for path in TEXTS.glob("*.txt")}
