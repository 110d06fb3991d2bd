"""Facts of the schedule as a page shows them: each with its confidence and the numbers of its sources."""

from __future__ import annotations

from collections.abc import Callable

from build_tools.knowledge.schedule import Batch, Fact, schedule
from build_tools.site.markup import Child, Markup, el, join


class Notes:
    """The sources of one batch, numbered in the order in which its facts name them."""

    def __init__(self, batch: Batch) -> None:
        self.numbers: dict[str, int] = {}
        facts = [batch.announced, batch.window, batch.feedback_window]
        for target in batch.targets:
            facts += [target.group, target.head, target.deputy, target.entry, target.end, target.feedback]
        for fact in facts:
            if fact.shown is not None:
                for key in fact.s:
                    self.numbers.setdefault(key, len(self.numbers) + 1)

    def shown(self, fact: Fact, say: Callable[[str], str]) -> Child:
        """A fact in words, its confidence and sources; what is only recalled stays hidden."""
        if fact.shown is None:
            return el("span", "未见来源", class_="da-unknown")
        inferred = el("sup", "推", title="推定：由同序名单或整批时段推得") if fact.c == "inferred" else None
        links = [
            el("a", str(self.numbers[key]), href=f"#source-{self.numbers[key]}", title=_what(key))
            for key in fact.s
        ]
        return join([say(str(fact.shown)), inferred, el("sup", join(links, " ")) if links else None])

    def listed(self) -> Markup:
        """Every source with its page."""
        lines = [
            el("li", _what(key), " ", _page(key), id=f"source-{number}")
            for key, number in self.numbers.items()
        ]
        summary = el("summary", f"日程的来源（{len(lines)}条）")
        return el("details", summary, el("ol", lines), class_="da-sources", id="sources")


def _what(key: str) -> str:
    source = schedule().sources.get(key)
    return source.what if source else key


def _page(key: str) -> Markup | None:
    source = schedule().sources.get(key)
    if source is None or not source.url:
        return None
    return el("a", "网页", href=source.url, rel="noopener noreferrer external")
