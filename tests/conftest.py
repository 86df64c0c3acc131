"""Property tests: the same examples every time, and no verdict by the clock.

What takes seconds to make, and is only looked at, is made once for all tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.explore.browser import Browser

# Set before anything loads onnxruntime: no test may look up a telemetry host.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def worked_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `provenance demo` makes; whoever writes to it takes a copy."""
    from provenance import pipeline
    from provenance.store import open_store

    path = tmp_path_factory.mktemp("worked") / "demo.db"
    with open_store(path) as store:
        pipeline.demo(store)
    path.chmod(0o444)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; tests that ask for it are marked to be skipped where there is none."""
    from tests.explore.browser import browsing

    with browsing() as found:
        yield found
