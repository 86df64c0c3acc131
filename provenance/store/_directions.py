"""The directions of indexed texts, in the database by the thousand and in memory by key.

Near texts are sought among thousands that terms found, too many to be read one by one. So they
are kept in memory, 64 bytes a text, one row a key. A row of the table holds those of 1,024 keys
and a number that changes with every byte of it; where anything was written since the last
question the numbers are compared, and only what changed is read again. So whatever another
process writes, or whatever is undone, memory never says what the database does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from provenance.matching import size, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 10  # bits of a key within its chunk
_MOST = 1 << 26  # keys beyond are found by terms alone: memory is reserved up to the largest key


def schema(name: str) -> str:
    """The statement that makes the table of index `name`."""
    return f"""\
CREATE TABLE IF NOT EXISTS {name}_directions (
    made_with INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (made_with, chunk)
);
"""


class Directions:
    """The directions kept in `table` behind `connection`; nothing is committed here.

    Those made by another table of vectors are passed over.
    """

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._versions: dict[int, int] = {}
        self._seen: tuple[int, int] | None = None
        self._rows: NDArray[np.int8] | None = None

    def add(self, directions: Mapping[int, bytes]) -> None:
        """Store the direction of each key, none of which has one."""
        made_with = vectors().number
        rows = []
        for chunk, keys in groupby(sorted(directions), key=lambda key: key >> _CHUNK):
            body = b"".join([_record(key, directions[key]) for key in keys])
            rows.append((made_with, chunk, crc32(body), body))
        self._connection.executemany(
            f"INSERT INTO {self._table} (made_with, chunk, version, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (made_with, chunk) DO UPDATE SET "
            "version = (version * 31 + excluded.version) % 4294967296, "
            "body = CAST(body || excluded.body AS BLOB)",
            rows,
        )

    def clear(self) -> None:
        """Forget all."""
        self._connection.execute(f"DELETE FROM {self._table}")

    def of(self, keys: NDArray[np.int64]) -> NDArray[np.int8]:
        """The direction of each of `keys`, a row each; zeros where there is none."""
        import numpy as np

        rows = self._current()
        if not len(keys) or keys[-1] < len(rows):
            found: NDArray[np.int8] = rows[keys]
            return found
        inside = keys < len(rows)
        found = np.zeros((len(keys), size()), np.int8)
        found[inside] = rows[keys[inside]]
        return found

    def _current(self) -> NDArray[np.int8]:
        """All directions by key, as the database has them now."""
        written = self._connection.total_changes  # by this connection, others in the version
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if self._rows is not None and self._seen == (written, version):
            return self._rows
        self._seen = (written, version)
        sql = f"SELECT chunk, version FROM {self._table} WHERE made_with = ?"
        now = dict(self._connection.execute(sql, (vectors().number,)))
        changed = dict(now.items() ^ self._versions.items())
        if self._rows is None or changed:
            self._rows = self._grown(max(now, default=-1) + 1)
            for chunk in changed:
                self._load(self._rows, chunk)
            self._versions = now
        return self._rows

    def _grown(self, chunks: int) -> NDArray[np.int8]:
        """Room for so many chunks, what is known kept; untouched room takes no memory."""
        import numpy as np

        wanted = min(chunks << _CHUNK, _MOST)
        if self._rows is not None and wanted <= len(self._rows):
            return self._rows
        grown = np.zeros((1 << max(wanted - 1, 0).bit_length(), size()), np.int8)
        if self._rows is not None:
            grown[: len(self._rows)] = self._rows
        return grown

    def _load(self, rows: NDArray[np.int8], chunk: int) -> None:
        import numpy as np

        start, end = chunk << _CHUNK, (chunk + 1) << _CHUNK
        if end > len(rows):
            return
        rows[start:end] = 0
        sql = f"SELECT body FROM {self._table} WHERE made_with = ? AND chunk = ?"
        for (body,) in self._connection.execute(sql, (vectors().number, chunk)):
            records = np.frombuffer(body, [("key", "<u2"), ("direction", "i1", (size(),))])
            rows[start + records["key"].astype(np.int64)] = records["direction"]


def _record(key: int, direction: bytes) -> bytes:
    return (key & ((1 << _CHUNK) - 1)).to_bytes(2, "little") + direction
