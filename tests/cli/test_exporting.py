"""`export`: what is asked for, where it goes, and what is said when there is nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import cli
from provenance.export.formats import FORMATS
from tests.store import given

SAID = "We may send 15,000 troops to the northern border if asked."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One statement carried by three articles, each with its station in the chain."""
    path = tmp_path / "case.db"
    with given.opened(path) as (store, run):
        keys = [given.add_saying(store, run, SAID, outlet=f"Outlet {n}") for n in range(3)]
        (statement,) = store.set_statements([keys], run)
        chain = given.chain(statement, keys)
        store.save_chain(statement, given.placed(chain, store), run)
    return str(path)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_goes_to_a_file_and_the_screen_alike(
    database: str, tmp_path: Path, name: str
) -> None:
    target = tmp_path / FORMATS[name].file
    assert run("export", "-d", database, name, "-o", str(target)).exit_code == 0
    shown = run("export", "-d", database, name)
    assert shown.exit_code == 0, shown.output
    assert target.read_bytes() == shown.stdout_bytes
    assert "Outlet" in shown.stdout


def test_a_quote_or_a_statement_stands_for_its_whole_chain(database: str) -> None:
    everything = run("export", "-d", database, "csv").stdout
    assert run("export", "-d", database, "csv", "2").stdout == everything
    assert run("export", "-d", database, "csv", "1", "2", "-s", "1").stdout == everything
    assert len(list(csv.DictReader(io.StringIO(everything)))) == 4  # three hops and an ending


def test_a_statement_that_is_not_there_writes_nothing(database: str, tmp_path: Path) -> None:
    target = tmp_path / "hops.csv"
    result = run("export", "-d", database, "csv", "-s", "99", "-o", str(target))
    assert (result.exit_code, target.exists()) == (1, False)
    assert result.stderr.startswith("Error: no statement 99")


def test_a_file_that_cannot_be_written_is_one_clear_line(database: str, tmp_path: Path) -> None:
    result = run("export", "-d", database, "dot", "-o", str(tmp_path / "no" / "chains.dot"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "cannot write" in result.stderr


def test_an_empty_database_gives_an_empty_file_and_says_so(tmp_path: Path) -> None:
    with given.opened(tmp_path / "empty.db"):
        pass
    result = run("export", "-d", str(tmp_path / "empty.db"), "annotations")
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert "Nothing to export" in result.stderr


def test_help_lists_every_format_with_a_command_that_makes_it() -> None:
    shown = run("export", "--help").stdout
    for form in FORMATS.values():
        assert form.says in shown
        assert form.example in shown
