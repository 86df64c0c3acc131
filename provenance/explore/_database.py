"""A database that Datasette can only read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from datasette.database import Database

from provenance.errors import StoreError
from provenance.store import reader


class ReadOnly(Database):  # type: ignore[misc]  # Datasette has no types
    """The file opened so that no page and no plugin can write to it, under any file name.

    Datasette's own way of opening takes a ``?`` or ``#`` in a path for part of an address.
    """

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection for one of Datasette's threads."""
        if write:
            raise StoreError(f"{self.path} is open for reading only")
        connection = reader(Path(self.path))
        opened = (
            "_all_connections" if hasattr(self, "_all_connections") else "_all_file_connections"
        )
        getattr(self, opened).append(connection)  # what Datasette closes in the end
        return connection
