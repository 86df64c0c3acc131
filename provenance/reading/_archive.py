"""Web archives (WARC): every page that was answered with success, each its own document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr
from io import StringIO
from typing import IO, Any

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading._dates import iso

# A page beyond this is no article; see the limit on files.
_LARGEST = 16_000_000

Reader = Callable[..., Document]


def read_archive(
    stream: IO[bytes], source: str, defaults: Mapping[str, str], read_page: Reader
) -> Iterator[Document | Unreadable]:
    """Documents of the HTML responses in a WARC `stream`, record by record.

    `read_page` makes one document of a page's bytes. The time of retrieval is the one the
    archive recorded; the address stands as the source. Needs the package ``warcio``.
    """
    try:
        from warcio import (  # type: ignore[import-untyped,import-not-found,unused-ignore]
            ArchiveIterator,
        )
        from warcio.exceptions import (  # type: ignore[import-untyped,import-not-found,unused-ignore]
            ArchiveLoadFailed,
        )
    except ModuleNotFoundError:
        raise ReadError("is a web archive: to read it, pip install warcio") from None
    try:
        for record in _quietly(ArchiveIterator(stream)):
            if _wanted(record):
                yield _document(record, source, defaults, read_page)
    except ArchiveLoadFailed as error:
        raise ReadError(f"broken web archive: {error}") from None


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """`records`, without what warcio prints about damage it reads past."""
    while True:
        with redirect_stderr(StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _wanted(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return bool(record.http_headers.get_statuscode() == "200" and "html" in kind.lower())


def _document(
    record: Any, source: str, defaults: Mapping[str, str], read_page: Reader
) -> Document | Unreadable:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    retrieved = iso(record.rec_headers.get_header("WARC-Date") or "")
    kind, _, rest = record.http_headers.get_header("Content-Type").partition(";")
    charset = rest.partition("charset=")[2].strip(" \"'")
    try:
        return read_page(
            record.content_stream().read(_LARGEST + 1),
            source=url or source,
            media_type=kind.strip().lower(),
            charset=charset,
            url=url,
            defaults={"url": url, **defaults},
            clock=lambda: retrieved,
        )
    except ReadError as error:
        return Unreadable(f"{source}: {url}", str(error))
