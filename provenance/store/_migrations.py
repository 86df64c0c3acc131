"""The history of the schema. A new step is a new name and file here, never an edit.

Applied by sqlite-utils' `Migrations`, which records each step in the database.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Each step is the file ``NNNN_name.sql`` beside this one.
STEPS = ("0001_begin", "0002_candidates", "0003_relating", "0004_directions")

# The set's name in sqlite-utils' table of applied migrations.
SET = "provenance"

# "PROV" in ASCII, in the header of every database of ours, so that no other is mistaken for
# one, and ``file case.db`` can tell (sqlite.org/pragma.html#pragma_application_id).
APPLICATION_ID = 0x50524F56


def migrate(db: Database) -> None:
    """Bring `db` to this version's schema and mark it as ours. Call inside a transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    for step in STEPS:
        migrations(name=step)(_running(f"{step}.sql"))
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(STEPS)}")


def _running(file: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        db.executescript((files(__package__) / file).read_text(encoding="utf-8"))

    return run
