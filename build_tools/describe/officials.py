"""Everyone named in office in an article, in order of first mention, with the title the text gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from build_tools.describe.credits import bylines
from build_tools.describe.names import POST, Name, boundary, name_at
from build_tools.describe.titles import Title, titles_in
from build_tools.knowledge import tables
from build_tools.models import Evidence, Person

_GAP = re.compile(r"[：:]?[ \u3000]?")
_SEPARATOR = re.compile(r"、|和|及|与|以及|[ \u3000](?=[\u3400-\u9fff])")
_REMARK = re.compile(r"（[^（）\n]{1,24}）")
_SENTENCE = re.compile(r"(?:^|(?<=[。！？\n；]))[\s“]*", re.MULTILINE)
_QUOTE = 30  # characters of context on each side of a quoted mention
_CAP = 400  # people in one article; a page with more is a roster, not news


@dataclass(frozen=True, slots=True)
class Mention:
    """A person at a place in the text; ``end`` is the end of the words that show the office."""

    start: int
    end: int
    person: Person
    private: bool


def _masked(text: str) -> str:
    """The text with credits blanked out, so that nobody in them is taken for an official."""
    for start, end in bylines(text):
        text = text[:start] + "。" * (end - start) + text[end:]
    return text


def _names_after(text: str, title: Title, starts: frozenset[int]) -> list[Name]:
    """The names that share a title: 市领导杨峰、程德智和李自军出席 → three names."""
    gap = _GAP.match(text, title.end)
    at = gap.end() if gap else title.end
    found: list[Name] = []
    while len(found) < _CAP:
        name = name_at(text, at)
        if name is None or (found and name.score < POST):
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


def _name_before(text: str, title: Title) -> Name | None:
    """The name before a bare post: 会议由李国英省长主持 → 李国英."""
    if not title.bare or boundary(text, title.end) == 0:
        return None
    for size in (3, 2, 4):
        start = title.start - size
        if start < 0 or (start > 0 and text[start - 1] not in "，。；：、！？\n “由受经在随请和与对是据及"):
            continue
        name = name_at(text, start)
        if name and name.end == title.start:
            return name
    return None


def _anchored(text: str) -> list[Mention]:
    found: list[Mention] = []
    titles = titles_in(text)
    starts = frozenset(title.start for title in titles)
    for title in titles:
        names = _names_after(text, title, starts)
        for name in names:
            person = Person(name.text, title.text.replace("\n", ""), title.tenure)
            found.append(Mention(name.start, name.end, person, title.private))
        if not names and (name := _name_before(text, title)):
            found.append(Mention(name.start, title.end, Person(name.text, title.text), title.private))
    return found


def _bare(text: str, known: set[str]) -> list[Mention]:
    """People who act at the beginning of a sentence without any title: 王建军在主持讲话中….."""
    names = tables.names()
    longest = max(map(len, names.speech))
    found = []
    for match in _SENTENCE.finditer(text):
        at = match.end()
        for opener in names.openers:
            if text.startswith(opener, at):
                at += len(opener)
                at += text.startswith("，", at)
                break
        name = name_at(text, at)
        if name is None or name.text in known or len(name.text) < 2 or "·" in name.text:
            continue
        follow = text[name.end : name.end + longest]
        if name.text[0] in tables.surnames() and any(follow.startswith(verb) for verb in names.speech):
            found.append(Mention(name.start, name.end, Person(name.text), private=False))
    return found


def officials(text: str) -> tuple[list[Person], dict[str, Evidence]]:
    """People in office and the words each rests on (keys ``officials`` and ``officials.<name>``).

    ``text`` is the title line and paragraphs, separated by ``\\n``.
    """
    text = _masked(text)
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
            continue
        people[person.name] = person
        first = text.find(person.name)
        order[person.name] = mention.start if first < 0 else first
        quote = text[max(0, mention.start - _QUOTE) : mention.end + 10].replace("\n", " ").strip()
        why = "姓名前后有职务" if person.title else "句首有讲话、主持等动作，全文未写职务"
        evidence[f"officials.{person.name}"] = Evidence("text", quote or person.name, why)
    ordered = sorted(people.values(), key=lambda person: order[person.name])
    if ordered:
        evidence["officials"] = Evidence("text", "、".join(person.name for person in ordered)[:80], "依次见于正文")
    return ordered, evidence
