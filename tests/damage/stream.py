"""GBK bytes that remember which character of the text each of them came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INSERTED = -1


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes, and for each the position of its character in the text (``INSERTED`` for what a tool put in)."""

    data: bytes
    source: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Stream:
        """The GBK bytes of a text.

        >>> Stream.of("a省").source
        (0, 1, 1)
        """
        data, source = bytearray(), list[int]()
        for at, char in enumerate(text):
            code = char.encode("gbk")
            data += code
            source += [at] * len(code)
        return cls(bytes(data), tuple(source))

    def with_insertions(self, at: list[tuple[int, bytes]]) -> Stream:
        """The stream with bytes put in at the given offsets, which are in ascending order."""
        data, source, done = bytearray(), list[int](), 0
        for offset, code in at:
            data += self.data[done:offset] + code
            source += [*self.source[done:offset], *[INSERTED] * len(code)]
            done = offset
        return Stream(bytes(data + self.data[done:]), (*source, *self.source[done:]))

    def matches(self, pattern: bytes) -> Iterator[int]:
        """Offsets at which the pattern stands, on a character boundary or across one."""
        at = self.data.find(pattern)
        while at >= 0:
            yield at
            at = self.data.find(pattern, at + len(pattern))


@dataclass(frozen=True, slots=True)
class Shown:
    """One character as shown, and the bytes of the stream it was read from."""

    char: str
    start: int
    end: int


def lenient(stream: Stream) -> list[Shown]:
    """Reads GBK as the clones do: an orphan becomes ``?`` and eats the next byte, unknown pairs vanish.

    >>> "".join(shown.char for shown in lenient(Stream(b"\\xcd,\\xa1\\xa3\\xa7\\xc7A", (0,) * 7)))
    '?。A'
    """
    data, shown, at = stream.data, list[Shown](), 0
    while at < len(data):
        if data[at] < 0x81 or data[at] == 0xFF:
            shown.append(Shown(chr(data[at]) if data[at] < 0x80 else "", at, at + 1))
            at += 1
            continue
        pair = data[at : at + 2]
        if len(pair) < 2 or pair[1] < 0x40 or pair[1] in (0x7F, 0xFF):
            shown.append(Shown("?", at, at + len(pair)))
        else:
            try:
                shown.append(Shown(pair.decode("gbk"), at, at + 2))
            except UnicodeDecodeError:
                shown.append(Shown("", at, at + 2))
        at += 2
    return shown
