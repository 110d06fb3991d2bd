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


_BELOW = object()  # the value begins on the next line


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
        depth, name, value = _line(line, self._scalar)
        if name is None:
            self._entry(value.copy())
        else:
            self._field(depth, name, value.copy() if isinstance(value, (list, dict)) else value)

    def done(self) -> dict[str, Any]:
        """What was read."""
        if self._open is not None:
            raise _OtherFormError
        return self._levels[0]

    def _entry(self, pairs: dict[str, Any]) -> None:
        fields = self._levels[0]
        name = next(reversed(fields), "")
        if self._open is not None and len(self._levels) == 1:
            fields[name], self._open = [], None
        if len(self._levels) != 1 or not isinstance(fields.get(name), list):
            raise _OtherFormError
        fields[name].append(pairs)

    def _field(self, depth: int, key: str, value: Any) -> None:
        self._descend(depth)
        if value is _BELOW:
            self._open, value = key, None
        self._levels[-1][key] = value

    def _descend(self, depth: int) -> None:
        """A deeper line belongs to the open key, and nothing else does."""
        if (self._open is not None) != (depth == len(self._levels)) or depth > len(self._levels):
            raise _OtherFormError
        if self._open is not None:
            self._levels.append({})
            self._levels[-2][self._open], self._open = self._levels[-1], None
        del self._levels[depth + 1 :]


@lru_cache(maxsize=2**14)
def _line(line: str, scalar: Scalar) -> tuple[int, str | None, Any]:
    """Depth, key and value of a line; no key for an entry of a list. Kept, since most lines stand in many records."""
    if entry := _ENTRY.fullmatch(line):
        return 1, None, _pairs(entry[1], scalar)
    match = _LINE.fullmatch(line)
    if match is None:
        raise _OtherFormError
    indent, name, items, pairs, word = match.groups()
    depth, odd = divmod(len(indent), 2)
    if odd:
        raise _OtherFormError
    key = _text(name, scalar)
    if items is not None:
        return depth, key, _items(items, scalar)
    if pairs is not None:
        return depth, key, _pairs(pairs, scalar)
    return depth, key, _BELOW if word is None else _value(word, scalar)


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
