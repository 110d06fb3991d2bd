"""The related tier ranks as one whole lunr index over the same words would."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from build_tools.archive.corpus import Corpus
from build_tools.site.scripts import lunr
from build_tools.site.search import fold, texts, words
from tests.search.conftest import Reader, archive
from tests.search.test_exact import made_up

QUERIES = ("黄河整改", "督察组反馈", "问题清单落实", "王文涛督察组", "流域保护整改", "整治销号")

_WHOLE = """([documents, clauses]) => {
    const lunr = window.whole;
    const builder = new lunr.Builder();
    builder.tokenizer = (text) => text.split(" ").filter(Boolean).map((word) => new lunr.Token(word, {}));
    builder.b(0);
    builder.ref("id");
    builder.field("text");
    documents.forEach((text, id) => builder.add({ id, text }));
    return builder.build().query((query) => {
        for (const [term, boost] of clauses) query.term(term, { boost, usePipeline: false });
    }).map(({ ref, score }) => [Number(ref), score]);
}"""


def documents(corpus: Corpus) -> list[str]:
    """Each article as its words with a space between, as ``words_of`` cuts them."""
    folded = [fold.fold_lines(texts.searched(record)) for record in corpus]
    found = words.words_of(folded)
    rows: list[list[str]] = [[] for _ in folded]
    for word, article, count in zip(found.word, found.article, found.count, strict=True):
        rows[article] += [found.vocabulary[word]] * int(count)
    return [" ".join(row) for row in rows]


@pytest.mark.browser
def test_ranks_as_one_lunr_index(reader_of: Callable[[Corpus], Reader]) -> None:
    corpus = made_up(150, seed=11)
    reader = reader_of(corpus)
    # The library as the package brings it, run as a script of the page: what is published must be the same.
    reader.evaluate("(source) => { window.eval(source); window.whole = lunr; delete window.lunr; }", lunr())
    whole = documents(corpus)
    for query in QUERIES:
        clauses: list[list[Any]] = reader.evaluate(
            "async (q) => (await Archive.related.clausesFor([{ text: q }])).map(({ word, boost }) => [word, boost])",
            query,
        )
        assert clauses
        expected = dict(reader.evaluate(_WHOLE, [whole, clauses]))
        found = reader.evaluate(
            """async (q) => (await Archive.find(q, { related: true })).hits
                .map(({ article, tier, score }) => [article, tier, score])""",
            query,
        )
        related = [(article, score) for article, tier, score in found if tier == "related"]
        assert {article for article, *_ in found} >= expected.keys()
        for article, score in related:
            assert score == pytest.approx(expected[article], abs=1e-9)
        ranks = [score for _, score in related]
        assert ranks == sorted(ranks, reverse=True)


_LOADED = (
    "() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('lunr.js')).length"
)


@pytest.mark.browser
def test_lunr_is_loaded_only_for_what_is_related(reader_of: Callable[[Corpus], Reader]) -> None:
    """Ten exact hits fill the first page: words are then compared only when asked for."""
    reader = reader_of(
        archive(*(f"题\n督察组进驻{'，问题清单' if number < 9 else ''}。" for number in range(30)))
    )
    assert reader.search("督察组进驻") | {"hits": []} == {"exact": 30, "total": 30, "hits": []}
    assert reader.evaluate("() => typeof lunr") == "undefined"
    few = reader.search("进驻，问题")
    assert (few["exact"], few["total"]) == (9, 30)
    assert reader.evaluate("() => lunr.version") == "2.3.9"
    assert reader.search("问题清单", {"related": True})["total"] == 9


def test_cuts_as_jieba_does() -> None:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for term in [*words._terms()["words"], *(term for group in words.synonyms() for term in group)]:
        tokenizer.add_word(fold.fold(term))
    lines = [fold.fold(record.text) for record in made_up(20, seed=1)]
    lines += ["中央生态环境保护督察组进驻", "", "pm2.5与co2的1,000吨、□市長江", "二〇一七年𠮷野家ab"]
    expected: list[list[str]] = []
    for line in lines:
        runs = re.findall("[\u2e80-\U0003ffff]+", line)
        found = [word for run in runs for word in tokenizer.cut(run, HMM=False)]
        latin = re.findall(r"[0-9a-z]+(?:\.[0-9a-z]+)*", line)
        expected.append([word for word in found + latin if 2 <= len(word) <= words.LONGEST_WORD])
    cut, at = words.cut(lines)
    rows: list[list[str]] = [[] for _ in lines]
    for word, line_number in zip(cut, at, strict=True):
        rows[line_number].append(word)
    assert rows == expected
