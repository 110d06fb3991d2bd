"""What GitHub is asked to do: valid, pinned, with the least rights, and naming nothing that is not there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.cli import main
from tests.conftest import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
    ids=["workflows", "issue forms", "issue config", "dependabot"],
)
def test_files_fit_their_schema(schema: str, paths: list[Path]) -> None:
    assert paths
    result = run("check_jsonschema", "--builtin-schema", schema, *map(str, paths))
    assert result.returncode == 0, result.stdout


def test_the_linter_would_find_a_fault(tmp_path: Path) -> None:
    text = WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on:", "runs_on:")
    (tmp_path / "bad.yml").write_text(text, encoding="utf-8", newline="\n")
    result = run("check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(tmp_path / "bad.yml"))
    assert result.returncode == 1


def test_an_auditor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    result = subprocess.run(
        [zizmor, "--offline", "--no-progress", str(GITHUB)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def workflow(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_digest_and_name_their_version(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(
        re.findall(r"^ +(?:- )?uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)
    ) == text.count("uses:")


def test_an_action_has_one_version_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for name, pin in re.findall(r"uses: (\S+)@(.+)", path.read_text(encoding="utf-8")):
            pins.setdefault(name, set()).add(pin)
    assert all(len(found) == 1 for found in pins.values()), pins


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_to_jobs_one_by_one(path: Path) -> None:
    loaded = workflow(path)
    assert loaded["permissions"] == {}
    for job in loaded["jobs"].values():
        assert job["timeout-minutes"]
        assert set(job["permissions"].values()) <= {"read", "write"}


def test_what_runs_code_of_a_pull_request_may_write_nothing() -> None:
    for path in WORKFLOWS:
        loaded = workflow(path)
        events = loaded[True]  # YAML takes the word for a truth
        assert "pull_request_target" not in events
        if "pull_request" in events:
            assert "secrets." not in path.read_text(encoding="utf-8")
            for job in loaded["jobs"].values():
                assert set(job["permissions"].values()) <= {"read"}
        if "workflow_run" in events:
            assert not [step for step in steps(path) if "checkout" in step.get("uses", "")]


def test_commands_and_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for path in WORKFLOWS:
        for step in steps(path):
            script = step.get("run", "")
            assert set(re.findall(r"^ *make ([a-z]+)$", script, re.MULTILINE)) <= targets
            for command, rest in re.findall(r"\bducha ([a-z]+)([^\n]*)", script):
                known = {option for parameter in main.commands[command].params for option in parameter.opts}
                assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_script_holds_what_an_outsider_wrote(path: Path) -> None:
    """Values reach scripts as variables: an expression inside one would be run."""
    for step in steps(path):
        assert "${{" not in step.get("run", "")
