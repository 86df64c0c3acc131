"""What Graphviz draws of hostile articles, opened in a real browser: text and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from provenance.export.drawing import picture
from provenance.export.formats import FORMATS
from tests import hostile
from tests.explore.browser import Browser, chromium
from tests.export.travelled import trail

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
    pytest.mark.skipif(
        (chromium() is None or shutil.which("dot") is None) and not os.environ.get("CI"),
        reason="chromium, chromium-driver and graphviz are not all installed",
    ),
]


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
@pytest.mark.parametrize("drawn_by", ["graphviz", "us"])
def test_a_drawing_runs_nothing_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, name: str, drawn_by: str
) -> None:
    travelled = trail(hostile.TEXTS[name])
    dot = "".join(FORMATS["dot"].lines([travelled]))
    text = picture(travelled.chain) if drawn_by == "us" else graphviz(dot)
    page = tmp_path / "drawing.svg"
    page.write_text(text, encoding="utf-8")
    browser.open(page.as_uri())
    assert browser.requests() == [page.as_uri()]
    assert browser.run("return document.querySelectorAll('script, foreignObject, a').length") == 0
    assert browser.run("return document.documentElement.localName") == "svg"
    assert hostile.MARK not in (browser.driver.title or "")


def graphviz(dot: str) -> str:
    done = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True, check=True)
    # Graphviz names a document type at another address; a browser does not fetch it.
    return done.stdout
