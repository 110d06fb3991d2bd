"""Regenerate ``surnames.tsv``, ``given.tsv`` and ``words.tsv`` (development only; nothing here runs with the archive).

Unpack the packages that the tables name in their headers into one folder, then::

    python -m build_tools.knowledge.make_names FOLDER surnames > build_tools/knowledge/surnames.tsv

``FOLDER`` holds ``familyname_orcid.csv`` and ``givenname_orcid.csv`` (sinonym), ``data.json`` (mingzi),
``rule_pattern.py`` (jionlp) and ``dict.txt`` (jieba), at any depth.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FLOOR_PPM = 1.0  # rarer readings of a romanised surname are mostly errors of the register
GIVEN_FLOOR_PPM = 20.0
WORD_FLOOR = 500
LONG_WORD_FLOOR = 20

SUPPLEMENT = Path(__file__).with_name("surnames_extra.tsv")

HEADERS = {
    "surnames": """\
# Han surnames with their share per million bearers; they score a candidate, the title before it decides.
# Format: TSV with a heading line. ppm = 0 where no register counts the surname.
# Source: sinonym 0.5.1 (Apache-2.0, from ORCID), jionlp 1.5.31 (Apache-2.0), mingzi 1.2.3 (MIT, compounds),
#   surnames_extra.tsv. Licence: Apache-2.0 and MIT, as those packages.
#   Regenerate: make_names.py. New rows: surnames_extra.tsv.
surname\tppm
""",
    "given": """\
# Characters of given names with their share per million, to decide where a name ends.
# Format: TSV with a heading line. Source: sinonym 0.5.1 (Apache-2.0, from ORCID). Regenerate: make_names.py.
character\tppm
""",
    "words": """\
# Common words of two and of three characters: what follows a title is a word before it is a name.
# Format: TSV with a heading line. Three-character words only where they begin with a surname.
# Source: jieba 0.42.1 dictionary (MIT), without its names of persons and places. Regenerate: make_names.py.
word
""",
}


def _column(path: Path, key: str) -> Iterator[tuple[str, float]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield line[key], float(line["ppm"])


def _supplement() -> list[str]:
    lines = SUPPLEMENT.read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line and not line.startswith("#")][1:]


def surnames(folder: Path) -> Iterator[str]:
    """Rows of ``surnames.tsv``."""
    register = _column(next(folder.rglob("familyname_orcid.csv")), "surname")
    ppm = {surname: share for surname, share in register if len(surname) == 1 and share >= FLOOR_PPM}
    rules = next(folder.rglob("rule_pattern.py")).read_text(encoding="utf-8")
    for line in re.findall(r"'([一-龥]{10,})'", rules[rules.index("SINGLE_CHINESE_FAMILY_NAME") :]):
        for character in line:
            ppm.setdefault(character, 0.0)
    for compound in json.loads(next(folder.rglob("data.json")).read_text(encoding="utf-8"))["com_surname"]:
        ppm[compound] = 0.0
    for surname in _supplement():
        ppm.setdefault(surname, 0.0)
    yield from (f"{surname}\t{share:.0f}" for surname, share in sorted(ppm.items()))


def given(folder: Path) -> Iterator[str]:
    """Rows of ``given.tsv``."""
    rows = _column(next(folder.rglob("givenname_orcid.csv")), "character")
    yield from sorted(f"{character}\t{share:.0f}" for character, share in rows if share >= GIVEN_FLOOR_PPM)


def words(folder: Path) -> Iterator[str]:
    """Rows of ``words.tsv``."""
    starts = {row.split("\t")[0] for row in surnames(folder)}
    kept = set()
    for line in next(folder.rglob("dict.txt")).read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if tag.startswith(("nr", "ns", "nz", "nt")) or not re.fullmatch(r"[一-龥]{2,3}", word):
            continue
        floor = WORD_FLOOR if len(word) == 2 else LONG_WORD_FLOOR
        if int(count) >= floor and (len(word) == 2 or word[0] in starts):
            kept.add(word)
    yield from sorted(kept)


def main() -> None:
    """Write the table named by the second argument to standard output."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    rows = {"surnames": surnames, "given": given, "words": words}[name](folder)
    sys.stdout.write(HEADERS[name] + "".join(f"{row}\n" for row in rows))


if __name__ == "__main__":
    main()
