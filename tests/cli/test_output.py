"""Lists come out as JSON, lines, CSV, TSV or a table, and cells cannot be run as formulas."""

import csv
import io
import json

import pytest

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
