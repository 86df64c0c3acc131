"""Open a database file, and say in one line what is wrong when it cannot be."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from provenance.errors import StoreError
from provenance.store._connection import PATIENCE, Connection, explained
from provenance.store._migrations import APPLICATION_ID, SET, STEPS, migrate


def connect(path: str | Path, *, create: bool, read_only: bool) -> Connection:
    """A connection to the database at `path`, its schema up to date.

    Raises `StoreError` when it is missing (and not to be created), a folder, not a database,
    somebody else's, of a newer version, locked or read-only.
    """
    name = str(path)
    try:
        _check_path(Path(path), name, create and not read_only)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot use {name!r} as a database: {error}") from error
    try:
        raw = _open(Path(path), name, read_only)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explained(error, name) from error
    try:
        _prepare(raw, name, read_only)
    except (sqlite3.Error, UnicodeDecodeError, StoreError) as error:
        raw.close()
        raise error if isinstance(error, StoreError) else explained(error, name) from error
    return Connection(raw, name)


def attach(raw: sqlite3.Connection, name: str) -> Connection:
    """A connection somebody else opened and closes, made fit for reading.

    Raises `StoreError` when it is not to a database that this version can use.
    """
    try:
        _prepare(_settled(raw), name, read_only=True)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explained(error, name) from error
    return Connection(raw, name)


def _check_path(path: Path, name: str, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{name} is a folder, not a database")
    if path.exists() or name == ":memory:":
        return
    if not create:
        raise StoreError(f"no database at {name} yet: provenance add makes one")
    path.parent.mkdir(parents=True, exist_ok=True)


def _open(path: Path, name: str, read_only: bool) -> sqlite3.Connection:
    if read_only:
        return _settled(reader(path))
    return _settled(sqlite3.connect(name, timeout=PATIENCE, isolation_level=None))


def reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, for any thread. Raises `sqlite3.Error`."""
    address = path.absolute().as_uri()
    raw = _uri(f"{address}?mode=ro")
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        # Write-ahead logging needs a file beside the database even to read; in a folder
        # where none can be made nobody writes either, so the file may be read as it is.
        raw.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        raw = _uri(f"{address}?immutable=1")
    return raw


def _uri(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )


def _settled(raw: sqlite3.Connection) -> sqlite3.Connection:
    raw.row_factory = sqlite3.Row
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA recursive_triggers = ON")
    return raw


def _prepare(raw: sqlite3.Connection, name: str, read_only: bool) -> None:
    empty = _identify(raw, name)
    raw.execute(f"PRAGMA cache_size = -{_CACHE}")
    if read_only:
        if empty or _outdated(raw):
            raise StoreError(f"{name} {_UNREADY[empty]}")
        raw.execute("PRAGMA query_only = ON")
        return
    # In WAL mode NORMAL loses at most the last commits on power failure and never
    # corrupts (sqlite.org/pragma.html#pragma_synchronous); readers never wait for writers.
    _log_ahead(raw)
    raw.execute("PRAGMA synchronous = NORMAL")
    raw.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    if empty or _outdated(raw):
        _migrate(raw)


# Pages of 4 KiB that gather in the log before they move to the database. Ten times SQLite's
# default stores 2,900 small documents a second instead of 2,000; 40 MB while writing.
_CHECKPOINT = 10_000

# KiB of pages kept at hand. A document of 20 MB stays whole in it while its quotes are
# checked against it, and so do the postings of a hundred thousand sentences that are asked for.
_CACHE = 64 * 1024

_UNREADY = {
    True: "holds nothing yet: provenance add fills it",
    False: "was made by an older version: run provenance add once to bring it up to date",
}


def _identify(raw: sqlite3.Connection, name: str) -> bool:
    """Whether the database is empty; raises when it is not one this version can use."""
    tables = _value(raw, "SELECT count(*) FROM sqlite_master")
    owner = _value(raw, "PRAGMA application_id")
    if owner != APPLICATION_ID:
        if tables or owner:
            raise StoreError(f"{name} is a SQLite database, but not one made by provenance")
        return True
    newer = set(_applied(raw)) - set(STEPS)
    if newer or _value(raw, "PRAGMA user_version") > len(STEPS):
        raise StoreError(f"{name} was made by a newer version of provenance: update provenance")
    return not tables


def _applied(raw: sqlite3.Connection) -> tuple[str, ...]:
    if not _value(raw, "SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'"):
        return ()
    found = raw.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (SET,))
    return tuple(row[0] for row in found)


def _outdated(raw: sqlite3.Connection) -> bool:
    return not set(STEPS) <= set(_applied(raw))


def _migrate(raw: sqlite3.Connection) -> None:
    """Under the write lock, so that of two programs that create one file only one does."""
    from sqlite_utils import Database

    raw.execute("BEGIN IMMEDIATE")
    try:
        migrate(Database(raw, execute_plugins=False))
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


def _log_ahead(raw: sqlite3.Connection) -> None:
    """Write-ahead logging, once no other program has the file in hand.

    SQLite waits for other programs nearly everywhere, but fails at once in this step
    (sqlite.org/c3ref/busy_handler.html), which two programs making one file both take.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(_PAUSE)


# Seconds between two tries; making a database takes some hundredths.
_PAUSE = 0.01


def _value(raw: sqlite3.Connection, sql: str) -> Any:
    return raw.execute(sql).fetchone()[0]
