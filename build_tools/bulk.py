"""Bulk conversion: JSON Lines of pages in, JSON Lines of clean texts and facts out, in input order."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import BinaryIO

from build_tools.archive.store import replace_file
from build_tools.models import LIMIT, Finding, Page, Repair
from build_tools.workers import pool

LONGEST = (
    2 * LIMIT + 2**20
)  # bytes of one line: a page with every character escaped; longer ones are passed over
_CHUNK = 16  # lines that a process is handed at a time
_CHUNK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input line: a line of output, or why there is none."""

    line: int
    output: bytes | None
    problem: str | None = None


def converted(line: int, data: bytes) -> Outcome:
    """One line of input -> one line of output. Never raises: a fault of the tools costs one line, not the run."""
    try:
        entry = json.loads(data)
        return Outcome(line, _written(entry, _page(entry)))
    except (ValueError, RecursionError) as error:
        return Outcome(line, None, " ".join(str(error).split())[:200])
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = Path(place.filename).name
        return Outcome(line, None, f"{type(error).__name__} at {name}:{place.lineno}: {error}"[:200])


def _written(entry: dict[str, object], page: Page) -> bytes:
    """The line of output for a page; a lone surrogate in its id comes out as it came in, as an escape."""
    from build_tools.pipeline import draft, record_of  # by the processes that work: it takes half a second

    made = draft(page)
    front = record_of(made).front.model_dump(exclude={"made"})
    result = {
        "id": entry["id"],
        "text": made.cleaned.text,
        "meta": front,
        "relevant": made.facts.relevant,
        "reliable": made.cleaned.reliable,
        "repairs": [_plain(repair) for repair in made.cleaned.repairs],
        "findings": [_plain(finding) for finding in made.findings],
    }
    return json.dumps(result, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _plain(one: Repair | Finding) -> dict[str, object]:
    """The fields by name: ``asdict`` would copy each value, and a page has hundreds."""
    return {item.name: getattr(one, item.name) for item in fields(one)}


def _page(entry: object) -> Page:
    if not isinstance(entry, dict):
        raise ValueError("not a JSON object")
    identifier = entry.get("id")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        raise ValueError("'id' must be a string or a number")
    given = [key for key in ("text", "html", "raw_b64") if isinstance(entry.get(key), str)]
    if len(given) != 1:
        raise ValueError("exactly one of 'text', 'html', 'raw_b64' must be a string")
    value = entry[given[0]]
    if given[0] == "raw_b64":
        try:
            raw = base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError(f"'raw_b64': {error}") from error
    else:
        raw = _encoded(value)
    return Page(raw, str(identifier), _text(entry, "url"), _text(entry, "retrieved"), _text(entry, "source"))


def _encoded(text: str) -> bytes:
    """Text as UTF-8; a lone surrogate, which JSON may hold, becomes U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode("utf-8")


def _text(entry: dict[str, object], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) and value else None


def _convert_chunk(chunk: list[tuple[int, bytes]]) -> list[Outcome]:
    return [converted(line, data) for line, data in chunk]


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far a run has come: bytes read and written, lines read, lines that gave no output."""

    read: int = 0
    written: int = 0
    lines: int = 0
    bad: int = 0


def convert(
    source: Path, target: Path, *, workers: int = 1, watch: Callable[[int, int, Outcome], None] | None = None
) -> int:
    """Convert a file and return how many lines gave no output.

    An interrupted run leaves ``TARGET.part`` and goes on from there when called again. ``watch`` is told, for
    every line, the bytes of input done, the number of the line and the outcome.
    """
    part, state = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.state")
    done = _resumed(source, part, state)
    bad = done.bad
    with source.open("rb") as stream, part.open("r+b" if part.exists() else "w+b") as out:
        stream.seek(done.read)
        out.seek(done.written)
        out.truncate()
        for place, line, outcomes in _outcomes(stream, done.lines, workers):
            for outcome in outcomes:
                if outcome.output:
                    out.write(outcome.output)
                bad += outcome.output is None
                if watch:
                    watch(place, outcome.line, outcome)
            out.flush()
            _note(state, source, _Progress(place, out.tell(), line, bad))
        os.fsync(out.fileno())
    part.replace(target)
    state.unlink(missing_ok=True)
    return bad


def _identity(source: Path) -> list[str | int]:
    """What tells that a file is the one which an interrupted run read."""
    status = source.stat()
    return [str(source.resolve()), status.st_size, status.st_mtime_ns]


def _resumed(source: Path, part: Path, state: Path) -> _Progress:
    """Where an interrupted run of the same input stopped; the beginning where there is none."""
    try:
        noted = json.loads(state.read_text(encoding="utf-8"))
        progress = _Progress(**noted["progress"])
        if noted["source"] == _identity(source) and part.stat().st_size >= progress.written:
            return progress
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _Progress()


def _note(state: Path, source: Path, progress: _Progress) -> None:
    noted = {"source": _identity(source), "progress": asdict(progress)}
    replace_file(state, json.dumps(noted).encode(), durable=False)


def _outcomes(stream: BinaryIO, line: int, workers: int) -> Iterator[tuple[int, int, list[Outcome]]]:
    """Outcomes chunk by chunk, with the place in the input and the line behind each; few are ever in memory."""
    chunks = _chunks(stream, line)
    if workers <= 1:
        for chunk in chunks:
            yield chunk.place, chunk.line, _merged(_convert_chunk(chunk.entries), chunk.bad)
        return
    waiting: deque[tuple[_Chunk, Future[list[Outcome]]]] = deque()
    with pool(workers) as processes:
        for chunk in chunks:
            waiting.append((chunk, processes.submit(_convert_chunk, chunk.entries)))
            if len(waiting) > 2 * workers:
                first, future = waiting.popleft()
                yield first.place, first.line, _merged(future.result(), first.bad)
        for first, future in waiting:
            yield first.place, first.line, _merged(future.result(), first.bad)


def _merged(good: list[Outcome], bad: list[Outcome]) -> list[Outcome]:
    return sorted(good + bad, key=lambda outcome: outcome.line) if bad else good


@dataclass(slots=True)
class _Chunk:
    """Lines to convert with their numbers, lines that cannot be, and where the input stands behind them."""

    entries: list[tuple[int, bytes]] = field(default_factory=list)
    bad: list[Outcome] = field(default_factory=list)
    size: int = 0
    place: int = 0
    line: int = 0

    @property
    def full(self) -> bool:
        return len(self.entries) + len(self.bad) >= _CHUNK or self.size > _CHUNK_BYTES


def _chunks(stream: BinaryIO, line: int) -> Iterator[_Chunk]:
    """The rest of the input, cut into chunks; blank lines count but are passed over."""
    chunk = _Chunk()
    while data := stream.readline(LONGEST + 1):
        line += 1
        if len(data) > LONGEST and not data.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            chunk.bad.append(Outcome(line, None, f"longer than {LONGEST:,} bytes"))
        elif data.strip():
            chunk.entries.append((line, data))
            chunk.size += len(data)
        chunk.place, chunk.line = stream.tell(), line
        if chunk.full:
            yield chunk
            chunk = _Chunk()
    if chunk.line:
        yield chunk
