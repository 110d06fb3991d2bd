"""Where an article plays: provinces (the main one first), city and county.

Every name of a place is a vote, weighted by where it stands; 我市 takes the place of the paper; a list of
counties votes for the city above them. Ambiguous names (朝阳, 鼓楼, 城区) count only where a place above them is named too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from build_tools.knowledge import tables
from build_tools.knowledge.places import Gazetteer, Place, gazetteer, papers
from build_tools.models import LOST, Evidence

TITLE, LEAD, BODY, PAPER = 4.0, 2.0, 1.0, 5.0
_HEAD_SIZE = 400  # characters
_HEAD = 2  # paragraphs that count as the lead
_ORGAN = re.compile(r"(?:市|县|区|州|盟|旗|省|自治区)?(?:委|政府|党委|人大|政协|长|的?督察)")
_VENUE = re.compile(r"在(?:[^，。；、]{0,12}?)$")
_HELD = re.compile(r"[^，。；]{0,8}(?:召开|举行|开幕)")
_MUNICIPAL = re.compile(r"我市|全市|市委|市政府|市领导|市直|市长|州委|州长|我州|全州|盟委|盟长|我盟|师市")
_OWN_COUNTY = re.compile(r"我[县区旗]|全[县旗]|[县区旗](?:委书记|委副书记|委常委|长|领导)")
_COUNTY = re.compile(r"我[县区旗]|全[县旗]|[县区旗](?:委|长|政府|直|领导|党工委|管委会|环保局|环境保护局|生态环境局)")
_PROVINCIAL = re.compile(r"省委|省政府|全省|我省|自治区党委|自治区政府|全区|省直")
_PAPER_TAIL = re.compile(
    r"(?:日报|晚报|晨报|早报|商报|都市报|新闻网|新闻|在线|网|发布|广播电视台|电视台|电台|融媒体中心|融媒|"
    r"人民政府|政府|市委|县委|区委|生态环境厅|生态环境局|环境保护局|环保局|宣传部|报社|报|客户端|之声).*$"
)
_DATELINE = re.compile(r"\s?\d{1,2}月\d{1,2}日(?:电|讯)")
_NO_DIVISION = frozenset("镇乡街路河湖山江港桥岛库站园厂水沟坝湾屯寨楼阁寺塔")  # 白沙镇 is not 白沙县
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named in the text: where, in which words, how much it counts, which places it may mean."""

    start: int
    form: str
    weight: float
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """The answer, with the words it rests on; ``corps`` tells that it is about 兵团."""

    provinces: tuple[str, ...] = ()
    city: str | None = None
    county: str | None = None
    corps: bool = False
    evidence: dict[str, Evidence] = field(default_factory=dict)


def _forms(text: str) -> Iterator[tuple[int, str]]:
    """Every longest name of a place, from left to right."""
    book = gazetteer()
    at, end = 0, len(text) - 1
    starts = book.starts
    while at < end:
        for size in starts.get(text[at : at + 2], ()):
            form = text[at : at + size]
            if form in book.forms or form in book.bynames:
                yield at, form
                at += size - 1
                break
        at += 1


def _meant(form: str, book: Gazetteer) -> tuple[Place, ...]:
    byname = book.bynames.get(form)
    if byname:
        target = book.bynames.get(byname.target)
        return book.forms.get(target.target if target else byname.target, ())
    places = book.forms[form]
    if form in book.full:
        return places
    upper = tuple(place for place in places if place.level in ("province", "city"))
    return upper or places


def _short_of_county(form: str, places: tuple[Place, ...], book: Gazetteer) -> bool:
    return form not in book.full and form not in book.bynames and places[0].level in ("county", "direct")


def _spots(text: str, weights: list[tuple[int, float]]) -> list[Spot]:
    book = gazetteer()
    found = []
    zone = 0
    words = tables.words()
    for start, form in _forms(text):
        while zone + 1 < len(weights) and weights[zone + 1][0] <= start:
            zone += 1
        places = _meant(form, book)
        if not places or (_short_of_county(form, places, book) and form in words):
            continue
        weight = weights[zone][1]
        after = text[start + len(form) : start + len(form) + 10]
        if form not in book.full and form not in book.bynames and after[:1] in _NO_DIVISION and after[:1]:
            continue
        if _DATELINE.match(after):
            if form.startswith("北京"):  # where agencies sit, whatever the news is about
                continue
            weight = BODY / 2
        if _ORGAN.match(after):
            weight += 1.0
        if _VENUE.search(text, max(0, start - 14), start) and _HELD.match(text, start + len(form)):
            weight += 3.0
        found.append(Spot(start, form, weight, places))
    return found


