"""Editorial marks in a text, each explained where it stands: □ a lost character, 〔清〕 one supplied."""

from __future__ import annotations

import re

from build_tools.models import CONJECTURE_CLOSE, CONJECTURE_OPEN, LOST
from build_tools.site.markup import Child, Markup, el, escape, join

_MARKS = re.compile(f"{LOST}+|{CONJECTURE_OPEN}[^{CONJECTURE_OPEN}{CONJECTURE_CLOSE}]*{CONJECTURE_CLOSE}")
_ADDRESS = re.compile("[a-z]+://[!-~]+")
_JOINTS = re.compile("(?<=[/?&=_.-])(?![/?&=_.-])")
_BREAK = Markup("<wbr>")


def marked(text: str) -> Markup:
    """Text with its marks explained to the pointer, to a finger and to the keyboard.

    >>> marked("清□")
    '清<abbr class="da-lost" title="原文此处有1字脱落，无法复原" tabindex="0">□</abbr>'
    """
    if LOST not in text and CONJECTURE_OPEN not in text:
        return breakable(text)
    parts: list[Child] = []
    at = 0
    for match in _MARKS.finditer(text):
        parts += [breakable(text[at : match.start()]), _mark(match[0])]
        at = match.end()
    return join([*parts, breakable(text[at:])])


def breakable(text: str) -> Markup:
    """Text whose web addresses may end a line between their parts and not inside a word.

    >>> breakable("见http://a.cn/b?c")
    '见http://<wbr>a.<wbr>cn/<wbr>b?<wbr>c'
    """
    if "://" not in text:
        return escape(text)
    parts: list[Child] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        parts += [text[at : match.start()], join(_JOINTS.split(match[0]), _BREAK)]
        at = match.end()
    return join([*parts, text[at:]])


def _mark(words: str) -> Markup:
    if words[0] == LOST:
        note = f"原文此处有{len(words)}字脱落，无法复原"
        return el("abbr", words, class_="da-lost", title=note, tabindex=0)
    note = f"“{words[1:-1]}”为据残存字节推补，并非原文可见"
    return el("abbr", words, class_="da-supplied", title=note, tabindex=0)
