"""A clone of the repository as it stands here, with the tools ready in ``.venv``, to carry commands out in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_TOOL = """#!/bin/sh
exec "{python}" -m build_tools "$@"
"""
_PYTHON = """#!/bin/sh
exec "{python}" "$@"
"""
_MAKE = """#!/bin/sh
# Targets that take minutes are only resolved; the suite carries them out itself.
case "$1" in site) exec "{make}" "$@" ;; *) exec "{make}" -n "$@" ;; esac
"""


def tracked() -> list[str]:
    """Files of the repository, those not committed yet too."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def sandbox(folder: Path) -> Path:
    """The clone: committed on ``main``, its origin a bare repository beside it."""
    clone, origin, tools = folder / "clone", folder / "origin.git", folder / "tools"
    for name in tracked():
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    for script, text in (
        (clone / ".venv/bin/ducha", _TOOL),
        (clone / ".venv/bin/python", _PYTHON),
        (tools / "ducha", _TOOL),
        (tools / "python", _PYTHON),
        (tools / "make", _MAKE),
    ):
        script.parent.mkdir(parents=True, exist_ok=True)
        filled = text.format(python=sys.executable, make=shutil.which("make"))
        script.write_text(filled, encoding="utf-8", newline="\n")
        script.chmod(0o755)
    for stamp in ("base", "test", "check", "browser"):
        (clone / ".venv/.stamps").mkdir(exist_ok=True)
        (clone / ".venv/.stamps" / stamp).touch()
    run(
        clone, f"git init -q --bare {origin} && git init -q -b main && git add . && git commit -qm 'as it is'"
    )
    run(clone, f"git remote add origin {origin} && git push -q origin main")
    return clone


def run(clone: Path, script: str) -> subprocess.CompletedProcess[str]:
    """A script of a document, carried out in the clone; fails where any command of it does."""
    environment = {
        **os.environ,
        "PATH": f"{clone.parent / 'tools'}:{os.environ['PATH']}",
        "PYTHONPATH": str(clone),
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@example.org",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done
