"""Scores ``describe`` on the annotated set, field by field, with a list of confusions that a person can read.

Run by hand: ``python -m tests.describe.score [develop|measure]``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from build_tools.describe.facts import describe
from build_tools.models import Cleaned, Facts, Note, NoteKind, Page

ANNOTATED = Path(__file__).with_name("annotated")
PLAIN = (
    "date", "date_basis", "published", "level", "round", "batch", "mode", "stage", "provinces", "city", "county",
    "source", "reporters", "relevant",
)  # fmt: skip
ALWAYS = ("date", "level", "stage", "provinces", "city", "county", "relevant")
DEFAULTS: dict[str, Any] = {"relevant": True, "provinces": [], "reporters": [], "stage": "其他"}


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated text and what is expected of it."""

    id: str
    cleaned: Cleaned
    page: Page
    expect: dict[str, Any]

    @property
    def fields(self) -> list[str]:
        """The fields to compare: those given, and those that are nothing unless given."""
        skipped = self.expect.get("skip", [])
        given = [name for name in PLAIN if name in self.expect or name in ALWAYS]
        return [name for name in given if name not in skipped]


@dataclass
class Tally:
    """Hits and trials of each field, and the confusions in words."""

    hits: Counter[str] = field(default_factory=Counter)
    trials: Counter[str] = field(default_factory=Counter)
    confusions: list[str] = field(default_factory=list)

    def add(self, name: str, *, right: bool, words: str) -> None:
        """Count one comparison."""
        self.trials[name] += 1
        self.hits[name] += right
        if not right:
            self.confusions.append(words)

    def scores(self) -> dict[str, float]:
        """Share of right answers for each field; F1 for the names of officials."""
        plain = {
            name: self.hits[name] / self.trials[name]
            for name in sorted(self.trials)
            if "official" not in name
        }
        pairs = (("officials", "official"), ("officials_title", "titled official"))
        for name, key in pairs:
            right = self.hits[key]
            wanted, got = self.trials[f"wanted {key}"], self.trials[f"got {key}"]
            plain[name] = 2 * right / (wanted + got) if wanted + got else 1.0
        return {name: round(share, 4) for name, share in plain.items()}


def cases(part: str) -> Iterator[Case]:
    """The annotated texts of a part, in order of file and place."""
    kinds = get_args(NoteKind)
    for path in sorted((ANNOTATED / part).glob("*.yml")):
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader):
            notes = []
            for note in row.get("notes", []):
                kind, _, text = note.partition(": ")
                assert kind in kinds, (row["id"], kind)
                notes.append(Note(kind, text))
            paragraphs = tuple(line for line in row["text"].split("\n") if line.strip())
            cleaned = Cleaned(row.get("title"), row.get("subtitle"), paragraphs, tuple(notes))
            yield Case(row["id"], cleaned, Page(b"", name=row["id"], url=row.get("url")), row["expect"])


class _Loader(yaml.SafeLoader):
    """YAML that leaves dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _got(facts: Facts, name: str) -> Any:
    value = getattr(facts, name)
    return list(value) if isinstance(value, tuple) else value


def _people(tally: Tally, case: Case, facts: Facts) -> None:
    skipped = case.expect.get("skip", [])
    if "officials" in skipped:
        return
    wanted = [tuple((row + "||").split("|")[:3]) for row in case.expect.get("officials", [])]
    got = [(person.name, person.title or "", person.tenure or "") for person in facts.officials]
    names, right = {row[0] for row in wanted}, {row[0] for row in got}
    tally.trials["wanted official"] += len(names)
    tally.trials["got official"] += len(right)
    tally.hits["official"] += len(names & right)
    for name in sorted(names - right):
        tally.confusions.append(f"{case.id}: 漏 {name}")
    for name in sorted(right - names):
        tally.confusions.append(f"{case.id}: 误 {name}")
        tally.trials["false person"] += 1
    if "officials_title" in skipped:
        return
    tally.trials["wanted titled official"] += len(wanted)
    tally.trials["got titled official"] += len(got)
    for row in wanted:
        if row in got:
            tally.hits["titled official"] += 1
        elif row[0] in right:
            other = next(one for one in got if one[0] == row[0])
            tally.confusions.append(f"{case.id}: 职务 {row} 得 {other}")
    if names == right and [row[0] for row in wanted] != [row[0] for row in got]:
        tally.confusions.append(f"{case.id}: 次序 {[row[0] for row in got]}")


def compare(result: Tally, case: Case, facts: Facts) -> None:
    """Count the facts of one text against what is expected of it."""
    for name in case.fields:
        want, got = case.expect.get(name, DEFAULTS.get(name)), _got(facts, name)
        result.add(name, right=want == got, words=f"{case.id}: {name} 应为 {want} 得 {got}")
    _people(result, case, facts)


def tally(part: str) -> Tally:
    """The comparison of every case of a part."""
    result = Tally()
    for case in cases(part):
        compare(result, case, describe(case.cleaned, case.page))
    return result


def main() -> None:
    """Print scores and confusions."""
    for part in sys.argv[1:] or ("develop", "measure"):
        result = tally(part)
        out = [f"== {part}: {sum(1 for _ in cases(part))} texts", *result.confusions]
        out.extend(f"{name}: {share}" for name, share in result.scores().items())
        out.append(f"false persons: {result.trials['false person']}")
        sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
