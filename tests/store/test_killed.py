"""A program killed in the middle leaves whole documents, and no half of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.store import open_store
from tests.store import given

ADDING = """
import sys
from tests.store import given

with given.opened(sys.argv[1]) as (store, run):
    for number in range(10**6):
        text = f"{number} {given.TEXT}"
        given.add(store, run, text, given.quote(within=text), given.quote("Daily Sample", text))
        print(number, flush=True)
"""

IN_THE_MIDDLE = """
import os, signal, sys
from provenance.store import _quotes
from tests.store import given

with given.opened(sys.argv[1]) as (store, run):
    given.add(store, run, "whole. " + given.TEXT)
    _quotes.keys_of = None
    insert = _quotes.insert
    def killed(*arguments):
        insert(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
    _quotes.insert = killed
    given.add(store, run, given.TEXT, given.quote(), given.quote("Daily Sample"))
"""


def start(program: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def whole(path: Path) -> int:
    """How many documents there are, each with all its parts."""
    with open_store(path) as store:
        connection = store._connection
        assert connection.value("PRAGMA integrity_check") == "ok"
        assert connection.rows("PRAGMA foreign_key_check") == []
        counts = store.status().counts
        assert connection.value("SELECT count(*) FROM quotes_fts") == counts["quotes"]
        assert connection.value("SELECT count(*) FROM documents_fts") == counts["documents"]
        for summary in store.documents():
            assert summary.quotes == (0 if store.document(summary.key).text[0] == "w" else 2)
        return counts["documents"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal there")
def test_a_kill_between_any_two_steps_leaves_only_whole_documents(path: Path) -> None:
    process = start(ADDING, path)
    assert process.stdout is not None
    told = 0
    while told < 30:
        told = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split()
    process.wait()
    told = int(rest[-1]) if rest else told
    # All that was reported is there; one more may have been stored but not reported.
    assert whole(path) - (told + 1) in {0, 1}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal there")
def test_a_kill_inside_a_document_leaves_nothing_of_it(path: Path) -> None:
    process = start(IN_THE_MIDDLE, path)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert whole(path) == 1
    with given.opened(path) as (store, run):
        added = given.add(store, run, given.TEXT, given.quote(), given.quote("Daily Sample"))
        assert added.status == "new"


def test_what_a_killed_run_left_open_is_taken_up_by_the_next(path: Path) -> None:
    with given.opened(path) as (store, run):
        key = given.add_saying(store, run, "Words.")
    with open_store(path) as store:
        assert store.quotes_touched() == (key,)
