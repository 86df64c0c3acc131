"""Each command through the real parser: its contract's keys, order, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from provenance.cli import cli
from provenance.languages.negation import denials

OFFICE = """---
id: office
outlet: UK Prime Minister's Office
url: https://office.example/dover
published: 2026-06-01T09:00:00+00:00
---
Prime Minister Keir Starmer said:
“We will not close the port of Dover, and 300 workers will keep their jobs.”
"""
RELAY = """---
id: relay
outlet: Портовый вестник
url: https://vestnik.example/dover
published: 2026-06-01T15:00:00+03:00
---
«Мы не закроем порт Дувр, и 300 рабочих сохранят свои места», — заявил премьер-министр
Великобритании Кир Стармер, сообщает ТАСС.
"""


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def answer(*arguments: str, stdin: str | None = None) -> Any:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "office.md").write_text(OFFICE, encoding="utf-8")
    (tmp_path / "relay.md").write_text(RELAY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def database(case: Path) -> str:
    path = str(case / "case.db")
    result = run("add", "-d", path, str(case / "office.md"), str(case / "relay.md"))
    assert result.stdout == "2 new with 2 quotes, 0 unchanged, 0 failed\n"
    return path


def test_detect_keeps_the_order_of_its_lines() -> None:
    lines = [{"id": "b", "text": "Мы не закроем порт этой зимой."}, {"id": "a", "text": "Nobody."}]
    stdin = "".join(json.dumps(line) + "\n" for line in lines)
    result = run("detect", "--input", "jsonl", "--nl", stdin=stdin)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in found] == ["b", "a"]
    assert set(found[0]) == {"id", "language", "confidence", "ranking", "script"}
    assert (found[0]["language"], found[0]["script"]) == ("ru", "Cyrl")


def test_quotes_have_offsets_speaker_cue_and_chain(case: Path) -> None:
    (record,) = answer("quotes", str(case / "relay.md"))
    (quote,) = record["quotes"]
    assert quote["text"] == "Мы не закроем порт Дувр, и 300 рабочих сохранят свои места"
    assert quote["end"] - quote["start"] == len(quote["text"])
    assert (quote["type"], quote["speaker"]["kind"]) == ("direct", "person")
    assert quote["speaker"]["canonical"] == "Keir Starmer"
    assert quote["cue"]["text"] == "заявил"
    assert [relay["name"] for relay in quote["chain"]] == ["TASS"]
    assert set(quote["chain"][0]) == {"name", "kind", "as_written", "relation"}


def test_explained_quotes_say_what_fired(case: Path) -> None:
    (record,) = answer("quotes", "--explain", str(case / "relay.md"))
    assert all(item["says"] for quote in record["quotes"] for item in quote["evidence"])


def test_origin_gives_its_reasons(case: Path) -> None:
    (record,) = answer("origin", str(case / "relay.md"))
    assert set(record) == {"id", "origin", "source_language", "via", "probability", "evidence"}
    assert 0 < record["probability"] < 1


def test_a_text_without_package_is_glossed_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    (record,) = answer("translate", stdin="Мы не закроем порт этой зимой.")
    assert record["translator"] == "gloss"
    assert denials(record["text"], "en")
    assert "this winter" in record["text"]
    assert record["confidence"] < 0.5
    result = run("translate", stdin="Мы не закроем порт этой зимой.")
    assert "Word by word, not translated. To help: provenance models install ru en" in result.stderr


def test_no_package_for_a_pair_names_the_one_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    result = run("translate", "--to", "fr", stdin="Мы не закроем порт этой зимой.")
    assert result.exit_code == 1
    assert "models install ru en; provenance models install en fr" in result.stderr
    same = run("translate", stdin="The port of Dover stays open for the whole of this winter.")
    assert (same.exit_code, "already" in same.stderr) == (1, True)


def test_match_finds_the_original_in_another_language(database: str) -> None:
    query = json.dumps({"id": "q", "text": "Порт Дувр не закроем, 300 рабочих сохранят места."})
    result = run("match", "-d", database, "--input", "jsonl", "--nl", "--top", "2", stdin=query)
    record = json.loads(result.stdout)
    assert record["id"] == "q"
    assert {item["document"] for item in record["matches"]} == {"office", "relay"}
    keys = {"quote", "document", "text", "language", "probability", "score", "features", "drift"}
    assert keys <= set(record["matches"][0])


def test_trace_points_each_hop_from_the_later_to_the_earlier(database: str, case: Path) -> None:
    shape = answer("trace", "-d", database, "--json", str(case / "relay.md"))
    nodes = {node["id"]: node for node in shape["nodes"]}
    onward = {hop["from"]: hop["to"] for hop in shape["hops"]}
    way = [shape["focus"]]
    while way[-1] in onward:
        way.append(onward[way[-1]])
    stations = [(nodes[node]["kind"], nodes[node]["outlet"]) for node in way]
    assert stations == [
        ("stored", "Портовый вестник"),
        ("named", "TASS"),
        ("stored", "UK Prime Minister's Office"),
    ]
    assert nodes[way[0]]["document"] == "relay"
    assert nodes[way[0]]["english"]["translator"] == "gloss"
    assert shape["ends"]["node"] == way[-1]
    assert shape["ends"]["says"].startswith("Earliest known")


def test_trace_reads_a_url_an_id_and_words_alike(database: str) -> None:
    for asked in ("https://vestnik.example/dover", "2", "Мы не закроем порт Дувр"):
        shape = answer("trace", "-d", database, "--json", asked)
        outlets = {node["outlet"] for node in shape["nodes"]}
        assert "UK Prime Minister's Office" in outlets


def test_words_longer_than_a_file_name_may_be_are_words(database: str) -> None:
    """Three hundred letters cannot even be looked for as a path."""
    for command in ("trace", "timeline", "spread"):
        assert run(command, "-d", database, "We shall build the bridge. " * 40).exit_code == 0


@pytest.mark.parametrize("name", ["articel.txt", "drafts/articel", "b" * 400 + ".md"])
def test_a_misspelt_path_is_not_taken_for_words(database: str, name: str) -> None:
    result = run("trace", "-d", database, name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: {name}: no such file\n"


def test_nothing_asked_is_one_line(database: str) -> None:
    result = run("trace", "-d", database, " ")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: nothing is asked")


def test_a_folder_is_not_taken_for_words(database: str, case: Path) -> None:
    assert "ask about one file of it" in run("trace", "-d", database, str(case)).stderr


@pytest.mark.parametrize(
    "command", [("quotes",), ("quotes", "--input", "jsonl"), ("report",), ("models", "install")]
)
def test_a_name_too_long_for_a_file_is_one_line(database: str, command: tuple[str, ...]) -> None:
    where = ("-d", database) if command == ("report",) else ()
    result = run(*command, *where, "b" * 400)
    assert result.exit_code == 1
    assert all(line.startswith("Error: ") for line in result.stderr.splitlines())


def test_words_given_for_a_file_are_told_the_way(database: str) -> None:
    result = run("match", "-d", database, "We shall build the bridge")
    assert "piped in" in result.stderr


def test_trace_of_an_unknown_quote_is_one_line(database: str) -> None:
    result = run("trace", "-d", database, "999")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no quote 999" in result.stderr


def test_the_tree_shows_outlets_words_and_the_ending(database: str) -> None:
    shown = run("trace", "-d", database, "2").stdout
    names = ("UK Prime Minister's Office", "Портовый вестник")
    for part in (*names, "We will not close the port", "⊣ Earliest"):
        assert part in shown


def test_the_tree_shows_who_says_it_where_another_does_than_above(tmp_path: Path) -> None:
    swapped = OFFICE.replace("office", "blog").replace("UK Prime Minister's Office", "Pier Blog")
    swapped = swapped.replace("Prime Minister Keir Starmer", "The mayor, Alan Webb,")
    swapped = swapped.replace("06-01", "06-04").replace("the port", "the ancient harbour")
    copied = swapped.replace("blog", "copy").replace("Pier Blog", "Pier Copy")
    copied = copied.replace("06-04", "06-05")
    for name, text in (("1", OFFICE), ("2", swapped), ("3", copied)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    path = str(tmp_path / "swapped.db")
    assert run("add", "-d", path, *(str(tmp_path / f"{n}.md") for n in "123")).exit_code == 0
    shown = run("trace", "-d", path, str(tmp_path / "3.md")).stdout
    assert shown.count("— Keir Starmer") == 1
    assert shown.count("— Alan Webb") == 1
    assert "That it goes back to UK Prime Minister's Office: " in shown


def test_a_way_names_the_stations_it_leaves_out_and_json_says_how_sure_it_is(
    tmp_path: Path,
) -> None:
    (tmp_path / "office.md").write_text(OFFICE, encoding="utf-8")
    for day, name in enumerate(("Pier Post", "", "Dock Daily"), 2):
        text = OFFICE.replace("office", f"n{day}").replace("UK Prime Minister's Office", name)
        text = text.replace("2026-06-01", f"2026-06-0{day}").replace("We will", "We surely will")
        (tmp_path / f"{day}.md").write_text(text, encoding="utf-8")
    path = str(tmp_path / "several.db")
    assert run("add", "-d", path, str(tmp_path)).exit_code == 0
    lines = run("trace", "-d", path, str(tmp_path / "2.md")).stdout.splitlines()
    said = next(line for line in lines if line.endswith("add --all"))
    told = answer("trace", "-d", path, "--json", str(tmp_path / "2.md"))
    whole = answer("trace", "-d", path, "--all", "--json", str(tmp_path / "2.md"))
    left_out = len(whole["nodes"]) - len(told["nodes"])
    assert said.startswith(f"{left_out} more station")
    assert "Dock Daily" in said
    assert "n3.example" in said
    assert 0 < told["reached"] == whole["reached"] <= 1


def test_strict_audit_fails_on_an_altered_quote(database: str, case: Path) -> None:
    altered = RELAY.replace("не закроем", "закроем").replace("id: relay", "id: draft")
    (case / "draft.md").write_text(altered, encoding="utf-8")
    relaxed = answer("audit", "-d", database, "--json", str(case / "draft.md"))
    assert [quote["verdict"] for quote in relaxed["quotes"]] == ["altered"]
    assert {"kind": "negation"}.items() <= relaxed["quotes"][0]["changes"][0].items()
    strict = run("audit", "-d", database, "--strict", str(case / "draft.md"))
    assert strict.exit_code == 1
    assert "ALTERED" in strict.stdout


def test_adding_says_once_which_package_would_help(case: Path) -> None:
    path = str(case / "hint.db")
    result = run("add", "-d", path, str(case / "office.md"), str(case / "relay.md"))
    assert result.stderr.count("provenance models install ru en") == 1


def test_adding_says_how_many_lack_what_direction_hangs_on(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name}: “We will open the pier,” said Ann Lee.")
    path = str(tmp_path / "bare.db")
    assert (
        "2 without outlet, 2 without time: --outlet" in run("add", "-d", path, str(tmp_path)).stderr
    )
    said = ("--outlet", "Pier Post", "--published", "2026-03-02")
    assert "without" not in run("add", "-d", path, *said, str(tmp_path / "one.txt")).stderr


def test_status_counts_what_is_stored(database: str) -> None:
    (status,) = answer("status", "-d", database)
    assert status["counts"]["documents"] == 2
    assert status["languages"] == {"en": 1, "ru": 1}


def test_path_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_DB", "elsewhere.db")
    assert run("path").output == "elsewhere.db\n"


def test_names_in_two_scripts_are_explained() -> None:
    (record,) = answer("names", "Кира Стармера", "Keir Starmer")
    assert record["probability"] > 0.5
    assert record["evidence"]


def test_help_lists_every_command_and_each_has_help() -> None:
    listed = run("--help").output
    for name in cli.list_commands(None):  # type: ignore[arg-type]
        assert name in listed
        assert run(name, "--help").exit_code == 0


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("tarce").exit_code == 2


PACKAGES = Path(__file__).parents[1] / "translating" / "packages"


def test_a_package_from_a_file_translates_and_can_be_checked_and_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    (package,) = sorted(PACKAGES.glob("*ru_en*.argosmodel"))
    assert run("models", "install", str(package)).exit_code == 0
    listed = answer("models", "list")
    assert {"from": "ru", "to": "en", "kind": "package"}.items() <= listed[0].items()
    there = "translate", "--language", "ru", "--round-trip"
    (translated,) = answer(*there, stdin="Президент сказал, что приедет.")
    told = run(*there, stdin="Президент сказал, что приедет.").stderr
    assert "no round trip. To help: provenance models install en ru" in told
    assert translated["translator"] == "argos"
    assert translated["round_trip"] is None
    assert "sound" in run("models", "verify").stdout
    assert run("models", "remove", "ru", "en").exit_code == 0
    assert run("models", "verify", "ru", "en").exit_code == 1


def test_a_file_that_is_no_package_is_refused_in_one_line(tmp_path: Path) -> None:
    stray = tmp_path / "stray.argosmodel"
    stray.write_bytes(b"not a package")
    result = run("models", "install", str(stray))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_what_lines_do_not_say_can_be_said_for_them(tmp_path: Path) -> None:
    path = str(tmp_path / "lines.db")
    lines = '{"id": "a", "text": "One."}\n{"id": "b", "text": "Two.", "outlet": "Reuters"}\n'
    run("add", "-d", path, "--input", "jsonl", "--outlet", "TASS", stdin=lines)
    (status,) = answer("status", "-d", path)
    assert status["outlets"] == {"TASS": 1, "Reuters": 1}


def test_statements_list_what_was_said_once_with_its_renderings(database: str) -> None:
    (found,) = answer("statements", "-d", database)
    assert set(found) == {
        *("statement", "text", "speaker", "language", "first_known"),
        *("first_quote", "quotes", "documents", "languages", "renderings"),
    }
    assert found["first_quote"] == found["renderings"][0]["quote"]
    assert (found["quotes"], found["documents"], found["languages"]) == (2, 2, ["en", "ru"])
    assert [one["document"] for one in found["renderings"]] == ["office", "relay"]
    assert found["text"].startswith("We will not close the port of Dover")
    assert answer("statements", "-d", database, "--speaker", "Стармер") == [found]
    assert answer("statements", "-d", database, "--speaker", "Macron") == []
    assert answer("statements", "-d", database, "--least", "3") == []


def test_match_all_relates_the_stored_quotes_anew(database: str) -> None:
    before = answer("statements", "-d", database)
    told = answer("match", "--all", "-d", database, "--nl")
    assert told == {"compared": 2, "matches": 1, "statements": 1}
    assert answer("statements", "-d", database) == before
    assert run("match", "--all", "-d", database).stdout == "2 compared, 1 matches, 1 statements\n"


def test_match_all_takes_no_texts(database: str) -> None:
    result = run("match", "--all", "-d", database, "some.txt")
    assert result.exit_code == 2
    assert "give no texts with it" in result.stderr


def test_many_queries_are_answered_in_their_order_by_any_number_of_processes(
    database: str,
) -> None:
    words = ("We will not close the port", "300 рабочих сохранят места", "Nothing of the kind")
    lines = [{"id": f"q{n}", "text": f"{words[n % 3]} {n}"} for n in range(130)]
    stdin = "".join(json.dumps(line) + "\n" for line in lines)
    told = [
        run("match", "-d", database, "--input", "jsonl", "--nl", "--jobs", jobs, stdin=stdin).stdout
        for jobs in ("1", "2")
    ]
    assert told[0] == told[1]
    assert [json.loads(line)["id"] for line in told[0].splitlines()] == [
        f"q{n}" for n in range(130)
    ]


def test_tracing_says_once_which_package_would_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str, case: Path
) -> None:
    result = run("trace", "-d", database, str(case / "relay.md"))
    assert result.stderr.count("provenance models install ru en") == 1
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    (package,) = sorted(PACKAGES.glob("*ru_en*.argosmodel"))
    assert run("models", "install", str(package)).exit_code == 0
    result = run("trace", "-d", database, str(case / "relay.md"))
    assert "models install" not in result.stderr


def test_what_lies_among_the_packages_and_is_none_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "metadata.json").write_text("{", encoding="utf-8")
    verified = run("models", "verify")
    assert (verified.exit_code, verified.stdout.count("\n")) == (1, 1)
    assert "half: metadata.json does not say" in verified.stdout
    listed = run("models", "list")
    assert listed.exit_code == 0
    assert "half is not a package" in listed.stderr


@pytest.mark.parametrize("command", ["trace", "audit"])
def test_no_line_in_a_pipe_is_longer_than_its_words(
    database: str, case: Path, command: str
) -> None:
    altered = RELAY.replace("не закроем", "закроем").replace("id: relay", "id: draft")
    (case / "draft.md").write_text(altered, encoding="utf-8")
    lines = run(command, "-d", database, str(case / "draft.md")).stdout.split("\n")
    assert len(lines) > 5
    assert [line.rstrip() for line in lines] == lines
