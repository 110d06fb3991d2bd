"""At which stage of an inspection an article stands, by the cues of ``knowledge/stages.yml``."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from build_tools.describe.article import Article
from build_tools.knowledge import tables
from build_tools.models import Evidence

_HITS = 3
_ENOUGH = 12.0  # with this much in title and lead, the body (mostly exhortation) is not asked


@cache
def _stage_patterns() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    return tuple(
        (cue.stage, re.compile(cue.pattern, re.MULTILINE), cue.points) for cue in tables.stage_cues()
    )


def stage_of(parts: Article) -> tuple[str, Evidence | None]:
    """The stage with most points; ``其他`` where no cue is found."""
    points: dict[str, float] = {}
    words: dict[str, str] = {}
    for zone, weight in parts.zones:
        if zone is parts.body and max(points.values(), default=0.0) >= _ENOUGH:
            break
        for stage, pattern, worth in _stage_patterns():
            hits = [match.group() for match in islice(pattern.finditer(zone), _HITS)]
            if hits:
                points[stage] = points.get(stage, 0.0) + worth * weight * len(hits)
                words.setdefault(stage, hits[0])
    if not points:
        return "其他", None
    best = max(points, key=lambda stage: points[stage])
    return best, Evidence("text", words[best][:80].replace("\n", " "), f"这类词语指向“{best}”阶段")
