from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.tracing import _forest

PATIENT = settings(deadline=None, max_examples=60)  # the first call imports libraries

ROOT = "unknown"


@st.composite
def weighed(draw: st.DrawFn) -> dict[str, dict[str, float]]:
    """Scores of every candidate parent of up to five stations."""
    names = [f"q{number}" for number in range(draw(st.integers(1, 5)))]
    weight = st.floats(-5, 5).map(lambda value: round(value, 3))
    scores: dict[str, dict[str, float]] = {}
    for child in names:
        rivals = draw(st.lists(st.sampled_from(names), unique=True))
        parents = [ROOT, *(parent for parent in rivals if parent != child)]
        scores[child] = {parent: draw(weight) for parent in parents}
    return scores


def forests(scores: dict[str, dict[str, float]]) -> list[dict[str, str]]:
    """Every forest there is, by trying everything."""
    choices = (tuple(rivals) for rivals in scores.values())
    found = [dict(zip(scores, chosen, strict=True)) for chosen in itertools.product(*choices)]
    return [parents for parents in found if reaches_root(parents)]


def reaches_root(parents: dict[str, str]) -> bool:
    for start in parents:
        node = start
        for _ in range(len(parents) + 1):
            node = parents.get(node, ROOT)
        if node != ROOT:
            return False
    return True


def weight(scores: dict[str, dict[str, float]], parents: dict[str, str]) -> float:
    return sum(scores[child][parent] for child, parent in parents.items())


@PATIENT
@given(weighed())
def test_best_forest_is_the_heaviest_of_all(scores: dict[str, dict[str, float]]) -> None:
    found = _forest.best(scores)
    heaviest = max(weight(scores, parents) for parents in forests(scores))
    assert reaches_root(found)
    assert weight(scores, found) == pytest.approx(heaviest, abs=1e-6)


@PATIENT
@given(weighed())
def test_probability_of_a_hop_is_its_share_of_all_forests(
    scores: dict[str, dict[str, float]],
) -> None:
    everything = [(math.exp(weight(scores, p)), p) for p in forests(scores)]
    total = sum(share for share, _ in everything)
    for child, odds in _forest.probabilities(scores).items():
        assert sum(odds.values()) == pytest.approx(1.0)
        for parent, probability in odds.items():
            expected = sum(share for share, p in everything if p[child] == parent) / total
            assert probability == pytest.approx(expected, abs=1e-6)


@PATIENT
@given(weighed(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_nothing_descends_from_what_is_later(
    scores: dict[str, dict[str, float]], days: list[int]
) -> None:
    # Day 0 is an unknown day: it is neither before nor after any other.
    day = {f"q{number}": days[number] for number in range(5)}

    def later(one: str, other: str) -> bool:
        return bool(day.get(one) and day.get(other) and day[one] > day[other])

    parents = _forest.best_in_time(scores, later)
    assert reaches_root(parents)
    for start in parents:
        node = parents[start]
        while node != ROOT:
            assert not later(node, start)
            node = parents[node]


def test_equal_weights_are_settled_by_name() -> None:
    scores = {"q1": {ROOT: 0.0}, "q2": {ROOT: 0.0}, "q3": {"q2": 1.0, "q1": 1.0, ROOT: 0.0}}
    assert _forest.best(scores)["q3"] == "q1"


def test_many_stations_are_decided_one_by_one() -> None:
    scores = {f"q{n}": {f"q{(n + 1) % 500}": 1.0, ROOT: 0.0} for n in range(500)}
    odds = _forest.probabilities(scores)
    assert odds["q7"]["q8"] == pytest.approx(1 / (1 + math.exp(-1)))
