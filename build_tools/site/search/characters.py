"""Characters as numbers that no other text can change: an index that counted its own would change as a whole with one.

ASCII keeps its codes; the Han characters of GB 2312 follow in its order, the common ones first, which a browser's own
decoder knows too; behind them comes every other character by its code point.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from build_tools.site.search.bits import Ints

ASCII = 128
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
OTHERS = ASCII + len(_ROWS) * len(_CELLS)
# Bits of the greatest number.
WIDTH = 21


@cache
def _numbers() -> Ints:
    """The number of every code point."""
    found = np.arange(0x110000, dtype=np.int64) + OTHERS
    found[:ASCII] = np.arange(ASCII)
    for place, character in enumerate(han(), ASCII):
        if character:
            found[ord(character)] = place
    return found


@cache
def han() -> tuple[str, ...]:
    """The Han characters of GB 2312 in its order; five cells are empty."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return tuple(cell.decode("gb2312", "ignore") for cell in cells)


def numbers_of(points: NDArray[np.unsignedinteger]) -> Ints:
    """The numbers of characters given by their code points."""
    found: Ints = _numbers()[points]
    return found
