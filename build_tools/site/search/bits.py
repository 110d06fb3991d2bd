"""Numbers as bits, and bits as the text of a script.

A number is written as some ones, a zero, and some more bits. Rice codes fix how many more; exponential Golomb
codes let the ones say so. Seven bits make one character of a script's string; the five characters that a string
cannot hold move up by 128, which costs them a second byte and the reader nothing: it takes codes modulo 128.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_IS_UNSAFE = np.isin(np.arange(128), (0, 10, 13, 34, 92))
_ONES = 30


@dataclass(frozen=True, slots=True)
class Symbols:
    """A row of codes: unary part, number of bits behind it, and those bits; -1 for codes without unary part."""

    unary: Ints
    width: Ints
    low: Ints

    def lengths(self) -> Ints:
        """Bits of each symbol."""
        return self.unary + 1 + self.width


def raw(code: Ints, width: Ints) -> Symbols:
    """Codes of given widths as they are."""
    return Symbols(np.full(len(code), -1), width, code)


def rice(values: Ints, width: Ints) -> Symbols:
    """Rice codes: ``width`` low bits, the rest unary."""
    return Symbols(values >> width, width, values & ((1 << width) - 1))


def golomb(values: Ints, low: int = 0) -> Symbols:
    """Exponential Golomb codes: Elias gamma of the number without its ``low`` last bits, then those bits."""
    up = (values >> low) + 1
    size = (np.frexp(up.astype(np.float64))[1] - 1).astype(np.int64)
    rest = up - (1 << size)
    return Symbols(size, size + low, (rest << low) | (values & ((1 << low) - 1)))


def rice_width(count: Ints, space: Ints | int) -> Ints:
    """Low bits for the gaps of ``count`` members among ``space`` places: log2 of 0.7 of the mean gap, or 0.

    The browser does the same sum in whole numbers.
    """
    ratio = (np.asarray(space, dtype=np.int64) * 7) // (np.maximum(count, 1) * 10)
    width: Ints = np.maximum(np.frexp(np.maximum(ratio, 1).astype(np.float64))[1] - 1, 0).astype(np.int64)
    return width


def joined(parts: Sequence[Symbols]) -> Symbols:
    """Rows of symbols, one behind another."""
    return Symbols(*(np.concatenate([getattr(part, name) for part in parts]) for name in Symbols.__slots__))


class Pieces(NamedTuple):
    """Pieces of script text as bytes, one behind another: where each ends, and the sum of its bytes as UTF-16."""

    data: NDArray[np.uint8]
    end: Ints
    sum: Ints

    @classmethod
    def of(cls, rows: Sequence[tuple[bytes, int]]) -> Pieces:
        """Pieces from each one's bytes and sum."""
        end = np.cumsum([len(text) for text, _ in rows], dtype=np.int64)
        data = np.frombuffer(b"".join(text for text, _ in rows), np.uint8)
        return cls(data, end, np.array([total for _, total in rows], np.int64))

    def rows(self) -> Iterator[tuple[bytes, int]]:
        """Each piece with its sum."""
        return zip(self.texts(), self.sum.tolist(), strict=True)

    def texts(self) -> Iterator[bytes]:
        """Each piece."""
        data, ends = self.data.tobytes(), self.end.tolist()
        return (data[low:high] for low, high in zip([0, *ends], ends, strict=False))


def joined_pieces(parts: Sequence[Pieces]) -> Pieces:
    """Pieces, one row behind another."""
    sizes = np.cumsum([0, *(len(part.data) for part in parts)])
    none = np.zeros(0, np.int64)
    return Pieces(
        np.concatenate([none.astype(np.uint8), *(part.data for part in parts)]),
        np.concatenate([none, *(part.end + size for part, size in zip(parts, sizes, strict=False))]),
        np.concatenate([none, *(part.sum for part in parts)]),
    )


def pieces(symbols: Symbols, ends: Ints) -> Pieces:
    """Symbols as pieces of text, each of the symbols up to one of ``ends``: seven bits a character, then zeros."""
    symbols, ends = _short(symbols, ends)
    length = symbols.lengths()
    stop = np.append(0, np.cumsum(length))
    sizes = np.diff(stop[ends], prepend=0)
    characters = -(-sizes // 7)
    starts = 7 * (np.cumsum(characters) - characters)
    start = stop[:-1] + np.repeat(starts - (stop[ends] - sizes), np.diff(ends, prepend=0))
    codes = _sevens(_words(symbols, length, start, int(characters.sum())), int(characters.sum()))
    unsafe = _IS_UNSAFE[codes]
    # As UTF-8: a code that moved up by 128 has a first byte of 194 or 195 and six bits in the second. No code is above
    # 255, and browsers hold such text in half the memory.
    at = np.arange(len(codes)) + np.cumsum(unsafe)
    data = np.empty(len(codes) + int(unsafe.sum()), np.uint8)
    data[at] = np.where(unsafe, 128 | (codes & 63), codes)
    data[at[unsafe] - 1] = 194 | (codes[unsafe] >> 6)
    last = np.append(-1, at)[np.cumsum(characters)]
    sums = np.append(0, np.cumsum(codes.astype(np.int64) + 128 * unsafe))[np.cumsum(characters)]
    return Pieces(data, last + 1, np.diff(sums, prepend=0))


def _short(symbols: Symbols, ends: Ints) -> tuple[Symbols, Ints]:
    """The same bits in symbols of at most 62: many ones become some symbols of ``_ONES`` ones each, and the rest."""
    more = np.maximum(symbols.unary - 1, 0) // _ONES
    if not more.any():
        return symbols, ends
    at = np.repeat(np.arange(len(more)), more + 1)
    last = np.cumsum(more + 1) - 1
    unary, width, low = np.full(len(at), -1), np.full(len(at), _ONES), np.full(len(at), (1 << _ONES) - 1)
    unary[last], width[last], low[last] = symbols.unary - _ONES * more, symbols.width, symbols.low
    return Symbols(unary, width, low), np.append(0, last + 1)[ends]


def _words(symbols: Symbols, length: Ints, start: Ints, characters: int) -> NDArray[np.uint64]:
    """Symbols put at the bits where they start, in words of 64 bits and one more."""
    ones = ((1 << np.maximum(symbols.unary, 0)) - 1) << (1 + symbols.width)
    left = (ones | symbols.low).astype(np.uint64) << (64 - length).astype(np.uint64)
    word, used = start >> 6, (start & 63).astype(np.uint64)
    found = np.zeros(7 * characters // 64 + 2, np.uint64)
    if len(word):
        firsts = np.flatnonzero(np.diff(word, prepend=-1))
        found[word[firsts]] = np.bitwise_or.reduceat(left >> used, firsts)
    # At most one symbol begins in a word and ends in the next.
    over = np.flatnonzero((start & 63) + length > 64)
    found[word[over] + 1] |= left[over] << (64 - used[over])
    return found


def _sevens(words: NDArray[np.uint64], count: int) -> NDArray[np.uint8]:
    """The bits of words, seven together."""
    start = 7 * np.arange(count)
    word, used = start >> 6, (start & 63).astype(np.uint64)
    # Shifted twice, since a shift by 64 is none.
    ahead = (words[word] << used) | (words[word + 1] >> np.uint64(1) >> (63 - used))
    found: NDArray[np.uint8] = (ahead >> np.uint64(57)).astype(np.uint8)
    return found


def armoured(symbols: Symbols) -> str:
    """Symbols as the text of a JavaScript string."""
    return pieces(symbols, np.array([len(symbols.unary)])).data.tobytes().decode()
