"""The candidate index inside the database: postings in two tables, in the same transaction.

A term's postings are cut into chunks of 65,536 keys; a chunk is one row whose body holds
three bytes a posting (the key within the chunk, little-endian, and the term's impact in
200ths). Adding appends to the last chunk of each term, so a thousand texts cost the same
whatever is stored already; opening reads nothing; asking reads the rarest terms only.
Because the rows change with the quotes they serve, the two cannot fall out of step.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from provenance.matching import (
    Entries,
    Prepared,
    gather,
    plan,
    question,
    rank,
)
from provenance.store import _directions
from provenance.store._directions import Directions, written
from provenance.store._reading import Readers

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK = 16  # bits of a key within its chunk, so that two bytes hold it
_STEPS = 200  # impacts lie in (0, 1.25]: a byte holds 200 steps to one, finer than ranks need
_BATCH = 1 << 15  # texts gathered before their postings are written: about 40 MB
_AHEAD = 1  # batches that other processes read while one is written
_ASKED = 500  # terms asked of SQLite at once, under the variable limit of old builds
_REMEMBERED = 200_000  # terms whose counts are kept, about 20 MB
_LAST = (1 << _CHUNK) - 1  # the last key of a chunk, within it
_POSTING = [("key", "<u2"), ("impact", "u1")]

_EVERY = ""  # the term every text is stored under: its count is the number of texts


def schema(name: str) -> str:
    """The statements that make the tables of index `name`; nothing happens where they exist."""
    return f"""\
