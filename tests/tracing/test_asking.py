from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import Chain, Ending, Hop, Match, Node
from provenance.tracing import Sameness, end, going_back, moments, onward, path, spread
from provenance.tracing.asking import reaching


def hop(later: str, earlier: str) -> Hop:
    return Hop(later, earlier, "copies", "match", 0.9)


CHAIN = Chain(1, (), (hop("q3", "q2"), hop("q2", "named:tass"), hop("q4", "q2")), ())


def test_path_leads_back_to_the_end() -> None:
    assert [step.to_node for step in path(CHAIN, "q3")] == ["q2", "named:tass"]
    assert end(CHAIN, "q3") == "named:tass"


def test_an_end_has_no_path() -> None:
    assert path(CHAIN, "named:tass") == ()
    assert end(CHAIN, "named:tass") == "named:tass"


def test_reaching_adds_up_all_ways_to_a_source() -> None:
    less = (Hop("q3", "q4", "copies", "match", 0.05), Hop("q3", "q9", "copies", "match", 0.05))
    chain = replace(CHAIN, alternatives=less)
    assert reaching(CHAIN, "q3", "named:tass") == pytest.approx(0.81)
    assert reaching(chain, "q3", "named:tass") == pytest.approx(0.81 + 0.05 * 0.81)
    assert reaching(chain, "q3", "q3") == 1.0


def test_spread_leads_on_nearest_first() -> None:
    assert [step.from_node for step in spread(CHAIN, "named:tass")] == ["q2", "q3", "q4"]


def test_a_circle_does_not_hold_a_question_forever() -> None:
    ring = Chain(1, (), (hop("q1", "q2"), hop("q2", "q1")), ())
    assert len(path(ring, "q1")) == 1
    assert len(spread(ring, "q1")) == 1


def node(key: int, published: str = "", **more: str) -> Node:
    return Node(f"q{key}", "stored", key, key, text="Words.", published=published, **more)


def test_words_go_back_no_surer_than_that_both_ends_are_one_statement() -> None:
    hops = (hop("q3", "q2"), hop("q2", "q1"))
    chain = Chain(1, (node(1), node(2), node(3)), hops, ())
    far = Sameness([match(3, 2, 0.9), match(2, 1, 0.9), match(3, 1, 0.2)])
    near = Sameness([match(3, 2, 0.4), match(2, 1, 0.4), match(3, 1, 0.3)])
    assert going_back(chain, "q3", "q1", far) == pytest.approx(0.81)
    assert going_back(chain, "q3", "q1", near) == pytest.approx(0.3)
    assert going_back(chain, "q3", "q3", near) == 1.0


def test_what_a_person_decided_bounds_no_way_back() -> None:
    hops = (replace(hop("q3", "q2"), basis="review", probability=1.0), hop("q2", "q1"))
    chain = Chain(1, (node(1), node(2), node(3)), hops, ())
    assert going_back(chain, "q3", "q1", Sameness([match(3, 1, 0.2)])) == pytest.approx(0.9)
    beyond = replace(hop("q2", "q1"), basis="review")
    undecided = replace(chain, hops=(hop("q3", "q2"), beyond))
    assert going_back(undecided, "q3", "q2", Sameness([match(3, 2, 0.2)])) == pytest.approx(0.2)


def test_a_source_that_is_not_stored_is_as_sure_as_its_hops() -> None:
    chain = replace(CHAIN, nodes=(node(2), node(3), Node("named:tass", "named", outlet="TASS")))
    assert going_back(chain, "q3", "named:tass", Sameness([])) == pytest.approx(0.81)


def match(later: int, earlier: int, probability: float) -> Match:
    return Match(later, earlier, 0.5, probability, {})


def test_moments_put_the_undated_last_and_the_vague_after_the_exact() -> None:
    told = (
        node(1),
        node(2, "2026-03"),
        node(3, "2026-03-01T00:00Z"),
        node(4, "2025-12-31T00:00Z"),
        Node("named:tass", "named", outlet="TASS"),
    )
    found = moments(Chain(1, told, (hop("q3", "named:tass"),), ()))
    assert [moment.node.quote for moment in found] == [4, 3, 2, 1]
    assert [moment.source and moment.source.outlet for moment in found] == [
        None,
        "TASS",
        None,
        None,
    ]
    assert [moment.hours for moment in found[:2]] == [0.0, 60 * 24.0]
    assert found[-1].hours is None


def test_onward_keeps_what_came_from_a_station_and_nothing_else() -> None:
    nodes = (*map(node, (2, 3, 4, 5)), Node("named:tass", "named"))
    ends = (Ending("named:tass", "source not stored", ""), Ending("q5", "earliest known", ""))
    found = onward(Chain(1, nodes, CHAIN.hops, ends), "q2")
    assert [one.id for one in found.nodes] == ["q2", "q3", "q4"]
    assert [step.from_node for step in found.hops] == ["q3", "q4"]
    assert found.ends == ()
