"""Chains come back as they were inferred, and read well in the views."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from provenance.model import Chain, Drift, Ending, Evidence, Hop, Node, Span
from provenance.store import Run, Store
from tests.store import given


@pytest.fixture
def keys(store: Store, run: Run) -> list[int]:
    days = ("2026-03-02", "2026-03-02T09:00:00+03:00", "2026-03-04")
    return [given.add_saying(store, run, f"Words {day}.", published=day) for day in days]


@pytest.fixture
def statement(store: Store, run: Run, keys: list[int]) -> int:
    return store.set_statements([keys], run)[0]


def rows(store: Store, sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in store._connection.rows(sql)]


def test_a_chain_comes_back_exactly(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    chain = given.chain(statement, keys)
    store.save_chain(statement, chain, run)
    assert store.chain(statement) == chain


def test_a_statement_without_a_chain_has_an_empty_one(store: Store) -> None:
    assert store.chain(5) == Chain(5, (), (), ())


def test_saving_again_replaces_all_of_the_old(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    store.save_chain(statement, given.chain(statement, keys), run)
    shorter = given.chain(statement, keys[:1])
    store.save_chain(statement, shorter, run)
    assert store.chain(statement) == shorter
    assert store.status().counts["hops"] == 2  # one chosen, one that lost


def test_a_chain_settles_its_quotes(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    store.save_chain(statement, given.chain(statement, keys), run)
    assert store.quotes_touched() == ()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False)
spans = st.none() | st.builds(Span, st.integers(0, 99), st.integers(0, 99))
evidence = st.builds(Evidence, words, words, numbers, words, st.none() | st.integers(0, 9))
drifts = st.builds(
    Drift,
    st.sampled_from(["number", "hedge", "lost"]),
    st.sampled_from(["minor", "notable", "serious"]),
    words,
    words,
    words,
    spans,
    spans,
    st.booleans(),
)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    names = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    station = st.sampled_from(names)
    hop = st.builds(
        Hop, station, station, words, words, st.floats(0, 1), numbers,
        st.lists(drifts, max_size=2).map(tuple), st.lists(evidence, max_size=2).map(tuple),
    )  # fmt: skip
    hops = st.lists(hop, max_size=3).map(tuple)
    return Chain(
        1,
        tuple(Node(name, "named", outlet=draw(words), text=draw(words)) for name in names),
        draw(hops),
        tuple(draw(st.lists(st.builds(Ending, station, words, words), max_size=2))),
        draw(hops),
        tuple(draw(st.lists(st.lists(words, max_size=3).map(tuple), max_size=2))),
    )


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(chains())
def test_any_chain_comes_back_exactly(store: Store, chain: Chain) -> None:
    with store.run("test", {}) as run:
        if not store.statements():
            store.set_statements([[given.add_saying(store, run, "Words.")]], run)
        store.save_chain(1, chain, run)
    assert store.chain(1) == chain


def test_infinite_weights_leave_valid_json(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    chain = given.chain(statement, keys)
    sure = replace(chain.hops[0], margin=math.inf, evidence=(Evidence("review", "so", math.inf),))
    chain = replace(chain, hops=(sure, *chain.hops[1:]))
    store.save_chain(statement, chain, run)
    assert store.chain(statement) == chain
    assert rows(store, "SELECT * FROM hops WHERE NOT json_valid(evidence)") == []


def test_the_view_of_chains_reads_from_each_rendering_back_to_the_source(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    store.save_chain(statement, given.chain(statement, keys), run)
    found = rows(store, f"SELECT * FROM chains WHERE quote = {keys[2]} ORDER BY step")
    assert [row["step"] for row in found] == [1, 2, 3]
    assert found[-1]["route"] == (
        f"Outlet {keys[2]} (en) ← Outlet {keys[1]} (en) ← Outlet {keys[0]} (en)"
        " ← TASS (named, not stored)"
    )
    assert (found[0]["relation"], found[0]["severity"]) == ("citing", "serious")
    assert len(rows(store, "SELECT * FROM chains")) == 1 + 2 + 3


def test_the_view_of_chains_ends_where_hops_run_in_a_circle(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    nodes = tuple(given.node(key) for key in keys)
    ring = zip(nodes, nodes[1:] + nodes[:1], strict=True)
    hops = tuple(Hop(a.id, b.id, "citing", "attribution", 0.9) for a, b in ring)
    store.save_chain(statement, Chain(statement, nodes, hops, ()), run)
    assert len(rows(store, "SELECT * FROM chains")) == 6


def test_the_view_of_origins_says_where_and_why_a_trail_ends(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    store.save_chain(statement, given.chain(statement, keys), run)
    (row,) = rows(store, "SELECT * FROM origins")
    assert (row["outlet"], row["reason"], row["renderings"]) == ("TASS", "not stored", 3)


def test_the_view_of_altered_has_a_row_for_each_misleading_change(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    chain = given.chain(statement, keys)
    first, *rest = chain.hops
    chain = replace(chain, hops=(replace(first, drift=(given.DRIFT, given.HEDGE)), *rest))
    store.save_chain(statement, chain, run)
    found = rows(store, "SELECT * FROM altered")
    assert len(found) == 3  # the hedge is minor
    assert {(row["change"], row["now_reads"]) for row in found} == {("number", "50,000")}


def test_the_view_of_unsourced_lists_what_no_stored_source_is_known_for(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    store.save_chain(statement, given.chain(statement, keys), run)
    alone = given.add(store, run, given.TEXT, given.full_quote()).quotes[0]
    found = {row["quote"]: row for row in rows(store, "SELECT * FROM unsourced")}
    assert set(found) == {keys[0], alone}
    assert found[alone]["names_as_source"] == "Daily Sample ← RIA Novosti"
    assert found[keys[0]]["why"] == "TASS is named as the source, but not stored."


def test_a_primary_source_is_not_called_unsourced(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    chain = given.chain(statement, keys)
    first = Ending(chain.nodes[1].id, "primary source", "Earliest known.")
    store.save_chain(statement, replace(chain, hops=chain.hops[1:], ends=(first,)), run)
    assert rows(store, "SELECT * FROM unsourced") == []


def test_stations_are_labelled_as_a_reporter_would_call_them(
    store: Store, run: Run, statement: int
) -> None:
    nodes = (
        Node("q1", "stored", 1, outlet="TASS", language="ru", published="2026-03-02T10:00"),
        Node("named:afp", "named", outlet="Agence France-Presse"),
        Node("inferred:ru", "inferred", language="ru"),
        Node("q2", "stored", 2, speaker="Ada Example"),
    )
    lost = tuple(
        Hop("q2", name, "citing", "attribution", 0.1)
        for name in ("named:ria-novosti", "inferred:uk", "unknown")
    )
    store.save_chain(statement, Chain(statement, nodes, (), (), lost), run)
    assert [row["label"] for row in rows(store, "SELECT label FROM nodes ORDER BY id")] == [
        "TASS (ru, 2026-03-02)",
        "Agence France-Presse (named, not stored)",
        "unseen text (ru, inferred)",
        "quote 2 (outlet unknown)",  # not Ada Example, whom it quotes
        "ria-novosti (named, not stored)",
        "unseen text (uk, inferred)",
        "unknown",
    ]


def test_the_timeline_runs_by_the_clock_not_the_alphabet(
    store: Store, run: Run, statement: int, keys: list[int]
) -> None:
    found = rows(store, 'SELECT quote, "when" FROM timeline')
    # Midnight of the day, then nine in Moscow: six in the morning of UTC.
    assert [row["quote"] for row in found] == keys
    assert found[1]["when"] == "2026-03-02 06:00:00"
