"""Filling the indexes of candidates: quotes with their document, sentences in batches."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.store import _quotes
from provenance.store._connection import Connection
from provenance.store.index import SqliteIndex

# Sentences indexed at once. A document's two dozen touch a thousand pages of the index; two
# thousand sentences touch only five times as many, and take about a second.
BATCH = 2_000

_WAITING = """
SELECT id FROM sentences WHERE id > (SELECT coalesce(max(key), 0) FROM sentence_index_keys)
ORDER BY id LIMIT ?
"""


def index_quotes(connection: Connection, index: SqliteIndex, keys: Sequence[int]) -> None:
    """Make stored quotes findable at once: the next document may repeat them."""
    from provenance.matching import prepare

    stored = _quotes.renderings(connection, keys)
    index.add_many(
        (key, prepare(one.text, one.language, one.english)) for key, one in stored.items()
    )


def index_sentences(connection: Connection, index: SqliteIndex) -> None:
    """Make all stored sentences findable that are not yet, those of a killed run too."""
    from provenance.matching import prepare

    while keys := [row[0] for row in connection.rows(_WAITING, (BATCH,))]:
        stored = _quotes.sentence_renderings(connection, keys)
        with connection.atomic():
            index.add_many((key, prepare(one.text, one.language)) for key, one in stored.items())
