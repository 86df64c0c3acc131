"""What is asked about statements and outlets, and decided about hops, through the parser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from provenance.cli import cli
from provenance.cli._signing import signer

ARTICLES = {
    "office": (
        "UK Prime Minister's Office",
        "2026-06-01T09:00Z",
        "Prime Minister Keir Starmer said: “We will not close the port of Dover, and 300 workers "
        "will keep their jobs.”",
    ),
    "tass": (
        "TASS",
        "2026-06-01T12:00Z",
        "«Мы не закроем порт Дувр, и 300 рабочих сохранят свои места», — заявил Кир Стармер.",
    ),
    "vestnik": (
        "Портовый вестник",
        "2026-06-01T15:00Z",
        "«Мы закроем порт Дувр, и 300 рабочих сохранят свои места», — заявил Кир Стармер, "
        "сообщает ТАСС.",
    ),
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def answer(*arguments: str) -> Any:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*arguments: str) -> str:
    """The one line on stderr with which a command says no."""
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database of the three articles, built once."""
    folder = tmp_path_factory.mktemp("asked")
    lines = folder / "articles.jsonl"
    with lines.open("w", encoding="utf-8") as out:
        for name, (outlet, published, text) in ARTICLES.items():
            line = {"id": name, "outlet": outlet, "published": published, "text": text}
            out.write(json.dumps(line) + "\n")
    path = folder / "case.db"
    assert run("add", "-d", str(path), "--input", "jsonl", str(lines)).exit_code == 0
    return path.read_bytes()


@pytest.fixture
def database(stored: bytes, tmp_path: Path) -> str:
    path = tmp_path / "case.db"
    path.write_bytes(stored)
    return str(path)


def test_a_timeline_tells_what_came_when_and_from_where(database: str) -> None:
    told = answer("timeline", "-d", database, "--json", "3")
    assert [row["outlet"] for row in told] == [ARTICLES[name][0] for name in ARTICLES]
    assert [row["source"] for row in told] == [None, ARTICLES["office"][0], "TASS"]
    assert [row["hours"] for row in told] == [0.0, 3.0, 6.0]
    assert [row["asked"] for row in told] == [False, False, True]
    assert any("не" in says for says in told[2]["changes"])


def test_a_timeline_reads_as_a_text_and_as_a_table(database: str) -> None:
    shown = run("timeline", "-d", database, "Мы не закроем порт Дувр").stdout
    for part in ("in order of time", "+3 h", "↑ from TASS", "≠ negation (serious)"):
        assert part in shown
    assert run("timeline", "-d", database, "--csv", "3").stdout.startswith("statement,published")


def test_spread_leads_onward_from_the_quote_asked(database: str) -> None:
    told = answer("spread", "-d", database, "--json", "1")
    assert (told["root"], told["renderings"]) == ("q1", 2)
    assert told["outlets"] == ["TASS", "Портовый вестник"]
    assert told["altered"] == ["q3"]
    assert [hop["from"] for hop in told["hops"]] == ["q2", "q3"]
    assert "Nothing stored carries it on" in run("spread", "-d", database, "3").stdout


def test_the_spread_of_loose_words_is_that_of_the_text_they_go_back_to(database: str) -> None:
    told = answer("spread", "-d", database, "--json", "300 рабочих сохранят свои места в Дувре")
    assert told["root"] == "q1"
    assert "q0" not in {node["id"] for node in told["nodes"]}


def test_a_question_may_come_on_standard_input(database: str) -> None:
    text = ARTICLES["vestnik"][2]
    told = CliRunner().invoke(cli, ["timeline", "-d", database, "--json", "-"], input=text)
    assert ARTICLES["office"][0] in {row["outlet"] for row in json.loads(told.stdout)}


def test_sources_say_whom_an_outlet_relies_on(database: str) -> None:
    told = answer("sources", "-d", database, "--json", "портовый", "вестник")
    assert (told["outlet"], told["quotes"], told["derived"]) == ("Портовый вестник", 1, 1)
    assert (told["distance"], told["altered_share"]) == (2.0, 1.0)
    (source,) = told["sources"]
    assert {"source": "TASS", "kind": "stored", "cited": 1, "altered": 1}.items() <= source.items()
    shown = run("sources", "-d", database, "ТАСС").stdout
    for part in ("TASS  1 quote stored", "UK Prime Minister's Office", "Carried on by: Портовый"):
        assert part in shown
    assert "examples" in run("sources", "-d", database, "-t", "TASS").stdout


