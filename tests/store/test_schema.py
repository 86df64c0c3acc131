"""The schema in db/ is the one the code makes, and names everything a reader needs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from provenance.store import Store, index
from provenance.store.schema import schema

ROOT = Path(__file__).parents[2]
DERIVED = (
    *("documents", "quotes", "attributions", "translations", "matches", "statements", "nodes"),
    *("hops", "ends", "speakers", "speaker_names", "outlets", "snapshots"),
)


def test_the_schema_on_show_is_current() -> None:
    shown = (ROOT / "db" / "schema.sql").read_text(encoding="utf-8")
    assert shown == schema(), "run: python -m provenance.store.schema > db/schema.sql"


def test_the_schema_on_show_makes_a_database() -> None:
    raw = sqlite3.connect(":memory:")
    raw.executescript(schema())
    names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
    assert {"chains", "origins", "altered", "unsourced", "timeline"} <= names


@pytest.mark.parametrize("name", ["quote_index", "sentence_index"])
def test_the_tables_of_the_indexes_are_as_the_index_lays_them_out(name: str) -> None:
    raw = sqlite3.connect(":memory:")
    raw.executescript(index.schema(name))
    for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        assert sql in schema()


@pytest.mark.parametrize("table", DERIVED)
def test_every_derived_row_names_its_run(store: Store, table: str) -> None:
    keys = store._connection.rows(f"PRAGMA foreign_key_list({table})")
    assert ("runs", "run") in {(row["table"], row["from"]) for row in keys}


def test_every_view_can_be_asked_on_an_empty_database(store: Store) -> None:
    views = store._connection.rows("SELECT name FROM sqlite_master WHERE type = 'view'")
    for row in views:
        assert store._connection.rows(f"SELECT * FROM {row[0]}") == []


def test_every_foreign_key_has_an_index_to_find_its_rows_by(store: Store) -> None:
    """Datasette lists what refers to a row: without an index that reads whole tables."""
    rows = store._connection.rows(
        """SELECT t.name AS "table", f."from" AS "column" FROM sqlite_master AS t
        JOIN pragma_foreign_key_list(t.name) AS f
        WHERE t.type = 'table' AND f."table" != 'runs'
        AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) AS i
            JOIN pragma_index_info(i.name) AS c WHERE c.seqno = 0 AND c.name = f."from")
        AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c
            WHERE c.pk = 1 AND c.name = f."from")"""
    )
    assert [tuple(row) for row in rows] == []
