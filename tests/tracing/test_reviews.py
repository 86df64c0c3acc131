from __future__ import annotations

from provenance.tracing.reviews import Review, rulings


def test_the_last_decision_on_a_hop_counts() -> None:
    found = rulings([Review("accept", "q2", "q1"), Review("reject", "q2", "q1")])
    assert not found.required
    assert set(found.forbidden) == {("q2", "q1")}


def test_a_node_has_one_accepted_source_the_newest() -> None:
    found = rulings([Review("accept", "q3", "q1"), Review("add", "q3", "q2")])
    assert found.required["q3"].to_node == "q2"


def test_an_older_acceptance_that_closes_a_circle_gives_way() -> None:
    found = rulings([Review("accept", "q1", "q2"), Review("accept", "q2", "q1")])
    assert set(found.required) == {"q2"}


def test_nothing_comes_from_itself() -> None:
    assert not rulings([Review("add", "q1", "q1")]).required
