"""Whole documents around an article: HTML and MHTML, with right, wrong or no charset declared."""

from __future__ import annotations

from base64 import encodebytes
from html import escape
from pathlib import Path
from random import Random
from string import Template

from tests.damage.article import Article
from tests.damage.case import Answer, Case
from tests.damage.clone import clone
from tests.damage.script import clone_script

_SITES = ("济江新闻网", "岭西日报", "沅州市人民政府", "环保在线")
_MENU = ("首页", "要闻", "时政", "民生", "专题", "视频", "政务公开", "互动交流")
_RELATED = (
    "关于表彰2018年度先进集体的决定",
    "我市举办第三届龙舟邀请赛",
    "“最美家庭”评选结果揭晓",
    "春运首日发送旅客12万人次",
    "市图书馆新馆本月试开放",
)


_SYSTEMS = sorted(Path(__file__).with_name("sites").glob("*.html"))


def site_page(article: Article, rng: Random) -> Case:
    """A page in the manner of one of several systems, with more around the article than in it.

    The first line of a template is a comment that shows the form of a paragraph.
    """
    path = rng.choice(_SYSTEMS)
    form, _, document = path.read_text(encoding="utf-8").partition("\n")
    paragraph = Template(form.removeprefix("<!-- ").removesuffix(" -->"))
    halves = ((text, len(text) // 2) for text in article.paragraphs)
    shown = "".join(
        paragraph.substitute(text=escape(text), start=escape(text[:at]), rest=escape(text[at:]))
        for text, at in halves
    )
    encoding, declared = rng.choice(
        [
            ("utf-8", "utf-8"),
            ("gb18030", "gb2312"),
            ("gb18030", "utf-8"),
            ("utf-8", "gb2312"),
            ("gb18030", ""),
        ]
    )
    html = Template(document).substitute(
        title=escape(article.title),
        start=escape(article.paragraphs[0][:60]),
        charset=declared,
        paragraphs=shown,
    )
    return Case(f"{path.stem} in {encoding}", html.encode(encoding), _whole(article))


def html_page(article: Article, rng: Random) -> Case:
    """A news page in HTML: menu, heading, date and source, text, sharing, related links, footer."""
    encoding = rng.choice(["utf-8", "utf-8", "gbk", "gb18030"])
    declared = rng.choice([encoding, encoding, encoding, "", "iso-8859-1", "utf-8"])
    document = _document(article.title, article.paragraphs, article, declared, rng)
    return Case(
        f"HTML in {encoding}, {declared or 'nothing'} declared", document.encode(encoding), _whole(article)
    )


def traditional_html_page(article: Article, rng: Random) -> Case:
    """The same in Traditional script and Big5."""
    title, *paragraphs = clone_script(article.text).split("\n")
    declared = rng.choice(["big5", "", "utf-8"])
    document = _document(title, tuple(paragraphs), article, declared, rng)
    raw = document.encode("big5", "xmlcharrefreplace")
    return Case(f"HTML in Big5, {declared or 'nothing'} declared", raw, _whole(article))


def cloned_html_page(article: Article, rng: Random) -> Case:
    """An annotating clone's page as HTML."""
    cloned = clone(article.text, rng)
    title, *paragraphs = cloned.shown.split("\n")
    document = _document(title, tuple(paragraphs), article, "utf-8", rng)
    return Case("cloned HTML", document.encode("utf-8"), cloned.answer)


def mhtml_page(article: Article, rng: Random) -> Case:
    """A page saved by a browser as one MIME file."""
    document = _document(article.title, article.paragraphs, article, "utf-8", rng)
    body = encodebytes(document.encode("utf-8"))
    head = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----Boundary"\r\n\r\n'
        b"------Boundary\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return Case("MHTML", head + body + b"\r\n------Boundary--\r\n", _whole(article))


def _whole(article: Article) -> Answer:
    return Answer(article.text)


def _document(title: str, paragraphs: tuple[str, ...], article: Article, charset: str, rng: Random) -> str:
    site = rng.choice(_SITES)
    day = f"20{rng.randrange(16, 26)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    meta = f'<meta charset="{charset}">' if charset else ""
    lines = (f"<p>\u3000\u3000{escape(text)}</p>" for text in paragraphs)
    return "\n".join(
        (
            f"<!DOCTYPE html><html><head>{meta}<title>{escape(title)}-{site}</title>",
            f'<meta name="keywords" content="{article.kind}"><script>var a = "<p>不是正文</p>";</script></head>',
            f"<body><div class='nav'><ul>{_items(_MENU)}</ul></div>",
            f"<div class='main'><h1>{escape(title)}</h1>",
            f"<div class='info'><span>{day} 09:30</span> <span>来源：{site}</span> <span>字号：大 中 小</span></div>",
            f"<div class='content' id='zoom'>{''.join(lines)}</div>",
            f"<div class='share'>分享到：</div><div class='editor'>{'<br>'.join(article.credits)}</div></div>",
            f"<div class='related'><h3>相关新闻</h3><ul>{_items(rng.sample(_RELATED, 3))}</ul></div>",
            f"<div class='footer'>版权所有 {site} 备案号：岭ICP备10200519号</div></body></html>",
        )
    )


def _items(texts: tuple[str, ...] | list[str]) -> str:
    return "".join(f'<li><a href="#">{text}</a></li>' for text in texts)
