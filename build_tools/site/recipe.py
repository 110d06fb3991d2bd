"""Files of the site before they are made: an address, everything the file is made from, and what makes it.

A build compares what a file would be made from with what it was made from last time, and makes it only if they differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from build_tools.archive.corpus import Corpus
from build_tools.models import Record

T = TypeVar("T")
Input = str | int | None | Record | Corpus | tuple["Input", ...]


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """One file: ``make`` may read nothing that ``inputs`` do not name, the package's own tables aside."""

    address: str
    inputs: tuple[Input, ...]
    make: Callable[[], T]


class Piece(NamedTuple):
    """Some bytes of a file, yet to be made from ``inputs``."""

    inputs: tuple[Input, ...]
    make: Callable[[], bytes]


def key(inputs: tuple[Input, ...], digest: Callable[[Record | Corpus], str]) -> str:
    """What inputs come to: equal for equal inputs, different for different ones.

    >>> key(("a", ("b",)), str) == key(("a", "b"), str)
    False
    """
    # JSON, since its encoder is the standard library's fastest way through nested tuples.
    spelled = json.JSONEncoder(default=digest, check_circular=False).encode(inputs)
    return hashlib.sha256(spelled.encode()).hexdigest()
