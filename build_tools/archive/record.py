"""A record <-> the text of its Markdown file, in one canonical form: ``write(read(text)) == text``."""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from build_tools.archive.header import fields_of, scalar_of
from build_tools.models import FrontMatter, Official, Record


class RecordError(ValueError):
    """A record's text cannot be read; ``line`` is where, counted from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without implicit dates: a date in a record is text, so that months and years can stand alone."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


class _Handler(YAMLHandler):
    """python-frontmatter's YAML handler with the archive's own loader."""

    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=_Loader)  # noqa: S506  (a SafeLoader without implicit dates)


_HANDLER = _Handler()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML as records are written: short lists and officials on one line, ``null`` spelled out."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Dumper.yaml_implicit_resolvers.items()
}


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
_Dumper.add_representer(
    tuple, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def write(record: Record) -> str:
    """The canonical text of a record's file.

    >>> write(read(text)) == text  # doctest: +SKIP
    """
    fields = record.front.model_dump()
    fields["officials"] = [_flow_official(official) for official in record.front.officials]
    for name, value in fields.items():
        if isinstance(value, list) and name != "officials":
            fields[name] = tuple(value)
    made = fields["made"]
    made["repairs"] = _Flow(sorted(made["repairs"].items()))
    made["evidence"] = {
        name: _Flow({key: value for key, value in ground.items() if value is not None})
        for name, ground in sorted(made["evidence"].items())
    }
    head = yaml.dump(
        fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=False
    )
    head = head.replace("\n- ", "\n  - ")
    body = "".join(f"\n{escape(paragraph)}\n" for paragraph in record.paragraphs)
    return f"---\n{head}---\n{body}"


def _flow_official(official: Official) -> _Flow:
    fields = _Flow(name=official.name, title=official.title)
    if official.tenure:
        fields["tenure"] = official.tenure
    return fields


def read(text: str) -> Record:
    """The record in a file's text; raises ``RecordError`` with the line that is wrong."""
    if not text.startswith("---\n"):
        raise RecordError("the file does not begin with a '---' line")
    if "\n---\n" not in text[3:]:
        raise RecordError("no '---' line closes the front matter")
    try:
        fields, body = _parsed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise RecordError(f"not valid YAML: {error.problem}", (mark.line + 2) if mark else 1) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RecordError(f"not valid YAML: {error}") from error
    try:
        front = FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise RecordError(
            f"{path}: {first['msg']}", _line_of(text, str((first["loc"] or ("",))[0]))
        ) from error
    paragraphs = tuple(unescape(block) for block in re.split(r"\n\s*\n", body.strip()) if block.strip())
    return Record(front, paragraphs)


def _parsed(text: str) -> tuple[Any, str]:
    head, _, body = text[4:].partition("\n---\n")
    fields = fields_of(head, _plain)
    return (fields, body) if fields is not None else frontmatter.parse(text, handler=_HANDLER)


def _implied(word: str) -> str | None:
    """The tag that YAML gives a plain word for its form alone: a number, a truth, nothing; ``None`` for text."""
    patterns = (
        *_Loader.yaml_implicit_resolvers.get(word[0], ()),
        *_Loader.yaml_implicit_resolvers.get(None, ()),
    )
    return next((tag for tag, pattern in patterns if pattern.match(word)), None)


_plain = scalar_of(_implied)


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1


_SPECIAL = re.compile(r"[\\`*_{}\[\]|$~]")
_LEADING = re.compile(r"^([#+=!:-]|\d+(?=[.)]))")


def escape(paragraph: str) -> str:
    r"""Plain text -> one Markdown paragraph that shows just that text.

    >>> escape("1. <b>不*得*</b> {{x}}")
    '1\\. &lt;b&gt;不\\*得\\*&lt;/b&gt; \\{\\{x\\}\\}'
    """
    text = _SPECIAL.sub(r"\\\g<0>", paragraph)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LEADING.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", text)


def unescape(block: str) -> str:
    """The inverse of ``escape``; lines a person broke by hand are joined without a space."""
    text = re.sub(r"\n[ \t]*", "", block.strip())
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"\\([\\`*_{}\[\]|$~#+=!:.)-])", r"\1", text)
