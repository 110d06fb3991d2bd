"""Facts survive the damage that a clone does: what can be repaired costs none, what is lost is not guessed."""

from __future__ import annotations

import pytest

from build_tools.describe.facts import describe
from build_tools.models import Cleaned, Page
from tests.describe.damaged import tally

HARMLESS = ("doubled-punctuation", "half-width", "traditional")
SEVERE = ("clone", "clone-simplified", "toneless-pinyin")
LOWEST = {
    "officials": 0.93,
    "officials_title": 0.92,
    "level": 0.95,
    "provinces": 0.93,
    "date": 0.9,
    "relevant": 0.98,
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_damage_that_can_be_undone_costs_no_fact(kind: str) -> None:
    result = tally(kind, every=12)
    assert min(result.scores().values()) >= 0.97, "\n".join(result.confusions)


@pytest.mark.parametrize("kind", SEVERE)
def test_damage_that_loses_characters_costs_few(kind: str) -> None:
    result = tally(kind, every=12)
    scores = result.scores()
    assert all(scores[name] >= lowest for name, lowest in LOWEST.items()), "\n".join(result.confusions)
    wrong = [words for words in result.confusions if ": date 应为" in words and not words.endswith("得 None")]
    assert not wrong


def test_conjectured_characters_are_read_and_stay_marked() -> None:
    first = "2021年4月9日，中央第〔八〕生态环〔境〕保护督察组进驻云南省。"
    second = "〔督〕察组组长李明〔轩〕讲话，昆明〔市〕委书记王伟主持。"
    facts = describe(Cleaned("督察组进驻云南", None, (first, second)), Page(b""))
    assert (facts.level, facts.round, facts.batch) == ("central", 2, 3)
    assert [(one.name, one.title) for one in facts.officials] == [
        ("李明□", "〔督〕察组组长"),
        ("王伟", "昆明〔市〕委书记"),
    ]
    assert facts.evidence["level"].words == "中央第〔八〕生态环〔境〕保护督察"
