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
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FLOOR_PPM = 1.0  # rarer readings of a romanised surname are mostly errors of the register
GIVEN_FLOOR_PPM = 10.0
REGISTER_SHARE = 0.75  # of the register in a given name's share; the rest is of the dictionary's names
WORD_FLOORS = {1: 50, 2: 50, 3: 20}  # occurrences in the dictionary's corpus, by length

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
# Format: TSV with a heading line. Source: sinonym 0.5.1 (Apache-2.0, from ORCID) for three quarters of a share,
#   names of three characters in jieba 0.42.1's dictionary (MIT) for one. Regenerate: make_names.py.
character\tppm
""",
    "words": """\
# Words of one to three characters and how often prose has them: what follows a title may be a word or a name.
# Format: TSV with a heading line. count = occurrences among the 60 million words behind the source.
# Source: jieba 0.42.1 dictionary (MIT), without its names of persons and places. Regenerate: make_names.py.
word\tcount
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


def _entries(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Word, count and part of speech of jieba's dictionary."""
    for line in next(folder.rglob("dict.txt")).read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        yield word, int(count), tag


def given(folder: Path) -> Iterator[str]:
    """Rows of ``given.tsv``."""
    known = {row.split("\t")[0] for row in surnames(folder)}
    register = dict(_column(next(folder.rglob("givenname_orcid.csv")), "character"))
    named = [word for word, _, tag in _entries(folder) if tag.startswith("nr") and len(word) == 3]
    counted = Counter("".join(word[1:] for word in named if word[0] in known))
    whole = (sum(register.values()), counted.total())
    for character in sorted(register.keys() | counted.keys()):
        shares = register.get(character, 0.0) / whole[0], counted[character] / whole[1]
        ppm = 1e6 * (REGISTER_SHARE * shares[0] + (1 - REGISTER_SHARE) * shares[1])
        if ppm >= GIVEN_FLOOR_PPM:
            yield f"{character}\t{ppm:.0f}"


def words(folder: Path) -> Iterator[str]:
    """Rows of ``words.tsv``."""
    kept: dict[str, int] = {}
    for word, count, tag in _entries(folder):
        named = len(word) > 1 and tag.startswith(("nr", "ns", "nz", "nt"))
        if not named and re.fullmatch(r"[一-龥]{1,3}", word) and count >= WORD_FLOORS[len(word)]:
            kept[word] = count
    yield from (f"{word}\t{count}" for word, count in sorted(kept.items()))


def main() -> None:
    """Write the table named by the second argument to standard output."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    rows = {"surnames": surnames, "given": given, "words": words}[name](folder)
    sys.stdout.write(HEADERS[name] + "".join(f"{row}\n" for row in rows))


if __name__ == "__main__":
    main()
