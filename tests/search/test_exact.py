"""What the browser finds is what a scan of the folded texts finds, for any texts and any query."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.archive.corpus import Corpus
from build_tools.site import search_index
from build_tools.site.search import fold, phrases, texts, tree, volumes
from tests.search.conftest import Reader, archive, article

pytestmark = pytest.mark.browser

# Few characters and repeated clauses make every kind of list: pairs, longer strings, tails, heads.
_CLAUSES = (
    "中央环保督察组反馈问题整改", "反馈问题整改落实到位", "黄河流域生态保护", "不到位不放过", "立行立改", "督察组进驻",
    "整改一件、销号一件", "问题清单", "PM2.5浓度", "blue sky", "“回头看”", "成〔效清〕单", "打赢“清□”", "王文涛", "一",
)  # fmt: skip


def scan(corpus: Corpus, query: str) -> list[str]:
    """Ids of the articles whose folded text contains the folded query."""
    wanted = fold.fold(query)
    return [record.id for record in corpus if wanted in fold.fold_lines(texts.searched(record))]


def made_up(count: int, seed: int) -> Corpus:
    """Articles of clauses drawn by chance, some of single characters drawn by chance."""
    draw = random.Random(seed)
    written = []
    for _ in range(count):
        lines = [
            "，".join(draw.choice(_CLAUSES) for _ in range(draw.randint(1, 6)))
            + "".join(
                draw.choice("的一是在不了有和人这中大为上个国我以要他") for _ in range(draw.randint(0, 30))
            )
            for _ in range(draw.randint(1, 4))
        ]
        written.append("\n".join(lines))
    return archive(*written)


def cuts(corpus: Corpus, count: int, seed: int) -> list[str]:
    """Pieces of the texts cut anywhere, some with their characters shuffled."""
    draw = random.Random(seed)
    found: set[str] = set()
    lines = [line for record in corpus for line in record.text.split("\n")]
    while len(found) < count:
        line = draw.choice(lines)
        start, size = draw.randrange(len(line)), draw.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20, 40))
        piece = list(line[start : start + size])
        if draw.random() < 0.2:
            draw.shuffle(piece)
        query = "".join(piece).strip()
        if not query.startswith(("-", '"')) and " " not in query and any(map(str.isalnum, query)):
            found.add(query)
    return sorted(found)


@pytest.mark.parametrize("size", [1, 7, 120, 600])
def test_every_piece_is_found_and_nothing_else(reader_of: Callable[[Corpus], Reader], size: int) -> None:
    corpus = made_up(size, seed=size)
    queries = cuts(corpus, min(40 + size, 250), seed=size)
    found = reader_of(corpus).exact_of_all(queries)
    differing = {
        query: (sorted(scan(corpus, query)), sorted(ids))
        for query, ids in zip(queries, found, strict=True)
        if sorted(scan(corpus, query)) != sorted(ids)
    }
    assert differing == {}


def test_small_common_marks_stress_every_rule(
    reader_of: Callable[[Corpus], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the bar for long strings low, most strings have lists, heads or tails."""
    monkeypatch.setattr(volumes, "READ", 2)
    monkeypatch.setattr(volumes, "LEAST", 2)
    corpus = made_up(90, seed=5)
    queries = cuts(corpus, 300, seed=6)
    found = reader_of(corpus).exact_of_all(queries)
    for query, ids in zip(queries, found, strict=True):
        assert sorted(ids) == sorted(scan(corpus, query)), query


