"""The best labels and their chances are those of all ways through a paragraph, weighed."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.quoting import _network, _tagger
from provenance.quoting._features import _row
from provenance.quoting._lexicon import lexicon

_COUNT = len(_tagger.LABELS)


def _field(seed: int) -> Any:
    rng = np.random.default_rng(seed)
    shapes = {"steps": (_COUNT, _COUNT), "begin": (_COUNT,), "end": (_COUNT,)}
    weights = {name: rng.normal(0, 1, shape).astype(np.float32) for name, shape in shapes.items()}
    return _tagger.Tagger(network=None, classes={}, vocabulary={}, kinds=None, **weights)  # type: ignore[arg-type]


def _every_way(model: Any, scores: NDArray[np.float32]) -> tuple[tuple[int, ...], Any]:
    """The likeliest labels of one paragraph, and the chance of each label at each token."""
    ways = list(product(range(_COUNT), repeat=len(scores)))
    weights = []
    for way in ways:
        weight = model.begin[way[0]] + model.end[way[-1]]
        weight += sum(scores[place, label] for place, label in enumerate(way))
        weight += sum(model.steps[one, two] for one, two in pairwise(way))
        weights.append(weight)
    chances = np.exp(np.array(weights) - max(weights))
    chances /= chances.sum()
    marginals = np.zeros(scores.shape)
    for way, chance in zip(ways, chances, strict=True):
        for place, label in enumerate(way):
            marginals[place, label] += chance
    return ways[int(np.argmax(weights))], marginals


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 999))
@settings(max_examples=15, deadline=None)
def test_labels_and_chances_are_those_of_all_ways_weighed(lengths: list[int], seed: int) -> None:
    model, rng = _field(seed), np.random.default_rng(seed + 1)
    scores = rng.normal(0, 2, (sum(lengths), _COUNT)).astype(np.float32)
    ends = np.cumsum(lengths).tolist()
    blocks = list(zip([0, *ends[:-1]], ends, strict=True))
    course = _network.courses(blocks)
    labels = _tagger._best(model, scores, course)
    marginals = _tagger._marginals(model, scores, course)
    for start, end in blocks:
        best, chances = _every_way(model, scores[start:end])
        assert tuple(labels[start:end]) == best
        np.testing.assert_allclose(marginals[start:end], chances, atol=1e-4)


def test_an_unknown_german_compound_counts_as_what_it_ends_with() -> None:
    rows = {"ministerium": 3, "umweltministerium": 4}
    assert lexicon("de").compounds
    assert _row("bundesumweltministerium", rows, compounds=True) == 4
    assert _row("finanzministerium", rows, compounds=True) == 3
    assert _row("finanzministerium", rows, compounds=False) == 0
    assert _row("ministerien", rows, compounds=True) == 0
