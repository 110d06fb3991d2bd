"""What tests share: the archive's own records as golden cases."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "articles"


@pytest.fixture(scope="session")
def articles() -> Path:
    """The committed records."""
    return ARTICLES
