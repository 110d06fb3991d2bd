"""The same archive for Hugo: a page for every article, and lists by province, city, year, stage and official.

Its templates are as plain as they can be, so that what is measured is the least that Hugo has to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from build_tools.archive.record import escape
from build_tools.models import Record

_LISTS = ("provinces", "cities", "years", "stages", "officials")
_CONFIG = """title = "x"
baseURL = "https://example.org/"
uglyURLs = true
disableKinds = ["RSS", "sitemap"]
[pagination]
pagerSize = 100
[taxonomies]
""" + "".join(f'{name} = "{name}"\n' for name in _LISTS)
_TEMPLATES = {
    "baseof": """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<header><nav><a href="/">x</a></nav></header>{{ block "main" . }}{{ end }}<footer>x</footer></body></html>
""",
    "single": """{{ define "main" }}<main data-pagefind-body><h1>{{ .Title }}</h1>
<p>{{ .Date.Format "2006-01-02" }} {{ .Params.source }}</p>{{ .Content }}
<ul>{{ range .Params.named }}<li>{{ .name }} {{ .title }}</li>{{ end }}</ul></main>
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
""",
    "list": """{{ define "main" }}<main><h1>{{ .Title }}</h1>
<ul>{{ range (.Paginate .Pages).Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ template "_internal/pagination.html" . }}</main>{{ end }}
""",
}


def write_site(records: Iterable[Record], folder: Path) -> None:
    """Writes content, templates and settings; ``hugo --source`` builds from the folder."""
    _put(folder / "hugo.toml", _CONFIG)
    for name, template in _TEMPLATES.items():
        _put(folder / "layouts" / "_default" / f"{name}.html", template)
    for record in records:
        _put(folder / "content" / "articles" / record.id[:4] / f"{record.id}.md", _page(record))


def _page(record: Record) -> str:
    front = record.front
    fields = {
        "title": front.title,
        "date": front.date,
        "source": front.source,
        "provinces": front.provinces,
        "cities": [front.city],
        "years": [(front.date or "")[:4]],
        "stages": [front.stage],
        "officials": [official.name for official in front.officials],
        "named": [official.model_dump() for official in front.officials],
    }
    body = "\n\n".join(map(escape, record.paragraphs))
    return f"{json.dumps(fields, ensure_ascii=False, indent=1)}\n\n{body}\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
