"""The front matter of a record in its canonical form, read in a tenth of the time that a YAML parser takes.

Only what ``archive.record.write`` writes is read here, line by line; for anything else there is PyYAML. What a plain
word means (text, number, nothing) is asked of PyYAML's own patterns, so that the two cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Scalar = Callable[[str], Any]

_QUOTED = r"'(?:[^']|'')*'"
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]"
_FLOW = rf"{_QUOTED}|{_FIRST}[^:#'\",\[\]{{}}]*(?<! )"
# A colon inside a plain word needs its neighbours looked at; an address is the one case that matters.
_BLOCK = rf"{_QUOTED}|https?://[^\s#'\"]+|{_FIRST}[^:#'\"]*(?<! )"
_LINE = re.compile(rf"( *)({_FLOW}):(?: (?:\[(.*)\]|\{{(.*)\}}|({_BLOCK})))?")
_ENTRY = re.compile(r"  - \{(.*)\}")
_ITEM = re.compile(rf"({_FLOW})(, (?!$)|$)")
_PAIR = re.compile(rf"({_FLOW}): ({_FLOW})(, (?!$)|$)")

_CONSTANTS: dict[str, Any] = {"null": None, "true": True, "false": False}
_NUMBER = re.compile(r"0|[1-9]\d*")


class _OtherFormError(Exception):
    """Not the canonical form."""


def fields_of(head: str, scalar: Scalar) -> dict[str, Any] | None:
    """Front matter without its ``---`` lines as a YAML parser reads it; ``None`` if the form is not canonical.

    >>> fields_of("id: a\\nofficials:\\n  - {name: 王文涛, title: 省长}\\nmade:\\n  lost: 0", str)
    {'id': 'a', 'officials': [{'name': '王文涛', 'title': '省长'}], 'made': {'lost': '0'}}
    """
    if not head.replace("\n", "").isprintable():
        return None
    reading = _Reading(scalar)
    try:
        for line in head.split("\n"):
            reading.take(line)
        return reading.done()
    except _OtherFormError:
        return None


class _Reading:
    """Mappings inside one another, the innermost last, and the key whose value begins on the next line."""

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar
        self._levels: list[dict[str, Any]] = [{}]
        self._open: str | None = None

    def take(self, line: str) -> None:
        """One line; raises ``_OtherFormError`` if nothing canonical looks so."""
        if entry := _ENTRY.fullmatch(line):
            self._entry(entry[1])
        elif match := _LINE.fullmatch(line):
            self._field(*match.groups())
        else:
            raise _OtherFormError

    def done(self) -> dict[str, Any]:
        """What was read."""
        if self._open is not None:
            raise _OtherFormError
        return self._levels[0]

    def _entry(self, pairs: str) -> None:
        fields = self._levels[0]
        name = next(reversed(fields), "")
        if self._open is not None and len(self._levels) == 1:
            fields[name], self._open = [], None
        if len(self._levels) != 1 or not isinstance(fields.get(name), list):
            raise _OtherFormError
        fields[name].append(_pairs(pairs, self._scalar))

    def _field(self, indent: str, name: str, items: str | None, pairs: str | None, word: str | None) -> None:
        self._descend(indent)
        key = _text(name, self._scalar)
        if items is not None:
            value: Any = _items(items, self._scalar)
        elif pairs is not None:
            value = _pairs(pairs, self._scalar)
        else:
            value = None if word is None else _value(word, self._scalar)
            self._open = key if word is None else None
        self._levels[-1][key] = value

    def _descend(self, indent: str) -> None:
        """A deeper line belongs to the open key, and nothing else does."""
        depth, odd = divmod(len(indent), 2)
        if odd or (self._open is not None) != (depth == len(self._levels)) or depth > len(self._levels):
            raise _OtherFormError
        if self._open is not None:
            self._levels.append({})
            self._levels[-2][self._open], self._open = self._levels[-1], None
        del self._levels[depth + 1 :]


def _items(text: str, scalar: Scalar) -> list[Any]:
    return [_value(match[1], scalar) for match in _all(_ITEM, text)]


def _pairs(text: str, scalar: Scalar) -> dict[str, Any]:
    return {_text(match[1], scalar): _value(match[2], scalar) for match in _all(_PAIR, text)}


def _all(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            raise _OtherFormError
        found.append(match)
        at = match.end()
    return found


def _value(word: str, scalar: Scalar) -> Any:
    return word[1:-1].replace("''", "'") if word[0] == "'" else scalar(word)


def _text(word: str, scalar: Scalar) -> str:
    value = _value(word, scalar)
    if not isinstance(value, str):
        raise _OtherFormError
    return value


def scalar_of(resolve: Callable[[str], str | None]) -> Scalar:
    """What a plain word stands for; ``resolve`` tells the YAML tag that its form implies, if any."""

    @lru_cache(maxsize=2**14)
    def plain(word: str) -> Any:
        tag = resolve(word)
        if tag is None:
            return word
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if _NUMBER.fullmatch(word):
            return int(word)
        raise _OtherFormError

    return plain
