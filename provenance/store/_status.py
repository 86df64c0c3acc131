"""What a database holds, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.store._connection import Connection
from provenance.store._packing import unpack

_COUNTED = (
    "documents",
    "quotes",
    "sentences",
    "speakers",
    "outlets",
    "translations",
    "matches",
    "statements",
    "hops",
    "reviews",
    "snapshots",
    "runs",
)

_LANGUAGES = "SELECT language, count(*) FROM documents GROUP BY language ORDER BY 2 DESC, 1"

_OUTLETS = """
SELECT outlets.name, count(*) FROM documents JOIN outlets ON outlets.id = documents.outlet
GROUP BY outlets.id ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Status:
    """What a database holds: rows by table, documents by language and by outlet, the file's
    size in bytes, and the versions and models of the last run that stored anything."""

    path: str
    bytes: int
    counts: Mapping[str, int]
    languages: Mapping[str, int]
    outlets: Mapping[str, int]
    versions: Mapping[str, str]
    models: Mapping[str, str]


def status(connection: Connection) -> Status:
    """What the database holds."""
    last = connection.row("SELECT versions, models FROM runs ORDER BY id DESC LIMIT 1")
    return Status(
        path=connection.name,
        bytes=_pragma(connection, "page_count") * _pragma(connection, "page_size"),
        counts={table: connection.value(f"SELECT count(*) FROM {table}") for table in _COUNTED},
        languages=_tally(connection, _LANGUAGES),
        outlets=_tally(connection, _OUTLETS),
        versions=unpack(last["versions"]) if last else {},
        models=unpack(last["models"]) if last else {},
    )


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.value(f"PRAGMA {name}"))


def _tally(connection: Connection, sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.rows(sql)}
