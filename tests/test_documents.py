"""What the documents tell people to do is done here, command by command, in a clone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from build_tools.archive.settling import LABELS
from build_tools.models import FrontMatter
from tests.capture.archives import page
from tests.conftest import ROOT
from tests.sandbox import run, sandbox

_BLOCK = re.compile(r"^```(\S+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCUMENTS = {
    "CONTRIBUTING.md in Chinese": ("CONTRIBUTING.md", r"## 中文.*?(?=^## English)"),
    "CONTRIBUTING.md in English": ("CONTRIBUTING.md", r"## English.*"),
    "the page in Chinese": ("docs/contribute.md", r".*"),
    "the page in English": ("docs/contribute-en.md", r".*"),
}


def text_of(name: str, part: str = ".*") -> str:
    found = re.search(part, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


def test_every_command_of_the_documents_works(tmp_path: Path) -> None:
    """One after another in one clone; what two documents share is done once."""
    clone = sandbox(tmp_path)
    for number, name in enumerate(("page.html", "网页.html")):
        (clone / name).write_bytes(page(number))
    blocks = [block for name, part in DOCUMENTS.values() for block in _BLOCK.findall(text_of(name, part))]
    lines = dict.fromkeys(line for kind, _, body in blocks if kind == "sh" for line in body.splitlines())
    assert len(lines) > 12
    for line in lines:
        run(clone, line)
    assert run(clone, "git ls-remote origin new-page one-more").stdout.count("\n") == 2


def test_both_languages_give_the_same_commands() -> None:
    def commands(name: str, part: str) -> list[str]:
        blocks = [body for kind, _, body in _BLOCK.findall(text_of(name, part)) if kind == "sh"]
        return re.findall(r"(?:ducha|make|git) [a-z]+(?: --[a-z-]+)*", "\n".join(blocks))

    names = list(DOCUMENTS.values())
    assert commands(*names[0]) == [
        one for one in commands(*names[1]) if one not in ("make test", "make check")
    ]
    assert commands(*names[2]) == commands(*names[3])


@dataclass(frozen=True, slots=True)
class Recipe:
    """One section: pieces and where they go, the commands, what these must say."""

    name: str
    pieces: tuple[tuple[str, str], ...]
    commands: str
    expected: str


def recipes() -> list[Recipe]:
    _, *sections = re.split(r"^## ", text_of("docs/dev/recipes.md"), flags=re.MULTILINE)
    found = []
    for section in sections:
        blocks = _BLOCK.findall(section)
        (commands,) = (body for kind, _, body in blocks if kind == "sh")
        (expected,) = (body for kind, _, body in blocks if kind == "text")
        pieces = tuple((place, body) for _, place, body in blocks if place)
        found.append(Recipe(section.partition("\n")[0], pieces, commands, expected.strip()))
    return found


def put(clone: Path, place: str, body: str) -> None:
    """A piece into its file: at its end, after some words, or where sorting puts it."""
    name, _, where = place.partition(" ")
    path = clone / name
    text = path.read_text(encoding="utf-8")
    if where == "end":
        text += f"\n\n{body}" if path.suffix == ".py" else body
    elif where == "sorted":
        lines = text.splitlines()
        first = next(at for at, line in enumerate(lines) if not line.startswith("#")) + 1
        text = "\n".join(lines[:first] + sorted([*lines[first:], *body.splitlines()])) + "\n"
    else:
        words = json.loads(where.removeprefix("after "))
        assert text.count(words) == 1, f"{name}: {words!r}"
        piece = body if words.endswith("\n") else body.rstrip("\n")
        text = text.replace(words, words + piece)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_a_recipe_works(recipe: Recipe, tmp_path: Path) -> None:
    clone = sandbox(tmp_path)
    for place, body in recipe.pieces:
        put(clone, place, body)
    assert recipe.expected in run(clone, recipe.commands).stdout


# ------------------------------------------------------------- editors


def example() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(
        (ROOT / "docs/dev/record-example.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return loaded


def test_the_example_shows_and_explains_every_field() -> None:
    text = (ROOT / "docs/dev/record-example.yml").read_text(encoding="utf-8")
    assert set(example()) == set(FrontMatter.model_fields)
    for field in FrontMatter.model_fields:
        assert re.search(rf"^{field}:.*# ", text, re.MULTILINE), field


def test_the_schema_for_editors_is_the_archives_own() -> None:
    kept = json.loads((ROOT / ".vscode/record.schema.json").read_text(encoding="utf-8"))
    assert kept == FrontMatter.model_json_schema()
    plain = yaml.safe_load(
        re.sub(
            r"(\d{4}-\d\d-\d\d)", r"'\1'", (ROOT / "docs/dev/record-example.yml").read_text(encoding="utf-8")
        ).replace("id: '2021-05-08'-shandong-0000", "id: 2021-05-08-shandong-0000")
    )
    jsonschema.validate(plain, kept)


def test_editor_files_are_wired_to_what_is_there() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    for schema, files in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert all((ROOT / name).is_file() for name in files)
    snippets = json.loads((ROOT / ".vscode/record.code-snippets").read_text(encoding="utf-8"))
    offered = re.findall(r"\|([^|]+)\|", "".join(snippets["核定字段 · confirm fields"]["body"]))[0].split(",")
    assert set(offered) == set(LABELS)


def test_the_task_for_editors_reads_what_check_says() -> None:
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    found = re.match(
        pattern["regexp"], "articles/2017/a.md:23: DATE-BASIS: 日期是推定的; 在 confirmed 里列出 date"
    )
    assert found
    assert (found[pattern["file"]], found[pattern["line"]], found[pattern["code"]]) == (
        "articles/2017/a.md", "23", "DATE-BASIS",
    )  # fmt: skip


def test_hooks_run_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    for hook in hooks:
        assert hook["language"] == "system"
        assert hook["entry"].startswith((".venv/bin/ducha check", ".venv/bin/python -m ruff"))
