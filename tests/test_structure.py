"""The shape of the code: who may import whom, how long a module may be, how files are opened."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from build_tools.cli import main
from tests.conftest import ROOT

PACKAGE = ROOT / "build_tools"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400

# What each part may import of the package, itself aside. ``models`` stands below everything.
ALLOWED: dict[str, set[str]] = {
    "models": set(),
    "knowledge": set(),
    "clean": {"knowledge"},
    "describe": {"knowledge"},
    "workers": set(),
    "archive": {"knowledge", "workers"},
    "pipeline": {"archive", "clean", "describe"},
    "capture": {"clean"},
    "intake": {"archive", "pipeline"},
    "bulk": {"archive", "pipeline", "workers"},
    "refresh": {"archive", "pipeline"},
    "explain": {"clean", "pipeline", "refresh"},
    "web": set(),
    "site": {"archive", "knowledge", "web", "clean", "workers"},
    "cli": {
        "archive",
        "bulk",
        "capture",
        "clean",
        "explain",
        "intake",
        "knowledge",
        "pipeline",
        "refresh",
        "site",
    },
    "__main__": {"cli"},
}


def part_of(module: str) -> str:
    """The part of the package that a module belongs to: ``build_tools.clean.decode`` -> ``clean``."""
    return module.split(".")[1] if "." in module else module


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Modules of the package that a module imports, wherever in it."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("build_tools"):
            yield from (
                [f"build_tools.{alias.name}" for alias in node.names]
                if node.module == "build_tools"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("build_tools."))


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_dependencies_point_one_way(path: Path) -> None:
    part = part_of(dotted(path))
    if part == "build_tools":
        assert not list(imports(path))
        return
    foreign = {part_of(module) for module in imports(path)} - {part, "models"}
    assert foreign <= ALLOWED[part], f"{dotted(path)} imports {sorted(foreign - ALLOWED[part])}"


def test_the_map_of_parts_is_complete() -> None:
    parts = {part_of(dotted(path)) for path in MODULES} - {"build_tools"}
    assert parts <= ALLOWED.keys()


def test_no_import_is_relative() -> None:
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            assert not (isinstance(node, ast.ImportFrom) and node.level), dotted(path)


def test_the_site_needs_no_cleaning_to_publish() -> None:
    """Only the page that lists the rules reads them; no text is cleaned when the site is built."""
    for path in (PACKAGE / "site").rglob("*.py"):
        of_clean = {module for module in imports(path) if part_of(module) == "clean"}
        assert all(re.match(r"build_tools\.clean\.(rules|repair)\b", one) for one in of_clean), dotted(path)
        names = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
        assert "draft" not in names


def tracked() -> list[Path]:
    """Files under version control, as git lists them; all files where git is absent."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", [path for path in tracked() if path.suffix == ".py"], ids=lambda p: p.name)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_module_is_a_drawer_for_everything() -> None:
    modules = {path.stem for path in tracked() if path.suffix in {".py", ".js"}}
    assert not modules & {"utils", "util", "helpers", "common", "misc", "base"}


_TEXT_CALLS = {"read_text", "write_text", "open"}


def _is_text(call: ast.Call, name: str) -> bool:
    if name != "open":
        return True
    values = [*call.args[-1:], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [node.value for value in values for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return not any(re.fullmatch("[rwxa+]*b[rwxa+]*", str(mode)) for mode in modes)


@pytest.mark.parametrize(
    "path", [path for path in tracked() if path.suffix == ".py" and "tests" not in path.parts], ids=dotted
)
def test_text_files_name_their_encoding(path: Path) -> None:
    """And their line ends, where text is written: the same bytes on every system."""
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        owner = getattr(getattr(function, "value", None), "id", "")
        if (
            name not in _TEXT_CALLS
            or owner in {"os", "tarfile", "zipfile", "webbrowser"}
            or not _is_text(node, name)
        ):
            continue
        given = {keyword.arg for keyword in node.keywords}
        place = f"{path.name}:{node.lineno}"
        assert "encoding" in given, place
        if name == "write_text":
            assert "newline" in given, place


_FOREIGN = re.compile(
    r"/(?:tmp|work|root)/|/home/(?!runner)\w+/|[A-Z]:\\Users|(?:pypi|files\.pythonhosted)\.org|registry\.npmjs|"
    r"unpkg\.com|jsdelivr\.net|googleapis\.com|proxy\.golang|index-url|localhost:\d"
)
_TEXT = {".py", ".md", ".yml", ".yaml", ".toml", ".html", ".js", ".css", ".txt", ".tsv", ".json", ""}


def test_files_name_no_machine_and_no_registry() -> None:
    for path in tracked():
        if path.suffix not in _TEXT or ".raw." in path.name or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8")
        found = _FOREIGN.search(text)
        assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_invisible_characters_are_written_as_escapes() -> None:
    invisible = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u3000\ufeff\ufffd]")
    for path in tracked():
        if path.suffix in {".py", ".js"} and path.parts[-3:-1] != ("clean", "rules"):
            found = invisible.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found and hex(ord(found[0]))}"


# ------------------------------------------------------------- what is written of it


def _documents() -> dict[str, str]:
    names = ("README.md", "CONTRIBUTING.md", "docs/contribute.md", "docs/contribute-en.md")
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}


def test_make_targets_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for name, text in _documents().items():
        assert set(re.findall(r"(?:`|^ *)make ([a-z]+)\b", text, re.MULTILINE)) <= targets, name
    assert {"site", "test"} <= set(
        re.findall(r"(?:`|^ *)make ([a-z]+)\b", _documents()["README.md"], re.MULTILINE)
    )


def test_commands_in_documents_exist() -> None:
    for name, text in _documents().items():
        assert set(re.findall(r"\bducha ([a-z]+)\b", text)) <= set(main.commands), name
    assert set(re.findall(r"\bducha ([a-z]+)\b", _documents()["README.md"])) == set(main.commands)


def test_options_in_documents_exist() -> None:
    for name, text in _documents().items():
        for command, rest in re.findall(r"\bducha ([a-z]+)([^\n`]*)", text):
            known = {option for parameter in main.commands[command].params for option in parameter.opts}
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known | {"--help"}, f"{name}: {command}"


def test_files_in_documents_exist() -> None:
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        *(f"docs/dev/{one}.md" for one in ("flow", "decisions", "glossary", "recipes")),
    ):
        path = ROOT / name
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{name}: {target}"
