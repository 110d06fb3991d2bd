"""Lines that stand around an article or break it: what layout takes out of the text, one rule for each kind.

Layout decides about all lines together (``clean/layout.py``); here each kind is named, shown and put to the test.
"""

from __future__ import annotations

from collections.abc import Callable

from build_tools.clean.layout import broken_lines, laid_out
from build_tools.clean.manuscript import Edit
from build_tools.clean.rules import Rule

_TITLE = "督察组进驻全市动员会召开"
_TEXT = "会议强调，要全力配合督察。"


def _edits_of(kind: str) -> Callable[[str], list[Edit]]:
    return lambda text: laid_out(text, title_given=False).edits.get(kind, [])


def _around(line: str) -> tuple[str, str]:
    return f"{_TITLE}\n{line}\n{_TEXT}", f"{_TITLE}\n{_TEXT}"


PAGE_DATE = Rule(
    name="page-date",
    scope="page",
    summary="页面自己的发布日期一行，移作事实“发表日期”。",
    find=_edits_of("page-date"),
    examples=(_around("发布日期：2017-08-22"), _around("2017-08-22 09:30 来源：某某日报 作者：王某")),
    innocent=(_TEXT, "时间：2020年3月12日下午\n地点：市政府\n会议听取了汇报。"),
)
DATELINE = Rule(
    name="dateline",
    scope="page",
    summary="转载页显示的当天日期，不是文章的日期，移出正文。",
    find=_edits_of("dateline"),
    examples=((f"2024年09月03日 星期二\n{_TITLE}\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),),
    innocent=(f"{_TEXT}\n2022年8月15日", "2023年8月15日，是首个全国生态日。"),
)
SOURCE_LINE = Rule(
    name="source",
    scope="page",
    summary="写明来源的一行，移作事实“来源”。",
    find=_edits_of("source"),
    examples=(_around("信息来源：某某日报"),),
    innocent=(_TEXT, "污染来源：一是工业，二是生活。要分类治理。"),
)
CREDIT_LINE = Rule(
    name="credit",
    scope="page",
    summary="署名一行（记者、摄影、编辑、审核），移作事实。",
    find=_edits_of("credit"),
    examples=(_around("责任编辑：高某"), _around("（某某网记者 朱某某）")),
    innocent=("记者：听说督察组来了，您怎么看？\n答：很好。", f"{_TEXT}（记者魏某）"),
)
CAPTION = Rule(
    name="caption",
    scope="page",
    summary="图片说明，移出正文；摄影者是事实。",
    find=_edits_of("caption"),
    examples=((f"会议会场。范某 摄\n{_TEXT}", _TEXT),),
    innocent=("▲云门市：对交办的问题，已责令停产整治。\n▲九江市：已办结。",),
)
FURNITURE = Rule(
    name="furniture",
    scope="page",
    summary="页面上与文章无关的行：分享、打印、导航、相关文章、版权声明等，删去。",
    find=_edits_of("furniture"),
    examples=(
        _around("分享到："),
        _around("网站地图 | 联系我们"),
        (f"环江网 > 新闻中心 > 要闻\n资讯中心\n{_TITLE}_要闻_环江新闻网\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (f"原标题：{_TITLE}\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (f"{_TITLE}2020-12-11 06:15\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (f"{_TITLE}\n• 观看：2360 次\n• 暂无简介\n{_TEXT}\n请输入验证码", f"{_TITLE}\n{_TEXT}\n"),
        (f"全市召开会议商量什么？\n首页 新闻 视频\n{_TEXT}", f"全市召开会议商量什么？\n{_TEXT}"),
        (f"{_TITLE}\n{_TEXT}\n相关图集\n全市植树节活动举行", f"{_TITLE}\n{_TEXT}\n"),
    ),
    innocent=(
        _TEXT,
        "首页链接已失效，请打印后报送。",
        f"织密生态环境保护网\n{_TEXT}",
        f"{_TITLE}\n{_TEXT}\n电话：0531-1234567\n地址：某某路1号",
        f"{_TITLE}\n{_TEXT}\n政务公开\n信息公开也要跟上。",
        f"某某环保局：整改不到位不放过\n{_TEXT}",
    ),
)
SUBTITLE = Rule(
    name="subtitle",
    scope="page",
    summary="标题下独立的一行短句，移作副标题。",
    find=_edits_of("subtitle"),
    examples=((f"{_TITLE}\n全力以赴 不讲条件\n\n{_TEXT}", f"{_TITLE}\n\n{_TEXT}"),),
    innocent=(f"{_TITLE}\n{_TEXT}", f"{_TITLE}\n一、基本情况\n{_TEXT}"),
)
REPEATED_LINE = Rule(
    name="repeated-line",
    scope="page",
    summary="再次出现的标题、图片说明和只抄正文开头的提要（也有拆成几行的），删去重复。",
    find=_edits_of("repeated-line"),
    examples=(
        (f"{_TITLE}\n{_TITLE}\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (f"{_TITLE}\n标题：{_TITLE}\n{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (f"{_TITLE}\n【{_TITLE}】{_TEXT}", f"{_TITLE}\n{_TEXT}"),
        (
            f"{_TITLE}\n摘要：8月21日下午，全市召开会议，部署配合督察工作…\n8月21日下午，全市召开会议，部署配合督察工作。",
            f"{_TITLE}\n8月21日下午，全市召开会议，部署配合督察工作。",
        ),
    ),
    innocent=(
        f"{_TEXT}\n好！\n好！",
        f"{_TITLE}\n摘要：会议强调了三点，并作部署。\n{_TEXT}",
        f"{_TITLE}\n会场外的宣传栏前\n{_TEXT}",
    ),
)
BROKEN_LINE = Rule(
    name="broken-line",
    scope="page",
    summary="在句子中间断开的行，接上。",
    find=lambda text: broken_lines(text, titled=False),
    examples=(
        ("牢固树立绿色发展观，\n让生态文明成为共同追求。", "牢固树立绿色发展观，让生态文明成为共同追求。"),
    ),
    innocent=(f"{_TEXT}\n{_TEXT}", "主要任务：\n一、治水；\n二、治气。"),
)

LINE_RULES = (
    PAGE_DATE, DATELINE, SOURCE_LINE, CREDIT_LINE, CAPTION, FURNITURE, SUBTITLE, REPEATED_LINE, BROKEN_LINE,
)  # fmt: skip
