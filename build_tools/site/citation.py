"""How to cite an article: GB/T 7714, BibTeX, RIS, and the meta tags that reference managers read."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.models import Record
from build_tools.site import wording

ARCHIVE = "督察档案"


def gbt7714(record: Record) -> str:
    """One line after GB/T 7714-2015: [N] for a newspaper, [N/OL] where the page has an address."""
    front = record.front
    authors = ", ".join(front.reporters[:3]) + (", 等" if len(front.reporters) > 3 else "")
    published = front.published or front.date
    source = front.source or "来源不详"
    medium = "N/OL" if front.url else "N"
    line = f"{authors}. " if authors else ""
    line += f"{wording.title(record)}[{medium}]. {source}, {published or '日期不详'}"
    if front.url:
        line += (f"[{front.retrieved}]" if front.retrieved else "") + f". {front.url}"
    return f"{line}. {ARCHIVE}: {record.id}."


def bibtex(record: Record) -> str:
    """An ``@article`` entry; what the record lacks is left out."""
    front = record.front
    fields = {
        "title": f"{{{_tex(wording.title(record))}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in front.reporters),
        "journal": _tex(front.source or ""),
        "date": front.published or front.date or "",
        "url": front.url or "",
        "urldate": front.retrieved or "",
        "note": f"{ARCHIVE}: {record.id}",
        "langid": "chinese",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@article{{{record.id},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(f"\\{char}" if char in "{}#$%&_" else char for char in text.replace("\\", ""))


def ris(record: Record) -> str:
    """A ``NEWS`` entry in RIS."""
    front = record.front
    date = front.published or front.date
    lines = [("TY", "NEWS"), ("TI", wording.title(record)), *(("AU", name) for name in front.reporters)]
    lines += [("T2", front.source or ""), ("DA", (date or "").replace("-", "/")), ("PY", (date or "")[:4])]
    lines += [("UR", front.url or ""), ("AN", record.id), ("DB", ARCHIVE), ("LA", "zh-CN"), ("ER", "")]
    return "\n".join(f"{tag}  - {value}".rstrip(" ") for tag, value in lines if value or tag == "ER")


def meta_tags(record: Record) -> Iterator[tuple[str, str]]:
    """Highwire and Dublin Core tags, as Zotero and search engines read them."""
    front = record.front
    yield "citation_title", wording.title(record)
    for name in front.reporters:
        yield "citation_author", name
    if date := front.published or front.date:
        yield "citation_publication_date", date.replace("-", "/")
    if front.source:
        yield "citation_journal_title", front.source
    yield "citation_language", "zh-CN"
    yield "DC.identifier", record.id
    yield "DC.type", "Text.Article"
    if front.date:
        yield "DC.coverage.temporal", front.date
    for place in front.provinces:
        yield "DC.coverage.spatial", place
