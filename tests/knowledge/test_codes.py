"""Every code that the tools say is documented, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from build_tools.knowledge.codes import codes
from tests.conftest import ROOT

_CODE = re.compile(r"[A-Z]+(-[A-Z]+)*")
_SAYING = {"Finding", "error", "warning", "DownloadError"}


def constants(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def said(path: Path) -> set[str]:
    """Codes that are written where a finding is made."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
        found |= {
            str(one.value)
            for one in given
            if name in _SAYING and isinstance(one, ast.Constant) and _CODE.fullmatch(str(one.value))
        }
    return found


MODULES = sorted((ROOT / "build_tools").rglob("*.py"))


def test_every_code_is_documented() -> None:
    for path in MODULES:
        assert said(path) <= codes().keys(), path


def test_every_documented_code_is_said() -> None:
    spoken = set().union(*map(constants, MODULES))
    assert codes().keys() <= spoken


def test_every_code_has_a_meaning_an_example_and_a_cure() -> None:
    for name, code in codes().items():
        assert _CODE.fullmatch(name)
        assert code.means.endswith("。"), name
        assert code.example, name
        assert code.cure.endswith("。"), name
