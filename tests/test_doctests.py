"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import build_tools

_RUNS_WHEN_IMPORTED = {"build_tools.__main__"}
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(build_tools.__path__, "build_tools.")
    if not module.ispkg and module.name not in _RUNS_WHEN_IMPORTED
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
