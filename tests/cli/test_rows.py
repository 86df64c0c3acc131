"""Tables and sheets have a row a quote or a match, and lists in words; JSON stays as it is."""

import csv
import io
import json

from click.testing import CliRunner

from provenance.cli import _rows, cli
from provenance.export import contract
from provenance.model import Drift

LOST = Drift("number", "serious", "", "5", "“5” is gone.", certain=False)
STORY = (
    "Anna Berg said on Monday that the bridge would open in May.\n\n"
    "“We need two more weeks,” she told reporters, according to Reuters.\n"
)


def asked(*arguments: str) -> str:
    found = CliRunner().invoke(cli, arguments, input=STORY)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_a_sheet_of_quotes_has_a_row_a_quote() -> None:
    told = [quote for one in json.loads(asked("quotes", "-")) for quote in one["quotes"]]
    rows = list(csv.DictReader(io.StringIO(asked("quotes", "-", "--csv"))))
    assert [row["text"] for row in rows] == [quote["text"] for quote in told]
    assert {row["speaker"] for row in rows} == {"Anna Berg"}
    assert [row["via"] for row in rows] == ["", "Reuters"]


def test_a_table_holds_a_long_quote_whole() -> None:
    long = "the bridge " + "over the wide river " * 8 + "would open"
    found = CliRunner().invoke(cli, ["quotes", "-", "-t"], input=f"Anna Berg said: “{long}.”")
    assert found.stdout.count("over the wide river") >= 4
    assert "…" not in found.stdout


def test_evidence_is_told_in_words_what_weighs_most_first() -> None:
    items = [{"weight": 0.5, "says": "a little"}, {"weight": -2.0, "says": "much"}]
    assert list(_rows.in_words({"id": "a", "evidence": items, "via": ["x", "y"], "empty": []})) == [
        {"id": "a", "evidence": "-2.0 much; +0.5 a little", "via": "x; y", "empty": ""}
    ]


def test_a_match_is_a_row_with_its_changes() -> None:
    shown = ("quote", "probability", "text", "language", "outlet", "published", "document")
    match = {name: name for name in shown} | {"features": {}, "drift": [contract.drift(LOST)] * 2}
    (row,) = _rows.matches({"id": "q", "matches": [match]})
    told = "number (serious): “5” is gone. — uncertain, see the original"
    assert row["changes"] == f"{told}; {told}"
    assert "features" not in row
    assert list(_rows.matches({"id": "q", "matches": []})) == []


def test_what_a_database_holds_is_a_row_a_thing() -> None:
    rows = list(_rows.status({"bytes": 5, "languages": {"en": 2}}))
    assert rows == [
        {"of": "bytes", "what": "", "value": 5},
        {"of": "languages", "what": "en", "value": 2},
    ]


def test_a_statement_names_its_outlets_once() -> None:
    renderings = [{"outlet": "A"}, {"outlet": ""}, {"outlet": "B"}, {"outlet": "A"}]
    (row,) = _rows.statement({"text": "t", "languages": ["de", "en"], "renderings": renderings})
    assert row == {"text": "t", "languages": "de; en", "outlets": "A; B"}
