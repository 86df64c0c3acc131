"""Filling the indexes of candidates: quotes with their document, sentences in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from provenance.store import _quotes
from provenance.store._connection import Connection
from provenance.store.index import SqliteIndex

if TYPE_CHECKING:
    from provenance.matching import Prepared

# Sentences indexed at once. A document's two dozen touch a thousand pages of the index; two
# thousand sentences touch only five times as many, and take about a second.
BATCH = 2_000

_WAITING = """
SELECT id FROM sentences WHERE id > (SELECT coalesce(max(key), 0) FROM sentence_index_keys)
ORDER BY id LIMIT ?
"""


def index_quotes(connection: Connection, index: SqliteIndex, keys: Sequence[int]) -> None:
    """Make stored quotes findable at once: the next document may repeat them."""
    index.add_many(_prepared(connection, keys))


def renew_quotes(connection: Connection, index: SqliteIndex, jobs: int) -> None:
    """Index all quotes anew where they were indexed with other tables than today's."""
    if not index.outdated:
        return
    every = [row[0] for row in connection.rows("SELECT id FROM quotes ORDER BY id")]
    with connection.atomic():
        index.rebuild(_prepared(connection, every), jobs)


def _prepared(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, Prepared]]:
    from provenance.matching import prepare

    for start in range(0, len(keys), BATCH):
        stored = _quotes.renderings(connection, keys[start : start + BATCH])
        for key, one in sorted(stored.items()):
            yield key, prepare(one.text, one.language, one.english)


def index_sentences(connection: Connection, index: SqliteIndex) -> None:
    """Make all stored sentences findable that are not yet, those of a killed run too."""
    from provenance.matching import prepare

    while keys := [row[0] for row in connection.rows(_WAITING, (BATCH,))]:
        stored = _quotes.sentence_renderings(connection, keys)
        with connection.atomic():
            index.add_many((key, prepare(one.text, one.language)) for key, one in stored.items())
