"""How ``ducha add`` stands up: runs killed at random, reprints among 10,000, a new maintainer's page.

python -m benchmarks.intake killed 200
python -m benchmarks.intake reprints 10000
python -m benchmarks.intake maintainer
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.believable import archive
from build_tools.archive.record import RecordError, read
from build_tools.archive.witnesses import Witnesses

ROOT = Path(__file__).parents[1]


def killed(times: int) -> None:
    """Runs of ``add`` that end at a random moment, the last tenth of a run tried as often as all before it."""
    chance = random.Random(1)
    pages = sorted((ROOT / "articles").rglob("*.raw.txt"))
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        whole = _seconds([*_ADD, str(pages[0]), "--articles", str(Path(folder) / "measured")])
        torn = complete = 0
        for number in range(times):
            page = Path(folder) / "page.txt"
            page.write_bytes(pages[number % len(pages)].read_bytes() + b"\n" * number)
            run = subprocess.Popen(
                [*_ADD, str(page), "--articles", str(articles), "--force"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(whole * (chance.uniform(0.9, 1.1) if number % 2 else chance.uniform(0, 1)))
            run.send_signal(signal.SIGKILL)
            run.wait()
            records = set(articles.rglob("*.md"))
            torn += not _is_whole(articles)
            complete = len(records)
    print(f"{times} runs killed within {whole:.1f} s: {complete} records whole, {torn} times anything torn")


_ADD = [sys.executable, "-m", "build_tools", "add"]


def _seconds(command: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd=ROOT)
    return time.monotonic() - begun


def _is_whole(articles: Path) -> bool:
    files = [path for path in articles.rglob("*") if path.is_file()]
    records = [path for path in files if path.suffix == ".md"]
    try:
        for path in records:
            read(path.read_text(encoding="utf-8"))
    except RecordError:
        return False
    pages = {path.name.partition(".raw.")[0] for path in files if ".raw." in path.name}
    return pages == {path.stem for path in records} and len(files) == 2 * len(records)


def reprints(size: int) -> None:
    """Copies of known texts, whole, cut and damaged, looked up among many; processor time of each part."""
    texts = ["".join(record.paragraphs) for record in archive(size)]
    witnesses = Witnesses()
    begun = time.process_time()
    witnesses.add(*((str(number), text) for number, text in enumerate(texts)))
    witnesses.alike(texts[0])
    print(f"{size} texts taken in: {time.process_time() - begun:.2f} s")
    chance = random.Random(2)
    for kind, keep, loss in (
        ("whole", 1.0, 0.0),
        ("cut to a third", 0.33, 0.0),
        ("a character in 50 lost", 1.0, 0.02),
    ):
        found, begun = 0, time.process_time()
        for _ in range(20):
            number = chance.randrange(size)
            length = int(len(texts[number]) * keep)
            start = chance.randrange(len(texts[number]) - length + 1)
            copy = "".join(c for c in texts[number][start : start + length] if chance.random() >= loss)
            alike = witnesses.alike(copy)
            found += bool(alike) and alike[0].id == str(number)
        print(f"{kind}: {found} of 20 found first, {(time.process_time() - begun) / 20:.2f} s each")


def maintainer() -> None:
    """From a bare clone to a pushed branch with one more page, command by command, with the wall's clock."""
    page = min((ROOT / "articles").rglob("*.raw.txt"))
    identity = {
        f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    with tempfile.TemporaryDirectory() as folder:
        base, clone = Path(folder), Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(base / "origin.git")], check=True)
        subprocess.run(["git", "clone", "-q", str(base / "origin.git"), str(clone)], check=True)
        first = page.read_text(encoding="utf-8").replace("2017", "2018")
        (clone / "page.txt").write_text(first, encoding="utf-8", newline="\n")
        total = 0.0
        for command in (
            "make site",
            ".venv/bin/ducha add page.txt --force --yes --url https://example.org/1 --retrieved 2026-01-31",
            "git switch --create new-page && git add articles && git commit --message page",
            "git push --set-upstream origin new-page",
            ".venv/bin/ducha check",
        ):
            begun = time.monotonic()
            environment = {**os.environ, **identity}
            subprocess.run(
                ["bash", "-c", command], cwd=clone, check=True, capture_output=True, env=environment
            )
            total += time.monotonic() - begun
            print(f"{time.monotonic() - begun:6.1f} s  {command}")
        print(f"{total:6.1f} s  in all, the check of what is handed in included")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["killed", times]:
            killed(int(times))
        case ["reprints", size]:
            reprints(int(size))
        case ["maintainer"]:
            maintainer()
        case _:
            raise SystemExit(__doc__)
