"""Everything stored related to itself anew: the same answer by one process or by many."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from provenance import pipeline
from provenance.model import Chain, Document, Match
from provenance.store import Store, open_store

SAID = (
    "The bridge over the river will be closed until the ninth of April.",
    "Not a single teacher of this town will lose her place.",
    "We sold forty thousand tonnes of grain and kept the rest.",
)


def documents(copies: int) -> list[Document]:
    """The same sayings in many papers, a word longer each time."""
    return [
        Document(
            id=f"paper{number}",
            text=f"“{SAID[number % 3]}” said the mayor, Ann Holloway, for time {number}.",
            language="en",
            outlet=f"Paper {number}",
            published=f"2026-04-{number % 28 + 1:02}",
        )
        for number in range(copies)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = open_store(tmp_path / "case.db")
    list(pipeline.add(found, documents(12)))
    return found


def matches(store: Store) -> list[Match]:
    return list(store.matches_among(range(1, 1000)))


def groups(store: Store) -> list[tuple[int, ...]]:
    return [store.members(number) for number in store.statements()]


def test_relating_anew_finds_what_adding_found(store: Store) -> None:
    found, grouped = matches(store), groups(store)
    assert found
    assert list(pipeline.relate_all(store)) == [(12, 12)]
    assert (matches(store), groups(store)) == (found, grouped)


def test_many_processes_store_what_one_stores(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_TOGETHER", 3)
    assert list(pipeline.relate_all(store, jobs=1))[-1] == (12, 12)
    alone = matches(store)
    assert list(pipeline.relate_all(store, jobs=2)) == [(3, 12), (6, 12), (9, 12), (12, 12)]
    assert matches(store) == alone


def test_a_stopped_run_goes_on_where_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = matches(store)
    monkeypatch.setattr(pipeline, "_TOGETHER", 5)
    stopped = pipeline.relate_all(store, jobs=1)
    assert next(stopped) == (5, 12)
    stopped.close()
    assert list(pipeline.relate_all(store, jobs=1)) == [(5, 7), (7, 7)]
    assert matches(store) == found


def test_matches_that_are_not_found_again_go(store: Store) -> None:
    found = matches(store)
    with store.run("test", {}) as run:
        false = Match(from_quote=2, to_quote=1, score=1.0, probability=0.99, features={})
        store.save_matches([false], run)
    assert false in matches(store)
    list(pipeline.relate_all(store))
    assert matches(store) == found


def test_the_chain_of_a_quote_without_a_match_is_inferred_anew_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "case.db") as alone:
        list(pipeline.add(alone, documents(1)))
        (statement,) = alone.statements()
        inferred = alone.chain(statement)
        with alone.run("test", {}) as run:
            alone.save_chain(statement, Chain(statement, (), (), ()), run)
        assert alone.chain(statement) != inferred
        list(pipeline.relate_all(alone))
        assert [alone.chain(number).nodes for number in alone.statements()] == [inferred.nodes]


def test_an_empty_database_has_nothing_to_relate(tmp_path: Path) -> None:
    with open_store(tmp_path / "none.db") as store:
        assert list(pipeline.relate_all(store)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_of_another_version_is_made_anew(tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "old.db"
    with open_store(path) as store:
        list(pipeline.add(store, documents(3)))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE quote_index_directions SET made_with = 1")
    with open_store(path) as store:
        assert store.index.outdated
        list(pipeline.relate_all(store, jobs))
        assert not store.index.outdated
        assert len(store.index) == 3
