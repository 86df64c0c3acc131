"""Two programs at one database: both create it, both write, neither fails or loses anything."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

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


def test_programs_that_make_one_file_at_the_same_moment_all_open_it(tmp_path: Path) -> None:
    together = Barrier(4)

    def make(path: Path) -> int:
        together.wait()
        with open_store(path) as store:
            return store.status().counts["documents"]

    with ThreadPoolExecutor(4) as programs:
        for case in range(40):  # without waiting, a few of forty fail
            path = tmp_path / f"{case}.db"
            assert list(programs.map(make, [path] * 4)) == [0] * 4
