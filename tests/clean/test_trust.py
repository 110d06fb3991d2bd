"""What a row of signs is found by stands in whatever it matches."""

from __future__ import annotations

from build_tools.clean.repair import clean
from build_tools.clean.trust import signs
from build_tools.models import Page
from tests.damage.kinds import UNRELIABLE, cases


def test_a_core_stands_in_every_match() -> None:
    texts = [clean(Page(case.raw, "page.txt")).text for kind in UNRELIABLE for case in cases(kind, 40)]
    matched = 0
    for strong, weak in signs().values():
        for row in (*strong, *weak):
            for found in (match[0] for text in texts for match in row.pattern.finditer(text)):
                assert not row.cores or any(core in found for core in row.cores), row
                matched += 1
    assert matched > 100
