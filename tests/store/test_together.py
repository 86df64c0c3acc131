"""Two programs at one database: both create it, both write, neither fails or loses anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from provenance.store import open_store

ADDING = """
import sys
from tests.store import given

with given.opened(sys.argv[1]) as (store, run):
    for number in range(60):
        text = f"{number} of {sys.argv[2]}: {given.TEXT}"
        given.add(store, run, text, given.full_quote_in(text), outlet=f"Outlet {number % 7}")
"""


def test_two_writers_wait_for_each_other(path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(path), name],
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for name in ("one", "other")
    ]
    errors = [writer.communicate()[1] for writer in writers]
    assert errors == ["", ""]
    with open_store(path, read_only=True) as store:
        counts = store.status().counts
        assert (counts["documents"], counts["quotes"], counts["runs"]) == (120, 120, 2)
        assert counts["outlets"] == 7 + 2  # and the two the quotes name
        assert len(store.index) == 120
        assert store._connection.rows("PRAGMA foreign_key_check") == []
