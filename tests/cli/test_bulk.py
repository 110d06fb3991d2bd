"""``ducha convert``: whatever the lines hold, and however a run ends."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_tools.bulk import converted
from build_tools.cli import main
from build_tools.models import Page
from build_tools.pipeline import draft
from tests.conftest import ARTICLES

RAW = [path.read_bytes() for path in sorted(ARTICLES.rglob("*.raw.txt"))]
SHORT = "督察组进驻山东省。\n\n2021年5月8日，中央第三生态环境保护督察组进驻山东省。"


def convert(source: Path, target: Path, *options: str) -> int:
    result = CliRunner().invoke(main, ["convert", str(source), str(target), *options])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


def written(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def entry(identifier: object, **fields: object) -> bytes:
    return json.dumps({"id": identifier, **fields}, ensure_ascii=False).encode("utf-8", "surrogatepass")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Thirty-eight good lines with a broken and a blank one among them."""
    lines = [entry(f"a{number}", text=f"{SHORT}（{number}）") for number in range(40)]
    lines[7] = b"{broken"
    lines[33] = b""
    return written(tmp_path / "in.jsonl", lines)


def test_output_is_what_a_page_alone_gives(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in.jsonl",
        [entry(number, raw_b64=base64.b64encode(raw).decode()) for number, raw in enumerate(RAW)],
    )
    assert convert(source, tmp_path / "out.jsonl") == 0
    for line, raw in zip(lines_of(tmp_path / "out.jsonl"), RAW, strict=True):
        made = draft(Page(raw))
        assert line["text"] == made.cleaned.text
        assert line["meta"]["title"] == made.facts.title
        assert line["relevant"] is True
        assert line["findings"] == [finding for finding in line["findings"] if finding["code"]]
        assert len(line["repairs"]) == len(made.cleaned.repairs)
        assert set(line["repairs"][0]) == {"rule", "start", "end", "before", "after", "certainty"}
        assert "made" not in line["meta"]
        assert "---" not in line["text"]


def test_text_html_and_bytes_are_all_read(tmp_path: Path) -> None:
    body = f"<html><body><h1>督察组进驻山东省</h1><p>{SHORT}</p></body></html>"
    source = written(
        tmp_path / "in.jsonl",
        [
            entry("text", text=SHORT),
            entry("html", html=body),
            entry(
                "bytes",
                raw_b64=base64.b64encode(SHORT.encode("gb18030")).decode(),
                url="https://example.org/1",
            ),
        ],
    )
    assert convert(source, tmp_path / "out.jsonl") == 0
    text, html, raw = lines_of(tmp_path / "out.jsonl")
    assert text["text"] == raw["text"]
    assert html["meta"]["provinces"] == ["山东省"]
    assert raw["meta"]["url"] == "https://example.org/1"


BROKEN = {
    "not json": b"{",
    "not utf-8": b'{"id": "x", "text": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"42",
    "null": b"null",
    "no id": b'{"text": "x"}',
    "an id that is none": b'{"id": null, "text": "x"}',
    "a list for an id": b'{"id": [1], "text": "x"}',
    "nothing to read": b'{"id": "x"}',
    "two things to read": b'{"id": "x", "text": "a", "html": "b"}',
    "a number for a text": b'{"id": "x", "text": 5}',
    "not base64": b'{"id": "x", "raw_b64": "*"}',
    "nested too deep": b"[" * 100_000,
    "a number too long": b'{"id": ' + b"9" * 5000 + b', "text": "x"}',
    "no web address": b'{"id": "x", "text": "a", "url": "javascript:alert(1)"}',
    "nul bytes": b"\0\0\0\0",
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: bytes) -> None:
    source = written(tmp_path / "in.jsonl", [entry("a", text=SHORT), line, entry("b", text=SHORT)])
    result = CliRunner().invoke(main, ["convert", str(source), str(tmp_path / "out.jsonl")])
    assert result.exit_code == 1
    assert [one["id"] for one in lines_of(tmp_path / "out.jsonl")] == ["a", "b"]
    (said,) = result.stderr.splitlines()
    assert said.startswith(f"{source}:2: LINE: ")


ODD = {
    "empty text": {"text": ""},
    "nul bytes": {"text": "督察\0组\0" * 5},
    "a lone surrogate": {"text": "督察\ud800组"},
    "a field of 90,000 characters": {"text": "督察组进驻山东省。" * 10_000},
    "one line of marks": {"text": "(" * 20_000},
    "markup in the text": {"text": "---\nid: x\n---\n{{ x }} <script>"},
    "more fields than asked": {"text": SHORT, "extra": {"deep": [1, 2]}},
}


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD.keys())
def test_an_odd_page_is_still_a_page(fields: dict[str, object]) -> None:
    outcome = converted(1, json.dumps({"id": "x", **fields}).encode())
    assert outcome.problem is None
    assert outcome.output is not None
    assert json.loads(outcome.output)["id"] == "x"


