"""How to cite an article: GB/T 7714, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json

from build_tools.models import FrontMatter, Record
from build_tools.site import wording

ARCHIVE = "督察档案"


def gbt7714(record: Record) -> str:
    """One line after GB/T 7714-2015: [N] for a newspaper, [N/OL] where the page has an address.

    Where the day of publication is not known, the day of the event stands for it in brackets, as the standard has it
    for what is estimated.
    """
    front = record.front
    authors = ", ".join(front.reporters[:3]) + (", 等" if len(front.reporters) > 3 else "")
    published = front.published or (f"[{front.date}]" if front.date else "日期不详")
    source = front.source or "来源不详"
    medium = "N/OL" if front.url else "N"
    line = f"{authors}. " if authors else ""
    line += f"{wording.title(record)}[{medium}]. {source}, {published}"
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
    # Readers of the format look for two spaces, a hyphen and a space, also where nothing follows.
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value or tag == "ER")


def csl(record: Record) -> str:
    """A CSL-JSON list of one ``article-newspaper``, as citation processors take it."""
    front = record.front
    item = {
        "id": record.id,
        "type": "article-newspaper",
        "title": wording.title(record),
        "author": [{"literal": name} for name in front.reporters],
        "container-title": front.source,
        "issued": _issued(front),
        "URL": front.url,
        "accessed": _date_parts(front.retrieved) if front.retrieved else None,
        "archive": ARCHIVE,
        "archive_location": record.id,
        "language": "zh-CN",
    }
    return json.dumps(
        [{key: value for key, value in item.items() if value}], ensure_ascii=False, separators=(",", ":")
    )


def _issued(front: FrontMatter) -> dict[str, object] | None:
    if front.published:
        return _date_parts(front.published)
    return {**_date_parts(front.date), "circa": True} if front.date else None


def _date_parts(value: str) -> dict[str, object]:
    return {"date-parts": [[int(part) for part in value.split("-")]]}
