"""Who made an article: its source, reporters, photographers, editors and reviewers.

They stand in lines of the page (``notes``), in brackets (``（记者魏鹏飞）``), after a dateline
(``本报讯（记者 张三）``) and in the imprint at the end (``编辑：高昊``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from build_tools.knowledge import tables
from build_tools.models import Cleaned, Evidence, Page

FIELDS = ("reporters", "photographers", "editors", "reviewers")
_NAME = re.compile(r"[\u3400-\u9fff□]{2,4}|[\u3400-\u9fff□]{1,8}(?:·[\u3400-\u9fff□]{1,8})+")
_ALONE = r"(?<![\u3400-\u9fff]){0}(?=\s*[：:／/|])|^{0}(?=\s)"  # 文：王浩 against 记者 杜文林
_INSIDE_NAMES = frozenset("文图摄/／")
_HAN = re.compile("[\u3400-\u9fff]")
_SPLIT = re.compile(r"[\s、，,；;/|｜&]+")
_BRACKETED = re.compile(
    r"[（【(\[][^（）()【】\[\]\n]{0,40}(?:记者|通讯员|编辑|责编|摄|作者|审核|来源|文[/／]图|图[/／]文)[^（）()【】\[\]\n]{0,60}[）】)\]]"
)
_LEAD = re.compile(
    r"^(?:[□■●◎△▲]?\s?[\u3400-\u9fff]{0,10}(?:记者|通讯员)(?:[\s：、][\u3400-\u9fff□]{1,4}){1,6}"
    r"(?:\s*(?:记者|通讯员)(?:[\s：、][\u3400-\u9fff□]{1,4}){1,4}){0,2})\s?(?:(?:文[/／]图|图[/／]文|摄影)?报道|文[/／]图|图[/／]文|$)"
)
_REPORTED = re.compile(
    r"(?:本报)?记者\s?([\u3400-\u9fff□]{2,3})(?:\s?通讯员\s?[\u3400-\u9fff□]{2,3})?\s?报道"
)
_IMPRINT = 80  # characters of a line of the imprint; a question in an interview is none
_AFTER_LABEL = re.compile(r"\s*[：:][^，。？！?!]*$")
_CAP = 2_000  # lines of credits read in one article
_LEAD_REACH = 90  # characters at the beginning of a paragraph in which its reporters stand
_SIGNED = re.compile(
    r"（(?:(?<=[。！”]（)|(?<=[。！”]\s（)|(?<=[电讯]（)|(?<=[电讯]\s（))((?:[\u3400-\u9fff]{2,12}(?:中心|融媒|报社|电视台|局|办|委)\s)?[\u3400-\u9fff□]{2,4}(?:[\s、][\u3400-\u9fff□]{2,4}){0,3})）"
)
_SHOT = re.compile(
    r"(?:^|[。\s（(：])([\u3400-\u9fff□]{2,4})\s?摄(?:影)?(?:报道)?(?!\s[\u3400-\u9fff□]{2,4}(?:[\s）)]|$))(?:[）)。\s]|$)"
)
_WROTE = re.compile(
    r"(?:^|[。\s（(：])([\u3400-\u9fff□]{2,4})\s?(?:文[/／]图|图[/／]文|文(?=\s))(?=[）)。\s]|$)"
)
_NOT_A_NAME = re.compile(
    r"报道|日报|报社|新闻|单位|供稿|编辑|记者|网|办公|政府|部门|电视|中心|摄|讯|本报|融媒"
)
_OPENING = re.compile(
    r"([\u3400-\u9fff]{2,8}(?:日报|晚报|晨报|都市报|电视台|广播电视台|融媒|新闻网|网))(?:讯|报道|消息)"
)
_SOURCE_END = re.compile(
    r"[\s，。；、（(）)|｜]|记者|作者|编辑|发布时间|发布日期|时间|日期|浏览|点击|字体|通讯员"
)


@dataclass(frozen=True, slots=True)
class Credits:
    """The people and the paper behind an article, with the words that name them."""

    source: str | None = None
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)


@cache
def _label() -> re.Pattern[str]:
    labels = tables.credit_labels()
    every = [label for name in (*FIELDS, "source") for label in getattr(labels, name)]
    forms = [_ALONE.format(label) if _INSIDE_NAMES.issuperset(label) else re.escape(label) for label in every]
    return re.compile("(" + "|".join(sorted(forms, key=len, reverse=True)) + r")(?:\s*[：:／/|]\s*|\s*)")


@cache
def _field_of(label: str) -> str:
    labels = tables.credit_labels()
    return next(name for name in (*FIELDS, "source") if label in getattr(labels, name))


def bylines(paragraph: str) -> list[tuple[int, int]]:
    """Spans of a paragraph that credit its makers; nobody named in them is an official."""
    if not paragraph.strip():
        return []
    spans = [match.span() for match in _BRACKETED.finditer(paragraph)]
    spans.extend(match.span() for match in _SIGNED.finditer(paragraph) if _signed(match.group(1)))
    lead = _LEAD.match(paragraph[:_LEAD_REACH]) or _REPORTED.search(paragraph, 0, _LEAD_REACH)
    if lead:
        spans.append(lead.span())
    label = _label().match(paragraph) if len(paragraph) < _IMPRINT else None
    if label and (_AFTER_LABEL.match(paragraph, label.end(1)) or _only_names(paragraph)):
        spans.append((0, len(paragraph)))
    return spans


def _only_names(line: str) -> bool:
    """Whether a line holds labels and names alone: 文/图 王浩 通讯员 尚群."""
    words = [people for _, people in _labelled(line)]
    return all(part and _signed(part.strip()) and _people(part) for part in words)


def _signed(words: str) -> bool:
    """Whether a bracket holds nothing but names: …12月27日电（袁晶 戚亚平）, …整改现场。（向春）."""
    surnames = tables.surnames()
    people = [part for part in _SPLIT.split(words) if not _NOT_A_NAME.search(part)]
    return bool(people) and all(part[:1] in surnames and part not in tables.words() for part in people)


def _people(words: str) -> tuple[str, ...]:
    parts = [part for part in _SPLIT.split(words.strip(" ：:（）()【】")) if part]
    while parts and _NOT_A_NAME.search(parts[0].removesuffix("报道")):
        del parts[0]  # 县融媒体中心 傅蕾
    joined: list[str] = []
    for part in parts:
        if joined and len(part) == 1 and len(joined[-1]) == 1:
            joined[-1] += part  # a two-character name with a filler space
        else:
            joined.append(part)
    kept: list[str] = []
    for part in joined:
        name = part.removesuffix("报道").removesuffix("等")
        if _NAME.fullmatch(name) and not _NOT_A_NAME.search(name):
            kept.append(name)
        else:
            break
    return tuple(kept)


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    """Field and words of each label in a line: 编辑：高昊 审核：陈小虾 → (editors, 高昊), (reviewers, 陈小虾)."""
    found = list(_label().finditer(line))
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(line)
        yield _field_of(match.group(1)), line[match.end() : end]


def _lines(cleaned: Cleaned) -> Iterator[str]:
    for note in cleaned.notes:
        if note.kind in ("source", "credit", "caption", "markup", "published"):
            yield note.text
    for paragraph in cleaned.paragraphs:
        for start, end in bylines(paragraph):
            yield paragraph[start:end]


def _paper_of(paragraph: str) -> str | None:
    """The paper that opens a report: 汕尾日报讯（记者 …） → 汕尾日报."""
    match = _OPENING.match(paragraph)
    return match.group(1) if match and "本报" not in match.group(1) else None


def _source(line: str) -> str | None:
    """The paper that a line names: 来源：闽东日报记者 俞锦阳 → 闽东日报, （珠江网记者 朱洪良） → 珠江网."""
    for name, words in _labelled(line):
        if name == "source":
            paper = _SOURCE_END.split(words.strip(), maxsplit=1)[0].strip("《》“”")
            if 2 <= len(paper) <= 20 and _HAN.search(paper):
                return paper
    match = re.match(
        r"[（(【]?([\u3400-\u9fff]{2,10}(?:日报|晚报|晨报|报|网|电视台|融媒|客户端))(?:全媒体)?记者", line
    )
    return match.group(1) if match and not match.group(1).endswith("本报") else None


def made_by(cleaned: Cleaned, page: Page) -> Credits:
    """The credits of a page; what the person who adds it says of the source outranks the page."""
    people: dict[str, list[str]] = {name: [] for name in FIELDS}
    evidence: dict[str, Evidence] = {}
    source = page.source
    if source:
        evidence["source"] = Evidence("given", source, "录入者注明")
    opening = next((paper for part in cleaned.paragraphs[:2] if (paper := _paper_of(part))), None)
    for line in islice(_lines(cleaned), _CAP):
        quote = line.strip()[:80]
        if source is None and (paper := _source(line)):
            source = paper
            evidence["source"] = Evidence("page", quote, "页面注明来源")
        found = [(name, _people(words)) for name, words in _labelled(line) if name != "source"]
        if line.startswith("（") and line.endswith("）") and not found:
            found = [("reporters", _people(line))]
        found.extend(("photographers", (match.group(1),)) for match in _SHOT.finditer(line))
        found.extend(("reporters", _people(match.group(1))) for match in _WROTE.finditer(line))
        for name, group in found:
            fresh = [person for person in group if person not in people[name]]
            people[name].extend(fresh)
            if fresh:
                evidence.setdefault(name, Evidence("page", quote, "页面署名"))
    if source is None and opening:
        source = opening
        evidence["source"] = Evidence("text", opening, "正文开头署明报道单位")
    return Credits(source, {name: tuple(found) for name, found in people.items()}, evidence)
