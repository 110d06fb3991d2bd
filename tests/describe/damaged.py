"""The annotated texts as scraped pages: damaged by the generator, cleaned, and then asked for the same facts.

A name of which the damage destroyed a character counts as found where the rest of it is right: names are never
completed by conjecture. What stood in lines of the page (credits, publication) is not part of the damage and is
handed over as it was. Run by hand: ``python -m tests.describe.damaged [kind…]``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random

from build_tools.describe.facts import describe
from build_tools.models import LOST, Facts, Page
from build_tools.pipeline import clean
from tests.damage.article import Article
from tests.damage.kinds import REPARABLE
from tests.describe.score import Case, Tally, cases, compare

KINDS = (
    "clone",
    "clone-simplified",
    "doubled-punctuation",
    "half-width",
    "toneless-pinyin",
    "traditional",
    "html-clone",
)
EVERY = 6  # one annotated text in so many: cleaning a clone takes longest


def damaged(part: str, kind: str, every: int = EVERY) -> Iterator[tuple[Case, Facts]]:
    """Annotated texts of a part with the facts of their damaged pages."""
    for case in islice(cases(part), 0, None, every):
        article = Article(case.id, case.cleaned.title or "", "", case.cleaned.paragraphs)
        raw = REPARABLE[kind](article, Random(f"{kind} {case.id}")).raw
        cleaned = clean(Page(raw))
        kept = (note for note in cleaned.notes if note.kind in ("credit", "caption"))
        cleaned = replace(cleaned, notes=(*case.cleaned.notes, *kept))
        facts = describe(cleaned, Page(b"", name=case.id, url=case.page.url))
        yield case, _with_whole_names(facts, case)


def _with_whole_names(facts: Facts, case: Case) -> Facts:
    """The facts with □ in names filled from the one expected name that fits."""
    wanted = [row.split("|")[0] for row in case.expect.get("officials", [])]
    people = tuple(
        replace(person, name=next((name for name in wanted if _fits(person.name, name)), person.name))
        for person in facts.officials
    )
    return replace(facts, officials=people)


def _fits(shown: str, name: str) -> bool:
    return len(shown) == len(name) and all(
        one in (LOST, other) for one, other in zip(shown, name, strict=True)
    )


def tally(kind: str, every: int = EVERY) -> Tally:
    """The comparison of the damaged texts of both parts."""
    result = Tally()
    for part in ("develop", "measure"):
        for case, facts in damaged(part, kind, every):
            compare(result, case, facts)
    return result


def main() -> None:
    """Print scores and confusions of each kind of damage."""
    for kind in sys.argv[1:] or KINDS:
        result = tally(kind)
        sys.stdout.write("\n".join([f"== {kind}", *result.confusions, str(result.scores())]) + "\n")


if __name__ == "__main__":
    main()