def test_ids_come_out_as_they_came_in(tmp_path: Path) -> None:
    ids = ["same", "same", "", 7, "\ud800", "督察\n档案", "a" * 5000]
    source = tmp_path / "in.jsonl"
    source.write_text(
        "".join(json.dumps({"id": one, "text": SHORT}) + "\n" for one in ids), encoding="utf-8", newline="\n"
    )
    assert convert(source, tmp_path / "out.jsonl") == 0
    assert [line["id"] for line in lines_of(tmp_path / "out.jsonl")] == ids


def test_order_and_bytes_do_not_depend_on_workers(many: Path, tmp_path: Path) -> None:
    assert convert(many, tmp_path / "one.jsonl") == 1
    assert convert(many, tmp_path / "two.jsonl", "--workers", "2") == 1
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    ids = [line["id"] for line in lines_of(tmp_path / "one.jsonl")]
    assert ids == [f"a{number}" for number in range(40) if number not in (7, 33)]


def test_nothing_but_the_result_is_left(many: Path, tmp_path: Path) -> None:
    convert(many, tmp_path / "out.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", [])
    assert convert(source, tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_last_line_without_its_end_counts(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + entry("a", text=SHORT) + b"\r\n\r\n" + entry("b", text=SHORT))
    assert convert(source, tmp_path / "out.jsonl") == 0
    assert [line["id"] for line in lines_of(tmp_path / "out.jsonl")] == ["a", "b"]


def test_wrong_usage_is_exit_code_2(many: Path, tmp_path: Path) -> None:
    before = many.read_bytes()
    assert convert(many, many) == 2
    assert convert(tmp_path / "none.jsonl", tmp_path / "out.jsonl") == 2
    assert convert(many, tmp_path / "no folder" / "out.jsonl") == 2
    assert convert(many, tmp_path / "out.jsonl", "--workers", "0") == 2
    assert many.read_bytes() == before
    assert list(tmp_path.iterdir()) == [many]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    """SIGKILL at some line; the second run gives the bytes of a run that nothing interrupted."""
    body = RAW[0].decode()
    lines = [entry(f"a{number}", text=f"{number}{body}") for number in range(48)]
    lines[3] = b"{broken"
    source, target = written(tmp_path / "in.jsonl", lines), tmp_path / "out.jsonl"
    command = [
        sys.executable,
        "-m",
        "build_tools",
        "convert",
        str(source),
        str(target),
        "--workers",
        str(workers),
    ]
    part = tmp_path / "out.jsonl.part"
    state = tmp_path / "out.jsonl.part.state"
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        for _ in range(6000):
            if state.exists() or run.poll() is not None:
                break
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    if not target.exists():
        assert part.exists()
        done = part.read_bytes().count(b"\n")
        assert 0 < done < len(lines)
    assert convert(source, target) == 1, "the line that was bad before the interruption still counts"
    assert convert(source, tmp_path / "whole.jsonl") == 1
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not part.exists()
    assert not state.exists()


def test_a_changed_input_starts_anew(many: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.part").write_bytes(b'{"id": "stale"}\n')
    noted = {"source": [str(many), 1, 1], "progress": {"read": 10, "written": 5, "lines": 1, "bad": 0}}
    (tmp_path / "out.jsonl.part.state").write_text(json.dumps(noted), encoding="utf-8", newline="\n")
    convert(many, target)
    assert lines_of(target)[0]["id"] == "a0"
    assert b"stale" not in target.read_bytes()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_workers_end_with_a_killed_run(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", [entry(n, text=f"{n}{RAW[0].decode()}") for n in range(64)])
    command = [
        sys.executable,
        "-m",
        "build_tools",
        "convert",
        str(source),
        str(tmp_path / "out"),
        "--workers",
        "2",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        state = tmp_path / "out.part.state"
        for _ in range(6000):
            if state.exists() or run.poll() is not None:
                break
            time.sleep(0.01)
        children = _descendants(run.pid)
        run.kill()
    assert children
    for _ in range(500):
        if not any(_alive(child) for child in children):
            return
        time.sleep(0.01)
    pytest.fail("workers outlive the run")


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def _alive(pid: int) -> bool:
    try:
        return (
            os.stat(f"/proc/{pid}") is not None
            and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
        )
    except (FileNotFoundError, ProcessLookupError):
        return False
