"""From what a person types to documents: paths, folders, standard input, addresses."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading._archive import read_archive
from provenance.reading._channel import is_channel, read_channel
from provenance.reading._characters import decode
from provenance.reading._feed import read_feed
from provenance.reading._html import declared_charset, html_page
from provenance.reading._kinds import (
    ARCHIVE,
    FEED,
    KNOWN,
    LINES,
    MAIL,
    MANY,
    MARKDOWN,
    PAGE,
    PDF,
    RECORDS,
    SUBTITLES,
    TEXT,
    WORD,
    kind_of,
    named,
)
from provenance.reading._lines import LONGEST_TEXT, NONE, read_lines, read_records
from provenance.reading._mail import mail_page
from provenance.reading._markdown import markdown_page, plain_page
from provenance.reading._page import Clock, Page, document, now, snapshot
from provenance.reading._pdf import pdf_page
from provenance.reading._subtitles import subtitles_page
from provenance.reading._word import word_page

# Formats that know themselves how their characters are written, and those that do not.
_PARSED = {MAIL: mail_page, PDF: pdf_page, WORD: word_page}
_WRITTEN = {TEXT: plain_page, MARKDOWN: markdown_page, SUBTITLES: subtitles_page}
# No encoding takes more than four bytes for a character.
LARGEST_FILE = 4 * LONGEST_TEXT
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
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
        elif _ADDRESS.match(name):
            yield from _address(name, defaults, clock)
        elif Path(name).is_dir():
            yield from _folder(Path(name), defaults, clock)
        else:
            yield from _file(Path(name), defaults, clock)
    except ReadError as error:
        yield Unreadable(name, str(error))
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError):
        yield Unreadable(name, "broken archive: its packed content ends early or is damaged")
    except OSError as error:
        yield Unreadable(name, _plainly(error, name))
    except ValueError:
        yield Unreadable(name, "no such file: this is not a path")


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
    if kind in MANY:
        raise ReadError(f"may hold several articles ({kind}): read it as a file")
    page = _page(content, kind, charset, url)
    if not page.text.strip():
        raise ReadError("has no text in it")
    if len(page.text) > LONGEST_TEXT:
        raise ReadError(f"holds {len(page.text):,} characters, more than an article: split it")
    return document(page, snapshot(content, media_type or kind, source, clock()), defaults)


def _page(content: bytes, kind: str, charset: str, url: str) -> Page:
    if kind in _PARSED:
        return _PARSED[kind](content)
    declared = charset or (declared_charset(content) if kind == PAGE else "")
    decoded = decode(content, declared)
    page = html_page(decoded.text, url) if kind == PAGE else _WRITTEN[kind](decoded.text)
    if not decoded.warning:
        return page
    return Page(page.text, page.fields, page.links, {**page.meta, "warning": decoded.warning})


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
    """Documents of an open file: its one article, or all of a format that holds several."""
    kind = kind_of(stream.peek(_SNIFFED), source)
    found: Iterator[Document | Unreadable]
    if kind == LINES:
        found = read_lines(stream, source, defaults=defaults, clock=clock)
    elif kind == ARCHIVE:
        found = read_archive(stream, source, defaults, read_bytes)
    else:
        found = _content(stream.read(LARGEST_FILE + 1), kind, source, defaults, clock)
    first = next(found, None)
    if first is None:
        raise ReadError("holds no articles")
    yield first
    yield from found


def _content(
    content: bytes, kind: str, source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    if kind in MANY and len(content) > LARGEST_FILE:
        raise ReadError(f"holds over {LARGEST_FILE:,} bytes: split it, or use JSON lines")
    posts = read_channel(content, source, defaults, clock) if kind == PAGE else iter(())
    if (first := next(posts, None)) is not None:
        yield first
        yield from posts
    elif kind == FEED and content.strip():
        yield from read_feed(content, source, defaults, clock)
    elif kind == RECORDS and content.strip():
        yield from read_records(content, source, defaults, clock)
    else:
        yield read_bytes(content, source=source, defaults=defaults, clock=clock)


def _peekable(stream: Any) -> io.BufferedReader:
    """`stream` as it is where it can be peeked into, else wrapped."""
    return stream if hasattr(stream, "peek") else io.BufferedReader(stream)


def _folder(
    folder: Path, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    files = [path for path in sorted(folder.rglob("*")) if _wanted(path.relative_to(folder))]
    if not files:
        yield Unreadable(str(folder), f"holds no articles ({', '.join(KNOWN)})")
    for path in files:
        yield from read(path, defaults=defaults, clock=clock)


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    kind = named(str(path))
    return bool(kind) and kind != RECORDS and not hidden and path.stem.upper() != "README"


def _address(
    url: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    from provenance.reading._web import fetch, without_secret

    if not url.lower().startswith(("http://", "https://")):
        raise ReadError("only http and https addresses are fetched: save it as a file")
    page, url = fetch(url), without_secret(url)
    kind = kind_of(page.content, page.url, page.media_type)
    defaults = {"url": page.url, **defaults}
    if kind in MANY or (kind == PAGE and is_channel(page.content)):
        yield from _stream(_peekable(io.BytesIO(page.content)), url, defaults, clock)
        return
    yield read_bytes(
        page.content,
        source=url,
        media_type=page.media_type,
        charset=page.charset,
        url=page.url,
        defaults=defaults,
        clock=clock,
    )


def _plainly(error: OSError, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        words = len(name.split()) > 1
        return "no such file" + words * "; words instead of a file are piped in, as -"
    if isinstance(error, PermissionError):
        return "permission denied: you may not read this file"
    return (error.strerror or str(error) or "cannot be read").lower()
