"""The whole of ``describe``: evidence for each fact, any text gets an answer, work grows with length."""

from __future__ import annotations

import dataclasses
import sys
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.describe.facts import describe
from build_tools.models import Cleaned, Evidence, Facts, FrontMatter, Ground, Made, Note, Page
from tests.describe.score import cases

PAGE = Page(b"")
FIELDS = (
    "date",
    "published",
    "level",
    "round",
    "batch",
    "mode",
    "provinces",
    "city",
    "county",
    "officials",
    "source",
)
PIECES = [
    "市委书记", "副市长", "、", "，", "。", "（", "）", "王建国", "李明", "·", "□", "〔清〕", "中央",
    "第三", "生态环境保护督察组", "省级", "督察", "回头看", "第二轮", "第一批", "2017年", "2月30日",
    "13月1日", "6月4日", "昨日", "曲靖市", "朝阳", "兵团", "第八师", "记者", "来源：", "编辑", "整改",
    "反馈", "进驻", "等", "领导", "原", "时任", "兼", "A", "1", "％",
    "\n", "\u3000",
]  # fmt: skip
WORDS = st.sampled_from(PIECES)


def cleaned(text: str, title: str | None = None) -> Cleaned:
    return Cleaned(title, None, tuple(text.split("\n")))


def sound(facts: Facts) -> None:
    """Every fact rests on something, in one line, and fits the record."""
    for name in FIELDS:
        assert not getattr(facts, name) or name in facts.evidence, name
    for ground in facts.evidence.values():
        Ground.model_validate(dataclasses.asdict(ground))
        assert ground.words.strip()
        assert "\n" not in ground.words + ground.why
        assert ground.why
    FrontMatter(
        id="undated-x-0000",
        title=facts.title,
        date=facts.date,
        date_basis=facts.date_basis,
        published=facts.published,
        round=facts.round,
        batch=facts.batch,
        mode=facts.mode,  # type: ignore[arg-type]
        stage=facts.stage,  # type: ignore[arg-type]
        made=Made(raw_sha256="0" * 64, encoding="utf-8"),
    )


@pytest.mark.parametrize("part", ["develop", "measure"])
def test_every_fact_has_evidence(part: str) -> None:
    for case in cases(part):
        sound(describe(case.cleaned, case.page))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join), st.one_of(st.none(), st.text(min_size=1, max_size=30)))
def test_any_sequence_of_the_domain_s_words_gets_an_answer(text: str, title: str | None) -> None:
    title = title.strip() if title and title.isprintable() else None
    sound(describe(cleaned(text, title or None), PAGE))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_gets_an_answer(text: str, notes: list[str]) -> None:
    lines = tuple(Note("credit", note) for note in notes)
    describe(Cleaned(None, None, tuple(text.split("\n")), lines), PAGE)


def calls(text: Cleaned) -> int:
    """How many calls it takes to describe a text: work that is the same on any machine."""
    counter = count()
    sys.setprofile(lambda *_: next(counter))
    try:
        describe(text, PAGE)
    finally:
        sys.setprofile(None)
    return next(counter)


