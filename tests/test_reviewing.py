"""People decide about hops: their decisions win, stay, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import add, open_store
from provenance.errors import ProvenanceError
from provenance.model import Chain, Document
from provenance.questions import trace_quote
from provenance.reviewing import review, unreview
from provenance.store import Store
from provenance.tracing import NO_SOURCE, Review
from tests.tracing.inventing import edges, rendering, traced

WORDS = "“We will not close the port of Dover, and 300 workers will keep their jobs,” {} said."


def article(name: str, outlet: str, at: str, text: str = WORDS) -> Document:
    return Document(name, text.format("Mayor Ann Lee"), outlet=outlet, published=at)


ARTICLES = (
    article("first", "Harbour Post", "2026-06-01T09:00Z"),
    article("second", "Island Echo", "2026-06-01T12:00Z"),
    article("third", "Mainland Star", "2026-06-01T15:00Z"),
)
OTHER = article(
    "other", "Evening Mail", "2026-05-01T09:00Z", "“Ferries are a promise we keep,” {} said."
)


def noon() -> datetime:
    return datetime(2026, 6, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "case.db") as opened:
        assert [item.status for item in add(opened, [*ARTICLES, OTHER])] == ["new"] * 4
        yield opened


def came_from(store: Store, quote: int) -> str | None:
    return edges(trace_quote(store, quote).chain).get(f"q{quote}")


def test_an_accepted_source_is_certain_and_signed(store: Store) -> None:
    key, now = review(store, "accept", 3, "1", by="Ann Lee", note="Saw the page.", clock=noon)
    (hop,) = [hop for hop in now.chain.hops if hop.from_node == "q3"]
    assert (hop.to_node, hop.basis, hop.probability) == ("q1", "review", 1.0)
    assert "Ann Lee decided so: Saw the page." in [item.says for item in hop.evidence]
    (record,) = store.review_record()
    assert (record.key, record.by, record.at) == (key, "Ann Lee", "2026-06-02T12:00:00+00:00")


def test_without_a_source_the_hop_shown_is_meant(store: Store) -> None:
    shown = came_from(store, 2)
    _, now = review(store, "reject", 2, by="Ann Lee")
    assert shown == "q1"
    assert edges(now.chain).get("q2") != "q1"


def test_a_decision_survives_what_is_added_later(store: Store) -> None:
    review(store, "reject", 2, "1", by="Ann Lee")
    list(add(store, [article("fourth", "Night Watch", "2026-06-01T18:00Z")]))
    assert came_from(store, 2) != "q1"


def test_a_decision_taken_back_leaves_the_inference_as_it_was(store: Store) -> None:
    before = trace_quote(store, 2).chain
    key, _ = review(store, "reject", 2, "1", by="Ann Lee", clock=noon)
    undone, _ = unreview(store, key, by="Ben Hur", note="My mistake.", clock=noon)
    assert trace_quote(store, 2).chain == before
    made, taken = store.review_record()
    assert (made.undone, taken.undoes, taken.decision, taken.by) == (undone, key, "undo", "Ben Hur")


def test_an_added_source_may_be_of_another_statement(store: Store) -> None:
    _, now = review(store, "add", 3, "4", by="Ann Lee")
    assert edges(now.chain)["q3"] == "q4"
    assert store.statement_of(3) == store.statement_of(4)
    key = store.review_record()[-1].key
    unreview(store, key, by="Ann Lee")
    assert store.statement_of(3) != store.statement_of(4)


def test_an_outlet_may_be_the_source_under_the_name_people_write(store: Store) -> None:
    _, now = review(store, "add", 1, "The Quay Gazette", by="Ann Lee")
    station = next(node for node in now.chain.nodes if node.kind == "named")
    assert (station.outlet, edges(now.chain)["q1"]) == ("The Quay Gazette", station.id)


def test_an_outlet_whose_text_is_stored_means_that_text(store: Store) -> None:
    _, now = review(store, "accept", 3, "harbour post", by="Ann Lee")
    assert edges(now.chain)["q3"] == "q1"


def test_the_hop_of_a_named_station_can_be_decided_about(store: Store) -> None:
    review(store, "add", 3, "TASS", by="Ann Lee")
    _, now = review(store, "add", 3, "2", station="ТАСС", by="Ann Lee")
    assert edges(now.chain) == {"q3": "named:tass", "named:tass": "q2", "q2": "q1"}


def test_nothing_before_it_is_a_decision_too(store: Store) -> None:
    _, now = review(store, "accept", 2, NO_SOURCE, by="Ann Lee")
    assert "q2" not in edges(now.chain)


@pytest.mark.parametrize(
    ("quote", "source", "by", "says"),
    [
        (99, "1", "Ann Lee", "no quote 99"),
        (2, "99", "Ann Lee", "no quote 99"),
        (2, "2", "Ann Lee", "its own source"),
        (2, "4", "Ann Lee", "review add"),
        (2, "1", "  ", "--by"),
    ],
)
def test_what_is_not_there_is_told_in_one_line_and_not_recorded(
    store: Store, quote: int, source: str, by: str, says: str
) -> None:
    with pytest.raises(ProvenanceError, match=says):
        review(store, "accept", quote, source, by=by)
    assert store.review_record() == ()


def test_a_station_that_is_not_there_and_a_review_that_is_not_are_told(store: Store) -> None:
    with pytest.raises(ProvenanceError, match="no station called 'Nobody'"):
        review(store, "accept", 2, "1", station="Nobody", by="Ann Lee")
    with pytest.raises(ProvenanceError, match="no review 7"):
        unreview(store, 7, by="Ann Lee")


# ---------------------------------------------------------------- whatever is decided

NODES = st.sampled_from(["q1", "q2", "q3", "q4", "named:The Quay Gazette"])
REVIEWS = st.lists(
    st.builds(
        Review,
        st.sampled_from(["accept", "add", "reject"]),
        NODES.filter(lambda node: node.startswith("q")),
        st.one_of(NODES, st.just(NO_SOURCE)),
        st.just("Ann Lee"),
    ),
    max_size=5,
)
TOLD = [rendering(key, WORDS, at=f"2026-06-0{key}") for key in (1, 2, 3, 4)]


def _parent(chain: Chain, node: str) -> str:
    named = {one.id: one.outlet for one in chain.nodes if one.kind == "named"}
    found = edges(chain).get(node, NO_SOURCE)
    return f"named:{named[found]}" if found in named else found


@settings(max_examples=60)
@given(REVIEWS)
def test_a_review_always_wins(reviews: list[Review]) -> None:
    """The last decision on a rendering holds, whatever times and likeness say."""
    chain = traced(TOLD, reviews)
    for node in ("q1", "q2", "q3", "q4"):
        about = [one for one in reviews if one.from_node == node]
        if not about or about[-1].to_node == node:
            continue
        last = about[-1]
        if last.decision == "reject":
            assert _parent(chain, node) != last.to_node or last.to_node == NO_SOURCE
        elif not any(one.from_node != node for one in reviews):
            assert _parent(chain, node) == last.to_node
