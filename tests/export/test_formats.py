"""Every export opens in the tool it is for, says what the chain says, and runs nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser
import networkx as nx
import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from hypothesis import given
from hypothesis import strategies as st
from prov.model import ProvBundle, ProvDerivation, ProvDocument, ProvEntity

from provenance.export.formats import FORMATS
from provenance.model import Speaker
from tests import hostile
from tests.export.travelled import trail

LAUGHTER = st.text(max_size=40) | st.sampled_from(sorted(hostile.TEXTS.values()))
each_text = pytest.mark.parametrize("evil", sorted(hostile.TEXTS))
each_format = pytest.mark.parametrize("name", sorted(FORMATS))
# Line ends are the format's own; everything else below a space was somebody's text.
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def written(name: str, *words: str) -> str:
    trails = [trail(word, number) for number, word in enumerate(words or ("word",), 1)]
    return "".join(FORMATS[name].lines(trails))


@each_format
def test_the_same_trails_make_the_same_file(name: str) -> None:
    assert written(name, "a", "b") == written(name, "a", "b")


@each_format
def test_no_trail_still_makes_a_file_that_opens(name: str) -> None:
    READ[name]("".join(FORMATS[name].lines([])))


@each_format
@each_text
def test_hostile_text_is_inert_in_every_file(name: str, evil: str) -> None:
    text = written(name, hostile.TEXTS[evil])
    assert not CONTROL.search(text)
    READ[name](text)


@each_format
@given(word=LAUGHTER)
def test_whatever_an_article_says_the_file_opens(name: str, word: str) -> None:
    if name not in ("dot", "ftm"):  # a process, or a slow validation, for each example
        READ[name](written(name, word))


# ---------------------------------------------------------------- one by one


def prov(text: str) -> ProvDocument:
    return ProvDocument.deserialize(content=text, format="json")


def test_prov_says_which_quote_was_derived_from_which() -> None:
    (bundle,) = prov(written("prov")).bundles
    derived = {
        tuple(str(value.localpart) for value in record.args[:2])
        for record in bundle.get_records(ProvDerivation)
    }
    assert derived == {
        ("quote-2", "article-2"),
        ("quote-1", "article-1"),
        ("quote-2", "statement-1-named-agency"),
        ("statement-1-named-agency", "quote-1"),
    }


def test_prov_comes_back_from_its_own_package_as_it_went() -> None:
    there = prov(written("prov", "a", "b"))
    back = prov(there.serialize(format="json"))
    assert there == back
    assert len(list(back.bundles)) == 2


def test_prov_keeps_hashes_and_odds() -> None:
    (bundle,) = prov(written("prov")).bundles
    assert facts(bundle, "article-1")["sha256"] == f"{1:064x}"
    assert facts(bundle, "quote-2")["value"] == "We will close 13 ports, word."
    hops = [dict_of(r.extra_attributes) for r in bundle.get_records(ProvDerivation)]
    assert {hop["relation"]: hop["probability"] for hop in hops if "relation" in hop} == {
        "reported": 0.91,
        "carries": 0.84,
    }


def facts(bundle: ProvBundle, name: str) -> dict[str, Any]:
    (found,) = (
        record for record in bundle.get_records(ProvEntity) if record.identifier.localpart == name
    )
    return dict_of(found.attributes)


def dict_of(attributes: Any) -> dict[str, Any]:
    return {name.localpart: value for name, value in attributes}


def annotations(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_an_annotation_selects_the_quote_by_its_words_and_by_its_place() -> None:
    one = next(a for a in annotations(written("annotations")) if "quote-2" in a["id"])
    words, place = one["target"]["selector"]
    text = trail().stations["q2"].document.text  # type: ignore[union-attr]
    assert text[place["start"] : place["end"]] == words["exact"] == "We will close 13 ports, word."
    assert text[: place["start"]].endswith(words["prefix"])
    assert text[place["end"] :].startswith(words["suffix"])


def anchored(text: str, selector: dict[str, str]) -> int:
    """Where a reader of Web Annotations finds the words: of equals, the one whose
    surroundings agree most, which is what the recommendation asks for."""
    exact, prefix, suffix = (selector[name] for name in ("exact", "prefix", "suffix"))

    def agreement(start: int) -> int:
        before, after = text[:start], text[start + len(exact) :]
        left = next((n for n in range(len(prefix), 0, -1) if before.endswith(prefix[-n:])), 0)
        right = next((n for n in range(len(suffix), 0, -1) if after.startswith(suffix[:n])), 0)
        return left + right

    return max((found.start() for found in re.finditer(re.escape(exact), text)), key=agreement)


def test_a_quote_is_found_again_in_a_page_that_has_changed() -> None:
    one = next(a for a in annotations(written("annotations")) if "quote-2" in a["id"])
    words, place = one["target"]["selector"]
    text = trail().stations["q2"].document.text  # type: ignore[union-attr]
    # A correction was put on top, and a headline that repeats the words without the speaker.
    changed = f"Corrected on Monday. {words['exact']} So the headline.\n\n{text}\n\nMore to read."
    start = anchored(changed, words)
    assert changed[start - len(words["prefix"]) : start] == words["prefix"]
    assert start == place["start"] + changed.index(text)


def test_an_annotation_links_the_earlier_quote_and_says_what_changed() -> None:
    both = {a["id"].rsplit(":", 1)[1]: a for a in annotations(written("annotations"))}
    assert both["quote-2"]["motivation"] == "linking"
    assert "“30” became “13”" in both["quote-2"]["body"][1]["value"]
    assert both["quote-1"]["body"][-1]["value"].startswith("Earliest known: The Office")


def entities(text: str) -> list[EntityProxy]:
    found = []
    for line in text.splitlines():
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)  # type: ignore[union-attr]
        cleaned = model.get_proxy(entity, cleaned=False)
        kept = cleaned.to_dict()["properties"]
        assert set(kept) == set(entity["properties"]), entity
        found.append(cleaned)
    return found


def test_followthemoney_takes_every_entity_and_every_property() -> None:
    found = entities(written("ftm"))
    assert {entity.schema.name for entity in found} == {
        "Article",
        "Organization",
        "Person",
        "Documentation",
        "UnknownLink",
    }
    assert len({entity.id for entity in found}) == len(found)


def test_followthemoney_links_hold_between_entities_that_are_there() -> None:
    found = {entity.id: entity for entity in entities(written("ftm", "a", "b"))}
    links = [entity for entity in found.values() if entity.schema.edge]
    assert links
    for link in links:
        for prop in (link.schema.source_prop, link.schema.target_prop):
            assert prop is not None
            assert set(link.get(prop)) <= set(found)


def test_followthemoney_knows_a_quote_and_a_hop_by_the_number_other_formats_have() -> None:
    numbers = {
        (entity.schema.name, *entity.get("role"), *entity.get("recordId"))
        for entity in entities(written("ftm"))
        if entity.schema.edge
    }
    assert ("Documentation", "quoted", "quote-2") in numbers
    assert ("UnknownLink", "reported", "quote-2") in numbers


def test_an_outlet_that_is_quoted_is_the_outlet_that_publishes() -> None:
    told = trail()
    blog = told.stations["q2"]
    assert blog.quote is not None
    agency = Speaker(0, 11, "Ada Example", "The Office word", "outlet")
    quoting = replace(blog, quote=replace(blog.quote, speaker=agency))
    text = "".join(FORMATS["ftm"].lines([replace(told, stations={**told.stations, "q2": quoting})]))
    assert [e.caption for e in entities(text)].count("The Office word") == 1


def graph(text: str) -> nx.DiGraph[str]:
    found: nx.DiGraph[str] = nx.parse_graphml(text)
    return found


def test_graphml_is_the_chain() -> None:
    found = graph(written("graphml"))
    assert set(found.edges) == {
        ("quote-2", "statement-1-named-agency"),
        ("statement-1-named-agency", "quote-1"),
    }
    assert found.nodes["quote-1"]["text"] == "We may close 30 ports, word."
    assert found.edges["quote-2", "statement-1-named-agency"]["probability"] == 0.91
    assert found.nodes["quote-1"]["ending"] == "Earliest known: The Office word."


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_a_hop_with_both_sides_and_a_row_an_ending() -> None:
    first, second, last = rows(written("csv"))
    assert (first["from_name"], first["to_kind"]) == ("The Blog word", "named")
    assert first["changes"] == "number (serious): “30” became “13” word."
    assert second["to_text"] == last["from_text"] == "We may close 30 ports, word."
    assert (last["from"], last["to"], last["relation"]) == ("quote-1", "", "")
    assert last["ending"] == "Earliest known: The Office word."


def test_csv_says_of_every_station_but_the_last_where_it_came_from() -> None:
    told = [row["from"] for row in rows(written("csv", "a", "b"))]
    stations = [station for n in (1, 2) for station in trail("a", n).stations.values()]
    assert sorted(told) == sorted(station.id for station in stations)


@given(LAUGHTER)
def test_no_cell_is_a_formula(word: str) -> None:
    for row in rows(written("csv", word)):
        for value in row.values():
            assert not value.startswith(("=", "@", "\t", "\r")), row


def articles(text: str) -> list[Any]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return list(library.entries)


def test_bibtex_cites_each_article_once() -> None:
    found = articles(written("bibtex", "word", "word"))
    assert len(found) == 2
    assert len({entry.key for entry in found}) == 2
    fields = {field.key: field.value for field in found[0].fields}
    assert fields["date"] == "2026-03-02"
    assert fields["url"].startswith("https://sample.example/2")
    assert fields["note"] == f"SHA-256 {2:064x}"


@given(LAUGHTER)
def test_no_tex_command_of_an_article_survives(word: str) -> None:
    for command in re.findall(r"\\([A-Za-z]+)", written("bibtex", word)):
        assert command in {"textbackslash", "textasciicircum", "textasciitilde"}


def drawn(text: str) -> str:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed")
    done = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_graphviz_draws_the_chain() -> None:
    plain = drawn(written("dot"))
    assert plain.count("\nnode ") == 3
    assert plain.count("\nedge ") == 2


@each_text
def test_no_label_ends_its_own_string(evil: str) -> None:
    assert drawn(written("dot", hostile.TEXTS[evil])).count("\nnode ") == 3


def chart(text: str) -> str:
    """What every line of a flow chart of ours looks like; another would be somebody's text."""
    box = re.compile(r'    [\w-]+\["[^"<>`]*(<br>[^"<>`]*)*"\](:::unseen)?')
    arrow = re.compile(r'  [\w-]+ -(-|\.-)>\|"[^"<>`]*"\| [\w-]+')
    frame = re.compile(r'flowchart BT|  classDef .*|  subgraph s\d+ \["Statement \d+"\]|  end')
    for line in text.splitlines():
        assert any(form.fullmatch(line) for form in (box, arrow, frame)), line
    return text


def test_mermaid_dashes_what_nobody_saw() -> None:
    text = chart(written("mermaid"))
    assert 'statement-1-named-agency["The Agency word<br>named, not stored"]:::unseen' in text
    assert "quote-2 -.->" in text
    assert "statement-1-named-agency -->" in text


READ = {
    "annotations": annotations,
    "bibtex": articles,
    "csv": rows,
    "dot": drawn,
    "ftm": entities,
    "graphml": graph,
    "mermaid": chart,
    "prov": prov,
}


def test_every_format_is_read_back_here() -> None:
    assert set(READ) == set(FORMATS)


def test_the_files_are_named_as_their_readers_want() -> None:
    assert all(Path(form.file).suffix for form in FORMATS.values())
