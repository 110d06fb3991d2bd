"""``knows``: a maintainer asks where a word belongs."""

from __future__ import annotations

from tests.cli.command import ducha


def test_a_known_word_is_shown_with_its_row() -> None:
    result = ducha("knows", "忻州", "闽东日报")
    assert result.exit_code == 0
    assert "places.tsv: 忻州市" in result.stdout
    assert "papers.tsv: 闽东日报 → 宁德市" in result.stdout


def test_an_unknown_word_is_given_its_table() -> None:
    result = ducha("knows", "某某经济技术开发区")
    assert result.exit_code == 0
    assert "build_tools/knowledge/" in result.stdout


def test_a_word_is_needed() -> None:
    assert ducha("knows").exit_code == 2
