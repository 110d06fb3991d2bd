"""Checks of the archive: every problem of every record is collected, with a code, a place and a cure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from build_tools.archive.corpus import record_paths
from build_tools.archive.persons import TABLE, read_persons
from build_tools.archive.record import RecordError, read, write
from build_tools.archive.store import RAW_EXTENSIONS, raw_path, record_path, replace_file
from build_tools.archive.tags import tags_of
from build_tools.knowledge.places import gazetteer
from build_tools.knowledge.schedule import schedule
from build_tools.models import LOST, Finding, Record
from build_tools.workers import pool


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with the file it is about."""

    path: Path
    finding: Finding


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str
    record: Record


CODES: dict[str, str] = {
    "RECORD-READ": "记录读不出来：不是 UTF-8、不是 YAML，或字段不合规定。",
    "RECORD-FORM": "记录不是规范写法。",
    "RECORD-PLACE": "文件名或年份文件夹与 id 不符。",
    "RECORD-EMPTY": "记录没有正文。",
    "RAW-MISSING": "记录旁边没有原始页面。",
    "RAW-CHANGED": "原始页面与记录里的 SHA-256 不符：原始页面不得改动。",
    "RAW-ALONE": "有原始页面而没有记录。",
    "FILE-STRAY": "既不是记录，也不是原始页面。",
    "TAGS": "tags 与各字段不符。",
    "MARKS": "正文里 □ 和〔 〕的数目与 made 里记的不符。",
    "DATE-BASIS": "date 与 date_basis 互相矛盾，或推定的日期没有写明依据。",
    "SCHEDULE": "中央督察的轮次、批次在督察日程表里没有。",
    "PLACE": "省份不在地名表里。",
    "SOURCE": "既没有来源也没有网址。",
    "UNRELIABLE": "文字不可靠（改写、缺数字或反复机器翻译）。",
    "CONFIRMED": "confirmed 里有不存在的字段。",
    "PERSONS": "人物表 people.yml 读不出来，或自相矛盾。",
}


_MANY = 1000  # records from which a second process is worth its start
_CHUNK = 100


def check(paths: list[Path], workers: int = 1) -> list[Located]:
    """All findings about the records in some folders or files, in the order given, files of a folder sorted."""
    records = [record for path in paths for record in (record_paths(path) if path.is_dir() else [path])]
    strays = [stray for path in paths if path.is_dir() for stray in (*_persons(path), *_strays(path))]
    if workers > 1 and len(records) >= _MANY:
        chunks = [records[at : at + _CHUNK] for at in range(0, len(records), _CHUNK)]
        with pool(workers) as processes:
            return [one for found in processes.map(_check_files, chunks) for one in found] + strays
    return _check_files(records) + strays


def _check_files(records: list[Path]) -> list[Located]:
    return [located for record in records for located in _check_file(record)]


def _check_file(path: Path) -> list[Located]:
    try:
        text = path.read_bytes().decode()
        record = read(_plain(text))
    except (RecordError, UnicodeDecodeError) as error:
        line = getattr(error, "line", 1)
        return [Located(path, _error("RECORD-READ", str(error), "按 CONTRIBUTING 里的样例改正", line))]
    file = _File(path, text, record)
    return [Located(path, finding) for check_one in _CHECKS for finding in check_one(file)]


def _error(code: str, message: str, cure: str, line: int | None = None) -> Finding:
    return Finding(code, "error", message, cure, line)


