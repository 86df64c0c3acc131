"""Documents, their bytes, links and sentences; and who published them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.errors import StoreError
from provenance.model import (
    Document,
    LanguageGuess,
    Link,
    Origin,
    Snapshot,
    Span,
)
from provenance.store._connection import Connection
from provenance.store._folding import folded
from provenance.store._outlets import Names
from provenance.store._packing import evidence, fingerprint, pack, unpack

# Level 6 is zlib's own balance; pages shrink to a fifth, and gzip, unlike bare deflate,
# is a file any archive tool opens once downloaded.
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """One stored document in a list: its key and what a reader knows it by."""

    key: int
    id: str
    title: str
    outlet: str
    url: str
    published: str
    language: str
    origin: str
    quotes: int


_SUMMARY = """
SELECT documents.id, identifier, title, coalesce(outlets.name, outlet_as_written) AS outlet,
    url, published, documents.language, origin,
    (SELECT count(*) FROM quotes WHERE document = documents.id) AS quotes
FROM documents LEFT JOIN outlets ON outlets.id = documents.outlet
ORDER BY documents.id
"""

# How a document may be asked for, the most telling first; the newest of several wins.
_ASKED = (
    "SELECT max(id) FROM documents WHERE url = ?1 AND url != ''",
    "SELECT max(id) FROM documents WHERE identifier = ?1",
    """SELECT max(documents.id) FROM documents JOIN snapshots ON snapshots.id = documents.snapshot
    WHERE snapshots.sha256 = ?1""",
    """SELECT max(documents.id) FROM documents JOIN snapshots ON snapshots.id = documents.snapshot
    WHERE snapshots.source = ?1""",
)


class Identifiers(Mapping[int, str]):
    """The callers' own ids of documents, by key, looked up as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getitem__(self, key: int) -> str:
        found = self._connection.value("SELECT identifier FROM documents WHERE id = ?", (key,))
        if found is None:
            raise KeyError(key)
        return str(found)

    def __iter__(self) -> Iterator[int]:
        return (row[0] for row in self._connection.stream("SELECT id FROM documents ORDER BY id"))

    def __len__(self) -> int:
        return int(self._connection.value("SELECT count(*) FROM documents"))


def identity(document: Document) -> str:
    """What makes two documents the same one: their words, where and when they appeared.

    An id that only repeats the bytes' hash says nothing of its own: a page fetched twice
    with another advertisement is the same article.
    """
    derived = document.snapshot is not None and document.snapshot.sha256.startswith(document.id)
    own = "" if derived else document.id
    place = (document.url, document.outlet, document.published, document.title)
    return fingerprint(document.text, own, *place)


def known(connection: Connection, document: Document) -> int | None:
    """The key of the stored document that is this one."""
    found: int | None = connection.value(
        "SELECT id FROM documents WHERE fingerprint = ?", (identity(document),)
    )
    return found


def insert(
    names: Names,
    document: Document,
    language: LanguageGuess,
    origin: Origin,
    run: int,
) -> int:
    """Store a document that is not known yet; its key."""
    _check(document)
    connection = names.connection
    key = connection.insert(
        "documents",
        _read(document, language)
        | _judged(origin)
        | {
            "outlet": names.outlets.of(document.outlet, document.url, run),
            "snapshot": _snapshot(connection, document.snapshot, run),
            "previous": _previous(connection, document.url),
            "fingerprint": identity(document),
            "run": run,
        },
    )
    _insert_links(connection, key, document.links)
    connection.write(
        "INSERT INTO documents_fts (rowid, title, text, folded) VALUES (?, ?, ?, ?)",
        (key, document.title, document.text, folded(f"{document.title}\n{document.text}")),
    )
    return key


def _read(document: Document, language: LanguageGuess) -> dict[str, Any]:
    """Columns that say what was read."""
    return {
        "title": document.title,
        "published": document.published,
        "language": document.language or language.language,
        "language_confidence": language.confidence,
        "url": document.url,
        "author": document.author,
        "outlet_as_written": document.outlet,
        "identifier": document.id,
        "meta": pack(dict(document.meta)),
        "text": document.text,
    }


def _judged(origin: Origin) -> dict[str, Any]:
    """Columns that say where the text was judged to come from."""
    return {
        "origin": origin.kind,
        "origin_probability": origin.probability,
        "source_language": origin.source_language,
        "via": pack(origin.via),
        "origin_evidence": pack(origin.evidence),
    }


