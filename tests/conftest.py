"""What tests share: the archive's own records as golden cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "articles"

# The same examples in every run; ``--hypothesis-profile=search`` looks for new ones.
_SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("archive", _SLOW, derandomize=True, max_examples=60)
settings.register_profile("search", _SLOW, max_examples=2000)
settings.load_profile("archive")


@pytest.fixture(scope="session")
def articles() -> Path:
    """The committed records."""
    return ARTICLES
