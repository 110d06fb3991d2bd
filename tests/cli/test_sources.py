"""``ducha add`` for folders, web archives and whatever else a person may name, and what it does at a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.archive.record import read, write
from build_tools.archive.store import record_path
from build_tools.cli import intake as intake_command
from build_tools.models import Record
from tests.capture.archives import HTML, page, web_archive
from tests.cli.command import ARTICLE, ducha, tree
from tests.conftest import ROOT


def records(articles: Path) -> list[Record]:
    return [read(path.read_text(encoding="utf-8")) for path in sorted(articles.rglob("*.md"))]


def test_a_folder_is_read_with_those_below_it(empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "more").mkdir(parents=True)
    (folder / "a.html").write_bytes(page(1))
    (folder / "more" / "b.htm").write_bytes(page(2))
    (folder / "c.png").write_bytes(b"\x89PNG")
    (folder / "d.warc.gz").write_bytes(
        web_archive(("https://example.org/3", page(3), HTML, "200 OK"), packed=True)
    )
    result = ducha("add", folder, "--articles", empty)
    assert result.exit_code == 0, result.stderr
    assert sorted(one.front.title[-1] for one in records(empty)) == ["1", "2", "3"]
    assert [one.front.url for one in records(empty) if one.front.url] == ["https://example.org/3"]
    assert ducha("check", "--articles", empty).exit_code == 0


def test_a_link_in_a_folder_is_named_and_not_followed(empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text(ARTICLE, encoding="utf-8", newline="\n")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "loop").symlink_to(folder)
    result = ducha("add", folder, "--articles", empty)
    assert result.exit_code == 1
    assert result.stderr.count("FILE-LINK") == 2
    assert not tree(empty)


def test_a_pipe_is_a_finding_and_is_not_waited_for(empty: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    result = ducha("add", tmp_path / "pipe.txt", "--articles", empty)
    assert result.exit_code == 1
    assert "FILE" in result.stderr


def test_a_year_that_leads_out_of_the_archive_is_not_written_to(
    empty: Path, page: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    empty.mkdir()
    (empty / "2021").symlink_to(outside)
    result = ducha("add", page, "--articles", empty)
    assert result.exit_code == 1
    assert "WRITE" in result.stderr
    assert not tree(outside)


def test_a_table_says_what_was_understood_and_what_is_unsure(empty: Path, page: Path) -> None:
    shown = ducha("add", page, "--articles", empty).stdout
    for words in ("日期", "2021-05-08", "李大伟", "市委书记", "依据", "存疑"):
        assert words in shown


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person watches, as far as the command can tell."""
    monkeypatch.setattr(intake_command, "is_terminal", lambda _stream: True)


UNDATED = ARTICLE.replace("2021年5月8日上午，", "").replace("来源：济南日报\n", "")


@pytest.mark.usefixtures("terminal")
def test_unsure_fields_are_asked_and_the_answers_confirmed(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(UNDATED, encoding="utf-8", newline="\n")
    # Of date and source the first answer to each is no day, and none at all.
    result = ducha("add", path, "--articles", empty, given="上周\n2021-05-08\n济南日报\n".encode())
    assert result.exit_code == 0, result.output
    (record,) = records(empty)
    assert record.front.date == "2021-05-08"
    assert record.front.source == "济南日报"
    assert {"date", "date_basis", "source"} <= set(record.front.confirmed)
    assert ducha("check", "--articles", empty).exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_with_yes_nothing_is_asked_and_doubts_stay(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(UNDATED, encoding="utf-8", newline="\n")
    result = ducha("add", path, "--yes", "--articles", empty)
    assert result.exit_code == 0
    assert "没有来源" in result.stdout
    (record,) = records(empty)
    assert record.front.confirmed == []


def damaged(text: str) -> str:
    """The text with one character lost in each of two places that the other has whole."""
    return text.replace("黑臭水体治理", "黑臭\ufffd体治理").replace("逐项整改，", "逐项\ufffd改，")


def test_another_witness_is_kept_on_request_and_each_helps_the_other(empty: Path, tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken.txt", tmp_path / "whole.txt"
    broken.write_text(damaged(ARTICLE), encoding="utf-8", newline="\n")
    whole.write_text(ARTICLE + "\n转载自网络\n", encoding="utf-8", newline="\n")
    assert ducha("add", broken, "--articles", empty).exit_code == 0
    (first,) = records(empty)
    lost = first.front.made.lost + first.front.made.conjectured
    assert lost
    named = ducha("add", whole, "--articles", empty)
    assert named.exit_code == 1
    assert "新来的一份较完好" in named.stderr
    assert "--witness" in named.stderr
    kept = ducha("add", whole, "--witness", "--articles", empty)
    assert kept.exit_code == 0, kept.stderr
    assert "补出缺字" in kept.stdout
    restored = read(record_path(empty, first.id).read_text(encoding="utf-8"))
    (other,) = (one for one in records(empty) if one.id != first.id)
    assert "□" not in restored.text
    assert "黑臭水体治理" in restored.text
    assert restored.front.made.lost + restored.front.made.conjectured == 0
    assert restored.front.made.evidence[f"witness.{other.id}"].basis == "witness"
    assert f"witness.{first.id}" in other.front.made.evidence
    assert ducha("check", "--articles", empty).exit_code == 0
    assert ducha("refresh", "--yes", "--articles", empty).stdout == "0 records changed\n"


def test_a_settled_text_is_not_restored(empty: Path, tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken.txt", tmp_path / "whole.txt"
    broken.write_text(damaged(ARTICLE), encoding="utf-8", newline="\n")
    whole.write_text(ARTICLE + "\n转载自网络\n", encoding="utf-8", newline="\n")
    ducha("add", broken, "--articles", empty)
    (path,) = empty.rglob("*.md")
    old = read(path.read_text(encoding="utf-8"))
    front = old.front.model_copy(update={"confirmed": ["body"]})
    path.write_text(write(Record(front, old.paragraphs)), encoding="utf-8", newline="\n")
    before = path.read_bytes()
    assert ducha("add", whole, "--witness", "--articles", empty).exit_code == 0
    assert path.read_bytes() == before


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("answer", "count"), [("y\n", 2), ("n\n", 1)])
def test_at_a_terminal_a_reprint_is_offered(
    empty: Path, page: Path, tmp_path: Path, answer: str, count: int
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "\n（转载）\n", encoding="utf-8", newline="\n")
    ducha("add", page, "--yes", "--articles", empty)
    ducha("add", other, "--articles", empty, given=(answer + "\n" * 9).encode())
    assert len(records(empty)) == count


def test_two_runs_at_once_take_each_page_once(tmp_path: Path) -> None:
    """Both are given the same pages and reprints of them: every article is there once, and nothing is torn."""
    folder, articles = tmp_path / "pages", tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_bytes(page(number))
        (folder / f"{number}-again.html").write_bytes(page(number).replace(b"</p>", b"</p>\n"))
    command = [sys.executable, "-m", "build_tools", "add", str(folder), "--articles", str(articles)]
    runs = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    for run in runs:
        run.wait(timeout=300)
    assert len({one.front.title for one in records(articles)}) == len(records(articles)) == 6
    assert ducha("check", "--articles", articles).exit_code == 0
