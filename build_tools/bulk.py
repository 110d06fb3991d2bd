"""Bulk conversion: JSON Lines of pages in, JSON Lines of clean texts and facts out, in input order."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from build_tools.models import Page
from build_tools.pipeline import draft, record_of

LONGEST = 64 * 2**20  # bytes of one line; a longer one is reported and passed over
_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input line: a line of output, or why there is none."""

    line: int
    output: bytes | None
    problem: str | None = None


def converted(line: int, data: bytes) -> Outcome:
    """One line of input -> one line of output. Never raises."""
    try:
        entry = json.loads(data)
        made = draft(_page(entry))
        front = record_of(made).front.model_dump(exclude={"made"})
    except (ValueError, RecursionError) as error:
        return Outcome(line, None, " ".join(str(error).split())[:200])
    result = {
        "id": entry["id"],
        "text": made.cleaned.text,
        "meta": front,
        "relevant": made.facts.relevant,
        "reliable": made.cleaned.reliable,
        "repairs": [asdict(repair) for repair in made.cleaned.repairs],
        "findings": [asdict(finding) for finding in made.findings],
    }
    return Outcome(line, json.dumps(result, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _page(entry: object) -> Page:
    if not isinstance(entry, dict):
        raise ValueError("not a JSON object")
    identifier = entry.get("id")
    if not isinstance(identifier, str | int):
        raise ValueError("'id' is missing")
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
        raw = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")
    return Page(raw, str(identifier), _text(entry, "url"), _text(entry, "retrieved"), _text(entry, "source"))


def _text(entry: dict[str, object], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) and value else None


def _convert_chunk(chunk: list[tuple[int, bytes]]) -> list[Outcome]:
    return [converted(line, data) for line, data in chunk]


def convert(
    source: Path, target: Path, *, workers: int = 1, watch: Callable[[int, int, Outcome], None] | None = None
) -> None:
    """Convert a file. An interrupted run leaves ``TARGET.part`` and goes on from there when called again.

    ``watch`` is told, after every line, the bytes of input done, the lines done and the outcome.
    """
    part, state = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.state")
    done_in, done_out, lines = _resume(source, part, state)
    with source.open("rb") as stream, part.open("r+b" if part.exists() else "w+b") as out:
        stream.seek(done_in)
        out.seek(done_out)
        out.truncate()
        for place, outcomes in _outcomes(stream, lines, workers):
            for outcome in outcomes:
                lines += 1
                if outcome.output:
                    out.write(outcome.output)
                if watch:
                    watch(place, lines, outcome)
            out.flush()
            _note(state, source, place, out.tell(), lines)
        os.fsync(out.fileno())
    part.replace(target)
    state.unlink(missing_ok=True)


def _resume(source: Path, part: Path, state: Path) -> tuple[int, int, int]:
    try:
        noted = json.loads(state.read_text(encoding="utf-8"))
        if part.exists() and noted["source"] == [str(source.resolve()), source.stat().st_size]:
            return int(noted["in"]), int(noted["out"]), int(noted["lines"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, 0, 0


def _note(state: Path, source: Path, done_in: int, done_out: int, lines: int) -> None:
    noted = {
        "source": [str(source.resolve()), source.stat().st_size],
        "in": done_in,
        "out": done_out,
        "lines": lines,
    }
    fresh = state.with_suffix(".new")
    fresh.write_text(json.dumps(noted), encoding="utf-8", newline="\n")
    fresh.replace(state)


def _outcomes(stream: BinaryIO, line: int, workers: int) -> Iterator[tuple[int, list[Outcome]]]:
    """Outcomes chunk by chunk with the place in the input behind each; few chunks are ever in memory."""
    chunks = _chunks(stream, line)
    if workers <= 1:
        for place, chunk, bad in chunks:
            yield place, _merged(_convert_chunk(chunk), bad)
        return
    waiting: deque[tuple[int, Future[list[Outcome]], list[Outcome]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for place, chunk, bad in chunks:
            waiting.append((place, pool.submit(_convert_chunk, chunk), bad))
            if len(waiting) > 2 * workers:
                place, future, bad = waiting.popleft()
                yield place, _merged(future.result(), bad)
        for place, future, bad in waiting:
            yield place, _merged(future.result(), bad)


def _merged(good: list[Outcome], bad: list[Outcome]) -> list[Outcome]:
    return sorted(good + bad, key=lambda outcome: outcome.line) if bad else good


def _chunks(stream: BinaryIO, line: int) -> Iterator[tuple[int, list[tuple[int, bytes]], list[Outcome]]]:
    chunk: list[tuple[int, bytes]] = []
    bad: list[Outcome] = []
    size = 0
    while data := stream.readline(LONGEST + 1):
        line += 1
        if len(data) > LONGEST and not data.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            bad.append(Outcome(line, None, f"longer than {LONGEST:,} bytes"))
        elif data.strip():
            chunk.append((line, data))
            size += len(data)
        if len(chunk) + len(bad) >= _CHUNK or size > 2**20:
            yield stream.tell(), chunk, bad
            chunk, bad, size = [], [], 0
    if chunk or bad:
        yield stream.tell(), chunk, bad
