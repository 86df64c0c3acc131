"""Full-text search, in any script, with no operator for anybody to stumble over."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.store._connection import Connection
from provenance.store._folding import question

_QUOTES = """
SELECT quotes.document, quotes.id, documents.title, coalesce(outlets.name, outlet_as_written),
    quotes.text
FROM quotes_fts
JOIN quotes ON quotes.id = quotes_fts.rowid
JOIN documents ON documents.id = quotes.document
LEFT JOIN outlets ON outlets.id = documents.outlet
WHERE quotes_fts MATCH ? ORDER BY rank, quotes.id LIMIT ?
"""

_DOCUMENTS = """
SELECT documents.id, NULL, documents.title, coalesce(outlets.name, outlet_as_written),
    documents.text
FROM documents_fts
JOIN documents ON documents.id = documents_fts.rowid
LEFT JOIN outlets ON outlets.id = documents.outlet
WHERE documents_fts MATCH ? ORDER BY rank, documents.id LIMIT ?
"""

# Enough of an article to see why it was found; a quote is given whole.
_PASSAGE = 240  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """One find: a quote (`quote` is its key) or, where `quote` is None, a whole document of
    which `text` is the passage around the first word asked for."""

    document: int
    quote: int | None
    title: str
    outlet: str
    text: str


def search(connection: Connection, text: str, limit: int) -> tuple[Found, ...]:
    """Quotes, then documents, that hold all words of `text`, the most telling first."""
    quotes = _finds(connection, _QUOTES, question(text, "text"), limit)
    documents = _finds(connection, _DOCUMENTS, question(text, "title text"), limit - len(quotes))
    return quotes + tuple(_cut(found, text) for found in documents)


def _finds(connection: Connection, sql: str, asked: str, limit: int) -> tuple[Found, ...]:
    rows = connection.rows(sql, (asked, limit)) if asked and limit > 0 else []
    return tuple(Found(*row) for row in rows)


def _cut(found: Found, text: str) -> Found:
    place = max(0, found.text.casefold().find(text.split(maxsplit=1)[0].casefold()))
    start = max(0, place - _PASSAGE // 2)
    passage = found.text[start : start + _PASSAGE]
    return Found(found.document, None, found.title, found.outlet, " ".join(passage.split()))
