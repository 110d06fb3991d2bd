"""Character-wise Traditional, as clone sites write it: one character for one, no look at the word."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

# Characters that the tables of clone sites leave alone, as seen on some forty pages: 關于, 后續, 干部, 旅游.
_UNTOUCHED = frozenset(
    "于后里系干只面斗谷松征采余范制布志卷并向占凶游么才了克舍借愿秋咸胡郁御云朱症致柜台签岳吁"
)


def _pairs(text: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in text.split()}


# Where opencc prefers a variant that no page of the kind uses.
_VARIANTS = _pairs("为為 众眾 群群 峰峰 床床 污污 岩岩 启啟 伪偽")
_CLONE = _VARIANTS | _pairs("准準 着著 台臺 云雲 签簽 吁籲 钟鐘 历歷 汇匯 复復 发發")
# The other habit, of sites in the manner of Taiwan: 於 後 裡 乾 瞭 whether the word wants them or not.
_ISLAND = _VARIANTS | _pairs(
    "于於 后後 里裡 干乾 了瞭 着著 只隻 面麵 系係 余餘 采採 布佈 游遊 松鬆 扎紮 污汙"
)
# What pages in that manner really convert; 瞭, 乾, 隻 and 麵 only where the converter knew no better.
_ISLAND_RARE = frozenset("了干只面系")


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def clone_form(char: str) -> str:
    """The form the annotating clones give one character.

    >>> "".join(map(clone_form, "批准后着力干部关于台阶"))
    '批準后著力干部關于臺階'
    """
    if char in _CLONE:
        return _CLONE[char]
    if char in _UNTOUCHED:
        return char
    form: str = _converter().convert(char)
    return form if len(form) == 1 else char


@cache
def island_form(char: str, eager: bool = False) -> str:
    """The form sites in the manner of Taiwan give one character; eager ones convert the doubtful ones too.

    >>> "".join(map(island_form, "进驻后于着力"))
    '進駐後於著力'
    >>> island_form("了", eager=True)
    '瞭'
    """
    if char in _ISLAND and (eager or char not in _ISLAND_RARE):
        return _ISLAND[char]
    form: str = _converter().convert(char)
    return form if len(form) == 1 and char not in _ISLAND_RARE else char


def clone_script(text: str) -> str:
    """Traditional text of the same length as ``text``; a form that GBK lacks stays Simplified."""
    return "".join(form if _in_gbk(form := clone_form(char)) else char for char in text)


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
