"""Lists come out as JSON, lines, CSV, TSV or a table, and cells cannot be run as formulas."""

import csv
import io
import json

import click
import pytest
from rich.cells import cell_len

from provenance.cli._output import Format

RECORDS = [
    {"id": "a", "count": 2, "names": ["x", "y"], "note": None},
    {"id": "=cmd()", "count": -1, "names": [], "note": "two\nlines"},
]


def test_json_array_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    Format().write(iter(RECORDS))
    assert json.loads(capsys.readouterr().out) == RECORDS


def test_nothing_is_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    Format().write([])
    assert json.loads(capsys.readouterr().out) == []


def test_one_object_a_line_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    Format(nl=True).write(RECORDS)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == RECORDS


def test_csv_has_a_header_and_inert_cells(capsys: pytest.CaptureFixture[str]) -> None:
    Format(csv=True).write(RECORDS)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == {"id": "a", "count": "2", "names": '["x", "y"]', "note": ""}
    assert rows[1] == {"id": "'=cmd()", "count": "-1", "names": "[]", "note": "two lines"}


def test_tsv_keeps_one_record_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    Format(tsv=True).write(RECORDS)
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_table_shows_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    Format(table=True).write(RECORDS)
    header = capsys.readouterr().out.splitlines()[0]
    assert header.split() == ["id", "count", "names", "note"]


def on_a_screen(wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", str(wide))


def test_columns_stand_beneath_each_other_in_any_script(capsys: pytest.CaptureFixture[str]) -> None:
    Format(table=True).write([{"said": said, "by": "x"} for said in ("投票之前", "before", "قبل")])
    _, _, *rows = capsys.readouterr().out.splitlines()
    assert len({cell_len(row.rstrip("x")) for row in rows}) == 1


@pytest.mark.parametrize("wide", [40, 80])
def test_no_line_is_wider_than_the_terminal(
    wide: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_screen(wide, monkeypatch)
    words = dict.fromkeys(("one", "two", "three", "four"), "four words stand here")
    Format(table=True).write([words, words | {"four": "在工人投票之前我们不会"}])
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert max(map(cell_len, lines)) <= wide


def test_a_table_that_would_break_words_is_a_sheet_a_record(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_screen(20, monkeypatch)
    Format(table=True).write(RECORDS)
    sheet = click.unstyle(capsys.readouterr().out).split("\n\n")[1]
    assert [line.split() for line in sheet.splitlines()][:2] == [["id", "=cmd()"], ["count", "-1"]]
