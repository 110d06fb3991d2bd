"""Which table a word is in, or belongs in: what a maintainer asks after a name or a place was missed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from build_tools.knowledge import tables
from build_tools.knowledge.places import gazetteer, papers

_PAPER = re.compile(r"(?:日报|晚报|晨报|早报|商报|都市报|时报|报|网|发布|客户端|新闻|在线|电视台|融媒)$")
_PLACE = re.compile(
    r"(?:开发区|新区|管理区|示范区|名胜区|高新区|试验区|实验区|度假区|园区|新城|师|团|[省市县区州盟旗镇乡])$"
)
_POST = re.compile(r"(?:长|书记|主任|主席|专员|委员|常委|政委|巡视员|调研员)$")
_ORGAN = re.compile(r"(?:局|厅|部|委|办|组|会|院|署|中心|总队|支队|大队|公司|集团|处|室)$")
_VERB_LENGTH = 2
_NAME_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """``table`` is a file of this package; ``row`` is the row that holds the word, or nothing where none does."""

    word: str
    table: str
    row: str | None
    advice: str


def where(word: str) -> list[Advice]:
    """The rows that hold a word; where there is none, the one table it belongs in and what to check first.

    >>> where("闽东日报")[0].row
    '闽东日报 → 宁德市'
    """
    word = word.strip()
    return _held(word) or [*_as_a_name(word), _wanted(word)]


def _held(word: str) -> list[Advice]:
    book = gazetteer()
    found = [
        Advice(
            word, "places.tsv", f"{place.name} {place.code} {place.first}–{place.last or ''}", "已有此地名"
        )
        for place in book.forms.get(word, ())
    ]
    if word in book.bynames:
        byname = book.bynames[word]
        found.append(
            Advice(word, "places_extra.tsv", f"{word} → {byname.target}（{byname.kind}）", "已有此别名")
        )
    if word in papers():
        found.append(Advice(word, "papers.tsv", f"{word} → {papers()[word]}", "已有此报名"))
    for name, table in (
        ("titles.yml", tables.titles()),
        ("names.yml", tables.names()),
        ("credits.yml", tables.credit_labels()),
    ):
        for part, words in table:
            if word in words:
                found.append(Advice(word, name, f"{part}: {word}", "已有此词"))
    if word in tables.surnames():
        share = tables.surnames()[word]
        found.append(Advice(word, "surnames.tsv", f"{word} 每百万人 {share:.0f}", "已有此姓"))
    if word in tables.words() and not any(advice.table == "names.yml" for advice in found):
        found.append(Advice(word, "words.tsv", word, "是常用词，职务之后不会被当作人名"))
    return found


def _as_a_name(word: str) -> list[Advice]:
    """What keeps a person's name from being read, if the word is one: its surname, or a character of its given name."""
    if not 2 <= len(word) <= _NAME_LENGTH or _PLACE.search(word) or _POST.search(word) or _ORGAN.search(word):
        return []
    surname = next((word[:size] for size in (2, 1) if word[:size] in tables.surnames()), None)
    if surname is None:
        return [Advice(word, "surnames_extra.tsv", None, f"若是人名，姓“{word[0]}”不在表中：收入此表")]
    barred = [one for one in word[len(surname) :] if one in tables.names().never]
    if barred:
        return [
            Advice(
                word, "names.yml", None, f"若是人名，“{barred[0]}”在 never 中，不作人名用字：从 never 删去"
            )
        ]
    if len(word) > len(surname):
        known = "若是人名，姓和用字都已有：看前面的职务是否在 titles.yml，其后的动词是否在 follow"
        return [Advice(word, "names.yml", None, known)]
    return []


def _wanted(word: str) -> Advice:
    if _PAPER.search(word):
        return Advice(word, "papers.tsv", None, "名称看不出地方的报纸、网站；“地名＋日报”之类不必收")
    if _POST.search(word):
        return Advice(word, "titles.yml", None, "收入 posts；“副”“常务副”等级别在 ranks，不与职务连写")
    if _PLACE.search(word):
        return Advice(
            word, "places_extra.tsv", None, "先查官方全称与上级政区，再收全称；正式政区由 make_places.py 生成"
        )
    if _ORGAN.search(word):
        return Advice(
            word, "titles.yml", None, "整个机构名收入 organs；只有业务领域（如“海洋与渔业”）收入 fields"
        )
    if len(word) == 1:
        return Advice(word, "surnames_extra.tsv", None, "先有一篇文章里在职的人用此姓，再收")
    if len(word) <= _VERB_LENGTH:
        return Advice(word, "names.yml", None, "人名之后的动词收入 follow；被误认作人名的词收入 guards")
    return Advice(
        word, "names.yml", None, "被误认作人名的词收入 guards；无汉姓的姓名用字收入 syllables；人名本身不收"
    )
