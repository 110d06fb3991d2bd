"""The search in Firefox, over http under a sub-path and from a folder; skipped where there is no Firefox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from build_tools.archive.corpus import Corpus, read_corpus
from tests.browser import firefox
from tests.browser.test_search import article_of, scan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(firefox.PATH is None, reason="no Firefox on this machine"),
    pytest.mark.xdist_group("firefox"),
]

_UNTIL = """const until = async (found) => { while (!found()) await new Promise(requestAnimationFrame); };"""


@pytest.fixture(scope="module")
def browser_of_mozilla(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefox.Firefox]:
    found = firefox.Firefox(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, served: str, unpacked: Path) -> str:
    return served if request.param == "http" else f"{unpacked.as_uri()}/"


def test_search_in_firefox(browser_of_mozilla: firefox.Firefox, base: str, articles: Any) -> None:
    corpus: Corpus = read_corpus(articles)
    page = browser_of_mozilla
    page.open(f"{base}search.html")
    for query in ("督察", "生態環境", "到位不", "王文涛", "火星人"):
        ids, marks = page.evaluate(
            _UNTIL
            + """const [query] = args;
            const box = document.querySelector("input[name=q]");
            box.value = query;
            box.dispatchEvent(new Event("input", { bubbles: true }));
            const results = document.querySelector("#results");
            const asked = () => new URLSearchParams(location.search).get("q") === query;
            await until(() => asked() && results.dataset.state === "done");
            const exact = [...results.querySelectorAll("li[data-tier=exact]")];
            const marks = results.querySelectorAll("li[data-tier=exact] mark");
            return [exact.map((row) => row.dataset.id), marks.length];""",
            query,
        )
        assert set(ids) == scan(corpus, query)
        assert bool(marks) == bool(ids)
    loaded = page.evaluate("return performance.getEntriesByType('resource').map(({ name }) => name);")
    assert [name for name in loaded if not name.startswith(base)] == []


def test_suggestions_and_marks_in_firefox(
    browser_of_mozilla: firefox.Firefox, base: str, articles: Any
) -> None:
    page = browser_of_mozilla
    page.open(base + article_of(read_corpus(articles), "王文涛") + "?q=督察")
    shown = page.evaluate(
        _UNTIL
        + """await until(() => document.querySelector(".da-steps"));
        document.querySelector(".da-steps button[aria-label=下一处]").click();
        const marks = [...document.querySelectorAll(".da-article mark")];
        return [document.querySelector(".da-steps span").textContent, marks.length, marks[1].className];"""
    )
    assert shown == [f"2/{shown[1]}", shown[1], "da-current"]
    names = page.evaluate(
        _UNTIL
        + """const box = document.querySelector(".da-find input");
        box.focus();
        await until(() => window.Archive?.offer);
        box.value = "wwt";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await until(() => document.querySelector(".da-suggestions li"));
        return document.querySelector(".da-suggestions").textContent;"""
    )
    assert "王文涛" in names
