"""SQLite, through sqlite-utils: takes and gives the dataclasses of `provenance.model`.

Nothing here decides anything; it keeps what it is given, whole or not at all, and refuses
what cannot be true: a quote that is not verbatim, a changed document, an erased review.
"""

from provenance.store._documents import Summary
from provenance.store._opening import reader
from provenance.store._outlets import Stored as Outlet
from provenance.store._reviews import Record
from provenance.store._searching import Found
from provenance.store._statements import Statement
from provenance.store._status import Status
from provenance.store._store import Run, Store, Stored, attached, open_store

__all__ = [
    "Found",
    "Outlet",
    "Record",
    "Run",
    "Statement",
    "Status",
    "Store",
    "Stored",
    "Summary",
    "attached",
    "open_store",
    "reader",
]
