"""The related tier ranks as one whole lunr index over the same words would."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from build_tools.archive.corpus import Corpus
from build_tools.site.search import fold, texts, words
from tests.search.conftest import Reader
from tests.search.test_exact import made_up

QUERIES = ("黄河整改", "督察组反馈", "问题清单落实", "王文涛督察组", "流域保护整改", "整治销号")

_WHOLE = """([documents, clauses]) => {
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
    lunr = (
        files("mkdocs")
        .joinpath("contrib", "search", "templates", "search", "lunr.js")
        .read_text(encoding="utf-8")
    )
    # The library as mkdocs brings it, run as a script of the page.
    reader.evaluate("(source) => { window.eval(source); return typeof lunr; }", lunr)
    whole = documents(corpus)
    for query in QUERIES:
        clauses: list[list[Any]] = reader.evaluate(
            "async (q) => (await Archive.clausesFor([{ text: q }])).map(({ word, boost }) => [word, boost])",
            query,
        )
        assert clauses
        expected = dict(reader.evaluate(_WHOLE, [whole, clauses]))
        found = reader.evaluate(
            "async (q) => (await Archive.find(q)).hits.map(({ article, tier, score }) => [article, tier, score])",
            query,
        )
        related = [(article, score) for article, tier, score in found if tier == "related"]
        assert {article for article, *_ in found} >= expected.keys()
        for article, score in related:
            assert score == pytest.approx(expected[article], abs=1e-9)
        ranks = [score for _, score in related]
        assert ranks == sorted(ranks, reverse=True)


def test_cuts_as_jieba_does() -> None:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for term in [*words._terms()["words"], *(term for group in words.synonyms() for term in group)]:
        tokenizer.add_word(fold.fold(term))
    for record in made_up(20, seed=1):
        for run in words._RUN.findall(fold.fold(record.text)):
            if run[0] >= "\u2e80":
                assert words.best_route(run) == list(tokenizer.cut(run, HMM=False))
