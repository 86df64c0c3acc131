"""Texts read for the index beside each other: the same as one by one, whatever is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import numpy as np
import pytest

from provenance.matching import Entries, Prepared, entries, prepare
from provenance.store._reading import Readers

MANY = 20_000  # five parts: one is read elsewhere when the first second and a half are over


@pytest.fixture(scope="module")
def texts() -> list[Prepared]:
    said = "The tunnel under bay {} will be open for {} days, minister number {} said."
    return [prepare(said.format(n, n % 31, n % 7), "en") for n in range(MANY)]


def test_a_killed_reader_leaves_nothing_unread(texts: list[Prepared]) -> None:
    with Readers(2) as readers:
        found = readers.read(texts)
        while not multiprocessing.active_children():
            time.sleep(0.01)
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        assert alike(found(), entries(texts))


def alike(one: Entries, two: Entries) -> bool:
    """Whether both hold the same, array by array."""
    arrays = zip(one[1:], two[1:], strict=True)
    return list(one.terms) == list(two.terms) and all(np.array_equal(a, b) for a, b in arrays)
