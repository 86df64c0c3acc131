"""No hop is surer than that its two texts are one statement."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Chain, Hop, Match
from provenance.tracing import Review, chains
from provenance.tracing._sameness import Sameness
from tests.tracing.inventing import rendering, sure

PATIENT = settings(deadline=None, max_examples=60)
SAID = "The ferry will carry 400 passengers a day to the island once the harbour is dredged."
TIMES = ("", "2026-03-01", "2026-03-02", "2026-03-03T10:00Z")


def test_a_match_says_it_of_its_two_texts_in_either_direction() -> None:
    known = Sameness([sure(2, 1, 0.7)])
    assert known.chance(1, 2) == known.chance(2, 1) == 0.7
    assert known.by_a_third(1, 2) == 0.0


def test_a_text_that_matches_both_makes_two_one() -> None:
    known = Sameness([sure(2, 1, 0.3), sure(3, 1, 0.9), sure(3, 2, 0.9)])
    assert known.direct(1, 2) == 0.3
    assert known.chance(1, 2) == pytest.approx(0.81)


def test_what_a_person_decided_is_sure() -> None:
    known = Sameness([sure(3, 2, 0.8)], decided=[(1, 2)])
    assert known.chance(1, 2) == 1.0
    assert known.chance(1, 3) == 0.8


def test_a_lone_likely_source_is_no_surer_than_the_match() -> None:
    earlier = rendering(1, SAID, at="2026-03-01")
    later = rendering(2, SAID, at="2026-03-02")
    (hop,) = chains.infer(1, [earlier, later], [sure(2, 1, 0.6)]).hops
    assert 0.5 < hop.probability < 0.6


def test_the_evidence_tells_by_what_way_two_texts_are_one() -> None:
    told = [rendering(key, SAID, at=f"2026-03-0{key}") for key in (1, 2, 3)]
    links = {"url": "https://one.example/1"}, {"links": ("https://one.example/1",)}
    told[0] = rendering(1, SAID, at="2026-03-01", **links[0])
    told[2] = rendering(3, SAID, at="2026-03-03", **links[1])
    found = chains.infer(1, told, [sure(2, 1), sure(3, 2), sure(3, 1, 0.4)])
    hop = next(hop for hop in found.hops if hop.from_node == "q3" and hop.to_node == "q1")
    assert any("0.40; by way of a text that matches both" in item.says for item in hop.evidence)
    assert hop.probability > 0.9


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[Match], Chain, list[Review]]:
    """A statement with matches of any probability, citations, links and times, traced."""
    count = draw(st.integers(2, 6))
    told = []
    for key in range(1, count + 1):
        cites = draw(st.lists(st.sampled_from(["Gazette 1", "Gazette 2", "TASS"]), max_size=1))
        links = draw(st.lists(st.sampled_from([f"https://{n}.example" for n in range(3)])))
        at = draw(st.sampled_from(TIMES))
        more = {"url": f"https://{key}.example", "links": tuple(links)}
        told.append(rendering(key, SAID, at=at, cites=cites, **more))
    chance = st.floats(0.02, 1.0)
    pairs = [pair for pair in combinations(range(1, count + 1), 2) if draw(st.booleans())]
    found = [sure(later, earlier, draw(chance)) for earlier, later in pairs]
    decided = draw(st.sampled_from([[], [Review("accept", "q2", "q1", by="Ann")]]))
    return found, chains.infer(1, told, found, decided), decided


@PATIENT
@given(statements())
def test_no_hop_is_surer_than_that_its_texts_are_one(
    case: tuple[list[Match], Chain, list[Review]],
) -> None:
    matches, chain, reviews = case
    known = Sameness(matches, [(2, 1)] if reviews else [])
    sources: dict[str, list[Hop]] = defaultdict(list)
    for hop in (*chain.hops, *chain.alternatives):
        if hop.from_node.startswith("q") and hop.to_node.startswith("q"):
            sources[hop.from_node].append(hop)
            assert hop.probability <= known.chance(*_keys(hop)) + 1e-9
    for hops in sources.values():  # and of several sources, none together
        most = max(known.chance(*_keys(hop)) for hop in hops)
        assert math.fsum(hop.probability for hop in hops) <= most + 1e-9


def _keys(hop: Hop) -> tuple[int, int]:
    return int(hop.from_node[1:]), int(hop.to_node[1:])
