"""Matches between stored quotes, and the statements they group into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from provenance.model import Match
from provenance.store import _packing as packing
from provenance.store import _reviews
from provenance.store._connection import Connection
from provenance.store._packing import listed, pack, unpack

_SAVE = """
INSERT INTO matches (from_quote, to_quote, probability, score, drift_kinds, severity, drift,
    features, alignment, from_start, from_end, to_start, to_end, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (from_quote, to_quote) DO UPDATE SET probability = excluded.probability,
    score = excluded.score, drift_kinds = excluded.drift_kinds, severity = excluded.severity,
    drift = excluded.drift, features = excluded.features, alignment = excluded.alignment,
    from_start = excluded.from_start, from_end = excluded.from_end,
    to_start = excluded.to_start, to_end = excluded.to_end, run = excluded.run
"""

_AMONG = """
SELECT * FROM matches
WHERE from_quote IN (SELECT value FROM json_each(?1))
    AND to_quote IN (SELECT value FROM json_each(?1))
ORDER BY from_quote, to_quote
"""

_OF = """
SELECT * FROM matches WHERE from_quote = ?1
UNION SELECT * FROM matches WHERE to_quote = ?1
ORDER BY probability DESC, from_quote, to_quote
"""

# All that hangs together with the quotes asked for: through a match that could make two of
# them one statement, through a person's decision, or through a statement they share already.
_CONCERNED = f"""
WITH RECURSIVE decided(one, two) AS ({_reviews.DECIDED}),
near(quote) AS (
    SELECT value FROM json_each(:quotes)
    UNION SELECT to_quote FROM near JOIN matches ON from_quote = near.quote
        WHERE probability >= :threshold
    UNION SELECT from_quote FROM near JOIN matches ON to_quote = near.quote
        WHERE probability >= :threshold
    UNION SELECT two FROM near JOIN decided ON one = near.quote
    UNION SELECT one FROM near JOIN decided ON two = near.quote
    UNION SELECT other.quote FROM near
        JOIN statement_quotes AS own ON own.quote = near.quote
        JOIN statement_quotes AS other ON other.statement = own.statement
)
SELECT quote FROM near ORDER BY quote
"""


def save(connection: Connection, matches: Iterable[Match], run: int) -> None:
    """Keep `matches`; a newer judgement of the same two quotes replaces the older."""
    connection.write_all(_SAVE, (_row(match, run) for match in matches))


def _row(match: Match, run: int) -> tuple[object, ...]:
    here, there = match.from_span, match.to_span
    return (
        match.from_quote,
        match.to_quote,
        match.probability,
        match.score,
        packing.kinds(match.drift),
        packing.severity(match.drift),
        pack(match.drift),
        pack(match.features),
        packing.pairs(match.alignment),
        *((here.start, here.end) if here else (None, None)),
        *((there.start, there.end) if there else (None, None)),
        run,
    )


def _match(row: Row) -> Match:
    return Match(
        from_quote=row["from_quote"],
        to_quote=row["to_quote"],
        score=row["score"],
        probability=row["probability"],
        features={name: float(value) for name, value in unpack(row["features"]).items()},
        alignment=packing.alignment(row["alignment"]),
        drift=packing.drift(row["drift"]),
        from_span=packing.span(row["from_start"], row["from_end"]),
        to_span=packing.span(row["to_start"], row["to_end"]),
    )


def among(connection: Connection, quotes: Sequence[int]) -> tuple[Match, ...]:
    """Stored matches with both ends in `quotes`."""
    return tuple(map(_match, connection.rows(_AMONG, (listed(quotes),))))


def of(connection: Connection, quote: int) -> tuple[Match, ...]:
    """Stored matches of one quote, in either direction, best first."""
    return tuple(map(_match, connection.rows(_OF, (quote,))))


def concerned(connection: Connection, quotes: Sequence[int]) -> tuple[int, ...]:
    """`quotes` and all whose statement could change with theirs: grouping these anew gives
    what grouping everything would."""
    from provenance.tracing import THRESHOLD

    asked = {"quotes": listed(quotes), "threshold": THRESHOLD}
    return tuple(row[0] for row in connection.rows(_CONCERNED, asked))


_BEGIN = """
INSERT INTO unrelated (quote, since) SELECT id, ?1 FROM quotes
WHERE NOT EXISTS (SELECT 1 FROM unrelated)
"""

_AMONG_THESE = "(SELECT value FROM json_each(:quotes))"

# Those without a match too: what is inferred of them alone may have changed.
_UNSETTLE = f"""
INSERT OR IGNORE INTO unsettled (quote) SELECT id FROM quotes WHERE id IN {_AMONG_THESE}
"""

_UNSETTLE_STALE = """
INSERT OR IGNORE INTO unsettled (quote)
SELECT from_quote FROM matches WHERE run < :since UNION
SELECT to_quote FROM matches WHERE run < :since
"""


def begin_relating(connection: Connection, run: int) -> tuple[int, ...]:
    """Quotes an unfinished sweep left to relate, else all: a new sweep, begun by `run`."""
    connection.write(_BEGIN, (run,))
    return tuple(row[0] for row in connection.rows("SELECT quote FROM unrelated ORDER BY quote"))


def related(connection: Connection, quotes: Sequence[int]) -> None:
    """Note that `quotes` are related; the last ones end the sweep."""
    since = connection.value("SELECT min(since) FROM unrelated")
    asked = {"quotes": listed(quotes)}
    connection.write(_UNSETTLE, asked)
    connection.write(f"DELETE FROM unrelated WHERE quote IN {_AMONG_THESE}", asked)
    if connection.value("SELECT 1 FROM unrelated LIMIT 1") is None:
        connection.write(_UNSETTLE_STALE, {"since": since})
        connection.write("DELETE FROM matches WHERE run < :since", {"since": since})
