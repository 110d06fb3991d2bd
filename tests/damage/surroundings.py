"""What stands around and between the paragraphs of a scraped page and is no part of the article."""

from __future__ import annotations

from random import Random

from tests.damage.article import Article
from tests.damage.case import Answer, Case, page
from tests.damage.clone import Site, clone

_BRANDS = (
    "金沙湾体育官网",
    "澜博体育app",
    "鼎锋娱乐",
    "云顶号手游平台",
    "Kv88体育",
    "博澜电竞官方入口",
    "九洲彩票网",
    "NJ体育平台",
    "云尊棋牌官方网站",
    "WinBo电竞",
    "88彩票登录",
    "银沙娱乐城app下载",
)
_ABOVE = (
    "您的位置：首页 > 新闻中心 > 要闻",
    "首页 新闻 政务 专题 视频",
    "【字体：大 中 小】",
    "打印本页",
    "浏览次数：2284次",
    "分享到：",
    "字号：T|T",
    "扫一扫在手机打开当前页",
    "点击上方蓝字关注我们",
)
_BELOW = (
    "分享到：",
    "相关文章：",
    "相关新闻",
    "友情链接",
    "上一篇：关于做好节日期间安全生产工作的通知",
    "下一篇：没有了",
    "打印",
    "关闭窗口",
    "返回顶部",
    "【打印】【关闭】",
    "阅读量：169",
    "版权所有 未经许可不得转载",
    "网站地图 | 联系我们 | 设为首页",
)
_PLACES = (
    "旬邑县",
    "石城县",
    "西青区",
    "安吉县",
    "洛浦县",
    "潜山县",
    "宁乡县",
    "阳朔县",
    "喜德县",
    "剑阁县",
    "平和县",
)


def repeated_title(article: Article, rng: Random) -> Case:
    """The title again above the text, and as the caption of a photograph between paragraphs."""
    lines = [article.title, article.title] if rng.random() < 0.6 else [article.title]
    for paragraph in article.paragraphs:
        lines.append(paragraph)
        if rng.random() < 0.4:
            lines.append(article.title)
    return page("repeated title", "\n\n".join(lines), Answer(article.text))


def furniture(article: Article, rng: Random) -> Case:
    """Navigation, dates, source, font size above the text; credits, sharing and links below it."""
    day = f"20{rng.randrange(16, 26)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    date = rng.choice([f"发布日期：{day}", f"时间：{day} 09:{rng.randrange(10, 60)}", f"更新时间：{day}"])
    source = f"信息来源：{rng.choice(['济江日报', '市融媒体中心', '本网', '市生态环境局'])}"
    above = [date, source, *rng.sample(_ABOVE, rng.randrange(4))]
    below = [*article.credits, *rng.sample(_BELOW, rng.randrange(1, 5))]
    body = [article.title, *above, *article.paragraphs, *below]
    return page("page furniture", "\n".join(body), Answer(article.text))


def crawl_date(article: Article, rng: Random) -> Case:
    """The clone's own date in the first line, as in 2024年09月03日 星期二."""
    date = f"2024年{rng.randrange(1, 13):02}月{rng.randrange(1, 29):02}日 星期{rng.choice('一二三四五六日')}"
    return page("crawl date", "\n\n".join((date, *article.text.split("\n"))), Answer(article.text))


def markup(article: Article, rng: Random) -> Case:
    """Tags, entities and pieces of them left in plain text; ``?`` for a no-break space."""
    lines = article.text.split("\n")
    for number, line in enumerate(lines):
        kind = rng.randrange(6)
        lines[number] = (
            line,
            line + "</span>",
            "&nbsp;&nbsp;" + line,
            "<p>" + line + "</p>",
            line.replace("，", "，<strong>", 1) + "</strong>" if "，" in line else line,
            "\u3000\u3000" + line + "<br/>",
        )[kind if number else 0]
    if rng.random() < 0.3:
        lines.append("?")
    return page("stray markup", "\n".join(lines), Answer(article.text))


def brand_lines(article: Article, rng: Random) -> Case:
    """A betting site's name as a line before and after, sometimes a keyword line and a list of counties."""
    brand = rng.choice(_BRANDS)
    lines = [*article.text.split("\n")]
    lines.insert(
        rng.choice([0, 1]), brand if rng.random() < 0.5 else f"{brand}，{brand}手机版，{brand}登录入口"
    )
    lines.append(
        rng.choice(
            [
                brand,
                f"【{brand}】",
                f"本文来源：{brand}-www.example.com",
                f"{brand}·(中国)官方网站-IOS/安卓通用版/手机app下载",
                f"您好，欢迎访问{brand}",
            ]
        )
    )
    if rng.random() < 0.4:
        lines.append("|".join(rng.sample(_PLACES, 8)) + "|")
    return page("brand lines", "\n".join(lines), Answer(article.text))


def brand_inside(article: Article, rng: Random) -> Case:
    """A betting site's name inside sentences: at the start, behind a clause, twice in a row."""
    brand = rng.choice(_BRANDS)
    paragraphs = list(article.paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if number == 0:
            paragraph = brand + paragraph
        clauses = paragraph.split("，")
        for at in rng.sample(range(len(clauses)), min(len(clauses), rng.randrange(3))):
            clauses[at] += brand * rng.choice([1, 1, 2])
        paragraphs[number] = "，".join(clauses)
    return page("brand inside", "\n".join((article.title, *paragraphs)), Answer(article.text))


def cloned_page(article: Article, rng: Random) -> Case:
    """All of it together, as pages are found: a cloned article in cloned furniture."""
    site = Site.drawn(rng)
    body = clone(article.text, rng, site)
    around = [f"发布日期：2021-0{rng.randrange(1, 10)}-1{rng.randrange(10)}", *rng.sample(_ABOVE, 2)]
    below = [*article.credits, *rng.sample(_BELOW, 2)]
    plain = Site(0.9, mark=b"", tagged=False)
    title, *paragraphs = body.shown.split("\n")
    lines = [title, *(clone(line, rng, plain).shown for line in around), *paragraphs]
    lines += [clone(line, rng, plain).shown for line in below]
    return page("cloned page", "\n".join(lines), body.answer)
