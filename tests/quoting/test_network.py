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


def _network_of(seed: int) -> _network.Network:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return rng.normal(0, 0.7, shape).astype(np.float32)

    tables = {"w": some(5, _WIDTH), "q": some(3, _WIDTH)}
    return _network.Network(
        tables,
        some(_BITS, _WIDTH),
        some(3, _WIDTH, _WIDTH),
        some(_WIDTH),
        some(_WIDTH, 6 * _HELD),
        some(6 * _HELD),
        some(2, _HELD, 3 * _HELD),
        some(2, 1, 3 * _HELD),
        some(2 * _HELD, _LABELS),
        some(_LABELS),
    )


def _base(count: int, seed: int) -> dict[str, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    sizes = {"w": 5, "q": 3, "c": 1 << _BITS}
    return {name: rng.integers(0, size, count) for name, size in sizes.items()}


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _reckoned(network: _network.Network, base: dict[str, NDArray[Any]]) -> list[list[float]]:
    """One paragraph, token by token and number by number."""
    count = len(base["w"])
    rows = []
    for place in range(count):
        row = network.tables["w"][base["w"][place]] + network.tables["q"][base["q"][place]]
        for bit in range(_BITS):
            row = row + network.bits[bit] * (int(base["c"][place]) >> bit & 1)
        rows.append(np.maximum(row, 0))
    near = []
    for place in range(count):
        total = network.around_bias.copy()
        for side in range(3):
            if 0 <= place + side - 1 < count:
                total = total + rows[place + side - 1] @ network.around[side]
        near.append(rows[place] + np.maximum(total, 0))
    states: list[list[list[float]]] = [[[]] * count, [[]] * count]
    for way in range(2):
        held = [0.0] * _HELD
        for place in range(count) if way == 0 else range(count - 1, -1, -1):
            coming = near[place] @ network.inward + network.inward_bias
            coming = coming[way * 3 * _HELD : (way + 1) * 3 * _HELD]
            kept = np.array(held) @ network.back[way] + network.back_bias[way, 0]
            now = []
            for one in range(_HELD):
                reset = _logistic(coming[one] + kept[one])
                update = _logistic(coming[_HELD + one] + kept[_HELD + one])
                new = math.tanh(coming[2 * _HELD + one] + reset * kept[2 * _HELD + one])
                now.append((1 - update) * new + update * held[one])
            held = now
            states[way][place] = held
    return [
        (np.array(states[0][place] + states[1][place]) @ network.out + network.out_bias).tolist()
        for place in range(count)
    ]


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 9_999), st.integers(0, 99)
)
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_the_equations_whatever_paragraphs_stand_together(
    lengths: list[int], seed: int, weights: int
) -> None:
    network, base = _network_of(weights), _base(sum(lengths), seed)
    ends = np.cumsum(lengths).tolist()
    blocks = list(zip([0, *ends[:-1]], ends, strict=True))
    found = _network.scores(network, base, blocks)
    for start, end in blocks:
        alone = {name: column[start:end] for name, column in base.items()}
        np.testing.assert_allclose(found[start:end], _reckoned(network, alone), atol=1e-4)


def test_scores_stay_finite_where_weights_are_large() -> None:
    network = _network_of(1)
    network = network._replace(inward=network.inward * 1e4)
    found = _network.scores(network, _base(30, 2), [(0, 12), (12, 30)])
    assert np.isfinite(found).all()
