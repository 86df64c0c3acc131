"""BibTeX: one entry an article, with its address, its date, when it was read and its hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from provenance import languages
from provenance.export.inert import one_line
from provenance.export.trails import Station, Trail, address
from provenance.model import Document

# What TeX would obey; a backslash first becomes a word, so that no command can be built.
_SPECIAL = {
    "\\": "{\\textbackslash}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "%": "\\%",
    "#": "\\#",
    "_": "\\_",
    "^": "{\\textasciicircum}",
    "~": "{\\textasciitilde}",
}


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """Each article once, in the order of the trails."""
    written: set[int] = set()
    for trail in trails:
        for station in trail.stations.values():
            key = station.node.document
            if station.document is not None and key is not None and key not in written:
                written.add(key)
                yield _entry(station, station.document)


def _entry(station: Station, document: Document) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(station, document))
    return f"@misc{{{_key(station, document)},\n{fields}}}\n\n"


def _key(station: Station, document: Document) -> str:
    """A key that no two articles share: ``lemonde2026-9``."""
    plain = normalize("NFKD", station.node.outlet).encode("ascii", "ignore").decode()
    outlet = "".join(c for c in plain.casefold() if c.isalnum()) or "source"
    return f"{outlet}{document.published[:4]}-{station.node.document}"


def _fields(station: Station, document: Document) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_text(document.title or document.id)}}}"  # braces keep its capitals
    if document.author:
        yield "author", f"{{{_text(document.author)}}}"
    if station.node.outlet:
        yield "publisher", _text(station.node.outlet)
    yield from _dates(document)
    if address(document):
        yield "url", address(document).replace("%", "\\%")
    if document.language:
        yield "language", _text(languages.name(document.language))
    if document.snapshot is not None:
        yield "urldate", _text(document.snapshot.retrieved[:10])
        yield "note", f"SHA-256 {_text(document.snapshot.sha256)}"


def _dates(document: Document) -> Iterator[tuple[str, str]]:
    if re.match(r"\d{4}", document.published):
        yield "year", document.published[:4]
        yield "date", _text(document.published[:10])


def _text(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in one_line(text))
