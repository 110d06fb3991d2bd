"""``ducha check``: every problem of every record is collected, with a code, a place and a cure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from build_tools.archive import checks, plausible
from build_tools.archive.checks import Checked, line_of
from build_tools.archive.collation import named_witnesses
from build_tools.archive.corpus import record_paths
from build_tools.archive.persons import TABLE, read_persons
from build_tools.archive.record import RecordError, read, write
from build_tools.archive.store import RAW_EXTENSIONS, replace_file
from build_tools.archive.tags import tags_of
from build_tools.archive.witnesses import Witnesses, fingerprints
from build_tools.models import Finding, Record
from build_tools.workers import pool

_MANY = 1000  # records from which a second process is worth its start
_CHUNK = 100
_LEFTOVER = ".writing-"


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with the file it is about."""

    path: Path
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one record says that is to be held against all others."""

    path: Path
    raw_sha256: str
    id_line: int
    witnesses: tuple[str, ...]
    fingerprint: np.ndarray


def check(paths: Sequence[Path], workers: int = 1) -> list[Located]:
    """All findings about the records in some folders or files, in the order given, files of a folder sorted."""
    records = [record for path in paths for record in (record_paths(path) if path.is_dir() else [path])]
    if workers > 1 and len(records) >= _MANY:
        chunks = [records[at : at + _CHUNK] for at in range(0, len(records), _CHUNK)]
        with pool(workers) as processes:
            results = list(processes.map(_check_files, chunks))
    else:
        results = [_check_files(records)]
    found = [one for located, _ in results for one in located]
    found += _twice([one for _, seen in results for one in seen])
    for folder in (path for path in paths if path.is_dir()):
        found += [*_strays(folder), *_people(folder, {record.stem for record in records})]
    return found


def _check_files(paths: list[Path]) -> tuple[list[Located], list[_Seen]]:
    found: list[Located] = []
    read_well: list[Checked] = []
    for path in paths:
        if path.is_symlink():
            found.append(Located(path, _LINK))
            continue
        try:
            text = path.read_bytes().decode()
            file = Checked(path, text, read(_plain(text)))
        except (RecordError, UnicodeDecodeError) as error:
            line = getattr(error, "line", 1)
            cure = "按 CONTRIBUTING 里的样例改正"
            found.append(Located(path, Finding("RECORD-READ", "error", str(error), cure, line)))
            continue
        read_well.append(file)
        for check_one in (*checks.CHECKS, *plausible.CHECKS):
            found += [Located(path, finding) for finding in check_one(file)]
    return found, _seen(read_well)


def _seen(files: list[Checked]) -> list[_Seen]:
    prints = fingerprints(["".join(file.record.paragraphs) for file in files])
    return [
        _Seen(
            file.path,
            file.front.made.raw_sha256,
            line_of(file.text, "id"),
            tuple(named_witnesses(file.front)),
            mark,
        )
        for file, mark in zip(files, prints, strict=True)
    ]


def _twice(seen: list[_Seen]) -> Iterator[Located]:
    """Pages that were taken in twice, and texts of which nobody has said that they are the same."""
    by_page: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        by_page[one.raw_sha256].append(one)
    for first, *others in by_page.values():
        for other in others:
            message = f"与 {first.path.name} 出自同一个页面"
            yield Located(other.path, Finding("RAW-TWICE", "error", message, "删去其中一份", other.id_line))
    witnesses = Witnesses()
    witnesses.keep([str(one.path) for one in seen], [one.fingerprint for one in seen])
    by_path = {str(one.path): one for one in seen}
    for family in witnesses.families():
        first, *others = (by_path[name] for name in family)
        for other in others:
            if first.path.stem in other.witnesses or other.path.stem in first.witnesses:
                continue
            if first.raw_sha256 != other.raw_sha256:
                message = f"与 {first.path.name} 是同一篇"
                cure = "删去较差的一份；要留作又一见本，删去后用 ducha add --witness 重新添加"
                yield Located(other.path, Finding("DUPLICATE", "warning", message, cure, other.id_line))


_LINK = Finding("FILE-LINK", "error", "是链接，可能指向档案之外", "换成文件本身")
_ALONE = Finding("RAW-ALONE", "error", "有原始页面而没有记录", "运行 ducha add，或删去它")
_STRAY = Finding("FILE-STRAY", "warning", "既不是记录，也不是原始页面", "移走或删去它")


def _strays(folder: Path) -> Iterator[Located]:
    """Files that belong to no record: links, raw pages alone, leftovers of an interrupted run, anything else."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            if path.suffix != ".md":
                yield Located(path, _LINK)
        elif path.suffix != ".md" and path.is_file() and path != folder / TABLE:
            stem, raw, extension = path.name.rpartition(".raw.")
            if not raw or f".{extension}" not in RAW_EXTENSIONS:
                yield Located(path, _STRAY)
            elif not path.with_name(f"{stem}.md").exists():
                yield Located(path, _ALONE)


def _people(folder: Path, ids: set[str]) -> Iterator[Located]:
    """The table of who is who, if there is one."""
    try:
        read_persons(folder, ids)
    except RecordError as error:
        message = str(error).removeprefix(f"{folder / TABLE}:{error.line}: ")
        cure = "按这一条所说改正这一行"
        yield Located(folder / TABLE, Finding("PERSONS", "error", message, cure, error.line))


def _plain(text: str) -> str:
    """A text without what editors on other systems put in: a byte-order mark, CRLF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def fix_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Puts right what is mechanical in records, removes what interrupted runs left, and yields the files concerned."""
    for given in paths:
        for path in record_paths(given) if given.is_dir() else [given]:
            text = path.read_bytes().decode("utf-8", "replace")
            after = None if path.is_symlink() else fixed(text)
            if after is not None and after != text:
                replace_file(path, after.encode())
                yield path
        for path in sorted(given.rglob(f"{_LEFTOVER}*")) if given.is_dir() else ():
            path.unlink()
            yield path


def fixed(text: str) -> str | None:
    """A record's file with what is mechanical put right (form, tags), or ``None`` if it cannot be read."""
    try:
        record = read(_plain(text))
    except RecordError:
        return None
    front = record.front.model_copy(update={"tags": tags_of(record.front)})
    return write(Record(front, record.paragraphs))
