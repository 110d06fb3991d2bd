"""The codes of findings: what each means, what leads to it, what to do."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from build_tools.knowledge.tables import read_yaml


class Code(BaseModel):
    """One row of ``codes.yml``; ``by`` is the command that says it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    means: str
    example: str
    cure: str


@cache
def codes() -> dict[str, Code]:
    """Every code, in alphabetical order."""
    return {name: Code.model_validate(row) for name, row in sorted(read_yaml("codes.yml").items())}
