"""Where an article plays: provinces (the main one first), city and county.

Every name of a place is a vote, weighted by where it stands; 我市 takes the place of the paper; a list of
counties votes for the city above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from build_tools.describe.spots import LEAD, TITLE, Spot, paper_place, settled, spots, weighted
from build_tools.knowledge.places import Place, gazetteer
from build_tools.models import LOST, Evidence

PAPER = 5.0  # votes of the paper's own place where the article says 我市
MOST, NEARLY_ALL = 0.5, 0.8  # shares of the votes
COUNTY_SHARE = 0.6
_HEAD = 400  # characters that tell at which level an article plays
_MUNICIPAL = re.compile(
    r"我市|全市|市委|市政府|市领导|市直|市长|州委|州长|我州|全州|盟委|盟长|我盟|师市|地委|行署"
)
_OWN_COUNTY = re.compile(r"我[县区旗]|全[县旗]")
_COUNTY = re.compile(
    r"我[县区旗]|全[县旗]|[县区旗](?:委|长|政府|直|领导|党工委|管委会|环保局|环境保护局|生态环境局)"
)
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, slots=True)
class Location:
    """The answer, with the words it rests on; ``corps`` tells that it is about 兵团."""

    provinces: tuple[str, ...] = ()
    city: str | None = None
    county: str | None = None
    corps: bool = False
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class _Votes:
    """Votes for each level, the first words that name each place, and the city above each county."""

    provinces: dict[str, float] = field(default_factory=dict)
    cities: dict[tuple[str, str], float] = field(default_factory=dict)
    counties: dict[tuple[str, str | None, str], float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def add(self, place: Place, county: str | None, weight: float, words: str) -> None:
        """Count a mention for the place and for every place above it."""
        province, city = gazetteer().province(place), city_of(place)
        self.provinces[province] = self.provinces.get(province, 0.0) + weight
        self.words.setdefault(province, words)
        if city:
            self.cities[province, city] = self.cities.get((province, city), 0.0) + weight
            self.words.setdefault(city, words)
        if county:
            key = (province, city, county)
            self.counties[key] = self.counties.get(key, 0.0) + weight
            self.words.setdefault(county, words)


def locate(
    title: str,
    paragraphs: tuple[str, ...],
    source: str | None,
    people: Iterable[str] = (),
    year: int | None = None,
) -> Location:
    """Provinces, city and county of an article.

    ``source`` is the paper it comes from; the names of ``people`` hide no places (谭兴忠县长 is not 忠县); ``year``,
    where it is known, decides between divisions of one name. A level that the evidence leaves open is ``None``.
    """
    printed, weights = weighted(title, paragraphs)
    text = printed
    for name in people:
        text = text.replace(name, LOST * len(name))
    paper = paper_place(source)
    found = settled(spots(text, weights, year), paper)
    votes = _Votes()
    titled = {
        "county" if _county_of(spot, place) else place.level
        for spot, place in found
        if spot.start < len(title)
    }
    whole, rest = titled == {"province"}, len(title) + 1 + len(paragraphs[0] if paragraphs else "")
    for spot, place in found:
        if whole and spot.start >= rest and place.level != "province":
            continue  # an example from somewhere in the province
        votes.add(place, _county_of(spot, place), spot.weight, _quote(printed, spot))
    local = bool(_MUNICIPAL.search(text) or _COUNTY.search(text))
    if paper and (local or not votes.provinces):
        votes.add(paper, paper.name if paper.level == "county" else None, PAPER, source or "")
    answer = _answer(text, found, votes, local=local)
    counties = [spot for spot, place in found if place.name == answer.county]
    if titled == {"city"} and not any(spot.venue for spot in counties):
        return replace(answer, county=None)  # one of the places that the city's leaders went to
    return answer


def city_of(place: Place) -> str | None:
    """The city-level place above (or at) a place; none in the four municipalities."""
    if place.level == "direct":
        return place.name
    if place.code[:2] in _MUNICIPALITIES or place.level == "province":
        return None
    if place.level == "city":
        return place.name
    above = [row for row in gazetteer().parents(place) if row.level == "city"]
    return above[-1].name if above else None


def _county_of(spot: Spot, place: Place) -> str | None:
    byname = gazetteer().bynames.get(spot.form)
    if byname and byname.county:
        return spot.form.removeprefix("河北")  # 河北雄安新区 and 雄安新区 are one
    return place.name if place.level in ("county", "zone") else None


def _quote(text: str, spot: Spot) -> str:
    return text[max(0, spot.start - 10) : spot.start + len(spot.form) + 10].replace("\n", " ").strip()


def _answer(text: str, found: list[tuple[Spot, Place]], votes: _Votes, *, local: bool) -> Location:
    main, _ = _top(votes.provinces)
    if main is None:
        return Location()
    listed = _listed(found, text)
    provinces = tuple(dict.fromkeys([main, *listed])) if main in listed else (main,)
    evidence = {"provinces": Evidence("text", votes.words[main], f"全文地名以{main}为主")}
    corps = main.startswith("新疆") and any(spot.form.endswith(("兵团", "师")) for spot, _ in found)
    if len(provinces) > 1:
        return Location(provinces, corps=corps, evidence=evidence)
    city = _city(main, votes, local=local)
    county = _county(main, city, votes, text)
    for key, name in (("city", city), ("county", county)):
        if name:
            evidence[key] = Evidence("text", votes.words[name], f"全文地名以{name}为主")
    return Location(provinces, city, county, corps, evidence)


def _top(votes: dict[str, float]) -> tuple[str | None, float]:
    """The place with most votes and its share of them."""
    if not votes:
        return None, 0.0
    name = max(votes, key=lambda one: votes[one])
    return name, votes[name] / sum(votes.values())


def _city(main: str, votes: _Votes, *, local: bool) -> str | None:
    """The city with most votes in the main province, where the article is that city's or names hardly another."""
    city, share = _top({name: count for (province, name), count in votes.cities.items() if province == main})
    return city if share > NEARLY_ALL or (local and share > MOST) else None


def _county(main: str, city: str | None, votes: _Votes, text: str) -> str | None:
    """The county that the title or the venue names, or that an article of a county is about."""
    counties = Counter(
        {
            name: count
            for (province, above, name), count in votes.counties.items()
            if (province, above) == (main, city)
        }
    )
    county, share = _top(dict(counties))
    if county is None:
        return None
    rival = max((count for name, count in counties.items() if name != county), default=0.0)
    if share <= COUNTY_SHARE and not (counties[county] >= TITLE and counties[county] >= 2 * rival):
        return None
    alone = (
        city is not None and votes.cities[main, city] == counties[county]
    )  # 即墨市委书记: no other city is named
    own = (
        alone or _OWN_COUNTY.search(text) or (_COUNTY.search(text) and not _MUNICIPAL.search(text, 0, _HEAD))
    )
    return county if own or counties[county] >= TITLE else None


def _listed(found: list[tuple[Spot, Place]], text: str) -> list[str]:
    """Provinces that a sentence of the lead lists: 对福建、河南、海南、甘肃、青海5个省 → those five."""
    run: list[tuple[int, str]] = []
    best: list[str] = []
    for spot, place in found:
        if place.level != "province" or spot.weight < LEAD:
            continue
        if run and text[run[-1][0] : spot.start] not in ("、", "，", "和", "及", "以及", "与"):
            run = []
        run.append((spot.start + len(spot.form), place.name))
        names = list(dict.fromkeys(name for _, name in run))
        if len(names) > max(1, len(best)):
            best = names
    return best
