"""The site's scripts as they are published: our own and lunr's, minified, those used together as one; and one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

import rjsmin

from build_tools.site import traditional
from build_tools.site.recipe import Recipe

_LICENCE = re.compile(r"\A\s*/\*.*?@license.*?\*/\n?", re.DOTALL)


def minified(script: str) -> str:
    """A script without comments and spaces; a licence at its head stays."""
    licence = match[0] if (match := _LICENCE.match(script)) else ""
    text: str = rjsmin.jsmin(script[len(licence) :])
    return f"{licence}{text}\n"


# What a reader needs at the same time, as one file: every file more is another wait.
_TOGETHER = {
    "search-base.js": ("search-text", "search-bits", "search-index", "search-suggest"),
    "search-engine.js": ("search-exact", "search-related", "search-filters", "search", "search-address"),
    "search-page.js": ("search-view", "search-dates", "search-facets", "search-page"),
}


def lunr() -> str:
    """lunr.js as the installed MkDocs brings it."""
    return files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text(encoding="utf-8")


# What cuts English text into stems, reads lunr's own query language, guesses at spellings and keeps an index in a file:
# more than half of the library.
_UNUSED = re.compile(
    r"lunr\.(?:tokenizer|trimmer|stemmer|generateStopWordFilter|stopWordFilter|QueryLexer|QueryParser|QueryParseError"
    r"|Pipeline\.registerFunction\(lunr|Pipeline\.load|TokenSet\.fromFuzzyString|Index\.load|Index\.prototype\.search"
    r"|\w+\.prototype\.toJSON)\b"
)
_STATEMENT = re.compile(r"^(?=lunr\.)|^(?=  ;\(function)", re.MULTILINE)


def ranking(library: str) -> str:
    """What of lunr.js builds an index and ranks by it."""
    return "".join(part for part in _STATEMENT.split(library) if not _UNUSED.match(part))


def assets() -> Iterator[Recipe[str]]:
    """Every script, style and drawing that pages load, by name below ``assets/``, each yet to be made."""
    web = files("build_tools.web")
    found: dict[str, Callable[[], str]] = {
        "lunr.js": lambda: minified(ranking(lunr())),
        "traditional-table.js": traditional.script,
    }
    together = {f"{part}.js" for parts in _TOGETHER.values() for part in parts}
    for path in web.iterdir():
        if path.name.endswith(".js") and path.name not in together:
            found[path.name] = partial(_script, path)
        elif path.name.endswith((".css", ".svg")):
            found[path.name] = partial(path.read_text, encoding="utf-8")
    for name, parts in _TOGETHER.items():
        found[name] = partial(_script, *(web.joinpath(f"{part}.js") for part in parts))
    return (Recipe(name, (), make) for name, make in sorted(found.items()))


def _script(*paths: Traversable) -> str:
    return "".join(minified(path.read_text(encoding="utf-8")) for path in paths)


def scripts() -> Iterator[tuple[str, str]]:
    """Name and text of every script that pages load."""
    return ((asset.address, asset.make()) for asset in assets() if asset.address.endswith(".js"))
