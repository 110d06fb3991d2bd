"""A command run in this process, the pages it is given, and what it leaves."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from build_tools.cli import main
from tests.conftest import ARTICLES

PAGES = sorted(ARTICLES.rglob("*.raw.txt"))
ARTICLE = """督察组向我市反馈意见

2021年5月8日上午，中央第三生态环境保护督察组向山东省反馈督察情况，市委书记李大伟出席会议并讲话。

会议要求，各级各部门要提高站位，对照问题清单逐项整改，确保改一件成一件。督察组指出，黑臭水体治理进度滞后，渗滤液处置不到位。

来源：济南日报
"""
FINDING = re.compile(r"^[^:\n]+(:\d+)?: [A-Z]+(-[A-Z]+)*: [^;]+(; .+)?$")


def ducha(*arguments: object, given: bytes | None = None) -> Result:
    """The command with these arguments; an exception that nothing caught fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
