"""Who is named in office, and in which articles; namesakes are kept apart by place.

Nobody is merged by conjecture: the same name in two provinces is two entries that point at each other, since
an archive that joins two people by mistake says something false of both. Only the table of persons, made by hand,
joins and parts them otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from build_tools.archive.persons import Claim, Persons
from build_tools.models import FrontMatter, Official, Record
from build_tools.site import addresses
from build_tools.site.surnames import surname, tone
from build_tools.site.tiles import short_name

CENTRAL = "中央督察组"
UNKNOWN_PLACE = "地方不详"


@dataclass(frozen=True, slots=True)
class Mention:
    """One article that names a person, and the office it gives."""

    official: Official
    record: Record


@dataclass(frozen=True, slots=True)
class Career:
    """A person with a page at ``address`` and every mention, oldest first; ``label`` keeps namesakes apart.

    ``record_ids`` are the articles that name the person, each once.

    The label is the place where the articles show the person, or what the table of persons says.
    """

    name: str
    label: str
    address: str
    places: tuple[str, ...]
    mentions: tuple[Mention, ...]
    record_ids: tuple[str, ...]
    why: str | None = None

    @property
    def shown(self) -> str:
        """The label in few characters."""
        return short_name(self.label)

    @property
    def last_title(self) -> str | None:
        """The latest title that an article gives."""
        return next((m.official.title for m in reversed(self.mentions) if m.official.title), None)

    @property
    def initial(self) -> str:
        """The letter under which the surname stands; ``#`` where it has none."""
        letter = surname(self.name).sound[:1].upper()
        return letter if letter.isascii() and letter.isalpha() else "#"


def place_of(official: Official, front: FrontMatter) -> str:
    """Where an official holds office: the article's main province, or the inspection group itself."""
    if "督察组" in (official.title or ""):
        where = short_name(front.provinces[0]) if front.provinces else ""
        return CENTRAL if front.level == "central" else f"{where}督察组"
    return front.provinces[0] if front.provinces else UNKNOWN_PLACE


def careers(records: Iterable[Record], persons: Persons) -> tuple[Career, ...]:
    """Every person, in the order of surname, name and label."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    claims: dict[tuple[str, str], Claim] = {}
    for record in records:
        for official in record.front.officials:
            name, place = official.name, place_of(official, record.front)
            if claim := persons.claim(name, place, record.id):
                claims[name, claim.label] = claim
                place = claim.label
            found[name, place].append(Mention(official, record))
    people = (_career(key, mentions, claims.get(key)) for key, mentions in found.items())
    return tuple(sorted(people, key=_order))


def _career(key: tuple[str, str], mentions: list[Mention], claim: Claim | None) -> Career:
    name, label = key
    places = dict.fromkeys(place_of(m.official, m.record.front) for m in mentions) if claim else (label,)
    ordered = _oldest_first(mentions)
    ids = tuple(dict.fromkeys(mention.record.front.id for mention in ordered))
    address = addresses.person(name, label)
    return Career(name, label, address, tuple(places), ordered, ids, claim.why if claim else None)


def _oldest_first(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: (m.record.front.date or "9999", m.record.id)))


def _order(career: Career) -> tuple[str, str, str, str, str]:
    family = surname(career.name)
    return (family.sound, family.characters, " ".join(map(tone, career.name)), career.name, career.label)