def _line(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(f"{key}:"):
            return number
    return 1


def _form(file: _File) -> Iterator[Finding]:
    canonical = write(file.record)
    if canonical != file.text:
        pairs = zip(canonical.split("\n"), file.text.split("\n"), strict=False)
        line = next((number for number, (want, got) in enumerate(pairs, 1) if want != got), 1)
        yield _error("RECORD-FORM", f"第 {line} 行起不是规范写法", "运行 ducha check --fix", line)


def _place(file: _File) -> Iterator[Finding]:
    expected = record_path(Path(), file.record.id)
    if file.path.name != expected.name or file.path.parent.name != expected.parent.name:
        yield _error(
            "RECORD-PLACE", f"id 是 {file.record.id}", f"移到 {expected.as_posix()}", _line(file.text, "id")
        )


def _body(file: _File) -> Iterator[Finding]:
    if not file.record.paragraphs:
        yield _error("RECORD-EMPTY", "没有正文", "补上正文，或删去记录")


def _raw(file: _File) -> Iterator[Finding]:
    raw = raw_path(file.path)
    line = _line(file.text, "raw_sha256")
    if raw is None:
        yield _error("RAW-MISSING", "旁边没有原始页面", "放回原始页面", line)
    elif hashlib.sha256(raw.read_bytes()).hexdigest() != file.record.front.made.raw_sha256:
        yield _error("RAW-CHANGED", f"{raw.name} 与 raw_sha256 不符", f"git checkout -- {raw}", line)


def _tags(file: _File) -> Iterator[Finding]:
    if file.record.front.tags != tags_of(file.record.front):
        yield _error("TAGS", "tags 与各字段不符", "运行 ducha check --fix", _line(file.text, "tags"))


def _marks(file: _File) -> Iterator[Finding]:
    made, text = file.record.front.made, file.record.text
    lost = text.count(LOST)
    conjectured = sum(map(len, re.findall(r"〔([^〔〕]*[\u3400-\u9fff][^〔〕]*)〕", text)))
    if lost > made.lost or (made.conjectured and not conjectured):
        yield Finding(
            "MARKS",
            "warning",
            f"正文有 {lost} 个 □，made.lost 记 {made.lost}",
            "核对是否误改了标记",
            _line(file.text, "lost"),
        )


def _date(file: _File) -> Iterator[Finding]:
    front = file.record.front
    line = _line(file.text, "date_basis")
    if (front.date is None) != (front.date_basis == "unknown"):
        yield _error(
            "DATE-BASIS", f"date 是 {front.date}，date_basis 是 {front.date_basis}", "两者改成一致", line
        )
    elif (
        front.date_basis == "inferred" and "date" not in front.made.evidence and "date" not in front.confirmed
    ):
        yield _error("DATE-BASIS", "日期是推定的，却没有写明依据", "在 confirmed 里列出 date", line)


def _schedule(file: _File) -> Iterator[Finding]:
    front = file.record.front
    if front.level != "central" or front.round is None or front.batch is None:
        return
    if schedule().batch(front.round, front.batch, front.mode or "例行") is None:
        message = f"日程表里没有第 {front.round} 轮第 {front.batch} 批（{front.mode or '例行'}）"
        yield _error("SCHEDULE", message, "改正，或在 knowledge/rounds.yml 里补上", _line(file.text, "round"))


def _provinces(file: _File) -> Iterator[Finding]:
    for name in file.record.front.provinces:
        if name not in _known_provinces():
            yield _error(
                "PLACE", f"地名表里没有省份“{name}”", "写全称，如 山东省", _line(file.text, "provinces")
            )


@cache
def _known_provinces() -> frozenset[str]:
    names = {place.name for place in gazetteer().places if place.level == "province"}
    return frozenset(names | {"新疆生产建设兵团"})


def _source(file: _File) -> Iterator[Finding]:
    if file.record.front.source is None and file.record.front.url is None:
        yield Finding(
            "SOURCE",
            "warning",
            "没有来源，也没有网址",
            "查到后填写 source 或 url",
            _line(file.text, "source"),
        )


def _reliable(file: _File) -> Iterator[Finding]:
    if not file.record.front.made.reliable:
        yield Finding("UNRELIABLE", "warning", "文字不可靠", "找到更好的来源", _line(file.text, "reliable"))


def _confirmed(file: _File) -> Iterator[Finding]:
    fields = set(type(file.record.front).model_fields) - {"id", "made", "confirmed", "tags"} | {"body"}
    for name in file.record.front.confirmed:
        if name not in fields:
            yield _error("CONFIRMED", f"没有字段“{name}”", "改正字段名", _line(file.text, "confirmed"))


_CHECKS: tuple[Callable[[_File], Iterator[Finding]], ...] = (
    _form, _place, _body, _raw, _tags, _marks, _date, _schedule, _provinces, _source, _reliable, _confirmed,
)  # fmt: skip


def _persons(folder: Path) -> list[Located]:
    try:
        read_persons(folder, [path.stem for path in record_paths(folder)])
    except RecordError as error:
        said = str(error).removeprefix(f"{folder / TABLE}:{error.line}: ")
        return [Located(folder / TABLE, _error("PERSONS", said, "按 CONTRIBUTING 里的样例改正", error.line))]
    return []


def _strays(folder: Path) -> list[Located]:
    """Files that belong to no record: raw pages alone, leftovers of an interrupted run, anything else."""
    alone = _error("RAW-ALONE", "有原始页面而没有记录", "运行 ducha add，或删去它")
    stray = Finding("FILE-STRAY", "warning", "既不是记录，也不是原始页面", "移走或删去它")
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix != ".md" and path.is_file()):
        stem, raw, extension = path.name.rpartition(".raw.")
        if path == folder / TABLE:
            continue
        if not raw or f".{extension}" not in RAW_EXTENSIONS:
            found.append(Located(path, stray))
        elif not path.with_name(f"{stem}.md").exists():
            found.append(Located(path, alone))
    return found


def _plain(text: str) -> str:
    """A text without what editors on other systems put in: a byte-order mark, CRLF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def fix_files(paths: list[Path]) -> Iterator[Path]:
    """Puts right what is mechanical in records, and yields the files that changed."""
    for path in (one for given in paths for one in (record_paths(given) if given.is_dir() else [given])):
        text = path.read_bytes().decode("utf-8", "replace")
        after = fixed(text)
        if after is not None and after != text:
            replace_file(path, after.encode())
            yield path


def fixed(text: str) -> str | None:
    """A record's file with what is mechanical put right (form, tags), or ``None`` if it cannot be read."""
    try:
        record = read(_plain(text))
    except RecordError:
        return None
    front = record.front.model_copy(update={"tags": tags_of(record.front)})
    return write(Record(front, record.paragraphs))
