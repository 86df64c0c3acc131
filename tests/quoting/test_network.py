"""The network reckons what its equations say, paragraph by paragraph."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.quoting import _network

_WIDTH, _HELD, _BITS, _LABELS = 6, 4, 3, 2


def _stored(seed: int, count: int) -> dict[str, NDArray[Any]]:
    """Weights of `count` networks as a file has them."""
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return rng.normal(0, 0.7, (count, *shape)).astype(np.float32)

    return {
        "table.w": rng.integers(-90, 90, (count, 5, 3)).astype(np.int8),
        "table.q": rng.integers(-90, 90, (count, 3, _WIDTH)).astype(np.int8),
        "scale.w": np.full(count, 0.01, np.float32),
        "scale.q": np.full(count, 0.01, np.float32),
        "project": some(3, _WIDTH),
        "project_bias": some(_WIDTH),
        "bits": some(_BITS, _WIDTH),
        "around": some(3, _WIDTH, _WIDTH),
        "around_bias": some(_WIDTH),
        "inward": some(_WIDTH, 6 * _HELD),
        "inward_bias": some(6 * _HELD),
        "back": some(2, _HELD, 3 * _HELD),
        "back_bias": some(2, 1, 3 * _HELD),
        "out": some(2 * _HELD, _LABELS),
        "out_bias": some(_LABELS),
    }


def _base(count: int, seed: int) -> dict[str, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    sizes = {"w": 5, "q": 3, "c": 1 << _BITS}
    return {name: rng.integers(0, size, count) for name, size in sizes.items()}


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _reckoned(stored: dict[str, NDArray[Any]], base: dict[str, NDArray[Any]]) -> Any:
    """One paragraph by one network, token by token and number by number."""
    count = len(base["w"])
    words = stored["table.w"] * stored["scale.w"] @ stored["project"] + stored["project_bias"]
    marks = stored["table.q"] * stored["scale.q"]
    rows = []
    for place in range(count):
        row = words[base["w"][place]] + marks[base["q"][place]]
        for bit in range(_BITS):
            row = row + stored["bits"][bit] * (int(base["c"][place]) >> bit & 1)
        rows.append(np.maximum(row, 0))
    near = []
    for place in range(count):
        total = stored["around_bias"].copy()
        for side in range(3):
            if 0 <= place + side - 1 < count:
                total = total + rows[place + side - 1] @ stored["around"][side]
        near.append(rows[place] + np.maximum(total, 0))
    states: list[list[list[float]]] = [[[]] * count, [[]] * count]
    for way in range(2):
        held = [0.0] * _HELD
        for place in range(count) if way == 0 else range(count - 1, -1, -1):
            coming = near[place] @ stored["inward"] + stored["inward_bias"]
            coming = coming[way * 3 * _HELD : (way + 1) * 3 * _HELD]
            kept = np.array(held) @ stored["back"][way] + stored["back_bias"][way, 0]
            now = []
            for one in range(_HELD):
                reset = _logistic(coming[one] + kept[one])
                update = _logistic(coming[_HELD + one] + kept[_HELD + one])
                new = math.tanh(coming[2 * _HELD + one] + reset * kept[2 * _HELD + one])
                now.append((1 - update) * new + update * held[one])
            held = now
            states[way][place] = held
    return [
        np.array(states[0][place] + states[1][place]) @ stored["out"] + stored["out_bias"]
        for place in range(count)
    ]


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.integers(0, 9_999),
    st.integers(0, 99),
    st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_scores_are_the_mean_of_the_equations_whatever_paragraphs_stand_together(
    lengths: list[int], seed: int, weights: int, networks: int
) -> None:
    stored, base = _stored(weights, networks), _base(sum(lengths), seed)
    ends = np.cumsum(lengths).tolist()
    blocks = list(zip([0, *ends[:-1]], ends, strict=True))
    found = _network.scores(_network.load(stored), base, _network.courses(blocks))
    for start, end in blocks:
        alone = {name: column[start:end] for name, column in base.items()}
        each = [
            _reckoned({name: array[one] for name, array in stored.items()}, alone)
            for one in range(networks)
        ]
        np.testing.assert_allclose(found[start:end], np.mean(each, axis=0), atol=1e-4)


def test_scores_stay_finite_where_weights_are_large() -> None:
    stored = _stored(1, 2)
    stored["inward"] *= 1e4
    found = _network.scores(
        _network.load(stored), _base(30, 2), _network.courses([(0, 12), (12, 30)])
    )
    assert np.isfinite(found).all()
