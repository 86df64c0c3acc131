"""What the flow does not reach yet on the worked case is listed, not hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

NOT_YET = Path(__file__).with_name("not_yet.txt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the listed tests to fail; the summary counts them, and those that pass after all."""
    lines = NOT_YET.read_text(encoding="utf-8").splitlines()
    known = {line.split()[0] for line in lines if line and not line.startswith("#")}
    for item in items:
        if item.path.parent == NOT_YET.parent and item.name in known:
            item.add_marker(pytest.mark.xfail(reason="listed in tests/seeds/not_yet.txt"))
