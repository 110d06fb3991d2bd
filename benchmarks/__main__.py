"""Every measurement in a size that takes minutes; the modules say how to ask for more.

python -m benchmarks
"""

from __future__ import annotations

import subprocess
import sys

RUNS = (
    ("convert", "100", "1000"),
    ("intake", "reprints", "1000"),
    ("intake", "killed", "20"),
    ("site_build", "100", "1000"),
    ("search", "1000", "--queries", "200"),
    ("pages", "300"),
)


def main() -> int:
    """Runs one after another, each in a process of its own; the number that failed."""
    failed = 0
    for name, *options in RUNS:
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        print("$ python", *command[1:], flush=True)
        failed += subprocess.run(command, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
