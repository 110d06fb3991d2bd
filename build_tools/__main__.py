"""``python -m build_tools`` is ``ducha``."""

from build_tools.cli import main

main(prog_name="ducha")
