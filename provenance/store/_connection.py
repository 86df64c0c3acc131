"""One connection: queries, transactions that hold or leave no trace, errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from provenance.errors import StoreError

Parameters = Sequence[Any] | Mapping[str, Any]

# How long to wait for another writer, in seconds. Our own transactions last milliseconds;
# a foreign tool that holds the lock longer than this is not about to let go.
PATIENCE = 5.0

DAMAGED = "is damaged; restore a copy, or rescue it with: sqlite3 FILE .recover"

_PLAIN = {
    "locked": f"is in use by another program that is writing to it (waited {PATIENCE:.0f} s)",
    "busy": f"is in use by another program that is writing to it (waited {PATIENCE:.0f} s)",
    "readonly": "cannot be written: the file or its folder is read-only",
    "disk is full": "cannot grow: the disk is full",
    "malformed": DAMAGED,
    "could not decode": DAMAGED,
    "not a database": "is not a database",
    "encrypted": "is not a database",
    "unable to open": "cannot be opened: no permission, or the folder is missing",
    "disk i/o": "cannot be read or written: the disk reports an error",
}


def explained(error: Exception, name: str) -> StoreError:
    """`error` of SQLite's as one line about the database `name`."""
    said = str(error)
    for sign, meaning in _PLAIN.items():
        if sign in said.lower():
            return StoreError(f"{name} {meaning}")
    if isinstance(error, UnicodeDecodeError):  # even what SQLite says of it is no text
        return StoreError(f"{name} {DAMAGED}")
    if isinstance(error, UnicodeEncodeError):
        return StoreError("a text holds half a character (a lone surrogate) and cannot be stored")
    if isinstance(error, OverflowError):
        return StoreError(f"{name} holds no number as large as the one given")
    return StoreError(f"{name}: {said}")


@cache
def _inserting(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


class Connection:
    """An open SQLite connection that raises only `StoreError`.

    `complete` are called at the end of a transaction, as its last part; `forget` when one
    is undone: whatever was remembered of its rows must go with them.
    """

    def __init__(self, raw: sqlite3.Connection, name: str) -> None:
        self.raw = raw
        self.name = name
        self._open = True
        self.complete: list[Callable[[], None]] = []
        self.forget: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        """Whether `close` has not been called."""
        return self._open

    def close(self) -> None:
        """Close the file; whatever transaction is open is undone."""
        self._open = False
        self.raw.close()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._explaining():
            return self.raw.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query as they are read."""
        with self._explaining():
            yield from self.raw.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with self._explaining():
            found: sqlite3.Row | None = self.raw.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def write(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; the key of the row it inserted."""
        with self._explaining():
            return self.raw.execute(sql, parameters).lastrowid or 0

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert `row`, values by column, into `table`; its key."""
        return self.write(_inserting(table, tuple(row)), tuple(row.values()))

    def write_all(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """Run one statement for each of `parameters`."""
        with self._explaining():
            self.raw.executemany(sql, parameters)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Everything inside happens or nothing does; inside another, a part of that one.

        The lock is taken at once: a reader that turns writer half-way could only fail.
        """
        if self.raw.in_transaction:
            yield
            return
        with self._explaining():
            self.raw.execute("BEGIN IMMEDIATE")
        try:
            yield
            for complete in self.complete:
                complete()
            with self._explaining():
                self.raw.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")
        for forget in self.forget:
            forget()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise explained(error, self.name) from error
