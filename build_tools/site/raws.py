"""Pages as they were found: a text file to keep, and the same as data to show beside the published text."""

from __future__ import annotations

import codecs
import email
import json
import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from build_tools.archive.corpus import Corpus
from build_tools.site import addresses
from build_tools.site.recipe import Recipe

_LONGEST = 200_000


def raw_pages(articles: Path) -> dict[str, str]:
    """Paths of pages as they were found, by the id of the record that each lies beside."""
    found = ((folder, name) for folder, _, names in os.walk(articles) for name in names if ".raw." in name)
    return {name.partition(".raw.")[0]: os.path.join(folder, name) for folder, name in sorted(found)}


def raw_files(corpus: Corpus, raws: Mapping[str, str]) -> Iterator[Recipe[bytes]]:
    """Each page as found: always ``.txt``, so that no browser takes it for a page.

    With each goes a script that holds its text as data: a page from a folder on disk can read nothing else.
    """
    for record in sorted(corpus, key=lambda one: one.id):
        if path := raws.get(record.id):
            state = os.stat(path)  # not pathlib: there is one for every article
            inputs = (path, state.st_size, state.st_mtime_ns, record.front.made.encoding)
            yield Recipe(addresses.raw_page(record.id), inputs, partial(_read, path))
            yield Recipe(
                addresses.raw_view(record.id), inputs, partial(_view, path, record.front.made.encoding)
            )


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _view(path: str, encoding: str) -> bytes:
    return _script(_text(_read(path), Path(path).suffix, encoding))


def _script(text: str) -> bytes:
    cut = "" if len(text) <= _LONGEST else f"\n…（以下{len(text) - _LONGEST}字从略）"
    return f"Archive.raw({json.dumps(text[:_LONGEST] + cut, ensure_ascii=False)})\n".encode()


def _text(raw: bytes, suffix: str, encoding: str) -> str:
    """A page's characters in the encoding that the record names; of MHTML, those of its first page of HTML."""
    if suffix in (".mhtml", ".mht"):
        parts = email.message_from_bytes(raw).walk()
        page = next((part for part in parts if part.get_content_type() == "text/html"), None)
        payload = page.get_payload(decode=True) if page else None
        raw = payload if isinstance(payload, bytes) else raw
    try:
        codecs.lookup(encoding)
    except LookupError:
        encoding = "utf-8"
    return raw.decode(encoding, "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