CREATE TABLE IF NOT EXISTS {name}_keys (
    key INTEGER PRIMARY KEY,
    removed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS {name}_removed ON {name}_keys (key) WHERE removed;
CREATE TABLE IF NOT EXISTS {name}_postings (
    term TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    count INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (term, chunk)
) WITHOUT ROWID;
{_directions.schema(name)}"""


class SqliteIndex:
    """Candidates kept in the database behind `connection`; see `provenance.matching.Index`.

    `name` prefixes its tables, which `create` makes. Nothing is committed here: what is
    added stands or falls with the caller's transaction. A removed key is never used again.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        if not name.isidentifier():
            raise ValueError(f"not a table name: {name!r}")
        self._connection = connection
        self._keys = f"{name}_keys"
        self._postings = f"{name}_postings"
        self._directions = Directions(connection, f"{name}_directions")
        self._counts: dict[str, int] = {}
        self._gone: list[int] = []
        self._seen: tuple[int, int] | None = None  # what was written when these were read
        self._schema = schema(name)

    def create(self) -> None:
        """Make the tables where they are missing."""
        for statement in self._schema.split(";\n"):
            self._connection.execute(statement)

    def __len__(self) -> int:
        row = self._connection.execute(f"SELECT count(*) FROM {self._keys} WHERE NOT removed")
        return int(row.fetchone()[0])

    def stored(self, keys: Iterable[int]) -> set[int]:
        """Those of `keys` that are in the index (removed ones too: they cannot come back)."""
        found: set[int] = set()
        for batch in _batches(sorted(set(keys)), _ASKED):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT key FROM {self._keys} WHERE key IN ({marks})"
            found.update(row[0] for row in self._connection.execute(sql, batch))
        return found

    def add(self, key: int, prepared: Prepared) -> None:
        """Store `prepared` under `key`; nothing happens when the key is stored already."""
        self.add_many([(key, prepared)])

    def add_many(self, items: Iterable[tuple[int, Prepared]], jobs: int = 1) -> int:
        """Add every (key, prepared) of `items` not stored yet; how many were new.

        Much faster than one by one, and with `jobs` processes beside each other faster still
        from some ten thousand on; what is stored does not depend on them. Keys are integers
        from 0; prepared texts may be made lazily, they are not kept.
        """
        added, last = 0, self._last()
        waiting: deque[tuple[list[int], Callable[[], Entries]]] = deque()
        with Readers(jobs) as readers:
            for some in _batches(items, _BATCH):
                fresh: dict[int, Prepared] = {}
                for key, prepared in some:
                    fresh.setdefault(key, prepared)
                if min(fresh) <= last:
                    self._write(waiting)
                    for key in self.stored(fresh):
                        del fresh[key]
                if fresh:
                    added, last = added + len(fresh), max(last, *fresh)
                    waiting.append((list(fresh), readers.read(list(fresh.values()))))
                self._write(waiting, _AHEAD if jobs > 1 else 0)
            self._write(waiting)
        return added

    def _last(self) -> int:
        """The largest key stored."""
        row = self._connection.execute(f"SELECT max(key) FROM {self._keys}").fetchone()
        return -1 if row[0] is None else int(row[0])

    def _write(
        self, waiting: deque[tuple[list[int], Callable[[], Entries]]], ahead: int = 0
    ) -> None:
        """Write what was read first, all but the last `ahead` of what is `waiting`."""
        while len(waiting) > ahead:
            keys, read = waiting.popleft()
            self._store(keys, read())

    def _store(self, keys: Sequence[int], found: Entries) -> None:
        self._connection.executemany(
            f"INSERT INTO {self._keys} (key) VALUES (?)", ((key,) for key in sorted(keys))
        )
        self._directions.add(keys, found.directions)
        self._connection.executemany(
            f"INSERT INTO {self._postings} (term, chunk, count, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (term, chunk) DO UPDATE SET "
            "count = count + excluded.count, body = CAST(body || excluded.body AS BLOB)",
            _rows(keys, found),
        )

    def remove(self, keys: Iterable[int]) -> None:
        """No longer find `keys`; their postings go at the next `rebuild`."""
        self._connection.executemany(
            f"UPDATE {self._keys} SET removed = 1 WHERE key = ?", ((key,) for key in keys)
        )

    def rebuild(self, items: Iterable[tuple[int, Prepared]], jobs: int = 1) -> int:
        """Empty the index and add `items`; how many."""
        self._connection.execute(f"DELETE FROM {self._postings}")
        self._directions.clear()
        self._connection.execute(f"DELETE FROM {self._keys}")
        return self.add_many(items, jobs)

    @property
    def outdated(self) -> bool:
        """Whether texts were stored by a version with another table of vectors: they are found
        by their terms alone until a `rebuild`."""
        return self._directions.outdated

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        """At most `limit` keys with scores (only comparable within one answer), best first."""
        self._look()
        asked = question(prepared)
        frequency = self._frequency([*asked.terms, _EVERY])
        chosen = plan(asked.terms, frequency, frequency.get(_EVERY, 0))
        found = gather(self._hits(dict(chosen)))
        return rank(found, asked.direction, self._directions.of(found.keys), limit)

    def _look(self) -> None:
        """Forget the counts and what was removed where anything was written since, or may be
        undone."""
        now = None if self._connection.in_transaction else written(self._connection)
        if now is None or self._seen != now or len(self._counts) > _REMEMBERED:
            self._counts, self._gone, self._seen = {}, self._removed(), now

    def _frequency(self, asked: Sequence[str]) -> dict[str, int]:
        """In how many texts each term occurs, 0 in none; remembered until anything is written."""
        if unknown := [term for term in asked if term not in self._counts]:
            self._counts |= dict.fromkeys(unknown, 0)
            self._counts |= self._read("term, sum(count)", unknown, " GROUP BY term")
        return self._counts

    def _hits(self, worth: Mapping[str, float]) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """Keys and scores of all postings of the terms in `worth`, without removed keys."""
        import numpy as np

        place = {term: at for at, term in enumerate(worth)}
        rows = sorted(
            self._read("term, chunk, body", list(worth)), key=lambda row: (place[row[0]], row[1])
        )
        if not rows:
            return []
        counts = [len(body) // 3 for _, _, body in rows]
        starts = np.repeat([chunk << _CHUNK for _, chunk, _ in rows], counts)
        steps = np.repeat([worth[term] / _STEPS for term, _, _ in rows], counts)
        postings = np.frombuffer(b"".join(body for _, _, body in rows), dtype=_POSTING)
        keys, scores = postings["key"] + starts, postings["impact"] * steps
        if self._gone:
            kept = ~np.isin(keys, self._gone)
            keys, scores = keys[kept], scores[kept]
        return [(keys, scores)]

    def _read(self, columns: str, asked: Sequence[str], more: str = "") -> list[Any]:
        """Rows of the postings of the terms `asked`."""
        found: list[Any] = []
        for batch in _batches(asked, _ASKED):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT {columns} FROM {self._postings} WHERE term IN ({marks}){more}"
            found += self._connection.execute(sql, batch)
        return found

    def _removed(self) -> list[int]:
        sql = f"SELECT key FROM {self._keys} WHERE removed ORDER BY key"
        return [row[0] for row in self._connection.execute(sql)]


def _rows(keys: Sequence[int], found: Entries) -> Iterator[tuple[str, int, int, bytes]]:
    """Term, chunk, number of postings and their bytes, by chunk and term."""
    import numpy as np

    terms = [_EVERY, *found.terms]
    every = np.arange(len(keys))
    key = np.array(keys, np.int64)[np.concatenate([every, found.text])]
    term = np.concatenate([np.zeros_like(every), found.term + 1])
    impact = np.concatenate([np.zeros(len(keys)), found.impact])
    chunk = key >> _CHUNK
    order = np.argsort(chunk, kind="stable")  # the terms are in order
    postings = np.empty(len(order), dtype=_POSTING)
    postings["key"] = (key & _LAST)[order]
    postings["impact"] = np.rint(impact * _STEPS).clip(1, 255)[order]
    group, first = np.unique((chunk * len(terms) + term)[order], return_index=True)
    body = postings.tobytes()
    bounds = pairwise([*first.tolist(), len(order)])
    for one, (start, end) in zip(group.tolist(), bounds, strict=True):
        place, name = divmod(one, len(terms))
        yield terms[name], place, end - start, body[3 * start : 3 * end]


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    ahead = iter(items)
    while batch := list(islice(ahead, size)):
        yield batch
