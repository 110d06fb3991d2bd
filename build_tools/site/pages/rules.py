"""The rules by which texts are repaired, each with what it undoes and what that looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from build_tools.site import addresses, wording
from build_tools.site.markup import Markup, el, join
from build_tools.site.page import Page

_EXAMPLES = 3


class RepairRule(Protocol):
    """What the site shows of a rule; ``examples`` are damaged and repaired text."""

    @property
    def name(self) -> str:
        """The name under which a record counts the rule's repairs."""

    @property
    def summary(self) -> str:
        """What the rule undoes, in Chinese."""

    @property
    def examples(self) -> Sequence[tuple[str, str]]:
        """Text before and after."""


def rules_page(rules: Iterable[RepairRule]) -> Page:
    """Every rule in the order in which it is run."""
    shown = [_rule(rule) for rule in rules]
    body = join(
        [
            el("p", el("a", "方法", href=addresses.METHOD), class_="da-kicker"),
            el("h1", "修复规则"),
            el(
                "p",
                "按运行的先后排列。每条规则只做一件事；左为损坏的文字，右为修复的结果。",
                class_="da-lead",
            ),
            shown or el("p", "没有规则。", class_="da-note"),
        ]
    )
    return Page(addresses.RULES, "修复规则", body, addresses.METHOD, "文字修复的全部规则与实例")


def seen(text: str) -> str:
    r"""Text with what no eye would see written out.

    >>> seen("督\N{ZERO WIDTH SPACE}察")
    '督〈U+200B〉察'
    """
    return "".join(
        "↵" if char == "\n" else char if char.isprintable() or char == "\u3000" else f"〈U+{ord(char):04X}〉"
        for char in text
    )


def _rule(rule: RepairRule) -> Markup:
    rows = [
        el("tr", el("td", el("del", seen(before))), el("td", el("ins", seen(after))))
        for before, after in rule.examples[:_EXAMPLES]
    ]
    return el(
        "section",
        el("h2", wording.REPAIRS.get(rule.name, rule.name), " ", el("code", rule.name)),
        el("p", rule.summary),
        el("div", el("table", el("tbody", rows), class_="da-table da-repairs"), class_="da-scroll")
        if rows
        else None,
        id=rule.name,
    )
