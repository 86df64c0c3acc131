"""Matches between stored quotes, and the statements they make."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from provenance.errors import StoreError
from provenance.store import Run, Store
from tests.store import given


@pytest.fixture
def keys(store: Store, run: Run) -> list[int]:
    days = ("2026-03-03", "2026-03-02T10:00", "", "2026-03-02", "2026", "2026-03-09")
    return [
        given.add_saying(store, run, f"Words {number}.", published=day)
        for number, day in enumerate(days)
    ]


def test_a_match_comes_back_exactly(store: Store, run: Run, keys: list[int]) -> None:
    match = given.match(keys[1], keys[0])
    store.save_matches([match], run)
    assert store.matches_among(keys) == (match,)
    assert store.matches_of(keys[0]) == store.matches_of(keys[1]) == (match,)


def test_numbers_without_end_survive(store: Store, run: Run, keys: list[int]) -> None:
    match = replace(given.match(keys[1], keys[0]), features={"ratio": math.inf, "less": -math.inf})
    store.save_matches([match], run)
    assert store.matches_of(keys[0]) == (match,)
    assert store._connection.value("SELECT json_valid(features) FROM matches") == 1


def test_a_newer_judgement_replaces_the_older(store: Store, run: Run, keys: list[int]) -> None:
    for probability in (0.4, 0.8, 0.8):
        store.save_matches([given.match(keys[1], keys[0], probability)], run)
    assert [match.probability for match in store.matches_of(keys[0])] == [0.8]


def test_matches_are_told_best_first_and_within_the_quotes_asked(
    store: Store, run: Run, keys: list[int]
) -> None:
    store.save_matches(
        [given.match(keys[1], keys[0], 0.5), given.match(keys[0], keys[2], 0.9)], run
    )
    assert [match.probability for match in store.matches_of(keys[0])] == [0.9, 0.5]
    assert len(store.matches_among(keys[:2])) == 1


def test_a_match_with_a_text_that_is_not_stored_is_refused(
    store: Store, run: Run, keys: list[int]
) -> None:
    with pytest.raises(StoreError):
        store.save_matches([given.match(keys[0], keys[1]), given.match(0, keys[0])], run)
    assert store.matches_among(keys) == ()


def test_a_statement_is_labelled_by_its_earliest_quote(
    store: Store, run: Run, keys: list[int]
) -> None:
    (statement,) = store.set_statements([keys], run)
    row = store._connection.row("SELECT * FROM statements")
    assert row is not None
    # All of 2026 may lie before any day of it; what is undated comes last.
    assert (row["label"], row["first_known"], row["quotes"]) == ("Words 4.", "2026", 6)
    assert store.members(statement) == tuple(keys)
    assert {store.statement_of(key) for key in keys} == {statement}


def test_a_statement_keeps_its_number_while_it_grows(
    store: Store, run: Run, keys: list[int]
) -> None:
    (first,) = store.set_statements([keys[:2]], run)
    assert store.set_statements([keys[:3]], run) == (first,)
    assert store.members(first) == tuple(keys[:3])
    assert store.statements() == (first,)


def test_of_two_that_turn_out_one_the_older_stays(store: Store, run: Run, keys: list[int]) -> None:
    old, new = store.set_statements([keys[:1], keys[1:4]], run)
    assert store.set_statements([keys[:4]], run) == (old,)
    assert store.statements() == (old,)
    assert store.members(new) == ()


def test_of_one_that_splits_the_larger_part_keeps_the_number(
    store: Store, run: Run, keys: list[int]
) -> None:
    (whole,) = store.set_statements([keys[:5]], run)
    small, large = store.set_statements([keys[:2], keys[2:5]], run)
    assert large == whole
    assert small != whole
    assert store.members(small) == tuple(keys[:2])


def test_grouping_again_changes_nothing(store: Store, run: Run, keys: list[int]) -> None:
    groups = [keys[:2], keys[2:3], keys[3:]]
    assert store.set_statements(groups, run) == store.set_statements(groups, run)
    assert store.set_statements([], run) == ()


def test_what_is_new_is_touched_until_it_is_settled(
    store: Store, run: Run, keys: list[int]
) -> None:
    assert store.quotes_touched() == tuple(keys)
    store.settle(keys)
    assert store.quotes_touched() == ()
    new = given.add_saying(store, run, "Something else.")
    assert store.quotes_touched() == (new,)


def test_touching_a_quote_touches_all_that_hangs_together_with_it(
    store: Store, run: Run, keys: list[int]
) -> None:
    a, b, c, d, apart, weak = keys
    store.set_statements([[c, d]], run)
    store.settle(keys)
    new = given.add_saying(store, run, "Words again.")
    store.save_matches(
        [given.match(new, a), given.match(b, a), given.match(b, c), given.match(new, weak, 0.3)],
        run,
    )
    assert store.quotes_touched() == (a, b, c, d, new)
    assert apart not in store.quotes_touched()
