"""``ducha add``: pages in, each once, whatever they hold."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from build_tools.archive.record import read
from tests.cli.command import ARTICLE, FINDING, PAGES, ducha, tree
from tests.conftest import ARTICLES


def test_add_makes_a_record_with_its_page_beside_it(empty: Path, page: Path) -> None:
    result = ducha("add", page, "--articles", empty)
    assert result.exit_code == 0
    files = tree(empty)
    (record,) = (name for name in files if name.endswith(".md"))
    assert sorted(files) == sorted((record, record.replace(".md", ".raw.txt")))
    assert files[record.replace(".md", ".raw.txt")] == page.read_bytes()
    made = read(files[record].decode())
    assert made.front.title == "督察组向我市反馈意见"
    assert made.front.date == "2021-05-08"
    assert made.front.provinces == ["山东省"]
    assert "李大伟" in result.stdout
    assert ducha("check", "--articles", empty).exit_code == 0


def test_add_again_changes_no_byte(empty: Path, page: Path) -> None:
    ducha("add", page, "--articles", empty)
    before = tree(empty)
    result = ducha("add", page, "--articles", empty)
    assert result.exit_code == 0
    assert "已在档案中" in result.stdout
    assert tree(empty) == before


def test_the_founding_pages_are_there_already(archive: Path) -> None:
    before = tree(archive)
    result = ducha("add", *PAGES, "--articles", archive)
    assert result.exit_code == 0
    assert result.stdout.count("已在档案中") == len(PAGES)
    assert tree(archive) == before


def test_the_founding_pages_make_their_records_anew(empty: Path) -> None:
    ducha("add", *PAGES, "--articles", empty)
    assert tree(empty).keys() == tree(ARTICLES).keys()
    assert ducha("check", "--articles", empty).exit_code == 0


def test_the_order_of_pages_does_not_matter(tmp_path: Path) -> None:
    ducha("add", *PAGES, "--articles", tmp_path / "one")
    ducha("add", *reversed(PAGES), "--articles", tmp_path / "other")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_add_reads_stdin(empty: Path) -> None:
    result = ducha("add", "-", "--articles", empty, given=ARTICLE.encode())
    assert result.exit_code == 0
    assert len(tree(empty)) == 2


def test_add_keeps_what_is_stated(empty: Path, page: Path) -> None:
    stated = ("--url", "https://example.org/a", "--retrieved", "2026-01-31", "--source", "大众日报")
    ducha("add", page, *stated, "--articles", empty)
    (record,) = empty.rglob("*.md")
    front = read(record.read_text(encoding="utf-8")).front
    assert (front.url, front.retrieved, front.source) == ("https://example.org/a", "2026-01-31", "大众日报")
    assert ducha("refresh", "--yes", "--articles", empty).stdout == "0 records changed\n"


@pytest.mark.parametrize(
    "wrong",
    [("--url", "javascript:alert(1)"), ("--url", "x y"), ("--retrieved", "31.1.2026"), ("--no-such-option",)],
)
def test_wrong_usage_is_exit_code_2(empty: Path, page: Path, wrong: tuple[str, ...]) -> None:
    assert ducha("add", page, *wrong, "--articles", empty).exit_code == 2
    assert not empty.exists()


def test_no_arguments_is_wrong_usage() -> None:
    assert ducha("add").exit_code == 2
    assert ducha("convert").exit_code == 2
    assert ducha("no-such-command").exit_code == 2


def test_a_reprint_is_named_not_added(archive: Path, tmp_path: Path) -> None:
    before = tree(archive)
    reprint = tmp_path / "reprint.txt"
    reprint.write_bytes(PAGES[0].read_bytes() + "\n转载自网络\n".encode())
    result = ducha("add", reprint, "--articles", archive)
    assert result.exit_code == 1
    assert "REPRINT" in result.stderr
    assert PAGES[0].name.partition(".")[0] in result.stderr
    assert tree(archive) == before
    assert ducha("add", reprint, "--force", "--articles", archive).exit_code == 0


def test_a_reprint_in_the_same_call_is_named(empty: Path, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "\n（转载）\n", encoding="utf-8", newline="\n")
    result = ducha("add", page, other, "--articles", empty)
    assert result.exit_code == 1
    assert "REPRINT" in result.stderr
    assert len(tree(empty)) == 2


def test_a_broken_record_hides_no_duplicate(archive: Path) -> None:
    record = PAGES[0].with_name(PAGES[0].name.replace(".raw.txt", ".md")).relative_to(ARTICLES)
    text = (archive / record).read_text(encoding="utf-8")
    (archive / record).write_text(text.replace("stage:", "stag:"), encoding="utf-8", newline="\n")
    before = tree(archive)
    assert "已在档案中" in ducha("add", PAGES[0], "--articles", archive).stdout
    assert tree(archive) == before


def test_an_edited_record_is_not_overwritten(archive: Path) -> None:
    record = next(archive.rglob("*.md"))
    edited = record.read_text(encoding="utf-8").replace("stage: ", "stage: 其他 #", 1)
    record.write_text(edited, encoding="utf-8", newline="\n")
    ducha("add", *PAGES, "--articles", archive)
    assert record.read_text(encoding="utf-8") == edited


BAD_PAGES = {
    "empty": (b"", "FILE-EMPTY"),
    "blank": (b" \n\t\n", "FILE-EMPTY"),
    "random": (bytes(range(256)) * 40, "NO-TEXT"),
    "zeros": (bytes(5000), "NO-TEXT"),
    "unrelated": (
        "我市举办春季运动会\n\n4月2日，春季运动会在体育场开幕，市民踊跃参加。\n".encode(),
        "NOT-ABOUT",
    ),
    "markup only": (b"<html><body><script>alert(1)</script></body></html>", "NO-TEXT"),
}


@pytest.mark.parametrize(("raw", "code"), BAD_PAGES.values(), ids=BAD_PAGES.keys())
def test_a_bad_page_is_a_finding(empty: Path, tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "bad.html"
    path.write_bytes(raw)
    result = ducha("add", path, "--articles", empty)
    assert result.exit_code == 1
    assert code in result.stderr
    assert all(FINDING.match(line) for line in result.stderr.splitlines()), result.stderr
    assert not tree(empty)


def test_a_page_of_50_megabytes_is_a_finding(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        for _ in range(50):
            stream.write(("督察组进驻。\n" * 2**16)[: 2**20 // 3].encode())
    result = ducha("add", path, "--articles", empty)
    assert result.exit_code == 1
    assert "FILE-LARGE" in result.stderr


def test_a_folder_and_a_missing_file_are_findings(empty: Path, tmp_path: Path) -> None:
    result = ducha("add", tmp_path, tmp_path / "none.txt", "--articles", empty)
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["FILE", "FILE"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_finding(empty: Path, page: Path) -> None:
    page.chmod(0)
    result = ducha("add", page, "--articles", empty)
    assert result.exit_code == 1
    assert "FILE" in result.stderr


def test_one_bad_page_does_not_stop_the_rest(empty: Path, page: Path, tmp_path: Path) -> None:
    result = ducha("add", tmp_path / "none.txt", page, tmp_path, "--articles", empty)
    assert result.exit_code == 1
    assert len(tree(empty)) == 2


def test_a_file_name_need_not_be_text(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe page.txt")
    path.write_text(ARTICLE, encoding="utf-8", newline="\n")
    assert ducha("add", path, "--articles", empty).exit_code == 0
    missing = tmp_path / os.fsdecode(b"\xff none.txt")
    assert ducha("add", missing, "--articles", empty).exit_code == 1
    assert ducha("explain", path, "--articles", empty).exit_code == 0


HOSTILE = (
    "---\nid: ../../../etc/passwd\n---\n",
    "{{ config }} {% include 'x' %}",
    "<script>alert('督察')</script>",
    "# 督察 *组* [进](http://a.cn) ![驻](x) `code` | a | b |",
    "<img src=x onerror=alert(1)>",
    "../../督察",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(empty: Path, tmp_path: Path, hostile: str) -> None:
    """What could be markup is escaped in the record, the record reads back, and no file lands elsewhere."""
    path = tmp_path / "hostile.txt"
    path.write_text(
        ARTICLE.replace("会议要求，", f"会议要求：{hostile}\n会议要求，"), encoding="utf-8", newline="\n"
    )
    around = set(tmp_path.iterdir())
    assert ducha("add", path, "--articles", empty).exit_code == 0
    assert set(tmp_path.iterdir()) == around | {empty}
    (record,) = empty.rglob("*.md")
    body = record.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert not re.search(r"<|(?<!\\)[*`|]|(?<!\\)\{|^---|^#", body, re.MULTILINE)
    assert ducha("check", "--articles", empty).exit_code == 0
