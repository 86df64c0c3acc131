"""Human decisions: appended, never erased, taken back by another record."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from provenance.errors import StoreError
from provenance.store import Run, Store
from provenance.tracing import Review
from tests.store import given

REVIEW = Review("accept", "q1", "named:tass", "An Editor", "2026-03-05T10:00", "Saw the wire.")


@pytest.fixture
def quote(store: Store, run: Run) -> int:
    return given.add_saying(store, run, "Words.")


def test_a_review_is_kept_and_opens_its_statement_again(store: Store, run: Run, quote: int) -> None:
    (statement,) = store.set_statements([[quote]], run)
    store.settle([quote])
    key = store.add_review(quote, REVIEW)
    assert store.reviews_by_key(statement) == {key: REVIEW}
    assert store.quotes_touched() == (quote,)


def test_a_review_taken_back_is_no_longer_in_force_but_on_record(
    store: Store, run: Run, quote: int
) -> None:
    (statement,) = store.set_statements([[quote]], run)
    key = store.add_review(quote, REVIEW)
    store.undo_review(key, "Another Editor", "The wire was a fake.")
    assert store.reviews(statement) == ()
    assert store.status().counts["reviews"] == 2
    with pytest.raises(StoreError, match="undone already"):
        store.undo_review(key, "Another Editor")


def test_only_a_review_can_be_taken_back(store: Store, quote: int) -> None:
    with pytest.raises(StoreError, match="no review 5"):
        store.undo_review(5, "An Editor")


def test_a_review_follows_its_quote_into_another_statement(
    store: Store, run: Run, quote: int
) -> None:
    other = given.add_saying(store, run, "The same words.")
    store.set_statements([[other], [quote]], run)
    store.add_review(quote, REVIEW)
    (merged,) = store.set_statements([[other, quote]], run)
    assert store.reviews(merged) == (REVIEW,)


def test_a_quote_somebody_named_as_a_source_is_reopened_with_the_other(
    store: Store, run: Run, quote: int
) -> None:
    other = given.add_saying(store, run, "Quite other words.")
    store.settle([quote, other])
    key = store.add_review(quote, Review("add", f"q{quote}", f"q{other}", "An Editor"))
    assert store.quotes_touched() == (quote, other)
    assert store.decided([quote, other]) == ((quote, other),)
    assert store.decided([quote]) == ()
    store.undo_review(key, "An Editor")
    assert store.decided([quote, other]) == ()


def test_the_record_holds_every_decision_and_every_taking_back(store: Store, quote: int) -> None:
    key = store.add_review(quote, REVIEW)
    undone = store.undo_review(key, "Another Editor", "A fake.", at="2026-03-06T10:00")
    made, taken = store.review_record()
    assert (made.by, made.note, made.undone) == ("An Editor", "Saw the wire.", undone)
    assert (taken.decision, taken.undoes, taken.at) == ("undo", key, "2026-03-06T10:00")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reviews SET decision = 'reject'",
        "DELETE FROM reviews",
        "INSERT OR REPLACE INTO reviews SELECT * FROM reviews",
    ],
)
def test_no_program_can_change_or_erase_a_review(
    store: Store, quote: int, path: Path, sql: str
) -> None:
    store.add_review(quote, REVIEW)
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(sql)
    raw.close()