def _check(document: Document) -> None:
    # SQLite's own text functions stop at a NUL, so no quote behind one could be checked.
    if "\0" in document.text:
        raise StoreError(f"document {document.id} holds a NUL character and cannot be stored")


def _previous(connection: Connection, url: str) -> int | None:
    found: int | None = connection.value(
        "SELECT max(id) FROM documents WHERE url = ? AND url != ''", (url,)
    )
    return found


def _insert_links(connection: Connection, document: int, links: Sequence[Link]) -> None:
    connection.write_all(
        'INSERT INTO links (document, url, start, "end") VALUES (?, ?, ?, ?)',
        ((document, link.url, link.start, link.end) for link in links),
    )


def insert_sentences(
    connection: Connection, document: int, spans: Sequence[Span], language: str
) -> None:
    """Store the sentence spans of a document."""
    connection.write_all(
        'INSERT INTO sentences (document, start, "end", language) VALUES (?, ?, ?, ?)',
        ((document, span.start, span.end, language) for span in spans),
    )


def _snapshot(connection: Connection, snapshot: Snapshot | None, run: int) -> int | None:
    if snapshot is None:
        return None
    key: int | None = connection.value(
        "SELECT id FROM snapshots WHERE sha256 = ?", (snapshot.sha256,)
    )
    if key is not None:
        return key
    encoding, content = _compressed(snapshot.content)
    row = {
        "source": snapshot.source,
        "sha256": snapshot.sha256,
        "media_type": snapshot.media_type,
        "retrieved": snapshot.retrieved,
        "size": len(snapshot.content),
        "encoding": encoding,
        "content": content,
        "run": run,
    }
    return connection.insert("snapshots", row)


def _compressed(content: bytes) -> tuple[str, bytes]:
    # Below half a kilobyte the page it lies on is not saved; time zero keeps it reproducible.
    if len(content) < 512:
        return "identity", content
    packed = gzip.compress(content, _LEVEL, mtime=0)
    return ("gzip", packed) if len(packed) < len(content) else ("identity", content)


def document(connection: Connection, key: int) -> Document:
    """The document as it was read, bytes included. Raises `StoreError` when there is none."""
    row = connection.row("SELECT * FROM documents WHERE id = ?", (key,))
    if row is None:
        raise StoreError(f"no document {key} in {connection.name}")
    return Document(
        id=row["identifier"],
        text=row["text"],
        language=row["language"],
        title=row["title"],
        outlet=row["outlet_as_written"],
        url=row["url"],
        published=row["published"],
        author=row["author"],
        links=_links(connection, key),
        meta=unpack(row["meta"]),
        snapshot=_read_snapshot(connection, row["snapshot"]),
    )


def _links(connection: Connection, document: int) -> tuple[Link, ...]:
    rows = connection.rows(
        'SELECT url, start, "end" FROM links WHERE document = ? ORDER BY id', (document,)
    )
    return tuple(Link(*row) for row in rows)


def _read_snapshot(connection: Connection, key: int | None) -> Snapshot | None:
    row = connection.row("SELECT * FROM snapshots WHERE id = ?", (key,))
    if row is None:
        return None
    content = gzip.decompress(row["content"]) if row["encoding"] == "gzip" else row["content"]
    return Snapshot(row["sha256"], content, row["media_type"], row["source"], row["retrieved"])


def origin(connection: Connection, key: int) -> Origin:
    """Where the document's text was judged to come from."""
    row = connection.row("SELECT * FROM documents WHERE id = ?", (key,))
    if row is None:
        raise StoreError(f"no document {key} in {connection.name}")
    return Origin(
        row["origin"],
        row["source_language"],
        tuple(unpack(row["via"])),
        row["origin_probability"],
        evidence(row["origin_evidence"]),
    )


def find(connection: Connection, asked: str) -> int | None:
    """The newest document with this URL, id, path or SHA-256."""
    for sql in _ASKED:
        key: int | None = connection.value(sql, (asked,))
        if key is not None:
            return key
    return None


def summaries(connection: Connection) -> Iterator[Summary]:
    """Every document, in the order they came."""
    return (Summary(*row) for row in connection.stream(_SUMMARY))
