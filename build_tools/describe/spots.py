"""Places named in an article: where each stands, how much it counts, and which one an ambiguous name means.

白沙镇 is no county, 长沙路 no city, and 朝阳 alone no place; a name that several places share follows the others
named around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import add

from build_tools.knowledge import tables
from build_tools.knowledge.places import Gazetteer, Place, gazetteer, papers

TITLE, LEAD, BODY = 4.0, 2.0, 1.0
_HEAD = 2  # paragraphs that count as the lead
_CAP = 5_000  # names of places read in one article; a page with more is a table
_ORGAN = re.compile(r"(?:市|县|区|州|盟|旗|省|自治区)?(?:委|政府|党委|人大|政协|长|的?督察)")
_LOCAL_ORGAN = re.compile(r"(?:县|区|市)?(?:县委|区委|环保局|环境保护局|生态环境局|生态环境分局)")
_VENUE = re.compile(r"在(?:[^，。；、]{0,12}?)$")
_HELD = re.compile(r"[^，。；]{0,8}(?:召开|举行|开幕)")
_DATELINE = re.compile(r"\s?\d{1,2}月\d{1,2}日(?:电|讯)")
_NO_DIVISION = frozenset("镇乡街路河湖山江港桥岛库站园厂水沟坝湾屯寨楼阁寺塔")
_PAPER_TAIL = re.compile(
    r"(?:日报|晚报|晨报|早报|商报|都市报|新闻网|新闻|在线|网|发布|广播电视台|电视台|电台|融媒体中心|融媒|"
    r"人民政府|政府|市委|县委|区委|生态环境厅|生态环境局|环境保护局|环保局|宣传部|报社|报|客户端|之声).*$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named in the text: where, in which words, how much it counts, which places it may mean.

    ``organ`` tells that an organ of a county follows (高港环保局), ``venue`` that something was held there.
    """

    start: int
    form: str
    weight: float
    places: tuple[Place, ...]
    organ: bool = False
    venue: bool = False


def _forms(text: str) -> Iterator[tuple[int, str]]:
    """Every longest name of a place, from left to right."""
    book = gazetteer()
    end = 0
    pairs = map(add, text, text[1:])
    for at, sizes in [(at, book.starts[pair]) for at, pair in enumerate(pairs) if pair in book.starts]:
        forms = (text[at : at + size] for size in sizes)
        form = next((form for form in forms if form in book.forms or form in book.bynames), None)
        if form and at >= end:
            yield at, form
            end = at + len(form)


def _meant(form: str, book: Gazetteer, year: int | None) -> tuple[Place, ...]:
    """The places that a form may mean in a year: 莱芜 is a city until 2018 and a district of 济南 from then on."""
    byname = book.bynames.get(form)
    if byname:
        target = book.bynames.get(byname.target)
        return book.forms.get(target.target if target else byname.target, ())
    places = book.forms[form]
    places = tuple(place for place in places if place.stands(year)) or places
    if form in book.full:
        return places
    upper = tuple(place for place in places if place.level in ("province", "city"))
    return upper or places


def _short_of_county(form: str, places: tuple[Place, ...], book: Gazetteer) -> bool:
    return form not in book.full and form not in book.bynames and places[0].level in ("county", "direct")


