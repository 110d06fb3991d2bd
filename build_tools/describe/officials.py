"""Everyone named in office in an article, in order of first mention, with the title the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from build_tools.describe.credits import bylines
from build_tools.describe.names import AFTER_TITLE, IN_LIST, SURE, Name, clear, name_at
from build_tools.describe.titles import Title, titles_in
from build_tools.knowledge import tables
from build_tools.knowledge.places import gazetteer
from build_tools.models import Evidence, Person

_GAP = re.compile(r"由(?=[\u3400-\u9fff□·、]{2,60}(?:担任|任))|（兼[^（）]{2,20}）|[：:]?[ \u3000]?")
_SEPARATOR = re.compile(r"、[ \u3000]?|和|及|与|以及|[ \u3000](?=[\u3400-\u9fff])")
_REMARK = re.compile(r"（[^（）\n]{1,24}）")
_LISTED = re.compile(r"([\u3400-\u9fff]{2,3})、")
_GROUP = re.compile(r"(?:^|[，。；：\n])((?:[\u3400-\u9fff□·]{2,12}、){0,30}[\u3400-\u9fff□·]{2,12})等$")
_DOTTED_BEFORE = re.compile(r"[\u3400-\u9fff□]{1,8}(?:·[\u3400-\u9fff□]{1,8})+$")
_ROSTER = re.compile(
    r"(?:^|[\n：])[ \u3000]?([\u3400-\u9fff□·]{2,8}|[\u3400-\u9fff□][ \u3000][\u3400-\u9fff□])"
    r"(?:（[^（）]{1,6}）)?[ \u3000]+$"
)
_SENTENCE = re.compile(r"[。\n]")
_REACH = 240  # characters of a list of names before the title of its group
_QUOTE = 30  # characters of context on each side of a quoted mention
_CAP = 400  # people in one article; a page with more is a roster, not news


@dataclass(frozen=True, slots=True)
class Mention:
    """A person at a place in the text; ``end`` is the end of the words that show the office.

    ``organ`` is that of the title before, where the person's own title leaves it out: 督察组组长甲、副组长乙.
    """

    start: int
    end: int
    person: Person
    private: bool
    organ: str = ""


def _masked(text: str) -> str:
    """The text with credits blanked out, so that nobody in them is taken for an official."""
    return "\n".join(map(_masked_line, text.split("\n")))


def _masked_line(line: str) -> str:
    pieces, at = [], 0
    for start, end in sorted(bylines(line)):
        pieces.append(line[at:start] + "。" * (end - max(at, start)))
        at = max(at, end)
    return "".join([*pieces, line[at:]])


def _names_after(text: str, title: Title, starts: frozenset[int]) -> list[Name]:
    """The names that share a title: 市领导杨峰、程德智和李自军出席 → three names."""
    gap = _GAP.match(text, title.end)
    at = gap.end() if gap else title.end
    found: list[Name] = []
    while len(found) < _CAP:
        name = name_at(text, at) or (_between(text, at) if found else None)
        if name is None or (found and name.score < IN_LIST):
            break
        found.append(name)
        at = name.end
        remark = _REMARK.match(text, at)
        if remark:
            at = remark.end()
        separator = _SEPARATOR.match(text, at)
        if not separator or separator.end() in starts:
            break
        at = separator.end()
    return found


def _between(text: str, at: int) -> Name | None:
    """A name that is also a word, inside a list of names: 唐飞、黄河、赵淑红."""
    match = _LISTED.match(text, at)
    if match and text[at] in tables.surnames() and name_at(text, match.end()):
        return Name(at, match.end(1), match.group(1), SURE)
    return None


def _names_of_group(text: str, title: Title) -> list[Name]:
    """The names before 等 and the title of their group: 张同生、万闻华等市四套班子领导 → two names."""
    run = _GROUP.search(text, max(0, title.start - _REACH), title.start)
    if not run:
        return []
    found: list[Name] = []
    at = run.start(1)
    while at < run.end(1):
        name = name_at(text, at)
        if name is None or name.end > run.end(1):
            return []
        found.append(name)
        at = name.end + 1
    return found


def _name_before(text: str, title: Title, floor: int) -> Name | None:
    """The name before a bare post: 会议由李国英省长主持 → 李国英."""
    post = len(title.text) if title.bare else _bare_post(title.text)
    if not post or not clear(text, title.end):
        return None
    last = title.end - post
    dotted = _DOTTED_BEFORE.search(text, max(0, last - 24), last)
    if dotted and title.bare:
        return Name(dotted.start(), dotted.end(), dotted.group(), SURE)
    for size in (3, 2, 4):
        start = last - size
        if (
            start < floor
            or (not title.bare and start >= title.start)
            or (
                start > 0
                and text[start - 1]
                not in "，。；：、！？\n “由受经在随请和与对是据及以厅局市县区省州委办部府"
            )
        ):
            continue
        name = name_at(text, start)
        if name and name.end == last and (title.bare or name.score >= SURE):
            return name
    return None


def _bare_post(words: str) -> int:
    """Length of the post that ends a title whose beginning may belong to a name: 会东省长 in 朱会东省长."""
    posts = tables.titles().after_name
    return next((size for size in (4, 3, 2) if size < len(words) and words[-size:] in posts), 0)


def _in_roster(text: str, title: Title) -> Name | None:
    """The name in front of a title in a roster: 组长：庞庆波 市委书记; the title ends the line."""
    if text[title.end : title.end + 1] not in ("", "\n"):
        return None
    match = _ROSTER.search(text, max(0, title.start - 30), title.start)
    if not match:
        return None
    name = name_at(text, match.start(1))
    return name if name and name.end == match.end(1) else None


def _anchored(text: str) -> list[Mention]:
    titles = titles_in(text)
    starts = frozenset(title.start for title in titles)
    rosters: list[Mention] = []
    found: list[Mention] = []
    last: Title | None = None
    for title in titles:
        if len(found) > _CAP:
            break
        if in_roster := _in_roster(text, title):
            person = Person(in_roster.text, title.text)
            rosters.append(Mention(in_roster.start, title.end, person, title.private))
            continue
        organ = _borrowed(text, last, title)
        floor, last = last.end if last else 0, title
        if names := _names_after(text, title, starts):
            person = Person("", title.text.replace("\n", ""), title.tenure)
            found.extend(_mentions(names, person, title, organ))
            continue
        group = _names_of_group(text, title) if title.text.endswith("领导") else []
        before = _name_before(text, title, floor)
        words = title.text
        if before and before.end > title.start:
            words = text[before.end : title.end]
        found.extend(_mentions([*group, *filter(None, [before])], Person("", words), title, organ))
    return rosters + found


def _mentions(names: list[Name], person: Person, title: Title, organ: str) -> Iterator[Mention]:
    """A mention of each name with the title that they share."""
    for name in names:
        end = max(name.end, title.end)
        yield Mention(name.start, end, replace(person, name=name.text), title.private, organ)


def _borrowed(text: str, last: Title | None, title: Title) -> str:
    """The organ of the last title in the sentence, where this one is only its deputy: 组长甲、副组长乙."""
    if last is None or not title.text.startswith("副") or not title.bare:
        return ""
    head, between = title.text[1:], text[last.end : title.start]
    same = last.text.endswith(head) and not last.text.endswith(title.text)
    return last.text.rpartition("、")[2].removesuffix(head) if same and not _SENTENCE.search(between) else ""


def _bare(text: str, known: set[str]) -> list[Mention]:
    """People who act at the beginning of a sentence without any title: 王建军在主持讲话中….."""
    found = []
    for pattern, enough in ((_speech(), AFTER_TITLE), (_act(), SURE)):
        for match in pattern.finditer(text):
            name = name_at(text, match.start(1))
            if name is None or name.end > match.end(1) or name.text in known or name.score < enough:
                continue
            if name.text in gazetteer().forms:
                continue  # 安徽通报, not a person
            if name.text[0] in tables.surnames() and _speech_after().match(text, name.end):
                found.append(Mention(name.start, name.end, Person(name.text), private=False))
    return found


@cache
def _act() -> re.Pattern[str]:
    """Further on in a sentence only acts that nobody but a person performs: ，叶红作表态发言."""
    verbs = "|".join(map(re.escape, sorted(tables.names().acts)))
    return re.compile(rf"，([\u3400-\u9fff□]{{2,4}})(?:{verbs})")


@cache
def _speech() -> re.Pattern[str]:
    """The beginning of a sentence that may be a person speaking: 会上，王建军在主持讲话中."""
    openers = "|".join(map(re.escape, tables.names().openers))
    return re.compile(
        rf"(?:^|[。！？\n；])[ \u3000“]{{0,4}}(?:(?:{openers})，?)?([\u3400-\u9fff□]{{2,4}})(?={_verbs()})"
    )


@cache
def _speech_after() -> re.Pattern[str]:
    return re.compile(_verbs())


def _verbs() -> str:
    return "(?:" + "|".join(map(re.escape, sorted(tables.names().speech))) + ")"


def _fuller(person: Person, earlier: Person) -> bool:
    """Whether a title says more than the one of the headline: 夹江县委书记 than 县委书记."""
    return bool(
        person.title and earlier.title and person.title != earlier.title and earlier.title in person.title
    )


def _vague(title: str | None) -> bool:
    """Whether a title names no office: 市领导, 县领导."""
    return title is not None and title.endswith(("领导", "领导同志"))


def officials(text: str) -> tuple[list[Person], dict[str, Evidence]]:
    """People in office and the words each rests on (keys ``officials`` and ``officials.<name>``).

    ``text`` is the title line and paragraphs, separated by ``\\n``.
    """
    text = _masked(text)
    headline = text.find("\n")
    doctrine = tables.names().doctrine
    mentions = _anchored(text)
    private = {mention.person.name for mention in mentions if mention.private}
    kept = [mention for mention in mentions if not mention.private and mention.person.name not in doctrine]
    known = {mention.person.name for mention in kept} | private | doctrine
    kept.extend(_bare(text, known))
    people: dict[str, Person] = {}
    order: dict[str, int] = {}
    evidence: dict[str, Evidence] = {}
    for mention in kept:
        person = mention.person
        if person.name in people:
            earlier = people[person.name]
            fuller = order[person.name] < headline and _fuller(person, earlier)
            if fuller or (_vague(earlier.title) and person.title and not _vague(person.title)):
                people[person.name] = replace(earlier, title=person.title)
            continue
        people[person.name] = person
        first = text.find(person.name, 0, mention.start)
        order[person.name] = mention.start if first < 0 else first
        quote = text[max(0, mention.start - _QUOTE) : mention.end + 10].replace("\n", " ").strip()
        why = "姓名前后有职务" if person.title else "句首有讲话、主持等动作，全文未写职务"
        why += f"，机构承前：{mention.organ}" if mention.organ else ""
        evidence[f"officials.{person.name}"] = Evidence("text", quote or person.name, why)
    ordered = sorted(people.values(), key=lambda person: order[person.name])
    if ordered:
        evidence["officials"] = Evidence(
            "text", "、".join(person.name for person in ordered)[:80], "依次见于正文"
        )
    return ordered, evidence
