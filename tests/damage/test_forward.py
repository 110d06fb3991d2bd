"""The forward direction reproduces what real pages show, byte for byte."""

from __future__ import annotations

from random import Random

import pytest

from tests.damage.article import articles
from tests.damage.case import Answer
from tests.damage.clone import Site, clone
from tests.damage.kinds import REPARABLE, UNRELIABLE, cases
from tests.damage.verdict import agrees

ALL = Site(annotated=1.0)
NONE = Site(annotated=0.0)
PLAIN = Site(simplified=True)
COMMA = Site(annotated=0.0, mark=b",", tagged=False)

SEEN = [
    ("会议", ALL, "會(huì)議(yì)"),
    ("使“问题清单”变为“成效清单”。", NONE, "使“問題清單”變為“成效清單”。"),
    ("打赢“清海”、攻坚", NONE, "打贏“清?!?、攻堅"),
    ("各省（自治区、", NONE, "各?。ㄗ灾螀^、"),
    ("卢相汀）", NONE, "盧相?。?/p>"),
    ("环保现状", NONE, "環?,F狀"),
    ("日报", ALL, "日?qǐng)?bào)"),
    ("可参照执行", ALL, "可參(cān)照?qǐng)?zhí)行"),
    ("当地公安、消防", ALL, "當(dāng)?shù)毓?、消防"),
    ("因为提到PDM", Site(annotated=1.0, mark=b""), "因?yàn)?wèi)提到PDM"),
    ("制度。”全国人大代表、环境", NONE, "制度?!比珖舜蟠?、環境"),
    ("性工作。化工厂是", NONE, "性工作?;S是"),
    ("也只是在当地的所见所闻，对", NONE, "也只是在當地的所見所聞,對"),
    ("生态环境保护工作的关心、理解", PLAIN, "生态环境?;すぷ鞯墓匦?、理解"),
    ("因为担心督察", Site(annotated=1.0, mark=b"", small=False), "因?yàn)?wèi)擔(dān)心督察"),
    ("理的。”符海生第一个在", ALL, "理的?!狈I谝粋(gè)在"),
    ("更不好。”", NONE, "更不好?!?/p>"),
]


@pytest.mark.parametrize(("text", "site", "shown"), SEEN, ids=[text for text, _, _ in SEEN])
def test_a_clone_shows_what_real_pages_show(text: str, site: Site, shown: str) -> None:
    assert clone(text, Random(1), site).shown == shown


def test_a_visible_mark_goes_before_two_marks_of_three() -> None:
    shown = clone("一，二，三，四，五，六，七，八，九，十。", Random(1), COMMA).shown
    assert shown.count(",,") in range(4, 9)


@pytest.mark.parametrize("kind", [*REPARABLE, *UNRELIABLE])
def test_the_same_seed_gives_the_same_pages(kind: str) -> None:
    assert list(cases(kind, 3)) == list(cases(kind, 3))


@pytest.mark.parametrize("kind", REPARABLE)
def test_answers_are_the_texts_themselves(kind: str) -> None:
    texts = {article.text for article in articles()}
    for case in cases(kind, 5):
        assert case.answer.text in texts
        assert all(not case.answer.text[at].isspace() for at in case.answer.lost)


def test_the_truth_agrees_with_itself_and_losses_may_be_marked() -> None:
    for case in cases("clone", 10):
        assert agrees(case.answer.text, case.answer).exact
        assert agrees(case.answer.marked, case.answer).exact


def test_a_false_character_is_found_whatever_stands_around_it() -> None:
    verdict = agrees("甲乙丙丁戊", Answer("甲乙子丁戊"))
    assert [(one.shown, one.truth) for one in verdict.wrong] == [("丙", "子")]
    assert agrees("甲乙〔丙〕丁戊", Answer("甲乙子丁戊", frozenset({2}))).conjectures_wrong == 1
