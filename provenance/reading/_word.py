"""Word documents (.docx): paragraphs, tables and links in their order, by python-docx.

What Word says of the author is whoever set up the computer, and its dates are of the file, so
neither is taken for the article's.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from provenance.errors import ReadError
from provenance.model import Link
from provenance.reading._characters import clean
from provenance.reading._page import Page

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_BODY = "word/document.xml"
# A long book unpacks to some ten million bytes; a hostile archive to as many as it likes.
_LARGEST = 64 * 1024 * 1024
# What the standard library's reader of archives raises for a damaged or locked one, and the
# parser for parts that are not what they should be.
_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError,
            AttributeError, struct.error)  # fmt: skip
_OTHER = "is a ZIP archive or another office document: save it as text or HTML first"
_NEEDED = "is a Word document: pip install python-docx to read it, or save it as text or HTML"
_BROKEN = "is a broken Word document or ZIP archive: save it as text or HTML first"


def word_page(content: bytes) -> Page:
    """The page of a Word document. Raises `ReadError` where it is broken or another archive."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        parts = {part.filename: part.file_size for part in ZipFile(BytesIO(content)).infolist()}
        if _BODY not in parts:
            raise ReadError(_OTHER)
        if sum(parts.values()) > _LARGEST:
            raise ReadError(f"unpacks to over {_LARGEST:,} bytes, more than an article: split it")
        return _page(_opened(content))
    except (LxmlError, *_DAMAGED):
        raise ReadError(_BROKEN) from None


def _opened(content: bytes) -> Document:
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise ReadError(_NEEDED) from None
    try:
        return docx.Document(BytesIO(content))
    except OpcError:
        raise ReadError(_BROKEN) from None


def _page(document: Document) -> Page:
    headings = {style.style_id for style in document.styles if _opens(style.name or "")}
    text, title = "", ""
    links: list[Link] = []
    for paragraph in _paragraphs(document):
        words = clean(paragraph.text).strip()
        if not words:
            continue
        text += "\n\n" * bool(text)
        links += _links(paragraph, words, len(text))
        text += words
        if not title and paragraph._p.style in headings:
            title = words
    return Page(text, {"title": title}, tuple(links))


def _opens(style: str) -> bool:
    return style.startswith(("Title", "Heading"))


def _paragraphs(within: Document | _Cell) -> Iterator[Paragraph]:
    from docx.table import Table, _Cell

    for item in within.iter_inner_content():
        if not isinstance(item, Table):
            yield item
            continue
        # As they are written, not as they are drawn: `row.cells` gives a cell once for each it
        # covers, be it a million, and takes time with the square of the rows.
        for row in item.rows:
            for cell in row._tr.tc_lst:
                if cell.vMerge != "continue":
                    yield from _paragraphs(_Cell(cell, item))


def _links(paragraph: Paragraph, words: str, offset: int) -> Iterator[Link]:
    """The links of a paragraph that stands at `offset`, where their words are found in it."""
    at = 0
    for link in paragraph.hyperlinks:
        named = clean(link.text).strip()
        start = words.find(named, at)
        if named and start >= 0 and link.address:
            at = start + len(named)
            yield Link(link.address, offset + start, offset + at)
