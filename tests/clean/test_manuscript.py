"""A manuscript carries out edits and knows where each stands in the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.clean.manuscript import Edit, Manuscript
from build_tools.models import Repair

TEXT = st.text(alphabet="督察组进驻,。()a□〔〕 \n", max_size=40)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text, and edits step by step that do not overlap within a step."""
    text = draw(TEXT)
    manuscript = Manuscript(text)
    found: list[list[Edit]] = []
    for _ in range(draw(st.integers(0, 4))):
        length = len(manuscript.text)
        places = sorted(draw(st.lists(st.integers(0, length), min_size=0, max_size=8)))
        edits = [
            Edit(start, end, draw(st.text(alphabet="环保X", max_size=3)))
            for start, end in zip(places[::2], places[1::2], strict=False)
        ]
        found.append(edits)
        manuscript.apply("rule", edits)
    return text, found


def by_hand(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


@given(steps())
def test_text_is_what_the_edits_make(case: tuple[str, list[list[Edit]]]) -> None:
    text, found = case
    manuscript = Manuscript(text)
    for edits in found:
        text = by_hand(text, edits)
        manuscript.apply("rule", edits)
    assert manuscript.text == text


@given(steps())
def test_places_lie_in_the_text_and_in_order(case: tuple[str, list[list[Edit]]]) -> None:
    text, found = case
    manuscript = Manuscript(text)
    for edits in found:
        manuscript.apply("rule", edits)
    repairs = manuscript.repairs()
    assert all(0 <= repair.start <= repair.end <= len(manuscript.text) for repair in repairs)
    assert [repair.start for repair in repairs] == sorted(repair.start for repair in repairs)


@given(steps())
def test_last_step_stands_where_it_says(case: tuple[str, list[list[Edit]]]) -> None:
    text, found = case
    if not found:
        return
    manuscript = Manuscript(text)
    for number, edits in enumerate(found):
        manuscript.apply(f"rule-{number}", edits)
    last = f"rule-{len(found) - 1}"
    for repair in manuscript.repairs():
        if repair.rule == last:
            assert manuscript.text[repair.start : repair.end] == repair.after


@given(steps())
def test_one_step_can_be_undone(case: tuple[str, list[list[Edit]]]) -> None:
    text, found = case
    manuscript = Manuscript(text)
    manuscript.apply("rule", found[0] if found else [])
    undone = manuscript.text
    for repair in reversed(manuscript.repairs()):
        undone = undone[: repair.start] + repair.before + undone[repair.end :]
    assert undone == text


@given(steps())
def test_a_trace_says_which_rule_touched_what(case: tuple[str, list[list[Edit]]]) -> None:
    text, found = case
    manuscript = Manuscript(text)
    for number, edits in enumerate(found):
        manuscript.apply(f"rule-{number}", edits)
    trace = manuscript.trace()
    assert (len(trace.made), len(trace.origin)) == (len(manuscript.text), len(manuscript.text))
    assert trace.origin == sorted(trace.origin)
    for at, rule in enumerate(trace.made):
        if rule is None:
            assert manuscript.text[at] == trace.raw[trace.origin[at]]
    kept = [raw for raw, rule in zip(trace.raw, trace.touched, strict=True) if rule is None]
    assert kept == [shown for shown, rule in zip(manuscript.text, trace.made, strict=True) if rule is None]


def test_edits_that_change_nothing_leave_no_repair() -> None:
    manuscript = Manuscript("督察组")
    manuscript.apply("rule", [Edit(0, 1, "督")])
    assert manuscript.repairs() == ()


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Manuscript("督察组").apply("rule", [Edit(0, 2, "甲"), Edit(1, 3, "乙")])


def test_a_repair_inside_a_later_one_takes_its_place() -> None:
    manuscript = Manuscript("環(huán)保")
    manuscript.apply("first", [Edit(1, 7, "")])
    manuscript.apply("second", [Edit(0, 2, "环保")])
    assert manuscript.repairs() == (
        Repair("second", 0, 2, "環保", "环保"),
        Repair("first", 0, 2, "(huán)", ""),
    ) or [repair.rule for repair in manuscript.repairs()] == ["first", "second"]
