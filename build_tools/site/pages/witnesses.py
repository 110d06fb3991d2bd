"""The witnesses of one text: which copies there are, how sound each is, and where they differ, word by word."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from build_tools.archive.collation import harm, named_witnesses, stretches
from build_tools.archive.corpus import Corpus
from build_tools.models import Record, marks
from build_tools.site import addresses, wording
from build_tools.site.markup import Child, Markup, el, join
from build_tools.site.page import Page
from build_tools.site.recipe import Recipe

_MOST = 500  # families on the one page that lists them

# A difference may reach over the end of a paragraph, so that paragraphs are lines with a blank before them.
_INDENT = "\u3000\u3000"

Family = tuple[Record, ...]


def families(corpus: Corpus) -> list[Family]:
    """Records that name one another as witnesses, the soundest of each family first, newest family first."""
    by_id = {record.id: record for record in corpus}
    family: dict[str, set[str]] = {}
    for record in corpus:
        for other in named_witnesses(record.front):
            if other in by_id:
                joined = family.get(record.id, {record.id}) | family.get(other, {other})
                family.update(dict.fromkeys(joined, joined))
    found = {min(ids): tuple(sorted((by_id[one] for one in ids), key=_soundness)) for ids in family.values()}
    return [found[key] for key in sorted(found, reverse=True)]


def _soundness(record: Record) -> tuple[tuple[bool, int, int], str]:
    return harm(record), record.id


def witness_pages(found: Sequence[Family]) -> Iterator[Recipe[Page]]:
    """Every text of which there is more than one witness, and a page for each."""
    first = tuple((family[0], len(family), address_of(family)) for family in found[:_MOST])
    yield Recipe(addresses.WITNESSES, (len(found), first), partial(_overview, found))
    for family in found:
        yield Recipe(address_of(family), family, partial(_page, family))


def _overview(found: Sequence[Family]) -> Page:
    rows = [
        el(
            "li",
            el("time", wording.day(family[0].front.date), datetime=family[0].front.date),
            el("a", wording.title(family[0]), href=address_of(family)),
            el("span", el("i", f"{len(family)}份"), class_="da-row-facts"),
            class_="da-row",
        )
        for family in found[:_MOST]
    ]
    lead = f"同一篇文章有不止一份转载可据的，共{len(found)}篇。各份互校，缺字据别本补出并注明。"
    body = join(
        [
            el("p", el("a", "方法", href=addresses.METHOD), class_="da-kicker"),
            el("h1", "见本互校"),
            el("p", lead, class_="da-lead"),
            el("ul", rows, class_="da-rows")
            if rows
            else el("p", "目前各篇都只有一份见本。", class_="da-note"),
        ]
    )
    return Page(addresses.WITNESSES, "见本互校", body, addresses.METHOD, "同一篇文章的各份见本，逐词对照")


def address_of(family: Family) -> str:
    """The page that holds the witnesses of one text against each other."""
    return addresses.witnesses(min(record.id for record in family))


def _page(family: Family) -> Page:
    best, *others = family
    address = address_of(family)
    root = addresses.root_of(address)
    rows = [_described(record, root, is_best=record is best) for record in family]
    heads = [el("th", label, scope="col") for label in ("见本", "来源", "字数", "缺失", "据别本补")]
    body = join(
        [
            el("p", el("a", "见本互校", href=root + addresses.WITNESSES), class_="da-kicker"),
            el("h1", wording.title(best)),
            el(
                "div",
                el("table", el("thead", el("tr", heads)), el("tbody", rows), class_="da-table"),
                class_="da-scroll",
            ),
            [_compared(best, other, root) for other in others],
        ]
    )
    return Page(address, f"{wording.title(best)}：见本互校", body, addresses.METHOD)


def _described(record: Record, root: str, *, is_best: bool) -> Markup:
    lost, conjectured = marks(record.text)
    filled = [
        el("li", f"{ground.words}（据 {name.removeprefix('witness.')}）")
        for name, ground in record.front.made.evidence.items()
        if name.startswith("witness.") and ground.why
    ]
    named = [
        el("a", record.id, href=root + addresses.article(record.id)),
        " ",
        el("b", "底本") if is_best else None,
    ]
    return el(
        "tr",
        el("th", named, scope="row"),
        el("td", record.front.source or record.front.url or "不详"),
        el("td", str(sum(map(len, record.paragraphs)))),
        el("td", f"□ {lost}，〔 〕{conjectured}"),
        el("td", el("ul", filled) if filled else "—"),
    )


def _compared(best: Record, other: Record, root: str) -> Markup:
    """The best witness's text with what the other has instead beside it."""
    pieces: list[Child] = []
    differing: dict[str, int] = defaultdict(int)
    for one in stretches(_words(best), _words(other)):
        if one.equal:
            pieces.append(_lines(one.mine))
            continue
        differing["all"] += 1
        pieces += [
            el("del", _lines(one.mine)) if one.mine else None,
            el("ins", _lines(one.theirs)) if one.theirs else None,
        ]
    link = el("a", f"{other.front.source or '来源不详'} {other.id}", href=root + addresses.article(other.id))
    note = el("p", f"异文{differing['all']}处：删去线为底本所作，下划线为此本所作。", class_="da-note")
    return el(
        "section",
        el("h2", "与 ", link, " 对照"),
        note,
        el("div", _INDENT, pieces, class_="da-text da-collation"),
    )


def _words(record: Record) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # late: it takes long, and few archives have witnesses

    return [str(word) for word in jieba.cut("\n".join(record.paragraphs))]


def _lines(text: str) -> list[Child]:
    first, *rest = text.split("\n")
    return [first, *(piece for line in rest for piece in (el("br"), _INDENT + line))]