def test_every_string_is_found_in_its_own_file(
    reader_of: Callable[[Corpus], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With files of a few records, a string, its beginnings and its words lie in different ones."""
    corpus = made_up(90, seed=5)
    whole = reader_of(corpus)
    for name in ("SMALLEST", "LARGEST"):
        monkeypatch.setattr(search_index, name, 10)
    monkeypatch.setattr(tree, "SPARED", 1)
    # Volumes of a few articles: what one has is not what another has.
    monkeypatch.setattr(volumes, "LARGEST", 20)
    monkeypatch.setattr(volumes, "LEAST", 2)
    cut = reader_of(corpus)
    assert cut.evaluate("async () => (await Archive.index.open()).volumes.length") > 4
    assert _lists(cut) > 20 * _lists(whole)
    queries = cuts(corpus, 200, seed=8)
    for query, ids in zip(queries, cut.exact_of_all(queries), strict=True):
        assert sorted(ids) == sorted(scan(corpus, query)), query
    words = """async (all) => {
        const found = [];
        for (const text of all) found.push(await Archive.related.clausesFor([{ text }]));
        return found.map((clauses) => clauses.map(({ word, list }) => [word, [...list]]));
    }"""
    asked = ["黄河流域生态保护整改", "中央环保督察组反馈问题", "立行立改督察组进驻", "问题清单不放过"]
    found = cut.evaluate(words, asked)
    assert all(found)
    assert found == whole.evaluate(words, asked)


def _lists(reader: Reader) -> int:
    return len(list((reader.folder / "search" / "g").iterdir()))


def test_texts_are_read_as_they_were(
    reader_of: Callable[[Corpus], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spelled by a sample of themselves, with characters that it does not have."""
    monkeypatch.setattr(phrases, "SAMPLE", 400)
    corpus = archive(
        *(record.text for record in made_up(60, seed=2)), "稀字\n𠮷野家，龘靐\u3000齉 “x\\y”\t😀é\n末段"
    )
    reader = reader_of(corpus)
    read = reader.evaluate(
        """async (count) => {
            const articles = Array.from({ length: count }, (_, number) => Archive.index.article(number));
            return (await Promise.all(articles)).map(({ lines }) => lines.join("\\n"));
        }""",
        len(corpus),
    )
    assert read == [record.text for record in corpus]
    listed = reader.evaluate("async () => [await Archive.index.listed(0), await Archive.index.listed(60)]")
    assert [row["id"] for row in listed] == [corpus.records[0].id, corpus.records[60].id]
    assert [row["title"] for row in listed] == [corpus.records[0].front.title, corpus.records[60].front.title]


@given(st.lists(st.text(alphabet="环保督察 a1-“，\n□〔〕", max_size=30), min_size=1, max_size=5), st.data())
@settings(max_examples=12)
def test_any_texts_any_query(
    reader_of: Callable[[Corpus], Reader], bodies: Sequence[str], data: st.DataObject
) -> None:
    corpus = archive(*(f"题\n{body}" for body in bodies))
    queries = data.draw(
        st.lists(st.text(alphabet="环保督察a1，□", min_size=1, max_size=5), min_size=1, max_size=6)
    )
    queries = [query for query in queries if fold.fold(query).strip("，,")]
    for query, ids in zip(queries, reader_of(corpus).exact_of_all(queries), strict=True):
        assert sorted(ids) == sorted(scan(corpus, query)), query


@pytest.fixture(scope="module")
def small(reader_of: Callable[[Corpus], Reader]) -> Reader:
    return reader_of(
        archive(
            "黄河治理\n督察组进驻，要求整改。The blue sky plan。",
            "长江保护\n督察反馈问题“一刀切”，成〔效清〕单。PM2.5浓度下降，据了解，围绕着目标。",
            "黄河流域\n不涉及那两个字的文章，整改到位，显著成效。",
        )
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("督察", {0, 1}),
        ("督察 黄河", {0}),
        ("黄河 -督察", {2}),
        ("-黄河", {1}),
        ('"blue sky"', {0}),
        ("bluesky", set()),
        ("BLUE", {0}),
        ("ＰＭ２.５", {1}),
        ("反饋問題", {1}),
        ("成效清單", {1}),
        ("一刀切", {1}),
        ("「一刀切」", {1}),
        ("瞭解", {1}),
        ("圍繞著", {1}),
        ("顯著", {2}),
        ("整改，", set()),
        ("整改。", {0}),
        ("保护督察", set()),
        ("火星", set()),
        ("", set()),
        ("。。。", set()),
    ],
)
def test_what_a_query_means(small: Reader, query: str, found: set[int]) -> None:
    assert {int(record_id[-4:], 16) for record_id in small.exact(query)} == found


HOSTILE = [
    "督" * 10_000, "督察 " * 3000, ".*+?^${}()|[]\\", "<img src=x onerror=alert(1)>", "'\"><script>", "\x00\x01\x1f",
    "😀🏳️\u200d🌈", "\u202e督察", "——……", "-", "--", '"', '""', "－", "\ufffe", "%E0%A4%A", "__proto__", "constructor",
    "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_harmless(small: Reader, query: str) -> None:
    answer = small.search(query)
    assert answer["exact"] <= answer["total"] <= 3


def test_lone_surrogates_are_harmless(small: Reader) -> None:
    assert small.evaluate(r"Archive.search('\ud800').then((found) => found.total)") == 0
    assert small.evaluate(r"Archive.search('督察\udc00').then((found) => found.exact)") == 2


@pytest.mark.parametrize(
    "filters", [{"from": "x"}, {"sort": "?"}, {"page": 7}, {"province": None}, {"__proto__": 1}]
)
def test_nonsense_filters_change_nothing(small: Reader, filters: dict[str, object]) -> None:
    assert len(small.exact("督察", filters)) == 2


def test_filters(reader_of: Callable[[Corpus], Reader]) -> None:
    from build_tools.archive.corpus import corpus_of

    reader = reader_of(
        corpus_of(
            [
                article(1, "甲", "督察", date="2017-08-21", provinces=["山东省"], city="济南市", level="central",
                        round=1, batch=3, officials=["王文涛", "王忠林"], source="济南日报", stage="整改"),
                article(2, "乙", "督察", date="2019-11", provinces=["云南省"], level="provincial", round=1,
                        officials=["吴俊明"], stage="动员"),
                article(3, "丙", "督察", date=None, provinces=["山东省", "云南省"], level="central", round=3, batch=4),
            ]
        )
    )  # fmt: skip

    def found(**filters: object) -> str:
        return "".join(sorted(record_id[-1] for record_id in reader.exact("督察", filters)))

    assert found(province="山东省") == "13"
    assert found(province="山东") == "13"
    assert found(province=["山东省", "云南省"]) == "123"
    assert found(province="山东省", official="王忠林") == "1"
    assert found(official="王") == ""
    assert found(round="1.3") == found(round="1-3") == found(round="第一轮第三批") == "1"
    assert found(round="1") == "1"
    assert found(round="p1") == "2"
    assert found(level="中央") == "13"
    assert found(stage="动员") == "2"
    assert found(city="济南") == "1"
    assert found(year="2019") == "2"
    assert found(to="2017-12") == "1"
    assert found(**{"from": "2018"}) == "2"
    assert found(province="火星") == ""
    assert len(reader.exact("", {"province": "山东省"})) == 2


def test_a_missing_or_broken_shard_is_named_and_the_rest_works(reader_of: Callable[[Corpus], Reader]) -> None:
    reader = reader_of(made_up(120, seed=3))
    (reader.folder / "search" / "ids.js").rename(reader.folder / "ids.js")
    shard = reader.folder / "search" / "g" / "0.js"
    whole = shard.read_bytes()
    trial = "Archive.find('王文涛').then(() => '', (error) => error.message + '|' + error.shard)"
    for broken in (
        whole[: len(whole) // 2],
        whole.replace(b"a", b"b"),
        b"",
        b"Archive.receive('g/0',1,1,'')",
    ):
        shard.write_bytes(broken)
        reader.reload()
        message = reader.evaluate(trial)
        assert message == "" or message.endswith("|g/0")
    shard.write_bytes(whole)
    assert reader.evaluate("Archive.find('王文涛').then((found) => found.exact)") > 0


def test_the_same_corpus_gives_the_same_bytes() -> None:
    from build_tools.site.search_index import search_files

    corpus = made_up(50, seed=9)
    assert list(search_files(corpus)) == list(search_files(corpus))