def paper_place(source: str | None) -> Place | None:
    """The place a paper serves: 闽东日报 → 宁德市 (table), 济南日报 → 济南市 (rule).

    Several places of one name (朝阳) give none.
    """
    if not source:
        return None
    book = gazetteer()
    name = papers().get(source)
    if name is None:
        name = next((place for paper, place in papers().items() if paper in source), None)
    stem = name or _PAPER_TAIL.sub("", source)
    sizes = range(min(len(stem), book.longest), 1, -1)
    stem = next((stem[:size] for size in sizes if stem[:size] in book.forms or stem[:size] in book.bynames), stem)
    byname = book.bynames.get(stem)
    places = book.forms.get(byname.target if byname else stem, ())
    upper = [place for place in places if place.level in ("province", "city")] or list(places)
    codes = {place.code[:4] for place in upper}
    return upper[-1] if len(codes) == 1 else None


def _settled(spots: list[Spot], paper: Place | None) -> list[tuple[Spot, Place]]:
    """Each spot with the one place it means; ambiguous ones follow the places named around them."""
    support: Counter[str] = Counter()
    for spot in spots:
        codes = {place.code for place in spot.places}
        if len(codes) == 1:
            code = next(iter(codes))
            support[code[:2]] += 1
            support[code[:4]] += 2
    if paper:
        support[paper.code[:2]] += 3
        support[paper.code[:4]] += 3 if paper.code[2:4] != "00" else 0
    book = gazetteer()
    settled = []
    for spot in spots:
        codes = {place.code for place in spot.places}
        if len(codes) == 1:
            place = spot.places[-1]
            alone = support[place.code[:4]] <= 2 and support[place.code[:2]] <= 1
            if alone and spot.weight < TITLE and _short_of_county(spot.form, spot.places, book):
                continue
            settled.append((spot, place))
            continue
        ranked = sorted(spot.places, key=lambda place: (-support[place.code[:4]], -support[place.code[:2]], place.code))
        best = ranked[0]
        points = (support[best.code[:4]], support[best.code[:2]])
        rivals = {p.code for p in ranked if (support[p.code[:4]], support[p.code[:2]]) == points}
        if points > (0, 0) and len(rivals) == 1:
            settled.append((spot, best))
    return settled


def _weights(title: str, paragraphs: tuple[str, ...]) -> tuple[str, list[tuple[int, float]]]:
    """The text to scan and the weight that begins at each offset."""
    lead = "\n".join(paragraphs[:_HEAD])
    body = "\n".join(paragraphs[_HEAD:])
    text = f"{title}\n{lead}\n{body}"
    return text, [(0, TITLE), (len(title) + 1, LEAD), (len(title) + len(lead) + 2, BODY)]


def _listed(spots: list[tuple[Spot, Place]], text: str) -> list[str]:
    """Provinces that a sentence of the lead lists: 对福建、河南、海南、甘肃、青海5个省 → those five."""
    run: list[tuple[int, str]] = []
    best: list[str] = []
    for spot, place in spots:
        if place.level != "province" or spot.weight < LEAD:
            continue
        if run and text[run[-1][0] : spot.start] not in ("、", "和", "及", "以及", "与"):
            run = []
        run.append((spot.start + len(spot.form), place.name))
        names = list(dict.fromkeys(name for _, name in run))
        if len(names) > max(1, len(best)):
            best = names
    return best


def _top(votes: Counter[str]) -> tuple[str | None, float]:
    """The place with most votes and its share of them."""
    if not votes:
        return None, 0.0
    name, count = max(votes.items(), key=lambda item: item[1])
    return name, count / sum(votes.values())


