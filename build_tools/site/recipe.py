"""Files of the site before they are made: an address, everything the file is made from, and what makes it.

A build compares what a file would be made from with what it was made from last time, and makes it only if they differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from build_tools.models import Record

T = TypeVar("T")
Input = str | int | None | Record | tuple["Input", ...]


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """One file: ``make`` may read nothing that ``inputs`` do not name, the package's own tables aside."""

    address: str
    inputs: tuple[Input, ...]
    make: Callable[[], T]


def key(inputs: Iterable[Input], digest: Callable[[Record], str]) -> str:
    """What inputs come to: equal for equal inputs, different for different ones.

    >>> key(("a", ("b",)), str) == key(("a", "b"), str)
    False
    """
    parts: list[str] = []
    _spell(inputs, digest, parts)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _spell(inputs: Iterable[Input], digest: Callable[[Record], str], parts: list[str]) -> None:
    for value in inputs:
        if isinstance(value, Record):
            parts.append(digest(value))
        elif isinstance(value, tuple):
            parts.append("(")
            _spell(value, digest, parts)
            parts.append(")")
        else:
            parts.append(repr(value))
        parts.append(",")
