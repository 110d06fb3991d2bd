"""What the tools say of a page or record: every code with its meaning, an example and the cure."""

from __future__ import annotations

from build_tools.knowledge.codes import Code, codes
from build_tools.site import addresses
from build_tools.site.markup import Markup, el, join
from build_tools.site.page import Page

_LABELS = ("意思", "例", "怎么办")


def codes_page() -> Page:
    """Codes in alphabetical order, each with an anchor of its own."""
    rows = [_row(name, code) for name, code in codes().items()]
    heads = [el("th", label, scope="col") for label in ("代码", *_LABELS)]
    table = el("table", el("thead", el("tr", heads)), el("tbody", rows), class_="da-table da-prose")
    body = join(
        [
            el("p", el("a", "参与", href=addresses.CONTRIBUTE), class_="da-kicker"),
            el("h1", "检查代码"),
            el("p", "工具的每条结果都写明文件、行、代码、说明和怎么办。", class_="da-lead"),
            el("div", table, class_="da-codes"),
        ]
    )
    return Page(addresses.CODES, "检查代码", body, addresses.CONTRIBUTE, "每个检查代码的意思、例子和改法")


def _row(name: str, code: Code) -> Markup:
    said = [el("code", name), el("br"), el("small", f"ducha {code.by}")]
    # On a narrow screen a row is a card, and says itself what each of its lines is.
    cells = zip(_LABELS, (code.means, code.example, code.cure), strict=True)
    return el(
        "tr",
        el("th", said, scope="row"),
        [el("td", what, data_label=label) for label, what in cells],
        id=name.lower(),
    )
