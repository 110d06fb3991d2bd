"""Records made for these tests: one of each kind that a page must survive."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.archive.corpus import Corpus, corpus_of
from build_tools.archive.record import write
from build_tools.models import FrontMatter, Ground, Made, Official, Record

HOSTILE = "<script>alert(1)</script>{{ config }}{% raw %}</div>`*_#|~\"'&amp;--- ]]>\x02wzxhzdk:0\x03"


def record(number: int = 1, *paragraphs: str, **fields: object) -> Record:
    """A record with nothing but what it must have, and the given fields."""
    digest = f"{number:064x}"
    front = {
        "id": f"2017-08-21-jinan-{number:04x}",
        "title": f"第{number}篇",
        "made": Made(raw_sha256=digest, encoding="utf-8"),
        **fields,
    }
    return Record(FrontMatter.model_validate(front), paragraphs or ("正文一段。",))


def ordinary(number: int = 1, **fields: object) -> Record:
    """A record as most are."""
    given: dict[str, object] = {
        "title": "我市召开督察整改专题会议",
        "date": "2017-08-21",
        "date_basis": "text",
        "published": "2017-08-22",
        "level": "central",
        "round": 1,
        "batch": 4,
        "mode": "例行",
        "round_basis": "schedule",
        "stage": "整改",
        "provinces": ["山东省"],
        "city": "济南市",
        "officials": [Official(name="王文涛", title="市委书记"), Official(name="欧阳明", title="市长")],
        "source": "济南日报",
        "url": "https://example.org/a?b=1&c=2",
        "retrieved": "2020-01-01",
        "reporters": ["李记者"],
        "made": Made(
            raw_sha256=f"{number:064x}",
            encoding="gb18030",
            repairs={"pinyin-annotation": 5},
            lost=1,
            conjectured=1,
            evidence={
                "date": Ground(basis="text", words="8月21日"),
                "round": Ground(basis="schedule", words="R1B4 山东省", why="2017年8月10日进驻"),
            },
        ),
        **fields,
    }
    return record(number, "8月21日，会议召开。", "成〔效清〕单，打赢“清□”。", **given)


def difficult() -> list[Record]:
    """Bad input: empty fields, another year's id, markup everywhere, long titles, unknown places, many people."""
    crowd = [Official(name=f"赵{chr(0x4E00 + n)}", title="委员") for n in range(500)]
    attack = HOSTILE.replace("\x02", "").replace("\x03", "")
    return [
        record(2),
        record(3, id="undated-nowhere-0003"),
        record(4, id="1999-01-01-jinan-0004", date="2017-08-21"),
        record(5, title="长" * 300, provinces=["山东省"]),
        record(6, officials=crowd, provinces=["山东省"], date="2018"),
        record(7, provinces=["乌有省"], city="子虚市", county="亡是县", date="2018-05"),
        record(
            8,
            HOSTILE,
            title=attack,
            subtitle=attack,
            city=attack,
            county=attack,
            source=attack,
            provinces=["山东省", attack],
            officials=[Official(name=attack, title=attack)],
            reporters=[attack],
            editors=[attack],
            url='https://example.org/"><script>alert(1)</script>',
            date="2019-01-01",
            tags=[attack],
            made=Made(
                raw_sha256="8" * 64,
                encoding=attack,
                repairs={attack: 1},
                reliable=False,
                evidence={"date": Ground(basis="text", words=attack, why=attack)},
            ),
        ),
        ordinary(12, date="2017-06-31"),
        ordinary(13, date="0000-01"),
        ordinary(14, date="9999-12-31"),
        record(9, "一行。", level="provincial", mode="回头看", provinces=["云南省"], date="2019-11-12"),
        record(
            10, title="代拟", title_basis="supplied", provinces=["山东省"], round=9, batch=9, level="central"
        ),
    ]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Ordinary and difficult records together."""
    return corpus_of([ordinary(1), ordinary(11, date="2017-12-24", city="青岛市"), *difficult()])


def write_articles(corpus: Corpus, folder: Path) -> Path:
    """The records as files, each with a raw page."""
    for item in corpus:
        path = folder / item.id[:4] / f"{item.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(item), encoding="utf-8", newline="\n")
        path.with_suffix(".raw.html").write_text(
            "<script>alert('raw')</script>", encoding="utf-8", newline="\n"
        )
    return folder
