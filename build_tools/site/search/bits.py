"""Numbers as bits, and bits as the text of a script.

A number is written as some ones, a zero, and some more bits. Rice codes fix how many more; exponential Golomb
codes let the ones say so. Seven bits make one character of a script's string; the five characters that a string
cannot hold move up by 256, which costs them a second byte and the reader nothing: it takes codes modulo 128.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_IS_UNSAFE = np.isin(np.arange(128), (0, 10, 13, 34, 92))
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Symbols:
    """A row of codes: unary part, number of bits behind it, and those bits."""

    unary: Ints
    width: Ints
    low: Ints

    def lengths(self) -> Ints:
        """Bits of each symbol."""
        return self.unary + 1 + self.width


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


def packed(symbols: Symbols) -> NDArray[np.uint8]:
    """The symbols' bits, one a byte, in order."""
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(symbols.lengths())))
    bits = np.zeros(int(starts[-1]), np.uint8)
    for low in range(0, len(symbols.unary), _CHUNK):
        part = slice(low, low + _CHUNK)
        _write(bits, starts[:-1][part], symbols.unary[part], symbols.width[part], symbols.low[part])
    return bits


def _write(bits: NDArray[np.uint8], start: Ints, unary: Ints, width: Ints, low: Ints) -> None:
    before = np.cumsum(unary) - unary
    bits[np.repeat(start - before, unary) + np.arange(int(unary.sum()))] = 1
    _write_low(bits, start + unary + 1, width, low)


def _write_low(bits: NDArray[np.uint8], start: Ints, width: Ints, low: Ints) -> None:
    for place in range(int(width.max(initial=0))):
        chosen = width > place
        bits[start[chosen] + width[chosen] - 1 - place] = (low[chosen] >> place) & 1


def packed_codes(code: Ints, width: Ints) -> NDArray[np.uint8]:
    """Codes of given widths as bits, one a byte, in order."""
    ends = np.cumsum(width)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    _write_low(bits, ends - width, width, code)
    return bits


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


def pieces(bits: NDArray[np.uint8], ends: Ints) -> Pieces:
    """Bits as pieces of text that end where ``ends`` says, seven bits a character, each padded with zeros."""
    sizes = np.diff(ends, prepend=0)
    characters = -(-sizes // 7)
    starts = np.cumsum(characters) - characters
    padded = np.zeros(int(characters.sum()) * 7, np.uint8)
    padded[np.arange(len(bits)) + np.repeat(7 * starts - (ends - sizes), sizes)] = bits
    rows = np.zeros((len(padded) // 7, 8), np.uint8)
    rows[:, 1:] = padded.reshape(-1, 7)
    codes = np.packbits(rows, axis=1)[:, 0]
    unsafe = _IS_UNSAFE[codes]
    # As UTF-8: a code that moved up by 256 has a first byte of 196 or 197 and six bits in the second.
    at = np.arange(len(codes)) + np.cumsum(unsafe)
    data = np.empty(len(codes) + int(unsafe.sum()), np.uint8)
    data[at] = np.where(unsafe, 128 | (codes & 63), codes)
    data[at[unsafe] - 1] = 196 | (codes[unsafe] >> 6)
    last = np.append(-1, at)[np.cumsum(characters)]
    sums = np.append(0, np.cumsum(codes.astype(np.int64) + unsafe))[np.cumsum(characters)]
    return Pieces(data, last + 1, np.diff(sums, prepend=0))


def armoured(bits: NDArray[np.uint8]) -> str:
    """Bits as the text of a JavaScript string."""
    return pieces(bits, np.array([len(bits)])).data.tobytes().decode()
