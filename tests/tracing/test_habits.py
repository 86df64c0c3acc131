from __future__ import annotations

from provenance.model import Chain, Drift, Hop, Node
from provenance.tracing import habits

GONE = Drift("negation", "serious", "", "not", "“not” is gone.")
DOUBTFUL = Drift("negation", "serious", "", "not", "“not” is gone.", certain=False)


def node(key: int, outlet: str) -> Node:
    return Node(f"q{key}", "stored", key, key, outlet=outlet)


def hop(later: str, earlier: str, *drift: Drift, basis: str = "match") -> Hop:
    return Hop(later, earlier, "copies", basis, 0.8, drift=drift)


TASS, OFFICE = Node("named:tass", "named", outlet="TASS"), node(1, "Harbour Office")
FIRST = Chain(
    1,
    (OFFICE, TASS, node(2, "Island Post"), node(3, "Mainland Echo")),
    (
        hop("named:tass", "q1"),
        hop("q2", "named:tass", basis="attribution"),
        hop("q3", "q2", GONE),
    ),
    (),
)
SECOND = Chain(2, (node(4, "Island Post"), node(5, "Harbour Office")), (hop("q4", "q5", GONE),), ())


def test_an_outlet_s_sources_are_counted_the_most_relied_on_first() -> None:
    twice = Chain(3, (node(6, "Island Post"), TASS), (hop("q6", "named:tass"),), ())
    found = habits("Island Post", 9, [FIRST, SECOND, twice])
    assert (found.quotes, found.derived) == (9, 3)
    assert [(one.source, one.kind, one.quotes, one.cited) for one in found.sources] == [
        ("TASS", "named", 2, 1),
        ("Harbour Office", "stored", 1, 0),
    ]
    assert found.sources[0].examples == (2, 6)


def test_distance_is_counted_to_the_end_of_the_trail() -> None:
    assert habits("Island Post", 2, [FIRST, SECOND]).distance == 1.5


def test_what_a_relay_altered_its_copies_inherit() -> None:
    copied = Chain(1, (*FIRST.nodes, node(9, "Blog")), (*FIRST.hops, hop("q9", "q3")), ())
    found = habits("Blog", 1, [copied])
    assert (found.altered, found.sources[0].altered) == (1, 0)


def test_a_change_that_may_be_the_translation_s_fault_is_not_counted() -> None:
    chain = Chain(1, SECOND.nodes, (hop("q4", "q5", DOUBTFUL),), ())
    assert habits("Island Post", 1, [chain]).altered == 0


def test_an_alias_in_another_script_is_the_same_outlet() -> None:
    chain = Chain(1, (OFFICE, node(2, "TASS")), (hop("q2", "q1"),), ())
    assert habits("ТАСС", 1, [chain]).derived == 1


def test_who_carries_it_on_is_told() -> None:
    assert habits("TASS", 0, [FIRST]).carriers == (("Island Post", 1),)
    assert habits("Harbour Office", 2, [FIRST, SECOND]).carriers == (
        ("Island Post", 1),
        ("TASS", 1),
    )


def test_an_outlet_nobody_derives_from_anything_has_no_sources() -> None:
    found = habits("Harbour Office", 2, [])
    assert (found.sources, found.distance) == ((), 0.0)
