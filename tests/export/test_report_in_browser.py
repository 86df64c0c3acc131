"""The report as an editor opens it: a file, in a real browser, with nothing else at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from provenance.cli import cli
from provenance.export import _report_html
from tests import hostile
from tests.explore.browser import Browser, axe, chromium
from tests.export.test_report import poisoned

DRAFT = Path(__file__).parents[2] / "seeds" / "blog-uncited.md"

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
    pytest.mark.skipif(
        chromium() is None and not os.environ.get("CI"),
        reason="chromium and chromium-driver are not installed",
    ),
]
each_width = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture(scope="module")
def addresses(worked_case: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A report on a draft, and one on a statement that ten carried."""
    folder, database = tmp_path_factory.mktemp("reports"), str(worked_case)
    run("report", "-d", database, str(DRAFT), "-o", str(folder / "draft.html"))
    run("report", "-d", database, "1", "-o", str(folder / "statement.html"))
    return {name: (folder / f"{name}.html").as_uri() for name in ("draft", "statement")}


def run(*arguments: str) -> None:
    assert CliRunner().invoke(cli, list(arguments)).exit_code == 0


@each_width
@pytest.mark.parametrize("name", ["draft", "statement"])
def test_it_fits_the_screen_and_asks_for_nothing(
    browser: Browser, addresses: dict[str, str], name: str, width: int
) -> None:
    browser.look(width)
    browser.open(addresses[name])
    assert browser.requests() == [addresses[name]]
    assert browser.complaints() == []
    assert browser.run("return document.documentElement.scrollWidth") <= width


@each_width
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["draft", "statement"])
def test_axe_finds_nothing_wrong(
    browser: Browser, addresses: dict[str, str], name: str, dark: bool, width: int
) -> None:
    source = axe()
    if source is None and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed: npm install axe-core, and set PROVENANCE_AXE")
    browser.look(width, dark)
    browser.open(addresses[name])
    assert browser.accessibility(source or "", colours=dark) == []  # in the dark only they change


def test_on_paper_every_word_stays(browser: Browser, addresses: dict[str, str]) -> None:
    browser.look(1280, media="print")
    browser.open(addresses["statement"])
    shown = browser.run("return getComputedStyle(document.querySelector('.wide')).display")
    assert shown == "block"
    browser.open(addresses["draft"])
    folded = browser.run(
        "return [...document.querySelectorAll('details li')].map(one => one.checkVisibility())"
    )
    assert folded
    assert all(folded)
    browser.look(1280)


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
def test_what_hostile_articles_say_does_not_run(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    page = tmp_path / "report.html"
    page.write_text(_report_html.text(poisoned(hostile.TEXTS[name])), encoding="utf-8")
    browser.open(page.as_uri())
    assert browser.driver.title.endswith("provenance report")
    assert browser.requests() == [page.as_uri()]
    assert browser.run("return document.scripts.length") == 1
    assert browser.run("return document.querySelector('footer') !== null")
