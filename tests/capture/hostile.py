"""A hundred pages as the worst of the web and of disks would have them, the same in every run."""

from __future__ import annotations

import gzip
import os
import random
from collections.abc import Iterator
from pathlib import Path

from tests.capture.archives import HTML, page, web_archive

_ARTICLE = page(1).decode()
_HEADS = (
    b"",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x00\x00\xfe\xff",
    b"+/v8-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF-1.7",
)
_TEXTS = (
    "---\nid: ../../../etc/passwd\n---\n", "!!python/object/apply:os.system [ls]", "&a [*a, *a]",
    "{{ config }}{% raw %}",
    "<script>alert(1)</script>", "\u202e督察组\u202c", "督\u0301" * 300, "\ud800督察", "督" * 20_000, "第" * 500 + "批",
    "9999年99月99日", "0年0月0日", "二〇〇〇〇年十三月", "市委书记" * 800, "山东省" * 3000, "〔" * 500, "□" * 2000,
    "〕〔□〕〔",
    "?" * 3000, "(huì)" * 900, "&amp;" * 2000, "&#xd800;&#0;", "<p>" * 3000, "</div>" * 3000, "\x00".join("督察组进驻"),
    "\u2028\u2029\x85", "来源：" + "甲" * 1000, "记者 " + "王" * 400, "发布日期：2017-02-30", "http://[::1", "\r" * 500,
)  # fmt: skip


def contents() -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the pages."""
    chance = random.Random(7)
    whole = _ARTICLE.encode()
    for number, head in enumerate(_HEADS):
        yield f"head-{number}.txt", head + whole
    for number, text in enumerate(_TEXTS):
        hostile = _ARTICLE.replace("会议要求，", f"会议要求，{text}", 1)
        yield f"text-{number}.{'html' if number % 2 else 'txt'}", hostile.encode("utf-8", "surrogatepass")
    for number, charset in enumerate(
        ("gb18030", "big5hkscs", "utf-16", "utf-32", "utf-7", "iso2022_jp", "shift_jis")
    ):
        yield f"charset-{number}.html", _ARTICLE.encode(charset, "replace")
    for number in range(12):
        yield f"random-{number}.html", chance.randbytes(chance.randrange(1, 4000))
    for number in range(14):
        torn = bytearray(whole)
        for _ in range(40):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        yield f"torn-{number}.html", bytes(torn[: chance.randrange(1, len(torn))])
    yield from _archives(chance)
    yield "deep.html", b"<div>" * 500 + whole
    yield "laughs.html", b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html>&b;' + whole
    yield "mail.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" + whole
    yield "empty.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n"
    yield "empty.html", b""
    yield "blank.txt", b" \n" * 50


def _archives(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    bomb = gzip.compress(b"<p>" + bytes(2**26))
    good = web_archive(("https://example.org/", page(2), HTML, "200 OK"))
    yield (
        "bomb.warc",
        web_archive(("https://example.org/", bomb, [*HTML, ("Content-Encoding", "gzip")], "200 OK")),
    )
    yield "bomb.warc.gz", web_archive(("https://example.org/", bytes(2**26), HTML, "200 OK"), packed=True)
    yield "address.warc", web_archive(("javascript:alert(1)", page(3), HTML, "200 OK"))
    yield "control.warc", web_archive(("https://example.org/a b\x01", page(4), HTML, "200 OK"))
    yield "date.warc", web_archive(("https://example.org/", page(5), HTML, "200 OK"), date="0000-99-99")
    yield "length.warc", good.replace(b"Content-Length: ", b"Content-Length: -9")
    yield "longer.warc", good.replace(b"Content-Length: ", b"Content-Length: 9999999")
    yield "broken.warc.gz", gzip.compress(good)[:-30]
    yield "not.warc.gz", gzip.compress(b"nothing" * 99)
    for number in range(6):
        torn = bytearray(good)
        for _ in range(30):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        yield f"torn-{number}.warc", bytes(torn)


def hostile_files(folder: Path) -> list[Path]:
    """The pages as files, with what is no page at all: links, loops, pipes, folders, names that are no text."""
    folder.mkdir()
    paths = []
    for name, raw in contents():
        (folder / name).write_bytes(raw)
        paths.append(folder / name)
    special = folder / "special"
    special.mkdir()
    for name in (
        os.fsdecode("督察.html".encode("gb18030")),
        "a\nb.html",
        "..html",
        "-x.html",
        "a:1: X.html",
        "$(id).html",
    ):
        (special / name).write_bytes(page(6))
        paths.append(special / name)
    (special / "loop.html").symlink_to("loop.html")
    (special / "gone.html").symlink_to("/no/such/file")
    (special / "device.html").symlink_to("/dev/zero")
    os.mkfifo(special / "pipe.html")
    (special / "folder.html").mkdir()
    names = ("loop.html", "gone.html", "device.html", "pipe.html", "folder.html", "missing.html")
    return [*paths, *(special / name for name in names)]
