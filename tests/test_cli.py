"""Every command as a person types it: what it says, its exit code, what it leaves on disk."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.archive.record import read
from build_tools.cli import main
from tests.conftest import ARTICLES

PAGES = sorted(ARTICLES.rglob("*.raw.txt"))
ARTICLE = """督察组向我市反馈意见

2021年5月8日上午，中央第三生态环境保护督察组向山东省反馈督察情况，市委书记李大伟出席会议并讲话。

会议要求，各级各部门要提高站位，对照问题清单逐项整改，确保改一件成一件。督察组指出，黑臭水体治理进度滞后，渗滤液处置不到位。

来源：济南日报
"""
FINDING = re.compile(r"^[^:\n]+(:\d+)?: [A-Z]+(-[A-Z]+)*: [^;]+(; .+)?$")


def ducha(*arguments: object, given: bytes | None = None) -> Result:
    """The command with these arguments; an exception that nothing caught fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the founding pages make today."""
    folder = tmp_path_factory.mktemp("founded") / "articles"
    ducha("add", *PAGES, "--articles", folder)
    return folder


@pytest.fixture
def archive(founded: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copytree(founded, tmp_path / "articles"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Where an archive is yet to be."""
    return tmp_path / "articles"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page about an inspection that the archive does not hold."""
    path = tmp_path / "page.txt"
    path.write_text(ARTICLE, encoding="utf-8", newline="\n")
    return path


# ---------------------------------------------------------------------- add


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


# ------------------------------------------------------------------ explain


@pytest.mark.parametrize("target", ["path", "id", "record"])
def test_explain_shows_every_change_and_its_rule(archive: Path, target: str) -> None:
    raw = next(archive.rglob("*.raw.txt"))
    named = {
        "path": raw,
        "id": raw.name.partition(".")[0],
        "record": raw.with_name(raw.name.replace(".raw.txt", ".md")),
    }
    result = ducha("explain", named[target], "--articles", archive)
    assert result.exit_code == 0
    for rule in read(named["record"].read_text(encoding="utf-8")).front.made.repairs:
        assert rule in result.stdout


def test_explain_gives_data(archive: Path) -> None:
    raw = next(archive.rglob("*.raw.txt"))
    data = json.loads(ducha("explain", raw, "--json", "--articles", archive).stdout)
    assert {"text", "meta", "evidence", "repairs", "encoding", "encoding_evidence"} <= data.keys()
    assert all(len(data["text"]) >= repair["end"] for repair in data["repairs"])


def test_explain_names_what_it_cannot_find(archive: Path) -> None:
    result = ducha("explain", "2017-01-01-nowhere-0000", "--articles", archive)
    assert result.exit_code == 1
    assert FINDING.match(result.stderr.strip())


# ------------------------------------------------------------------ refresh


def test_refresh_finds_nothing_to_do(archive: Path) -> None:
    before = tree(archive)
    result = ducha("refresh", "--yes", "--articles", archive)
    assert (result.exit_code, result.stdout) == (0, "0 records changed\n")
    assert tree(archive) == before


def test_refresh_restores_what_is_not_confirmed_and_keeps_the_rest(archive: Path) -> None:
    record = next(archive.rglob("*.md"))
    original = record.read_text(encoding="utf-8")
    source = re.search("^source: .*$", original, re.MULTILINE)
    city = re.search("^city: .*$", original, re.MULTILINE)
    assert source
    assert city
    edited = (
        original.replace(source[0], "source: 人民日报")
        .replace(city[0], "city: 无此市")
        .replace("confirmed: []", "confirmed: [source]")
    )
    record.write_text(edited, encoding="utf-8", newline="\n")
    asked = ducha("refresh", record.stem, "--articles", archive)
    assert "-city: 无此市" in asked.stdout
    assert record.read_text(encoding="utf-8") == edited, "nothing is written unless it is said"
    ducha("refresh", record.stem, "--yes", "--articles", archive)
    after = read(record.read_text(encoding="utf-8")).front
    assert after.source == "人民日报"
    assert f"city: {after.city or 'null'}" == city[0]


def test_refresh_keeps_a_confirmed_body(archive: Path) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8").rstrip("\n") + "\n\n补上的一段。\n"
    record.write_text(text.replace("confirmed: []", "confirmed: [body]"), encoding="utf-8", newline="\n")
    ducha("refresh", "--yes", "--articles", archive)
    assert read(record.read_text(encoding="utf-8")).paragraphs[-1] == "补上的一段。"


def test_refresh_names_an_unknown_record(archive: Path) -> None:
    result = ducha("refresh", "2017-01-01-nowhere-0000", "--articles", archive)
    assert result.exit_code == 1
    assert "RECORD-UNKNOWN" in result.stderr


# -------------------------------------------------------------------- check


def test_check_finds_no_error_in_the_archive() -> None:
    result = ducha("check")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_check_says_where_and_what_to_do(archive: Path, form: str) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8")
    record.write_text(
        re.sub("^provinces: .*", "provinces: [无此省]", text, flags=re.MULTILINE),
        encoding="utf-8",
        newline="\n",
    )
    result = ducha("check", record, "--format", form, "--articles", archive)
    line = text[: text.index("\nprovinces:")].count("\n") + 2
    assert result.exit_code == 1
    if form == "text":
        assert f"{record}:{line}: PLACE: " in result.stderr
    elif form == "github":
        assert f"::error file={record},line={line}::PLACE: " in result.stdout
    else:
        assert {"path": str(record), "line": line, "code": "PLACE"}.items() <= json.loads(result.stdout)[
            0
        ].items()


@pytest.mark.parametrize("spoil", ["\ufeff{}", "crlf", "tags"])
def test_check_fixes_what_is_mechanical(archive: Path, spoil: str) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8")
    spoilt = {
        "crlf": text.replace("\n", "\r\n"),
        "tags": re.sub("^tags: .*", "tags: []", text, flags=re.MULTILINE),
    }.get(spoil, "\ufeff" + text)
    record.write_bytes(spoilt.encode())
    assert ducha("check", "--articles", archive).exit_code == 1
    assert ducha("check", "--fix", "--articles", archive).exit_code == 0
    assert record.read_bytes() == text.encode()


# ------------------------------------------------------------------ publish


def test_pages_writes_plain_files(archive: Path, tmp_path: Path) -> None:
    result = ducha("pages", "--out", tmp_path / "out", "--articles", archive)
    assert result.exit_code == 0
    assert (tmp_path / "out" / "index.md").is_file()
    again = tmp_path / "again"
    ducha("pages", "--out", again, "--articles", archive)
    assert tree(again) == tree(tmp_path / "out")


def test_bundle_writes_one_zip(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "archive.zip"
    result = ducha("bundle", "--out", out, "--articles", archive)
    assert result.exit_code == 0, result.stderr
    with zipfile.ZipFile(out) as packed:
        assert any(name.endswith("/index.html") for name in packed.namelist())
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("command", [("build", "--site-dir"), ("bundle", "--out"), ("pages", "--out")])
def test_a_broken_record_stops_publishing_with_its_place(
    archive: Path, tmp_path: Path, command: tuple[str, str]
) -> None:
    record = next(archive.rglob("*.md"))
    record.write_text("---\nid: x\n---\n", encoding="utf-8", newline="\n")
    result = ducha(*command, tmp_path / "out", "--articles", archive)
    assert result.exit_code == 1
    assert f"{record}:" in result.stderr


def test_a_site_that_cannot_be_written_is_one_line(archive: Path, page: Path) -> None:
    result = ducha("pages", "--out", page / "below", "--articles", archive)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_help_names_every_command() -> None:
    text = ducha("--help").output
    for command in ("add", "explain", "refresh", "check", "convert", "build", "bundle", "serve", "pages"):
        assert re.search(rf"^  {command} ", text, re.MULTILINE)
        assert ducha(command, "--help").exit_code == 0
    assert ducha("--version").exit_code == 0
