"""`report`: which file it writes, about what, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import cli

ROOT = Path(__file__).parents[2]
DRAFT = ROOT / "seeds" / "blog-uncited.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def database(worked_case: Path) -> str:
    return str(worked_case)


def test_a_draft_becomes_one_file_that_names_no_folder_of_this_machine(
    database: str, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    result = run("report", "-d", database, str(DRAFT), "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "provenance report -d demo.db blog-uncited.md -o report.html" in text
    assert str(tmp_path) not in text
    assert str(ROOT) not in text


def test_the_ending_of_the_file_chooses_the_format(database: str, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    assert run("report", "-d", database, "1", "-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("# Provenance report: Statement 1")
    shown = run("report", "-d", database, "1", "--format", "markdown").stdout
    assert shown.startswith("# Provenance report: Statement 1")


def test_a_stored_article_is_named_by_its_address(database: str) -> None:
    address = "https://bild.example/politik/ausland/starmer-50000"
    assert "altered" in run("report", "-d", database, address).stdout


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("999", "no statement 999"),
        ("no-such-draft.md", "no such file"),
        (str(ROOT / "seeds"), "a report is about one"),
    ],
)
def test_what_cannot_be_reported_on_is_told_and_writes_nothing(
    database: str, tmp_path: Path, what: str, says: str
) -> None:
    target = tmp_path / "report.html"
    result = run("report", "-d", database, what, "-o", str(target))
    assert (result.exit_code, target.exists()) == (1, False)
    assert says in result.stderr


def test_a_newsroom_may_answer_for_the_verdicts(database: str) -> None:
    result = run("report", "-d", database, str(DRAFT), "--claim-review", "The Desk")
    assert '"ClaimReview"' in result.stdout
    assert "--claim-review &#39;The Desk&#39;" in result.stdout
