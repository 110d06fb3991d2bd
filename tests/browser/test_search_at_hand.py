"""The search page for the keyboard, a screen reader and a narrow screen, and where its bars are few."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_search import ask, done

pytestmark = pytest.mark.browser


def test_the_focus_stays_where_a_filter_was_chosen(visit: Visit) -> None:
    page = ask(visit, "督察")
    chosen = page.locator(".da-facets button[data-again='province 山东省']")
    chosen.press("Enter")
    page.wait_for_function("() => document.querySelector('#results').dataset.total === '1'")
    page.wait_for_function("() => document.activeElement.dataset.again === 'province 山东省'")
    assert chosen.get_attribute("aria-pressed") == "true"
    page.locator(".da-chips button").press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.da-status')")


def test_a_date_far_from_the_others_leaves_bars_that_can_be_hit(visit: Visit) -> None:
    counts = ask(visit, "督察").evaluate(
        """() => [[2017, 2019], [1950, 2019], [1, 9999]].map((years) =>
          Archive.page.countDates(years.map((year) => year * 512 + 32), [0, 1]))"""
    )
    assert counts[0] == [["2017", "2017", 1], ["2018", "2018", 0], ["2019", "2019", 1]]
    assert [counts[1][0], counts[1][-1], len(counts[1])] == [["1950", "1959", 1], ["2010", "2019", 1], 7]
    assert [counts[2][0], counts[2][-1], len(counts[2])] == [["0000", "0999", 1], ["9000", "9999", 1], 10]


def test_a_date_is_taken_as_readers_write_it_or_refused(visit: Visit) -> None:
    page = ask(visit, "督察")
    box = page.get_by_label("起始日期")
    box.fill("2019年1月")
    box.press("Enter")
    page.wait_for_url("**from=2019-1")
    page.wait_for_function("() => document.activeElement.dataset.again === '起始日期'")
    box.fill("去年")
    box.press("Enter")
    assert "2017-08" in box.evaluate("(node) => node.validationMessage")
    assert page.url.endswith("from=2019-1")


def test_help_stands_open_until_something_is_asked(visit: Visit) -> None:
    page = visit.open("search.html")
    assert page.locator(".da-help li").first.is_visible()
    page.locator("input[name=q]").fill("督察")
    done(page)
    assert page.locator(".da-help li").first.is_hidden()
    assert page.title().startswith("督察 - ")
    page.locator("input[name=q]").fill("")
    page.locator(".da-help li").first.wait_for()


def test_suggestions_tell_a_screen_reader_which_is_chosen(visit: Visit) -> None:
    page = visit.open("search.html")
    box = page.locator("input[name=q]")
    box.press_sequentially("wangw")
    page.locator(".da-suggestions li").first.wait_for()
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert page.locator(f"#{box.get_attribute('aria-controls')}").get_attribute("role") == "listbox"


def test_suggestions_fit_a_narrow_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 700})
    page = visit.open("rounds.html")
    box = page.locator(".da-find input")
    box.click()
    box.press_sequentially("整改")
    page.locator(".da-suggestions li").first.wait_for()
    placed = page.locator(".da-suggestions").bounding_box()
    assert placed
    assert placed["x"] >= 0
    assert placed["x"] + placed["width"] <= 360
