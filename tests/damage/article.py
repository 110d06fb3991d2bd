"""The clean texts that damage is done to: ``tests/texts/*.md``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import frontmatter

_TEXTS = Path(__file__).parents[1] / "texts"


@dataclass(frozen=True, slots=True)
class Article:
    """A clean text written for the purpose; ``credits`` are lines a page would carry below it."""

    name: str
    title: str
    kind: str
    paragraphs: tuple[str, ...]
    credits: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Title line and paragraphs, separated by a line break, as ``Cleaned.text`` has them."""
        return "\n".join((self.title, *self.paragraphs))


@cache
def articles() -> tuple[Article, ...]:
    """All texts in the order of their file names."""
    return tuple(map(_read, sorted(_TEXTS.glob("*.md"))))


def _read(path: Path) -> Article:
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    lines = tuple(line for line in post.content.splitlines() if line.strip())
    return Article(
        path.stem,
        str(post["title"]),
        str(post["kind"]),
        lines,
        _strings(post.get("credits")),
        _strings(post.get("people")),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
