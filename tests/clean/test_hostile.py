"""Pages made to be slow."""

from __future__ import annotations

import pytest

from build_tools.clean import alignment
from build_tools.clean.repair import clean
from build_tools.models import Page


def test_orphans_beyond_the_most_are_left_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST", 5)
    cleaned = clean(Page(("督察組下沉?。" * 40).encode(), "flood.txt"))
    assert [finding.code for finding in cleaned.findings] == ["TOO-BROKEN"]
    assert sum(repair.rule == "byte-alignment" for repair in cleaned.repairs) <= 5
    assert cleaned.text.endswith("下沉？。")


def test_few_orphans_are_no_finding() -> None:
    assert not clean(Page("督察組下沉盧相?。，真正使“問題清單”變為現實。".encode(), "page.txt")).findings
