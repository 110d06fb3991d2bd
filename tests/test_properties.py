"""What holds for any bytes whatever: an answer, a record that can be written, places that lie in the text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.archive.corpus import record_paths
from build_tools.archive.record import read, write
from build_tools.bulk import converted
from build_tools.models import Page
from build_tools.pipeline import clean, draft, record_of
from tests.conftest import ARTICLES

_FRAGMENTS = (
    "中央生态环境保护督察组", "進駐山東省", "會(huì)議", "變?yōu)椤俺尚鍐巍?", "盧相?。?/span>",
    "2017年8月21日", "8月", "日", "市委书记王文涛", "（记者 高昊）", "来源：济南日报", "发布日期：2017-08-22",
    "编辑：", ",。", "\ufffd(hù)", "?", "?？", "\u3000\u3000", "\n", "\n\n", "\r\n", "\t", " ", "<p>", "</p>",
    "<br>", "<script>alert(1)</script>", "<title>", "<!--", "-->", "&nbsp;", "&#xd800;", "&#0;", "---", "{{",
    "}}", "{%", "# ", "* ", "|", "`", "\\", "〔", "〕", "□", "\u200b", "\x00", "\x85", "\u2028", "\ue000",
    "\U00020bb7", "①", "％", "第一轮第四批", "第二十轮", "13月45日", "9999年12月31日", "0年0月0日", "“", "”",
    "(", ")", "0", "A",
)  # fmt: skip
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "utf-8-sig", "utf-32")


@cache
def _pages() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(ARTICLES.rglob("*.raw.*")))


@st.composite
def damaged_pages(draw: st.DrawFn) -> bytes:
    """A piece of a real page with bytes struck out, put in or changed."""
    page = draw(st.sampled_from(_pages()))
    start = draw(st.integers(0, len(page) - 1))
    raw = bytearray(page[start : start + draw(st.integers(0, 1500))])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(raw)


WRITTEN = st.lists(st.sampled_from(_FRAGMENTS), max_size=40).map("".join)
BYTES = (
    st.binary(max_size=300)
    | st.builds(lambda text, name: text.encode(name, "replace"), WRITTEN, st.sampled_from(_ENCODINGS))
    | damaged_pages()
)


@given(BYTES)
@example(b"")
@example(b"\n")
@example("〔".encode())
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00\xd8")
@example(b"<html><title>x</title></html>")
@example(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n")
def test_any_bytes_become_a_record(raw: bytes) -> None:
    made = draft(Page(raw))
    record = record_of(made)
    text = write(record)
    assert read(text) == record
    assert write(read(text)) == text
    text.encode()


@given(BYTES)
@example("督\n\x85!".encode())
def test_any_bytes_are_explained(raw: bytes) -> None:
    cleaned = clean(Page(raw))
    length = len(cleaned.text)
    for repair in cleaned.repairs:
        assert 0 <= repair.start <= repair.end <= length
        assert repair.before != repair.after
    for paragraph in cleaned.paragraphs:
        assert paragraph == paragraph.strip()
        assert "\n" not in paragraph
        assert paragraph


@given(BYTES)
@example(b"\x00!\n2000-0-0\x80\n\n!")
def test_conjectures_and_losses_are_marked(raw: bytes) -> None:
    """Text that is not certain shows it: a repair that guesses leaves a mark where it stands."""
    cleaned = clean(Page(raw))
    for repair in cleaned.repairs:
        here = cleaned.text[
            repair.start : repair.end
        ].strip()  # empty where a later repair struck the line out
        if repair.certainty != "certain" and here:
            assert "□" in here or "〔" in here


@pytest.mark.parametrize("path", record_paths(ARTICLES), ids=lambda path: path.stem)
def test_clean_text_stays_as_it_is(path: Path) -> None:
    """A record's text has no damage left that the tools would find, were it a page."""
    text = read(path.read_text(encoding="utf-8")).text
    assert clean(Page(text.encode())).text == text


@given(st.binary(max_size=200) | WRITTEN.map(str.encode))
def test_any_line_is_converted_or_named(data: bytes) -> None:
    outcome = converted(1, data)
    assert (outcome.output is None) == bool(outcome.problem)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20) | WRITTEN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(("id", "text", "html", "raw_b64", "url", "retrieved", "source", "extra"))


@given(st.dictionaries(KEYS, VALUES))
@example({"id": "\ud800", "text": "督察组\ud800"})
@example({"id": "1", "raw_b64": "AAAA"})
@example({"id": "1", "text": "x", "url": "javascript:alert(1)"})
@example({"id": "1", "text": "x", "retrieved": "yesterday"})
@example({"id": "1", "text": "x", "source": "x" * 10_000})
@example({"id": "1", "text": "x", "source": "a\nb\x00"})
def test_any_object_is_converted_or_named(entry: dict[str, object]) -> None:
    outcome = converted(7, json.dumps(entry).encode())
    assert (outcome.output is None) == bool(outcome.problem)
    if outcome.output:
        line = json.loads(outcome.output)
        assert outcome.output.count(b"\n") == 1
        assert outcome.output.endswith(b"\n")
        assert set(line) >= {"id", "text", "meta", "relevant", "repairs", "findings"}
        assert all(0 <= one["start"] <= one["end"] <= len(line["text"]) for one in line["repairs"])
