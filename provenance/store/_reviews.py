"""What people decided about hops: records that are only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.store._connection import Connection

if TYPE_CHECKING:
    from provenance.tracing.reviews import Review


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the record of decisions: about which quote's statement, on which hop, by
    whom and when. `decision` is ``undo`` where it takes the one numbered `undoes` back;
    `undone` is the number of the one that took it back."""

    key: int
    quote: int
    decision: str
    from_node: str
    to_node: str
    by: str
    at: str
    note: str
    undoes: int | None
    undone: int | None


_RECORD = """
SELECT reviews.id, reviews.quote, reviews.decision, reviews.from_node, reviews.to_node,
    reviews.reviewer, reviews.made, reviews.note, reviews.undoes, undoing.id
FROM reviews LEFT JOIN reviews AS undoing ON undoing.undoes = reviews.id ORDER BY reviews.id
"""

# Decisions about any quote of the statement, less those another record takes back.
_IN_FORCE = """
SELECT * FROM reviews
WHERE quote IN (SELECT quote FROM statement_quotes WHERE statement = ?)
    AND decision != 'undo' AND id NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
ORDER BY id
"""


# Pairs of quotes of which somebody said, and nobody took back, that one came from the other.
DECIDED = """
SELECT quote, CAST(substr(to_node, 2) AS INTEGER) FROM reviews
WHERE decision IN ('accept', 'add') AND from_node = 'q' || quote AND to_node GLOB 'q[0-9]*'
    AND id NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
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
    from provenance.tracing.reviews import Review

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


def decided(connection: Connection, quotes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Pairs among `quotes` of which somebody decided that one came from the other."""
    asked = set(quotes)
    pairs = ((row[0], row[1]) for row in connection.rows(DECIDED))
    return tuple(sorted(pair for pair in pairs if asked.issuperset(pair)))


def record(connection: Connection) -> tuple[Record, ...]:
    """Every record, those that take others back among them, oldest first."""
    return tuple(Record(*row) for row in connection.rows(_RECORD))


def in_force(connection: Connection, statement: int) -> tuple[tuple[int, Review], ...]:
    """The decisions about `statement` that nobody took back, oldest first, with their keys."""
    return tuple((row["id"], _review(row)) for row in connection.rows(_IN_FORCE, (statement,)))


def _review(row: Row) -> Review:
    from provenance.tracing.reviews import Review

    return Review(
        row["decision"], row["from_node"], row["to_node"], row["reviewer"], row["made"], row["note"]
    )
