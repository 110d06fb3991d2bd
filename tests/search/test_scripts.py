"""Scripts are published without what only people who work on them read."""

from __future__ import annotations

from importlib.resources import files

from build_tools.site.scripts import lunr, minified, scripts


def test_comments_and_spaces_go_and_code_stays() -> None:
    source = """/* what it does
   over lines */
// why
(() => {
  const url = "https://a/*b*/"; // goes
  const pattern = /\\/\\*x/;
  /** more */
  return `${url}//${pattern} a
  b`;
})();
"""
    assert minified(source) == (
        '(()=>{const url="https://a/*b*/";const pattern=/\\/\\*x/;return`${url}//${pattern} a\n  b`;})();\n'
    )


def test_lunr_comes_from_the_package_with_its_licence() -> None:
    published = dict(scripts())["lunr.js"]
    assert published.startswith("/**\n * lunr - http://lunrjs.com")
    assert "@license MIT" in published[:200]
    assert published.count("/*") == 1
    assert len(published) < len(lunr()) / 3
    # Building and asking an index, which the related tier needs; nothing that knows English.
    assert "lunr.Builder.prototype.createFieldVectors=" in published
    assert "lunr.Index.prototype.query=" in published
    assert "emmer=" not in published
    assert "lunr.QueryParser=" not in published
    assert "Fuzzy" not in published.replace("lunr.TokenSet.fromFuzzyString(", "")


def test_every_script_is_published_by_itself_or_with_others() -> None:
    published = dict(scripts())
    assert list(published) == sorted(set(published))
    own = [path for path in files("build_tools.web").iterdir() if path.name.endswith(".js")]
    assert len(own) > 15
    every = "".join(published.values())
    for path in own:
        assert every.count(minified(path.read_text(encoding="utf-8"))) == 1, path.name
