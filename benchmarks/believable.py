"""A believable archive of any size: records with provinces, batches, officials with careers. Nothing in it is true.

    python -m benchmarks.believable 1000 /path/to/empty/folder [--people 300]

Never write into ``articles/``: the folder must be empty, and every id ends in a mark that real ids cannot have.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from build_tools.archive.record import write
from build_tools.knowledge.schedule import Batch, Target, schedule
from build_tools.models import FrontMatter, Ground, Made, Official, Record, Stage
from build_tools.site.surnames import pinyin

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜"
    "范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
    "汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧阳"
    "靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费"
    "蒙席晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗"
    "仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占公门帅利"
    "满"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文建国华志红海波峰玉兰金宝林辉健俊鹏飞斌宇浩凯晓东升立"
    "新德胜永利祥荣福庆树清江山春生学忠义光远振兴"
)
CITIES = [
    "东安",
    "南川",
    "西平",
    "北辰",
    "临江",
    "清河",
    "长宁",
    "武成",
    "新丰",
    "永定",
    "安远",
    "平湖",
    "怀德",
    "广信",
    "兴化",
    "通源",
]
TITLES = (
    "市委书记",
    "市委副书记、市长",
    "市委常委、常务副市长",
    "副市长",
    "市人大常委会主任",
    "市政协主席",
    "市生态环境局局长",
)
CLAUSES = (
    "会议传达学习了督察反馈意见", "要求各级各部门提高站位", "对照问题清单逐项整改", "确保改一件成一件",
    "现场查看了污水处理厂运行情况", "严肃查处偷排直排行为", "群众反映的扬尘问题已交办", "举一反三开展排查",
    "坚决防止一刀切", "压实党政同责和一岗双责", "黑臭水体治理进度滞后", "渗滤液处置不到位", "矿山修复率逐年提高",
    "推动产业结构调整", "将结果向社会公开", "加密巡查频次", "对三家企业立案处罚", "约谈相关责任人",
)  # fmt: skip
STAGES: tuple[Stage, ...] = (
    "动员",
    "进驻",
    "边督边改",
    "边督边改",
    "下沉",
    "反馈",
    "整改",
    "整改",
    "整改",
    "警示片",
    "问责",
)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    province: str
    city: str
    start: int


def archive(size: int, seed: int = 1, people: int | None = None) -> Iterator[Record]:
    """Records in no particular order, the same for the same size and seed; without ``people`` a third as many."""
    chance = random.Random(seed)
    targets = [
        (batch, target)
        for batch in schedule().batches
        for target in batch.targets
        if target.kind in ("province", "xpcc")
    ]
    named = _people(chance, targets, people or max(30, size // 3))
    for number in range(size):
        batch, target = chance.choice(targets)
        yield _record(chance, number, batch, target, named)


def _people(
    chance: random.Random, targets: list[tuple[Batch, Target]], count: int
) -> dict[str, list[_Person]]:
    found: dict[str, list[_Person]] = {target.name: [] for _, target in targets}
    provinces = sorted(found)
    for _ in range(count):
        province = chance.choice(provinces)
        given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
        person = _Person(
            chance.choice(SURNAMES) + given, province, chance.choice(CITIES), chance.randrange(5)
        )
        found[province].append(person)
    return found


def _record(
    chance: random.Random, number: int, batch: Batch, target: Target, people: dict[str, list[_Person]]
) -> Record:
    stage = chance.choice(STAGES)
    day = _day(chance, batch, stage)
    pool = people[target.name] or [_Person("王一", target.name, CITIES[0], 0)]
    named = chance.sample(pool, min(len(pool), chance.randrange(2, 8)))
    city = f"{named[0].city}市"
    digest = hashlib.sha256(f"{number}/{target.name}".encode()).hexdigest()
    is_provincial = chance.random() < 0.15
    text = _paragraphs(chance, named, city, day)
    lost = sum(paragraph.count("□") for paragraph in text)
    front = FrontMatter(
        id=f"{day}-{pinyin(city)}-{digest[:8]}",
        title=f"{city}{chance.choice(('召开', '部署', '推进'))}{chance.choice(CLAUSES)}会议",
        date=day.isoformat(),
        date_basis="text",
        published=(day + timedelta(days=1)).isoformat(),
        level="provincial" if is_provincial else "central",
        round=None if is_provincial else batch.round,
        batch=None if is_provincial else batch.batch,
        mode="例行" if is_provincial else batch.mode,
        round_basis=None if is_provincial else "schedule",
        stage=stage,
        provinces=[target.name],
        city=city,
        tags=[target.name, city, stage],
        officials=[Official(name=person.name, title=_title(person, day)) for person in named],
        source=f"{named[0].city}日报",
        url=f"https://example.org/{number}.html",
        retrieved=(day + timedelta(days=400)).isoformat(),
        reporters=[f"{chance.choice(SURNAMES)}{chance.choice(GIVEN)}"],
        made=Made(
            raw_sha256=digest,
            encoding="gb18030",
            repairs={"pinyin-annotation": chance.randrange(60), "missing-punctuation": 3},
            lost=lost,
            evidence={
                "date": Ground(basis="text", words=f"{day.month}月{day.day}日"),
                "round": Ground(basis="schedule", words=batch.id, why=batch.label),
            },
        ),
    )
    return Record(front, text)


def _day(chance: random.Random, batch: Batch, stage: str) -> date:
    window = str(batch.window.v or batch.announced.v)
    start = date.fromisoformat(window[:10])
    late = {"动员": 3, "进驻": 20, "边督边改": 35, "下沉": 30, "反馈": 200}.get(stage, 700)
    last = date.fromisoformat(schedule().coverage_until)
    return min(
        start + timedelta(days=chance.randrange(late // 2, late + 1)),
        last - timedelta(days=chance.randrange(30)),
    )


def _title(person: _Person, day: date) -> str:
    """A career: one step up every four years."""
    step = max(0, person.start - (day.year - 2015) // 4)
    return TITLES[min(step + len(person.name) % 3, len(TITLES) - 1)]


def _paragraphs(chance: random.Random, named: list[_Person], city: str, day: date) -> tuple[str, ...]:
    first = f"{day.month}月{day.day}日，{city}召开生态环境保护督察整改工作会议，{named[0].name}出席并讲话。"
    rest = []
    for person in (named * 3)[:7]:
        body = "，".join(chance.choices(CLAUSES, k=chance.randrange(14, 24)))
        rest.append(f"{person.name}指出，{body}{'□' if chance.random() < 0.05 else ''}。")
    return (first, *rest)


def write_archive(size: int, folder: Path, seed: int = 1, people: int | None = None) -> None:
    """Writes the records as ``articles/`` keeps them, each with a raw page beside it."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder}: not empty; a made-up archive is never mixed with another")
    for record in archive(size, seed, people):
        path = folder / record.id[:4] / f"{record.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(record), encoding="utf-8", newline="\n")
        raw = path.with_suffix(".raw.txt")
        raw.write_text(record.text, encoding="gb18030", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int)
    options = parser.parse_args()
    write_archive(options.size, options.folder, people=options.people)
