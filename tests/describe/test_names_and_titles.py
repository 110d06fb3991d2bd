"""Titles by grammar, names by their surroundings: one case for each pattern, and what must not be a name."""

from __future__ import annotations

import pytest

from build_tools.describe.officials import officials
from build_tools.describe.titles import titles_in

TITLES = {
    "会议由曲阳市委副书记、市长甲主持": ["曲阳市委副书记、市长"],
    "省委常委、秘书长": ["省委常委、秘书长"],
    "市委常委、组织部部长兼统战部部长": ["市委常委、组织部部长兼统战部部长"],
    "中央第五环境保护督察组组长": ["中央第五环境保护督察组组长"],
    "省委、省政府第三生态环境保护督察组组长": ["省委、省政府第三生态环境保护督察组组长"],
    "市自然资源和规划局党组书记、局长": ["市自然资源和规划局党组书记、局长"],
    "市委副秘书长、政研室主任": ["市委副秘书长、政研室主任"],
    "师市党委书记、十三师政委": ["师市党委书记、十三师政委"],
    "市长江保护、区长效机制、书记处、主任会议": [],
}

PEOPLE = {
    "市委书记朱大东主持会议并讲话，市长李国强出席。": "朱大东|市委书记 李国强|市长",
    "副市长党卫部署有关工作；市领导向各县（市、区）颁发清单。": "党卫|副市长",
    "市委副书记苏文伟和市里的领导同志杨森、程智出席会议。": "苏文伟|市委副书记 杨森|市里的领导同志 程智|市里的领导同志",
    "胡波、陈双全等县领导参加会议。": "胡波|县领导 陈双全|县领导",
    "会议由李国荣省长主持。": "李国荣|省长",
    "艾力克·扎克尔主席指出要坚持问题导向。": "艾力克·扎克尔|主席",
    "副省长艾力更·买买提出席会议。": "艾力更·买买提|副省长",
    "市委书记、市长出席会议。督察组有关人员参加。": "",
    "省委主要领导、分管负责同志出席，负责人王某、李某某参加。": "",
    "以习近平同志为核心的党中央高度重视。": "",
    "成立由省委副书记、省长任组长的领导小组。": "",
    "某矿业公司董事长聂龙表示整改。聂龙指出问题。": "",
    "村民李大山说，河水变清了。": "",
    "副组长 刘 伟，成员若干。": "刘伟|副组长",
    "给予赣州市政府原副市长刘建平行政记过处分。": "刘建平|赣州市政府副市长|原",
    "时任县环保局局长庞润被诫勉谈话。": "庞润|县环保局局长|时任",
    "县长李□峰带队检查。": "李□峰|县长",
    "欧阳志刚书记强调，要立行立改。": "欧阳志刚|书记",
    "组长：庞波 市委书记": "庞波|市委书记",
    "州委书记王国和作表态发言，市长王伟和副市长李明参加。": "王国和|州委书记 王伟|市长 李明|副市长",
    "市政协主席张作平等市领导出席。": "张作平|市政协主席",
    "县委书记汤祚民逐家走访。": "汤祚民|县委书记",
    "镇党委书记柏松跑了七个省。": "柏松|镇党委书记",
    "市环保局局长田野、副局长郭永回答提问。田野介绍，已办结。": "田野|市环保局局长 郭永|副局长",
    "对副局长金哲予以诫勉。": "金哲|副局长",
    "市生态环境局土壤科科长范迪说，每半年测一次。": "范迪|市生态环境局土壤科科长",
    "记者：一次督察，市长怎么安排？": "",
    "督察组副组长因新中通报。因新中要求整改。": "因新中|督察组副组长",
    "（记者魏鹏）市长李明主持。": "李明|市长",
    "书记王大涛出席。王建在主持讲话中就落实会议精神提出要求。": "王大涛|书记 王建|",
}


@pytest.mark.parametrize(("text", "wanted"), TITLES.items())
def test_titles(text: str, wanted: list[str]) -> None:
    assert [title.text for title in titles_in(text)] == wanted


@pytest.mark.parametrize(("text", "wanted"), PEOPLE.items())
def test_people(text: str, wanted: str) -> None:
    people, _ = officials(text)
    rows = [tuple((row + "||").split("|")[:3]) for row in wanted.split()]
    assert [(person.name, person.title or "", person.tenure or "") for person in people] == rows


def test_every_person_has_the_words_that_name_them() -> None:
    text = "市委书记朱大东主持会议，市领导杨森、程智出席。"
    people, evidence = officials(text)
    assert all(person.name in evidence[f"officials.{person.name}"].words for person in people)
    assert evidence["officials"].words == "朱大东、杨森、程智"
