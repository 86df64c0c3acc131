"""Print the schema of a new database: ``python -m provenance.store.schema > db/schema.sql``."""

from __future__ import annotations

import sys

from provenance.store._migrations import migrate


def schema() -> str:
    """The SQL that a new database of this version consists of, in a stable order."""
    from sqlite_utils import Database

    db = Database(memory=True, execute_plugins=False)
    with db.atomic():
        migrate(db)
    # FTS5 makes its own shadow tables; whoever runs the schema must not.
    rows = db.query(
        """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN
        (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid"""
    )
    return "".join(f"{row['sql']};\n\n" for row in rows).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