def test_an_unknown_outlet_is_told_with_one_that_is_spelt_nearly_so(database: str) -> None:
    assert "perhaps Портовый вестник?" in refused("sources", "-d", database, "Портовый весник")
    assert "provenance status" in refused("sources", "-d", database, "Nobody's Herald")


def test_diff_marks_lost_and_added_words_even_without_colour(database: str) -> None:
    shown = run("diff", "-d", database, "2", "3").stdout
    assert "Мы [-не-] закроем порт" in shown
    assert "≠ negation (serious)" in shown
    told = answer("diff", "-d", database, "--json", "2", "3")
    assert (told["earlier"]["quote"], told["later"]["outlet"]) == (2, "Портовый вестник")
    lost = [word for word in told["words"] if word["change"] == "lost"]
    assert [(word["earlier_text"], word["later"]) for word in lost] == [("не", None)]
    start, end = lost[0]["earlier"]
    assert told["earlier"]["text"][start:end] == "не"


def test_diff_pairs_the_words_of_two_languages(database: str) -> None:
    shown = run("diff", "-d", database, "1", "2").stdout
    assert "not = не" in shown


def test_diff_of_two_texts_needs_no_database() -> None:
    told = answer("diff", "--json", "The port stays open.", "The old port stays open.")
    assert [w["later_text"] for w in told["words"] if w["change"] == "added"] == ["old"]


def test_words_to_compare_must_be_words(database: str) -> None:
    assert "no words" in refused("diff", "…", "The port stays open.")
    assert "no quote 99" in refused("diff", "-d", database, "1", "99")


def test_of_a_word_or_two_it_is_said_that_anybody_may_have_them() -> None:
    assert "few words" in run("diff", "not an inch", "not one inch").stdout
    longer = "they will not get one inch", "not an inch for them"
    assert "few words" not in run("diff", *longer).stdout


def test_hostile_words_cannot_reach_the_terminal() -> None:
    shown = run("diff", "the \x1b[2Jport \u202estays", "the port stays").stdout
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_decision_is_made_listed_and_taken_back(database: str) -> None:
    made = answer("review", "reject", "-d", database, "--by", "Ann Lee", "-m", "No.", "3", "--json")
    assert made["review"] == 1
    assert "q2" not in {hop["to"] for hop in made["trace"]["hops"] if hop["from"] == "q3"}
    (record,) = answer("review", "list", "-d", database)
    assert [record] == answer("review", "-d", database, "list")
    wanted = {"decision": "reject", "from_node": "q3", "to_node": "q2", "by": "Ann Lee"}
    assert wanted.items() <= record.items()
    taken = run("unreview", "-d", database, "--by", "Ben Hur", "1")
    assert "takes review 1 back" in taken.stderr
    assert "TASS" in taken.stdout
    assert [row["undone"] for row in answer("review", "list", "-d", database, "3")] == [2, None]
    assert "undone already" in refused("unreview", "-d", database, "1")


def test_an_added_outlet_shows_in_the_trail(database: str) -> None:
    done = run("review", "add", "-d", database, "1", "The Quay Gazette")
    assert "The Quay Gazette" in done.stdout
    assert "by review" in done.stdout


def test_a_decision_about_nothing_is_refused_in_one_line(database: str) -> None:
    assert "no quote 99" in refused("review", "accept", "-d", database, "99", "1")
    assert "review add" in refused("review", "accept", "-d", database, "1", "3")
    assert run("review", "accept", "-d", database, "one").exit_code == 2


def test_a_decision_is_signed_with_the_name_git_knows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ann Lee\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.chdir(tmp_path)
    assert signer() == "Ann Lee"
    settings.write_text("")
    monkeypatch.setenv("LOGNAME", "blee")
    assert signer() == "blee"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert signer() == "blee"
