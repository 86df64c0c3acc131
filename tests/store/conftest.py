from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.store import Run, Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> Iterator[Run]:
    with store.run("test", {"translator": "none"}) as started:
        yield started
