"""Every rule's own examples, and the texts that it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from build_tools.clean.repair import RULES
from build_tools.clean.rules import Rule

EXAMPLES = [
    pytest.param(rule, before, after, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, (before, after) in enumerate(rule.examples, 1)
]
INNOCENT = [
    pytest.param(rule, text, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, text in enumerate(rule.innocent, 1)
]


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example_is_repaired(rule: Callable[[str], str], before: str, after: str) -> None:
    assert rule(before) == after


@pytest.mark.parametrize(("rule", "text"), INNOCENT)
def test_innocent_text_is_left_alone(rule: Callable[[str], str], text: str) -> None:
    assert rule(text) == text


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_repaired_text_needs_no_second_repair(rule: Callable[[str], str], before: str, after: str) -> None:
    assert before != after
    assert rule(after) == after


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_documents_itself(rule: Rule) -> None:
    assert rule.examples, "a rule shows what it repairs"
    assert rule.innocent, "a rule shows what it must leave alone"
    assert rule.summary.endswith("。"), "the site shows the summary as a sentence"


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
