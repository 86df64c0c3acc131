"""Statements: which quotes render the same thing said, under a number that stays.

A statement keeps its number while it grows. When two turn out to be one, the older number
stays; when one splits, the part that holds most of it keeps the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from provenance.store._connection import Connection
from provenance.store._packing import listed, pack

_MEMBERSHIP = """
SELECT quote, statement FROM statement_quotes WHERE quote IN (SELECT value FROM json_each(?))
"""

_FACTS = """
SELECT quotes.id, quotes.text, quotes.language, quotes.speaker_name, documents.published
FROM quotes JOIN documents ON documents.id = quotes.document
WHERE quotes.id IN (SELECT value FROM json_each(?)) ORDER BY quotes.id
"""

_SAVE = """
INSERT INTO statements (id, label, speaker, language, first_known, first_quote, quotes, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET label = excluded.label, speaker = excluded.speaker,
    language = excluded.language, first_known = excluded.first_known,
    first_quote = excluded.first_quote, quotes = excluded.quotes, run = excluded.run
RETURNING id
"""

_SUMMARIES = """
SELECT id, label, speaker, language, first_known, quotes, first_quote FROM statements
WHERE quotes >= ? ORDER BY quotes DESC, id
"""

# Long enough to tell statements apart in a list, short enough for one line of it.
_LABEL = 120  # characters


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said once, in a list: its number, the words of the first that carried it,
    who said it, in which language and when, how many quotes render it, and the first of them."""

    key: int
    text: str
    speaker: str
    language: str
    first_known: str
    quotes: int
    first_quote: int


def summaries(connection: Connection, least: int) -> Iterator[Statement]:
    """Statements that at least `least` quotes render, the most repeated first."""
    for row in connection.rows(_SUMMARIES, (least,)):
        yield Statement(*row)


def of(connection: Connection, quote: int) -> int | None:
    """The statement `quote` renders."""
    found: int | None = connection.value(
        "SELECT statement FROM statement_quotes WHERE quote = ?", (quote,)
    )
    return found


def numbers(connection: Connection) -> tuple[int, ...]:
    """Every statement, the oldest number first."""
    return tuple(row[0] for row in connection.rows("SELECT id FROM statements ORDER BY id"))


def members(connection: Connection, statement: int) -> tuple[int, ...]:
    """The quotes that render `statement`."""
    rows = connection.rows(
        "SELECT quote FROM statement_quotes WHERE statement = ? ORDER BY quote", (statement,)
    )
    return tuple(row[0] for row in rows)


def regroup(connection: Connection, groups: Sequence[Sequence[int]], run: int) -> tuple[int, ...]:
    """Make each of `groups` one statement; their numbers, in the order of `groups`.

    Together the groups must cover whole statements, as `_matches.concerned` gives them.
    """
    quotes = sorted({quote for group in groups for quote in group})
    before = {row[0]: row[1] for row in connection.rows(_MEMBERSHIP, (pack(quotes),))}
    numbers = _numbers(groups, before)
    connection.write(
        "DELETE FROM statement_quotes WHERE quote IN (SELECT value FROM json_each(?))",
        (pack(quotes),),
    )
    saved = tuple(
        _save(connection, number, group, run) for number, group in zip(numbers, groups, strict=True)
    )
    _drop_empty(connection, sorted(set(before.values()) - set(saved)))
    return saved


def _numbers(groups: Sequence[Sequence[int]], before: dict[int, int]) -> list[int | None]:
    """The old number each group keeps, if any: older numbers first, each to the group that
    holds most of its quotes and has none yet."""
    shared = Counter(
        (place, before[quote])
        for place, group in enumerate(groups)
        for quote in group
        if quote in before
    )
    numbers: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for (place, number), _ in sorted(shared.items(), key=_by_age):
        if numbers[place] is None and number not in taken:
            numbers[place] = number
            taken.add(number)
    return numbers


def _by_age(item: tuple[tuple[int, int], int]) -> tuple[int, int, int]:
    (place, number), count = item
    return number, -count, place


def _save(connection: Connection, number: int | None, group: Sequence[int], run: int) -> int:
    rows = connection.rows(_FACTS, (listed(sorted(group)),))
    first = min(rows, key=_time)
    saved = connection.value(
        _SAVE,
        (
            number,
            _shortened(first["text"]),
            first["speaker_name"] or "",
            first["language"],
            first["published"],
            first["id"],
            len(rows),
            run,
        ),
    )
    connection.write_all(
        "INSERT INTO statement_quotes (quote, statement) VALUES (?, ?)",
        ((row["id"], saved) for row in rows),
    )
    return int(saved)


def _time(row: Row) -> tuple[float, int]:
    """Earliest possible moment, undated last; the older row of equals."""
    from provenance.tracing.times import interval

    when = interval(row["published"])
    return (when.start if when else float("inf"), row["id"])


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else line[: _LABEL - 1].rstrip() + "…"


def _drop_empty(connection: Connection, statements: Sequence[int]) -> None:
    connection.write(
        """DELETE FROM statements WHERE id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM statement_quotes WHERE statement = statements.id)""",
        (listed(statements),),
    )
