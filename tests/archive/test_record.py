"""A record and the text of its file are two forms of one thing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.archive.corpus import record_paths
from build_tools.archive.header import fields_of
from build_tools.archive.record import RecordError, _Loader, _plain, escape, read, unescape, write
from build_tools.models import FrontMatter, Made, Official, Record
from tests.conftest import ARTICLES

MADE = Made(raw_sha256="5f3c" + "0" * 60, encoding="utf-8")
FRONT = FrontMatter(id="2017-08-21-jinan-5f3c", title="督察组进驻", made=MADE)

# What cleaning leaves in a paragraph: no control characters, no space at its ends, one line.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
PARAGRAPH = st.text(_CHARACTERS, min_size=1, max_size=60).map(str.strip).filter(bool)
MARKDOWN = (
    st.text("#+-=!:1.)(\\`*_{}[]|$~<>&;lt gamp督察\u3000\"'—", min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
LINE = PARAGRAPH.map(lambda text: " ".join(text.split())).filter(bool)


@pytest.mark.parametrize("path", record_paths(ARTICLES), ids=lambda path: path.stem)
def test_committed_record_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert write(read(text)) == text


@given(PARAGRAPH | MARKDOWN)
def test_escape_round_trip(paragraph: str) -> None:
    escaped = escape(paragraph)
    assert "\n" not in escaped
    assert unescape(escaped) == paragraph


@given(st.lists(PARAGRAPH | MARKDOWN, max_size=5))
def test_paragraphs_round_trip(paragraphs: list[str]) -> None:
    record = Record(FRONT, tuple(paragraphs))
    assert read(write(record)) == record


@given(
    LINE,
    st.lists(LINE, max_size=3),
    LINE | st.none(),
    st.lists(st.tuples(LINE, LINE | st.none()), max_size=3),
)
def test_fields_round_trip(
    title: str, names: list[str], source: str | None, officials: list[tuple[str, str | None]]
) -> None:
    front = FrontMatter(
        id=FRONT.id,
        title=title,
        reporters=names,
        source=source,
        officials=[Official(name=name, title=office) for name, office in officials],
        made=MADE,
    )
    record = Record(front, ("正文。",))
    text = write(record)
    assert read(text) == record
    assert write(read(text)) == text


@pytest.mark.parametrize(
    "value", ["yes", "null", "~", "2017-08-21", "1e3", "0x1f", "- x", "a: b", "#", "'", "@x", "!!x"]
)
def test_a_title_that_looks_like_yaml_stays_text(value: str) -> None:
    record = Record(FRONT.model_copy(update={"title": value, "source": value}), ("正文。",))
    assert read(write(record)) == record


@pytest.mark.parametrize(
    "text",
    [
        "---",
        "---\nid: x\n---\n正文",
        "{{ site }}",
        "{% raw %}",
        "# 标题",
        "<script>alert(1)</script>",
        "[a](b)",
        "1. 第一",
        "1) 第一",
    ],
)
def test_markup_in_a_paragraph_is_text(text: str) -> None:
    paragraph = " ".join(text.split())
    written = write(Record(FRONT, (paragraph, "正文。")))
    assert read(written).paragraphs == (paragraph, "正文。")
    body = written.split("\n---\n", 1)[1]
    assert "<" not in body
    assert "{{" not in body
    assert "\n#" not in body
    assert "\n---" not in body


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("正文。\n", 1),
        ("---\nid: x\n", 1),
        ("---\nid: [\n---\n正文。\n", 4),
        ("---\nid: a\ntitle: 一\n---\n", 2),
        ("---\n- 一\n---\n", 1),
        ("---\n42\n---\n", 1),
    ],
)
def test_what_cannot_be_read_says_where(text: str, line: int) -> None:
    with pytest.raises(RecordError) as caught:
        read(text)
    assert caught.value.line == line


@given(st.text(max_size=200) | st.text(max_size=100).map(lambda text: f"---\n{text}\n---\n正文。\n"))
def test_any_text_is_a_record_or_a_record_error(text: str) -> None:
    with suppress(RecordError):
        read(text)


def test_a_value_of_the_wrong_kind_names_its_line() -> None:
    text = write(Record(FRONT, ("正文。",))).replace("stage: 其他", "stage: 不知道")
    with pytest.raises(RecordError, match="stage") as caught:
        read(text)
    assert text.splitlines()[caught.value.line - 1] == "stage: 不知道"


def test_a_broken_official_names_its_line() -> None:
    record = Record(
        FRONT.model_copy(update={"officials": [Official(name="王文涛", title="市委书记")]}), ("正文。",)
    )
    text = write(record).replace("name: 王文涛", "nmae: 王文涛")
    with pytest.raises(RecordError, match="officials") as caught:
        read(text)
    assert text.splitlines()[caught.value.line - 1] == "officials:"


def test_lines_broken_by_hand_are_joined() -> None:
    written = write(Record(FRONT, ("第一段。",))).replace("第一段。", "第一\n段。")
    assert read(written).paragraphs == ("第一段。",)


@pytest.mark.parametrize(
    "head",
    [
        "a: 1\nb: 01\nc: 1_000\nd: 1.5\ne: 1:30\nf: 0x1f\ng: +1\nh: -1",
        "a: yes\nb: No\nc: on\nd: true\ne: ~\nf: null\ng: Null\nh: =\ni: <<",
        "a: '1'\nb: 'it''s'\nc: ''\nd: '  x '",
        'a: "x\\ty"\nb: "甲"',
        "a: https://example.org/?q=1&r=#top\nb: http://x",
        "a: 甲 #乙\nb: 甲# 乙\nc: 甲:乙\nd: 甲： 乙\ne: a, b",
        "a: [甲, 乙]\nb: []\nc: ['甲, 乙', 丙]\nd: [1, null, true]\ne: [甲,乙]",
        "a: {x: 1, y: 甲}\nb: {}\nc: {'x, y': z}\nd: {x: }",
        "a:\n  b: 1\n  c:\n    d: {e: f}\ng: h",
        "a:\n- {x: 1}\n- {x: 2}\nb: 1",
        "a:\n  - {x: 1}\n  - {x: 2}\nb: 1",
        "a:\nb: 1",
        "a:\n   b: 1",
        "a: 1\n  b: 2",
        "a: |\n  b",
        "? a\n: b",
        "a: &x b\nc: *x",
        "a: !!str 1",
        "a: - b",
        "a: 1\na: 2",
        "null: 1\n1: 2",
        "a: 2017-08-21\nb: 2017-08\nc: 2017",
        "a: 甲\u3000乙\nb: 甲\u2028乙",
        "- a",
        "a",
        "",
    ],
)
def test_the_quick_reader_says_what_yaml_says_or_nothing(head: str) -> None:
    quick = fields_of(head, _plain)
    if quick is not None:
        assert quick == yaml.load(head, Loader=_Loader)


def test_the_quick_reader_reads_what_is_written() -> None:
    for path in sorted(ARTICLES.rglob("*.md")):
        head = path.read_text(encoding="utf-8")[4:].partition("\n---\n")[0]
        assert fields_of(head, _plain) == yaml.load(head, Loader=_Loader)