@pytest.mark.parametrize(
    "unit",
    [
        "市委书记王建国强调整改。",
        "市领导李明、王伟、",
        "（记者 ",
        "1月1日",
        "省市县区",
        "阿·",
        "“",
        "\n",
        "the end ",
        "督察组",
    ],
)
def test_work_grows_with_length_and_not_faster(unit: str) -> None:
    long, short = (cleaned(unit * (size // len(unit))) for size in (16_000, 4_000))
    describe(cleaned(unit), PAGE)  # the tables are read once
    assert calls(long) < 6 * calls(short)  # linear is 4; a square is 16


FLOODS = {
    "names with titles": "市长王建国、",
    "bare titles": "市长",
    "days": "6月4日",
    "places": "济南市历下区",
    "lists of leaders": "等市领导",
    "credits": "（记者 李明）",
    "English": "The inspection team arrived on 4 May 2019. ",
    "classical Chinese": "臣亮言先帝创业未半而中道崩殂今天下三分益州疲弊",
    "no sentence": "生态环境督察整改",
}


@pytest.mark.parametrize("unit", FLOODS.values(), ids=FLOODS)
def test_a_flood_is_answered_with_bounded_work(unit: str) -> None:
    text = cleaned((unit * 200_000)[:200_000])
    describe(cleaned(unit), PAGE)
    assert calls(text) < 3_000_000  # about a second on the reference machine


def test_the_crawl_date_is_not_the_article_s() -> None:
    text = "5月23日，石嘴山市召开中央环境保护督察整改工作推进会。"
    page = Cleaned(None, None, (text,), (Note("dateline", "2024年09月03日 星期二"),))
    assert describe(page, PAGE).date != "2024-09-03"


@pytest.mark.parametrize("printed", ["2024-09-03 10:20", "2016-01-08 09:00"])
def test_a_page_dated_long_after_or_before_its_news_says_nothing_of_the_year(printed: str) -> None:
    text = "4月29日，新乡县县长郭力到小冀镇督办中央第五生态环境保护督察组进驻河南以来交办的信访件。"
    page = Cleaned("新乡县落实督察交办问题", None, (text,), (Note("published", printed),))
    facts = describe(page, PAGE)
    assert (facts.date, facts.date_basis) == ("2021-04-29", "inferred")


def test_an_open_year_keeps_its_candidates() -> None:
    facts = describe(cleaned("6月17日，区长王生检查中央生态环保督察交办问题整改。"), PAGE)
    assert facts.date is None
    assert facts.date_basis == "unknown"
    assert "2021" in facts.evidence["date"].why
    assert facts.findings[0].code == "DATE-YEAR"


def test_a_schedule_fact_says_which_row() -> None:
    text = "6月4日，忻州市召开会议，部署配合中央生态环境保护督察边督边改工作。"
    facts = describe(cleaned(text), PAGE)
    assert (facts.date, facts.date_basis, facts.round, facts.batch) == ("2025-06-04", "inferred", 3, 4)
    assert facts.evidence["date"] == Evidence(
        "schedule", facts.evidence["date"].words, facts.evidence["date"].why
    )
    assert "第三轮第四批" in facts.evidence["round"].words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2021年4月9日，云南省召开中央生态环境保护督察整改会。", True),
        ("督察组要来了，河水黑得像酱油，老周不说话，环境就这样了。", False),
        ("第二十章 暗访\n环境督察组组长赵鹏问：这条河的污染谁负责？中央环保督察组都来了。", False),
        ("3月3日，市教育督导组检查校园卫生环境，校长汇报。", False),
    ],
)
def test_what_is_not_about_an_inspection_is_told(text: str, *, wanted: bool) -> None:
    facts = describe(cleaned(text), PAGE)
    assert facts.relevant is wanted
    assert any(finding.code == "NOT-ABOUT" for finding in facts.findings) is not wanted


@pytest.mark.parametrize(
    ("text", "provinces", "city"),
    [
        ("中央第三生态环境保护督察组进驻海南。", ("海南省",), None),
        ("对福建、海南、青海3个省开展中央生态环境保护督察。", ("福建省", "海南省", "青海省"), None),
        ("青海湖畔，海南州召开环保督察整改会。", ("青海省",), "海南藏族自治州"),
    ],
)
def test_an_ambiguous_name_follows_its_neighbours(
    text: str, provinces: tuple[str, ...], city: str | None
) -> None:
    facts = describe(cleaned(text), PAGE)
    assert (facts.provinces, facts.city) == (provinces, city)


def test_a_list_of_inspections_gives_no_number() -> None:
    listed = "会议研究第一轮中央环保督察问题、“回头看”反馈问题、省级环保督察问题整改。"
    facts = describe(cleaned(f"2023年2月1日，松滋市召开环保督察整改会。{listed}"), PAGE)
    assert facts.round_basis != "text"


def test_a_title_is_supplied_from_the_text() -> None:
    facts = describe(cleaned("6月4日，我市召开市委书记专题会。各县区、忻州经济开发区参加。"), PAGE)
    assert facts.title_basis == "supplied"
    assert facts.title == "忻州市召开市委书记专题会"
    assert describe(cleaned(""), PAGE).title == "无题"


def test_complaint_batches_are_no_inspection_batches() -> None:
    facts = describe(
        cleaned("中央生态环境保护督察组向我省交办第二十八批信访举报件，2021年9月5日办结。", "某省"), PAGE
    )
    assert facts.batch is None


@pytest.mark.parametrize(("year", "city", "county"), [(2017, "莱芜市", None), (2021, "济南市", "莱芜区")])
def test_a_place_is_what_it_was_that_year(year: int, city: str, county: str | None) -> None:
    text = f"{year}年9月20日，山东莱芜召开中央环保督察整改会，莱芜的整改工作走在前列。"
    facts = describe(cleaned(text, "莱芜扎实推进环保督察整改"), PAGE)
    assert (facts.provinces, facts.city, facts.county) == (("山东省",), city, county)
