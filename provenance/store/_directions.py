"""The directions of indexed texts, in the database by the thousand and in memory by key.

Near texts are sought among thousands that terms found, too many to be read one by one. So they
are kept in memory, 64 bytes a text, one row a key. A row of the table holds those of 1,024 keys
and a number that changes with every byte of it; where anything was written since the last
question the numbers are compared, and only what changed is read again. So whatever another
process writes, or whatever is undone, memory never says what the database does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from provenance.matching import size, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 10  # bits of a key within its chunk
_MANY = 50  # chunks read one by one; a thousand at once take half the time of one by one
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


def written(connection: sqlite3.Connection) -> tuple[int, int]:
    """A number that changes with what `connection` writes, and one with what others do."""
    return connection.total_changes, connection.execute("PRAGMA data_version").fetchone()[0]


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

    def add(self, keys: Sequence[int], directions: NDArray[np.int8]) -> None:
        """Store the direction, a row, of each of `keys`, none of which has one."""
        made_with = vectors().number
        rows = [(made_with, chunk, crc32(body), body) for chunk, body in _chunks(keys, directions)]
        self._connection.executemany(
            f"INSERT INTO {self._table} (made_with, chunk, version, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (made_with, chunk) DO UPDATE SET "
            "version = (version * 31 + excluded.version) % 4294967296, "
            "body = CAST(body || excluded.body AS BLOB)",
            rows,
        )

    @property
    def outdated(self) -> bool:
        """Whether any were made by another table of vectors."""
        sql = f"SELECT 1 FROM {self._table} WHERE made_with != ? LIMIT 1"
        return self._connection.execute(sql, (vectors().number,)).fetchone() is not None

    def clear(self) -> None:
        """Forget all."""
        self._connection.execute(f"DELETE FROM {self._table}")

    def of(self, keys: NDArray[np.int64]) -> NDArray[np.int8]:
        """The direction of each of `keys`, a row each; zeros where there is none."""
        import numpy as np

        rows = self._current()
        if not len(keys) or keys[-1] < len(rows):
            found: NDArray[np.int8] = rows.take(keys, axis=0)
            return found
        inside = keys < len(rows)
        found = np.zeros((len(keys), size()), np.int8)
        found[inside] = rows[keys[inside]]
        return found

    def _current(self) -> NDArray[np.int8]:
        """All directions by key, as the database has them now."""
        now = written(self._connection)
        if self._rows is not None and self._seen == now:
            return self._rows
        self._seen = now
        sql = f"SELECT chunk, version FROM {self._table} WHERE made_with = ?"
        versions = dict(self._connection.execute(sql, (vectors().number,)))
        changed = dict(versions.items() ^ self._versions.items())
        if self._rows is None or changed:
            self._rows = self._grown(max(versions, default=-1) + 1)
            self._load(self._rows, changed)
            self._versions = versions
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

    def _load(self, rows: NDArray[np.int8], chunks: Collection[int]) -> None:
        import numpy as np

        for chunk in self._versions.keys() & chunks:
            rows[chunk << _CHUNK : (chunk + 1) << _CHUNK] = 0
        kind, every = np.dtype(_record()), np.arange(1 << _CHUNK)
        for chunk, body in self._bodies(chunks):
            if (chunk + 1) << _CHUNK <= len(rows):
                records, own = np.frombuffer(body, kind), rows[chunk << _CHUNK :]
                keys = records["key"]
                if np.array_equal(keys, every[: len(keys)]):
                    own[: len(keys)] = records["direction"]  # in half the time
                else:
                    own[keys.astype(np.int64)] = records["direction"]

    def _bodies(self, chunks: Collection[int]) -> Iterator[tuple[int, bytes]]:
        """The records of each of `chunks`; of many, in one reading of the table."""
        sql = f"SELECT chunk, body FROM {self._table} WHERE made_with = ?"
        if len(chunks) > _MANY:
            every = self._connection.execute(sql, (vectors().number,))
            yield from ((chunk, body) for chunk, body in every if chunk in chunks)
        else:
            for chunk in chunks:
                yield from self._connection.execute(
                    f"{sql} AND chunk = ?", (vectors().number, chunk)
                )


def _record() -> list[tuple[str, str] | tuple[str, str, tuple[int]]]:
    """A key within its chunk, and its direction."""
    return [("key", "<u2"), ("direction", "i1", (size(),))]


def _chunks(keys: Sequence[int], directions: NDArray[np.int8]) -> Iterator[tuple[int, bytes]]:
    """Chunks with the records of those of `keys` that fall into them, in order of the keys."""
    import numpy as np

    every = np.array(keys, np.int64)
    order = np.argsort(every)
    records = np.empty(len(order), _record())
    records["key"] = every[order] & ((1 << _CHUNK) - 1)
    records["direction"] = directions[order]
    chunks, first = np.unique(every[order] >> _CHUNK, return_index=True)
    bounds = pairwise([*first.tolist(), len(order)])
    for chunk, (start, end) in zip(chunks.tolist(), bounds, strict=True):
        yield chunk, records[start:end].tobytes()
