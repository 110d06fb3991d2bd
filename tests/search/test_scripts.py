"""Scripts are published without what only people who work on them read."""

from __future__ import annotations

import pytest

from build_tools.site.scripts import ScriptError, lunr, scripts, stripped


def test_comments_and_indentation_go_and_code_stays() -> None:
    source = """/* what it does
   over lines */
// why
(() => {
  const url = "https://a/*b*/"; // stays
  const pattern = /\\/\\*x/;
  /** more */
  return `${url}//${pattern}`;
})();
"""
    assert stripped(source) == (
        '(() => {\nconst url = "https://a/*b*/"; // stays\nconst pattern = /\\/\\*x/;\n'
        "return `${url}//${pattern}`;\n})();\n"
    )


def test_a_string_over_lines_is_refused() -> None:
    with pytest.raises(ScriptError):
        stripped("const text = `a\n  b`;\n")


def test_lunr_comes_from_the_package_with_its_licence() -> None:
    published = dict(scripts())["lunr.js"]
    assert published.startswith("/**\n * lunr - http://lunrjs.com")
    assert "@license MIT" in published[:200]
    assert published.count("/*") == 1
    assert len(published) < len(lunr()) / 3
    # Building and asking an index, which the related tier needs; nothing that knows English.
    assert "lunr.Builder.prototype.createFieldVectors" in published
    assert "lunr.Index.prototype.query" in published
    assert "emmer = " not in published
    assert "lunr.QueryParser = " not in published


def test_every_script_is_published() -> None:
    names = [name for name, _ in scripts()]
    assert names == sorted(set(names))
    assert {"find.js", "search.js", "lunr.js", "page.js"} <= set(names)
