"""The table by which a reader's browser shows the site in Traditional characters: OpenCC's, as small as it gets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_DICTIONARY = files("opencc").joinpath("dictionary")

# Surnames that stay as they are, though the character by itself has another Traditional form (于 is not 於 in a name).
# Source: OpenCC's STCharacters.txt gives both forms; 百家姓 in Traditional type has these.
SURNAMES = "于余范岳郁涂游云后种"


def script() -> str:
    """A script that hands the table to the page: characters, phrases, ordinary words, surnames.

    A row of characters is a Simplified one, the Traditional one it usually becomes, and others it may stand for.
    A phrase is written twice, Simplified and then Traditional. Words are pairs of characters that keep a phrase
    from beginning inside them: 理念的 holds no 念的.
    """
    phrases = _phrases()
    parts = (
        " ".join(old + "".join(forms) for old, forms in _characters().items() if forms != [old]),
        " ".join(old + new for old, new in phrases.items()),
        "".join(_words(phrases)),
        SURNAMES,
    )
    given = ",".join(json.dumps(part, ensure_ascii=False) for part in parts)
    return f"Archive.traditional({given})\n"


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in _DICTIONARY.joinpath(name).read_text(encoding="utf-8").splitlines():
        old, _, forms = line.partition("\t")
        yield old, forms.split(" ")


@cache
def _variants() -> dict[int, str]:
    """Forms that both Taiwan and Hong Kong write otherwise than OpenCC's own standard (為, not 爲)."""
    taiwan, hong_kong = dict(_rows("TWVariants.txt")), dict(_rows("HKVariants.txt"))
    return {ord(old): new[0] for old, new in taiwan.items() if hong_kong.get(old) == new}


def _characters() -> dict[str, list[str]]:
    return {old: [form.translate(_variants()) for form in forms] for old, forms in _rows("STCharacters.txt")}


def _phrases() -> dict[str, str]:
    """Phrases that shorter ones and single characters would not get right."""
    usual = {old: forms[0] for old, forms in _characters().items()}
    rows = sorted((len(old), old, forms[0].translate(_variants())) for old, forms in _rows("STPhrases.txt"))
    kept: dict[str, str] = {}
    longest = 1
    for length, old, new in rows:
        if length == len(new) and _converted(old, usual, kept, longest) != new:
            kept[old] = new
            longest = length
    return kept


def _words(phrases: Mapping[str, str]) -> Iterator[str]:
    """Pairs that are converted character by character, and end in one that begins a phrase with another form."""
    usual = {old: forms[0] for old, forms in _characters().items()}
    begins = {old[0] for old, new in phrases.items() if new[0] != usual.get(old[0], old[0])}
    for old, _ in _rows("STPhrases.txt"):
        if len(old) == 2 and old[1] in begins and old not in phrases:
            yield old


def _converted(text: str, usual: Mapping[str, str], phrases: Mapping[str, str], longest: int) -> str:
    """Text by the longest phrase at each place, as the browser does it."""
    out, at = "", 0
    while at < len(text):
        for length in range(min(longest, len(text) - at), 1, -1):
            if (phrase := phrases.get(text[at : at + length])) is not None:
                out, at = out + phrase, at + length
                break
        else:
            out, at = out + usual.get(text[at], text[at]), at + 1
    return out
