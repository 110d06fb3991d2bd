"""The site's scripts as they are published: our own and lunr's, without comments and indentation; and one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

from build_tools.site import traditional
from build_tools.site.recipe import Recipe

# A comment that has its lines to itself. What follows code on a line stays: to tell it from a string needs a parser.
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$", re.DOTALL | re.MULTILINE)
_LICENCE = re.compile(r"\A\s*/\*.*?@license.*?\*/\n?", re.DOTALL)


class ScriptError(ValueError):
    """A script that cannot be stripped line by line."""


def stripped(script: str) -> str:
    r"""A script without comments that stand alone and without indentation; a licence at its head stays.

    >>> stripped("// why\n'use strict';\nif (a) {\n  b(); // c\n}\n")
    "'use strict';\nif (a) {\nb(); // c\n}\n"

    Raises ``ScriptError`` where a line has an odd number of backticks: a string that goes on over lines would change.
    """
    licence = match[0] if (match := _LICENCE.match(script)) else ""
    lines = [line.strip() for line in _BLOCK.sub("", script[len(licence) :]).split("\n")]
    kept = [line for line in lines if line and not line.startswith("//")]
    for line in kept:
        if line.count("`") % 2:
            raise ScriptError(f"a string over several lines begins or ends here: {line}")
    return licence + "".join(line + "\n" for line in kept)


def lunr() -> str:
    """lunr.js as the installed MkDocs brings it."""
    return files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text(encoding="utf-8")


# What cuts English text into stems and reads lunr's own query language: half of the library, of no use to Chinese.
_UNUSED = re.compile(
    r"lunr\.(?:tokenizer|trimmer|stemmer|generateStopWordFilter|stopWordFilter|QueryLexer|QueryParser|QueryParseError)\b"
    r"|lunr\.Pipeline\.registerFunction\(lunr\."
)
_STATEMENT = re.compile(r"^(?=lunr\.)|^(?=  ;\(function)", re.MULTILINE)


def ranking(library: str) -> str:
    """What of lunr.js builds an index and ranks by it."""
    return "".join(part for part in _STATEMENT.split(library) if not _UNUSED.match(part))


def assets() -> Iterator[Recipe[str]]:
    """Every script, style and drawing that pages load, by name below ``assets/``, each yet to be made."""
    found: dict[str, Callable[[], str]] = {
        "lunr.js": lambda: stripped(ranking(lunr())),
        "traditional-table.js": traditional.script,
    }
    for path in files("build_tools.web").iterdir():
        if path.name.endswith(".js"):
            found[path.name] = partial(_script, path)
        elif path.name.endswith((".css", ".svg")):
            found[path.name] = partial(path.read_text, encoding="utf-8")
    return (Recipe(name, (), make) for name, make in sorted(found.items()))


def _script(path: Traversable) -> str:
    return stripped(path.read_text(encoding="utf-8"))


def scripts() -> Iterator[tuple[str, str]]:
    """Name and text of every script that pages load."""
    return ((asset.address, asset.make()) for asset in assets() if asset.address.endswith(".js"))
