"""What must hold of one record and the page beside it; each check is a sentence that a finding completes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from build_tools.archive.collation import named_witnesses
from build_tools.archive.record import write
from build_tools.archive.settling import LABELS
from build_tools.archive.store import raw_path, record_path
from build_tools.archive.tags import tags_of
from build_tools.models import Finding, FrontMatter, Record, marks


@dataclass(frozen=True, slots=True)
class Checked:
    """A record with the file it was read from."""

    path: Path
    text: str
    record: Record

    @property
    def front(self) -> FrontMatter:
        """The record's fields."""
        return self.record.front

    def line(self, key: str) -> int:
        """The line on which a field begins, counted from 1."""
        return line_of(self.text, key)

    def error(self, code: str, message: str, cure: str, key: str) -> Finding:
        """A finding that must be put right, at the line of a field."""
        return Finding(code, "error", message, cure, self.line(key))

    def warning(self, code: str, message: str, cure: str, key: str) -> Finding:
        """A finding that a person should look at, at the line of a field."""
        return Finding(code, "warning", message, cure, self.line(key))


Check = Callable[[Checked], Iterator[Finding]]


def line_of(text: str, key: str) -> int:
    """The first line on which a field of that name begins; 1 where there is none."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(f"{key}:"):
            return number
    return 1


def _form(file: Checked) -> Iterator[Finding]:
    canonical = write(file.record)
    if canonical != file.text:
        pairs = zip(canonical.split("\n"), file.text.split("\n"), strict=False)
        line = next((number for number, (want, got) in enumerate(pairs, 1) if want != got), 1)
        yield Finding("RECORD-FORM", "error", f"第 {line} 行起不是规范写法", "运行 ducha check --fix", line)


def _place(file: Checked) -> Iterator[Finding]:
    expected = record_path(Path(), file.record.id)
    if file.path.name != expected.name or file.path.parent.name != expected.parent.name:
        yield file.error("RECORD-PLACE", f"id 是 {file.record.id}", f"移到 {expected.as_posix()}", "id")


def _body(file: Checked) -> Iterator[Finding]:
    if not file.record.paragraphs:
        yield file.error("RECORD-EMPTY", "没有正文", "补上正文，或删去记录", "---")


def _raw(file: Checked) -> Iterator[Finding]:
    raw = raw_path(file.path)
    if raw is None:
        yield file.error("RAW-MISSING", "旁边没有原始页面", "放回原始页面", "raw_sha256")
    elif hashlib.sha256(raw.read_bytes()).hexdigest() != file.front.made.raw_sha256:
        yield file.error(
            "RAW-CHANGED", f"{raw.name} 与 raw_sha256 不符", f"git checkout -- {raw}", "raw_sha256"
        )


def _tags(file: Checked) -> Iterator[Finding]:
    if file.front.tags != tags_of(file.front):
        yield file.error("TAGS", "tags 与各字段不符", "运行 ducha check --fix", "tags")


def _marks(file: Checked) -> Iterator[Finding]:
    """A person who settles the text may well remove marks; one who does not should leave them."""
    if {"body", "title"} & set(file.front.confirmed):
        return
    made = file.front.made
    for found, noted, mark, key in zip(
        marks(file.record.text),
        (made.lost, made.conjectured),
        ("□", "〔 〕"),
        ("lost", "conjectured"),
        strict=True,
    ):
        if found != noted:
            message = f"正文里 {mark} 有 {found} 字，made.{key} 记 {noted}"
            yield file.warning("MARKS", message, "正文经人改过的，在 confirmed 里列入 body；否则改回", key)


def _source(file: Checked) -> Iterator[Finding]:
    if file.front.source is None and file.front.url is None:
        yield file.warning("SOURCE", "没有来源，也没有网址", "查到后填写 source 或 url", "source")


def _link(file: Checked) -> Iterator[Finding]:
    url = file.front.url
    if url is not None and not _is_public(url):
        yield file.warning(
            "LINK", f"网址 {url[:80]} 不在公开的网上", "填写读者能打开的网址，或写 null", "url"
        )


def _is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.username or parts.password:
            return False
    except ValueError:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".local", ".internal", ".localhost"))


def _reliable(file: Checked) -> Iterator[Finding]:
    if not file.front.made.reliable and "body" not in file.front.confirmed:
        yield file.warning("UNRELIABLE", "文字不可靠", "找到更好的来源", "reliable")


def _confirmed(file: Checked) -> Iterator[Finding]:
    known = {*LABELS, "title_basis", "date_basis", "round_basis"}
    for name in file.front.confirmed:
        if name not in known:
            yield file.error("CONFIRMED", f"没有字段“{name}”", "改正字段名", "confirmed")


def _witness(file: Checked) -> Iterator[Finding]:
    for name in named_witnesses(file.front):
        if not record_path(file.path.parent.parent, name).is_file():
            message = f"所据的另一见本 {name} 不在档案中"
            yield file.error("WITNESS", message, "放回那份记录，或从 made 里删去这一条", f"witness.{name}")


CHECKS: tuple[Check, ...] = (
    _form, _place, _body, _raw, _tags, _marks, _source, _link, _reliable, _confirmed, _witness,
)  # fmt: skip
