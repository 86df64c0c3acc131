"""From what a person types to documents: paths, folders, standard input, addresses."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading._characters import decode
from provenance.reading._html import declared_charset, html_page
from provenance.reading._kinds import KNOWN, kind_of
from provenance.reading._lines import NONE, looks_like_lines, read_lines, record_page
from provenance.reading._markdown import markdown_page, plain_page
from provenance.reading._page import Clock, Page, document, now, snapshot

# A long book is three million characters; what is longer is not one article, and would
# hold up everything after it. No encoding takes more than four bytes for one.
LONGEST_TEXT = 4_000_000
LARGEST_FILE = 4 * LONGEST_TEXT
_SNIFFED = 64 * 1024
_UNPACK = {b"\x1f\x8b": gzip.open, b"\xfd7": lzma.open}


def read(
    source: str | Path, *, defaults: Mapping[str, str] = NONE, clock: Clock = now
) -> Iterator[Document | Unreadable]:
    """Documents of `source`: a path, a folder, ``-`` for standard input, an http(s) address.

    A folder is walked recursively in sorted order for the kinds of file known here;
    hidden files and READMEs are passed over. `defaults` (``outlet``, ``language``, ``url``,
    ``published``, ``title``, ``author``) fill what a document does not say itself. `clock`
    gives the time of retrieval, which is kept as evidence and identifies nothing.
    Whatever cannot be read comes out as an `Unreadable`; nothing is raised.
    """
    name = str(source)
    try:
        if name == "-":
            yield from _stream(_peekable(sys.stdin.buffer), "-", defaults, clock)
        elif name.startswith(("http://", "https://")):
            yield from _address(name, defaults, clock)
        elif Path(name).is_dir():
            yield from _folder(Path(name), defaults, clock)
        else:
            yield from _file(Path(name), defaults, clock)
    except ReadError as error:
        yield Unreadable(name, str(error))
    except OSError as error:
        yield Unreadable(name, _plainly(error))


def read_bytes(
    content: bytes,
    *,
    source: str,
    media_type: str = "",
    charset: str = "",
    url: str = "",
    defaults: Mapping[str, str] = NONE,
    clock: Clock = now,
) -> Document:
    """The one document in `content`. Raises `ReadError` in one line when there is none.

    `media_type` and `charset` are what a server declared; without them the kind is judged
    from the name in `source` and the bytes. `url` resolves the links of a page.
    """
    kind = kind_of(content, source, media_type)
    if not content.strip():
        raise ReadError("is empty")
    if len(content) > LARGEST_FILE:
        raise ReadError(f"holds over {LARGEST_FILE:,} bytes, more than an article: split it")
    page = _page(content, kind, charset, url)
    if not page.text.strip():
        raise ReadError("has no text in it")
    if len(page.text) > LONGEST_TEXT:
        raise ReadError(f"holds {len(page.text):,} characters, more than an article: split it")
    return document(page, snapshot(content, media_type or kind, source, clock()), defaults)


def _page(content: bytes, kind: str, charset: str, url: str) -> Page:
    if kind == "application/json":
        return _json_page(content)
    if kind == "application/x-ndjson":
        raise ReadError("is JSON lines with several articles: read it with --input jsonl")
    declared = charset or (declared_charset(content) if kind == "text/html" else "")
    decoded = decode(content, declared)
    if kind == "text/html":
        page = html_page(decoded.text, url)
    else:
        page = markdown_page(decoded.text) if kind == "text/markdown" else plain_page(decoded.text)
    if not decoded.warning:
        return page
    return Page(page.text, page.fields, page.links, {**page.meta, "warning": decoded.warning})


def _json_page(content: bytes) -> Page:
    try:
        return record_page(json.loads(content))
    except (ValueError, RecursionError):
        raise ReadError('broken JSON: it must be one object with a "text"') from None


def _file(path: Path, defaults: Mapping[str, str], clock: Clock) -> Iterator[Document | Unreadable]:
    with _opened(path) as stream:
        yield from _stream(stream, str(path), defaults, clock)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as stream:
        unpack = _UNPACK.get(stream.peek(2)[:2])
        if unpack is None:
            yield stream
        else:
            with unpack(stream) as inner, io.BufferedReader(inner) as reader:  # type: ignore[operator]
                yield reader


def _stream(
    stream: io.BufferedReader, source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    """Documents of an open file: line by line for JSON lines, else its one article."""
    head = stream.peek(_SNIFFED)
    if kind_of(head, source, "") == "application/x-ndjson" or looks_like_lines(head):
        yield from read_lines(stream, source, defaults=defaults, clock=clock)
        return
    content = stream.read(LARGEST_FILE + 1)
    yield read_bytes(content, source=source, defaults=defaults, clock=clock)


def _peekable(stream: Any) -> io.BufferedReader:
    """Standard input as it is, or wrapped where it was replaced by something simpler."""
    return stream if hasattr(stream, "peek") else io.BufferedReader(stream)


def _folder(
    folder: Path, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    files = [path for path in sorted(folder.rglob("*")) if _wanted(path.relative_to(folder))]
    if not files:
        yield Unreadable(str(folder), f"holds no articles ({', '.join(sorted(KNOWN))})")
    for path in files:
        yield from read(path, defaults=defaults, clock=clock)


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in KNOWN and path.stem.upper() != "README"


def _address(
    url: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    from provenance.reading._web import fetch

    page = fetch(url)
    yield read_bytes(
        page.content,
        source=url,
        media_type=page.media_type,
        charset=page.charset,
        url=page.url,
        defaults={"url": page.url, **defaults},
        clock=clock,
    )


def _plainly(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied: you may not read this file"
    return (error.strerror or str(error) or "cannot be read").lower()
