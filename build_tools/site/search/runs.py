"""The characters that stand beside a string wherever it stands: what its head and its tail are made of.

Four characters are compared at a time, as one number of 64 bits: an archive of inspection news repeats its clauses,
and following them a character at a time would be most of the work of an index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Places = NDArray[np.signedinteger]
Fours = NDArray[np.uint64]

RUN = 32
_LANES, _BITS, _LANE = 4, 16, (1 << 16) - 1
_ROWS = 1 << 20


def fours(codes: Codes) -> Fours:
    """Each code and the three behind it as one number, the first lowest; the last three places are left out."""
    found = np.zeros(max(len(codes) - _LANES + 1, 0), np.uint64)
    for lane in range(_LANES):
        part = codes[lane : lane + len(found)].astype(np.uint64)
        part <<= np.uint64(_BITS * lane)
        found |= part
    return found


def _lanes(numbers: Fours) -> Codes:
    """The four codes of each number, a row each."""
    shifts = np.arange(0, _BITS * _LANES, _BITS, dtype=np.uint64)
    lanes: Codes = ((numbers[:, None] >> shifts) & np.uint64(_LANE)).astype(np.int32)
    return lanes


def constant_run(packed: Fours, at: Places, number: Codes, kinds: int, first: int, step: int) -> Codes:
    """For each of ``kinds`` strings the characters that stand beside it wherever it stands, up to ``RUN``.

    ``packed`` are the ``fours`` of the texts, ``at`` the strings' places in them, ``number`` which string it is. The
    characters are those ``first``, ``first + step``, … from there (``step`` is 1 or -1), up to the first that
    differs or ends a paragraph; zeros follow.
    """
    run = np.zeros((kinds, RUN), np.int32)
    sample = np.zeros(kinds, np.int64)
    sample[number] = at
    alive = np.ones(kinds, bool)
    for done in range(0, RUN, _LANES):
        # Written outwards: what stands before a string is read from its last character.
        offset = first + done if step > 0 else first - done - _LANES + 1
        wanted = packed[sample + offset]
        differs = np.zeros(kinds, np.uint64)
        for low in range(0, len(at), _ROWS):
            row = number[low : low + _ROWS]
            other = packed[at[low : low + _ROWS] + offset] ^ wanted[row]
            differing = np.flatnonzero(other)
            np.bitwise_or.at(differs, row[differing], other[differing])
        codes, wrong = _lanes(wanted)[:, ::step], _lanes(differs)[:, ::step]
        good = np.logical_and.accumulate((codes > 0) & (wrong == 0), axis=1) & alive[:, None]
        run[:, done : done + _LANES] = np.where(good, codes, 0)
        alive &= good[:, -1]
        if not alive.any():
            break
        stays = alive[number]
        if not stays.all():
            at, number = at[stays], number[stays]
    return run
