"""``ducha explain`` and ``ducha refresh``: records beside their pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from build_tools.archive.record import read
from build_tools.explain import show
from build_tools.models import Page
from build_tools.pipeline import draft
from tests.cli.command import FINDING, ducha, tree


@pytest.mark.parametrize("target", ["path", "id", "record"])
def test_explain_shows_every_change_and_its_rule(archive: Path, target: str) -> None:
    raw = next(archive.rglob("*.raw.txt"))
    record = raw.with_name(raw.name.replace(".raw.txt", ".md"))
    named: dict[str, Path | str] = {"path": raw, "id": record.stem, "record": record}
    result = ducha("explain", named[target], "--articles", archive)
    assert result.exit_code == 0
    for rule in read(record.read_text(encoding="utf-8")).front.made.repairs:
        assert rule in result.stdout


def test_explain_gives_data(archive: Path) -> None:
    raw = next(archive.rglob("*.raw.txt"))
    data = json.loads(ducha("explain", raw, "--json", "--articles", archive).stdout)
    assert {"text", "meta", "evidence", "repairs", "encoding", "encoding_evidence"} <= data.keys()
    assert all(len(data["text"]) >= repair["end"] for repair in data["repairs"])


def test_explain_sets_raw_beside_result_and_leaves_nothing_out(archive: Path) -> None:
    raw = next(archive.rglob("*.raw.txt"))
    data = json.loads(ducha("explain", raw, "--json", "--articles", archive).stdout)
    assert "".join(row["raw"] for row in data["rows"]) == raw.read_text(encoding="utf-8")
    assert "\n".join(row["text"] for row in data["rows"]) == data["text"]
    assert len(data["rows"]) > 3


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_explain_fits_any_terminal(width: int, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = Page(next(archive.rglob("*.raw.txt")).read_bytes())
    show(draft(page), width=width)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any("…" in line for line in lines[: lines.index(next(one for one in lines if "图例" in one))])


def test_explain_says_what_a_person_settled(archive: Path) -> None:
    record = next(archive.rglob("*.md"))
    text = record.read_text(encoding="utf-8")
    settled = re.sub("^source: .*$", "source: 人民日报", text, flags=re.MULTILINE).replace(
        "confirmed: []", "confirmed: [source]"
    )
    record.write_text(settled, encoding="utf-8", newline="\n")
    assert json.loads(ducha("explain", record, "--json").stdout)["meta"]["source"] == "人民日报"
    assert re.search(
        "source.*人民日报.*人工核定", ducha("explain", record.stem, "--articles", archive).stdout
    )
    record.write_text("---\n", encoding="utf-8", newline="\n")
    assert "RECORD-READ" in ducha("explain", record).stderr


def test_explain_names_what_it_cannot_find(archive: Path) -> None:
    result = ducha("explain", "2017-01-01-nowhere-0000", "--articles", archive)
    assert result.exit_code == 1
    assert FINDING.match(result.stderr.strip())


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