def spots(text: str, weights: list[tuple[int, float]], year: int | None = None) -> list[Spot]:
    """Every place named in a text; ``weights`` are offsets and what counts from there on (see ``weighted``)."""
    book = gazetteer()
    found = []
    zone = 0
    words = tables.words()
    for start, form in islice(_forms(text), _CAP):
        while zone + 1 < len(weights) and weights[zone + 1][0] <= start:
            zone += 1
        places = _meant(form, book, year)
        if not places or (_short_of_county(form, places, book) and form in words):
            continue
        weight = weights[zone][1]
        after = text[start + len(form) : start + len(form) + 10]
        if form not in book.full and form not in book.bynames and after[:1] in _NO_DIVISION and after[:1]:
            continue
        if places[0].level != "province" and after[:1] == "省":
            continue  # 广南省 of a novel is no 广南县
        if form[0] in tables.titles().ranks and form[1:] + after[:1] in tables.titles().posts:
            continue  # 代县长 is the acting head of a county, not of 代县
        if _DATELINE.match(after):
            if form.startswith("北京"):  # where agencies sit, whatever the news is about
                continue
            weight = BODY / 2
        if _ORGAN.match(after):
            weight += 1.0
        venue = bool(_VENUE.search(text, max(0, start - 14), start) and _HELD.match(text, start + len(form)))
        weight += 3.0 if venue else 0.0
        found.append(Spot(start, form, weight, places, bool(_LOCAL_ORGAN.match(after)), venue))
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
    stem = next(
        (stem[:size] for size in sizes if stem[:size] in book.forms or stem[:size] in book.bynames), stem
    )
    byname = book.bynames.get(stem)
    places = book.forms.get(byname.target if byname else stem, ())
    upper = [place for place in places if place.level in ("province", "city")] or list(places)
    codes = {place.code[:4] for place in upper}
    return upper[-1] if len(codes) == 1 else None


def settled(found: list[Spot], paper: Place | None) -> list[tuple[Spot, Place]]:
    """Each spot with the one place it means; ambiguous ones follow the places named around them."""
    support: Counter[str] = Counter()
    for spot in found:
        codes = {place.code for place in spot.places}
        if len(codes) == 1:
            code = next(iter(codes))
            support[code[:2]] += 1
            support[code[:4]] += 2
    if paper:
        support[paper.code[:2]] += 3
        support[paper.code[:4]] += 3 if paper.code[2:4] != "00" else 0
    book = gazetteer()
    answer = []
    for index, spot in enumerate(found):
        codes = {place.code for place in spot.places}
        if len(codes) == 1:
            place = spot.places[-1]
            alone = support[place.code[:4]] <= 2 and support[place.code[:2]] <= 1
            short = spot.weight < TITLE and _short_of_county(spot.form, spot.places, book)
            if alone and short and not spot.organ:
                continue
            answer.append((spot, place))
            continue
        if province := _in_a_row(found, index):
            answer.append((spot, province))
            continue
        ranked = sorted(
            spot.places, key=lambda place: (-support[place.code[:4]], -support[place.code[:2]], place.code)
        )
        best = ranked[0]
        points = (support[best.code[:4]], support[best.code[:2]])
        rivals = {p.code for p in ranked if (support[p.code[:4]], support[p.code[:2]]) == points}
        if points > (0, 0) and len(rivals) == 1:
            answer.append((spot, best))
        elif points == (0, 0) and (province := _province(spot)):
            answer.append((spot, province))
    return answer


def _province(spot: Spot) -> Place | None:
    return next((place for place in spot.places if place.level == "province"), None)


def _in_a_row(found: list[Spot], index: int) -> Place | None:
    """The province that an ambiguous name means between provinces: 河南、海南、甘肃."""
    spot = found[index]
    for other in found[max(0, index - 1) : index + 2]:
        end, start = (
            (other.start + len(other.form), spot.start)
            if other.start < spot.start
            else (spot.start + len(spot.form), other.start)
        )
        if other is not spot and start - end == 1 and {place.level for place in other.places} == {"province"}:
            return _province(spot)
    return None


def weighted(title: str, paragraphs: tuple[str, ...]) -> tuple[str, list[tuple[int, float]]]:
    """The text to scan and the weight that begins at each offset."""
    lead = "\n".join(paragraphs[:_HEAD])
    body = "\n".join(paragraphs[_HEAD:])
    text = f"{title}\n{lead}\n{body}"
    return text, [(0, TITLE), (len(title) + 1, LEAD), (len(title) + len(lead) + 2, BODY)]
