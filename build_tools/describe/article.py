"""The zones of an article, which weigh differently as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_LEAD = 2  # paragraphs


@dataclass(frozen=True, slots=True)
class Article:
    """The zones of a text that weigh differently: title (with subtitle), first paragraphs, the rest."""

    title: str
    lead: str
    body: str

    @property
    def zones(self) -> tuple[tuple[str, float], ...]:
        """Each zone with its weight."""
        return ((self.title, 4.0), (self.lead, 2.0), (self.body, 1.0))

    @property
    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Title, then each paragraph, with what to call it."""
        yield "标题", self.title
        for paragraph in self.lead.split("\n"):
            yield "导语", paragraph
        for paragraph in self.body.split("\n"):
            yield "正文", paragraph


def article(title: str | None, subtitle: str | None, paragraphs: tuple[str, ...]) -> Article:
    """The zones of an article."""
    head = "\n".join(part for part in (title, subtitle) if part)
    return Article(head, "\n".join(paragraphs[:_LEAD]), "\n".join(paragraphs[_LEAD:]))