def locate(title: str, paragraphs: tuple[str, ...], source: str | None, people: Iterable[str] = ()) -> Location:
    """Provinces, city and county of an article.

    ``source`` is the paper it comes from; the names of ``people`` hide no places (谭兴忠县长 is not 忠县). Nothing
    is returned for a level that the evidence leaves open.
    """
    book = gazetteer()
    text, weights = _weights(title, paragraphs)
    for name in people:
        text = text.replace(name, LOST * len(name))
    paper = paper_place(source)
    settled = _settled(_spots(text, weights), paper)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    words: dict[str, str] = {}
    local = bool(_MUNICIPAL.search(text) or _COUNTY.search(text))
    inside: dict[tuple[str, str], str | None] = {}
    for spot, place in settled:
        province = book.province(place)
        inside[place.name, province] = _city_of(place)
        votes["province"][province] += spot.weight
        quote = text[max(0, spot.start - 10) : spot.start + len(spot.form) + 10].replace("\n", " ").strip()
        words.setdefault(province, quote)
        city = _city_of(place)
        if city:
            votes["city"][city] += spot.weight
            words.setdefault(city, quote)
        byname = book.bynames.get(spot.form)
        county = spot.form.removeprefix("河北") if byname and byname.county else place.name if place.level in ("county", "zone") else None
        if county:
            inside[county, province] = city
            votes["county"][county] += spot.weight
            words.setdefault(county, quote)
    if paper and (local or not votes["province"]):
        county = paper.name if paper.level == "county" else None
        for level, name in (("province", book.province(paper)), ("city", _city_of(paper)), ("county", county)):
            if name:
                votes[level][name] += PAPER
                words.setdefault(name, source or "")
        inside[paper.name, book.province(paper)] = _city_of(paper)
    return _answer(text, settled, votes, words, inside)


def _city_of(place: Place) -> str | None:
    """The city-level place above (or at) a place; none in the four municipalities."""
    if place.level == "direct":
        return place.name
    if place.code[:2] in _MUNICIPALITIES or place.level == "province":
        return None
    if place.level == "city":
        return place.name
    above = [row for row in gazetteer().parents(place) if row.level == "city"]
    return above[-1].name if above else None


def _answer(
    text: str,
    settled: list[tuple[Spot, Place]],
    votes: dict[str, Counter[str]],
    words: dict[str, str],
    inside: dict[tuple[str, str], str | None],
) -> Location:
    main, _ = _top(votes["province"])
    if main is None:
        return Location()
    listed = _listed(settled, text)
    provinces = tuple(dict.fromkeys([main, *listed])) if main in listed else (main,)
    evidence = {"provinces": Evidence("text", words[main], f"全文地名以{main}为主")}
    corps = any(spot.form.endswith("兵团") or spot.form[-1] == "师" for spot, _ in settled) and main.startswith("新疆")
    if len(provinces) > 1:
        return Location(provinces, corps=corps, evidence=evidence)
    cities = Counter({name: count for name, count in votes["city"].items() if _province_of(name) == main})
    city, share = _top(cities)
    if city and not (share > 0.5 and (_MUNICIPAL.search(text) or _COUNTY.search(text) or share > 0.8)):
        city = None
    counties = Counter(
        {
            name: count
            for name, count in votes["county"].items()
            if (name, main) in inside and inside[name, main] == city
        }
    )
    county, county_share = _top(counties)
    second = max((count for name, count in counties.items() if name != county), default=0.0)
    clear = county_share > 0.6 or (counties[county or ""] >= TITLE and counties[county or ""] >= 2 * second)
    head = text[: _HEAD_SIZE]
    own = bool(_OWN_COUNTY.search(text)) or (bool(_COUNTY.search(text)) and not _MUNICIPAL.search(head))
    if county and not (clear and (counties[county] >= TITLE or own)):
        county = None
    for key, name in (("city", city), ("county", county)):
        if name:
            evidence[key] = Evidence("text", words[name], f"全文地名以{name}为主")
    return Location(provinces, city, county, corps, evidence)


def _province_of(name: str) -> str | None:
    book = gazetteer()
    places = [place for place in book.forms.get(name, ()) if place.level in ("city", "direct")]
    return book.province(places[-1]) if places else None
