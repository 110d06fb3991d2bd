"""What counts as the same text: both sides of a search are folded before they are compared.

The browser folds queries with the same rules (``web/search.js``); ``tests/contract`` holds the pairs on which
both must agree. Folding looks at one character at a time, so that a piece cut out of a text folds to a piece of
the folded text: that is what makes every verbatim query findable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

# Each string: the character that stands for all, then its variants (after NFKC and lower case).
VARIANTS = (
    '"“”„‟〝〞〟「」『』«»',
    "'‘’‚‛`´",
    "-‐‑‒–—―−─",
    ".。⋯",
    "·‧•・∙⋅",
    "<《〈‹",
    ">》〉›",
    "[【〖",
    "]】〗",
    "~〜∼",
    "污汙",
)
# Editorial marks stand around text that is there, or was: 成〔效清〕单 is found as 成效清单.
DROPPED = "〔〕"
# Characters OpenCC would change that are also at home in Simplified text (乾隆, 显著, 瞭望, 慰藉, 覆盖): the text
# keeps them, and a query tries the second reading where the first finds nothing.
READINGS = {
    "乾": "干",
    "著": "着",
    "瞭": "了",
    "藉": "借",
    "覆": "复",
    "彷": "仿",
    "祇": "只",
    "衹": "只",
    "牴": "抵",
}
_RUNS = re.compile(r"([-.])\1+")
_LOOSE_SPACE = re.compile(r"(?<![0-9a-z\u00df-\u024f]) | (?![0-9a-z\u00df-\u024f])")


@cache
def simplified() -> dict[str, str]:
    """Traditional character -> Simplified, one to one, from OpenCC's table; ambiguous ones are in ``READINGS``."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if line)
    firsts = {traditional: readings.split(" ")[0] for traditional, readings in pairs}
    return {old: new for old, new in sorted(firsts.items()) if old != new and old not in READINGS}


def _plain(character: str) -> str:
    """One character without regard to width, case and script; nothing for one that is not text."""
    plain = ""
    for part in unicodedata.normalize("NFKC", character).lower():
        if part.isspace():
            plain += " "
        elif part in DROPPED or unicodedata.category(part) in ("Cc", "Cf", "Co", "Cs"):
            continue
        else:
            standard = _standard().get(part, part)
            plain += simplified().get(standard, standard)
    return plain


@cache
def _standard() -> dict[str, str]:
    return {variant: row[0] for row in VARIANTS for variant in row[1:]}


class _Table(dict[int, str]):
    """For ``str.translate``: fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


_TABLE = _Table()


def fold(text: str) -> str:
    """Text as it is compared: one line, no spaces but those between Latin words or numbers.

    >>> fold("〈生態環境〉 ＰＭ２.５ 成〔效清〕單")
    '<生态环境>pm2.5成效清单'
    >>> fold("Blue  Sky —— 2 号")
    'blue sky-2号'
    """
    plain = text.translate(_TABLE)
    if "  " in plain or " " in plain:
        plain = _LOOSE_SPACE.sub("", re.sub(" +", " ", plain))
    return _RUNS.sub(r"\1", plain)


def fold_lines(text: str) -> str:
    """Each paragraph folded by itself; a match never runs over the end of a paragraph."""
    return "\n".join(map(fold, text.split("\n")))
