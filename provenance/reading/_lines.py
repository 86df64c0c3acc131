"""JSON lines: one article a line, read in constant memory, a broken line told and passed.

The text is the caller's, and so are offsets into it: it is kept exactly as sent, but for
what no database can hold (see `document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading._chat import is_chat, read_chat
from provenance.reading._kinds import RECORDS
from provenance.reading._page import Clock, Page, document, now, snapshot

NONE: Mapping[str, str] = MappingProxyType({})
# An article is some thousand characters; a line beyond this is not one (and would have to
# be held in memory whole).
LONGEST_LINE = 32 * 1024 * 1024
# The same for its text: a long book is three million characters, and what is longer would
# hold up everything after it.
LONGEST_TEXT = 4_000_000


def read_lines(
    stream: IO[bytes],
    source: str,
    *,
    defaults: Mapping[str, str] = NONE,
    clock: Clock = now,
) -> Iterator[Document | Unreadable]:
    """Documents of a JSON lines `stream`, in its order; blank lines are passed over.

    Each line is an object with ``text`` and optionally ``id, lang, outlet, url, published,
    title, author``; other plain values go to `meta`. A line that is none comes out as an
    `Unreadable` with its number, counted from 1.
    """
    for number, line in enumerate(_lines(stream), start=1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, source, defaults, clock)
        except ReadError as error:
            yield Unreadable(source, str(error), number)


def read_records(
    content: bytes, source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    """The document of a JSON object, those of an array of them, or the messages of a chat.

    Raises `ReadError` when this is no JSON; an entry that is no document comes out as an
    `Unreadable`.
    """
    try:
        loaded = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"broken JSON ({_where(error)})") from None
    if is_chat(loaded):
        yield from read_chat(loaded, source, defaults, clock)
        return
    if not isinstance(loaded, list):
        yield _record(loaded, content, source, defaults, clock)
        return
    for number, record in enumerate(loaded, start=1):
        own = json.dumps(record, ensure_ascii=False).encode("utf-8", errors="surrogatepass")
        try:
            yield _record(record, own, source, defaults, clock)
        except ReadError as error:
            yield Unreadable(source, f"entry {number}: {error}")


def _page(record: Any) -> Page:
    if not isinstance(record, dict):
        raise ReadError('not a JSON object: each line is {"id": …, "text": …}')
    text = record.get("text")
    if not isinstance(text, str):
        raise ReadError('has no "text": each line is {"id": …, "text": …}')
    if len(text) > LONGEST_TEXT:
        raise ReadError(f"holds {len(text):,} characters, more than an article: split it")
    fields = {
        str(key): value if isinstance(value, str) else json.dumps(value)
        for key, value in record.items()
        if key != "text" and isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    return Page(text, fields)


def _read_line(line: bytes, source: str, defaults: Mapping[str, str], clock: Clock) -> Document:
    if len(line) > LONGEST_LINE:
        raise ReadError(f"longer than {LONGEST_LINE:,} bytes: not one article")
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError:
        raise ReadError("not UTF-8, as JSON must be: convert it, for instance with iconv") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"broken JSON ({_where(error)}); the other lines are read") from None
    return _record(record, line.rstrip(b"\r\n"), source, defaults, clock)


def _record(
    record: Any, content: bytes, source: str, defaults: Mapping[str, str], clock: Clock
) -> Document:
    return document(_page(record), snapshot(content, RECORDS, source, clock()), defaults)


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of `stream`; one that is too long comes cut just past the limit."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1) or b"\n"
