"""What people decided about hops: records that are only ever added to."""

from __future__ import annotations

from sqlite3 import Row

from provenance.errors import StoreError
from provenance.store._connection import Connection
from provenance.tracing.reviews import Review

# Decisions about any quote of the statement, less those another record takes back.
_IN_FORCE = """
SELECT * FROM reviews
WHERE quote IN (SELECT quote FROM statement_quotes WHERE statement = ?)
    AND decision != 'undo' AND id NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
ORDER BY id
"""


def add(connection: Connection, quote: int, review: Review) -> int:
    """Append a decision about a hop of the statement that `quote` renders; its key."""
    return _append(connection, quote, review, review.decision, None)


def undo(connection: Connection, key: int, by: str, at: str, note: str) -> int:
    """Append a record that takes decision `key` back; its key."""
    row = connection.row("SELECT * FROM reviews WHERE id = ?", (key,))
    if row is None or row["decision"] == "undo":
        raise StoreError(f"there is no review {key} to undo")
    if connection.value("SELECT 1 FROM reviews WHERE undoes = ?", (key,)):
        raise StoreError(f"review {key} is undone already")
    again = Review("reject", row["from_node"], row["to_node"], by, at, note)
    return _append(connection, row["quote"], again, "undo", key)


def _append(
    connection: Connection, quote: int, review: Review, decision: str, undoes: int | None
) -> int:
    key = connection.write(
        """INSERT INTO reviews
        (quote, from_node, to_node, decision, note, reviewer, made, undoes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (quote, review.from_node, review.to_node, decision, review.note)
        + (review.by, review.at, undoes),
    )
    connection.write("INSERT OR IGNORE INTO unsettled (quote) VALUES (?)", (quote,))
    return key


def in_force(connection: Connection, statement: int) -> tuple[tuple[int, Review], ...]:
    """The decisions about `statement` that nobody took back, oldest first, with their keys."""
    return tuple((row["id"], _review(row)) for row in connection.rows(_IN_FORCE, (statement,)))


def _review(row: Row) -> Review:
    return Review(
        row["decision"], row["from_node"], row["to_node"], row["reviewer"], row["made"], row["note"]
    )
