"""The network that scores every label at every token, in plain NumPy.

Rows of weights summed for what is known of a token, a convolution over its neighbours, a
gated recurrent unit (Cho et al. 2014) along the paragraph in both directions, and a linear
layer. All paragraphs of a page go through the recurrent layer side by side, so that the
loop runs over positions and not over texts. Trained by `training._network`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Network(NamedTuple):
    """The weights. With `w` the width of a token and `r` that of one recurrent direction:

    `tables` have a row of `w` for every value of a column, `bits` a row for every bit of the
    column c; `around` is 3 × w × w with `around_bias`; `inward` w × 6r with `inward_bias` and
    `back` 2 × r × 3r with `back_bias` are the recurrent unit's, forward then backward, gates
    in the order reset, update, new; `out` is 2r × labels with `out_bias`.
    """

    tables: Mapping[str, NDArray[np.float32]]
    bits: NDArray[np.float32]
    around: NDArray[np.float32]
    around_bias: NDArray[np.float32]
    inward: NDArray[np.float32]
    inward_bias: NDArray[np.float32]
    back: NDArray[np.float32]
    back_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: NDArray[np.float32]


# Fields of `Network` that are stored as they are; the tables are stored as bytes.
PLAIN = Network._fields[1:]


def load(stored: Mapping[str, NDArray[Any]]) -> Network:
    """The network in an opened ``.npz``: tables as bytes with a scale each, the words' rows
    as vectors times a projection."""
    import numpy as np

    tables = {
        name.removeprefix("table."): table.astype(np.float32) * stored["scale." + name[6:]]
        for name, table in stored.items()
        if name.startswith("table.")
    }
    words = tables["w"] @ stored["project"].astype(np.float32)
    tables["w"] = words + stored["project_bias"].astype(np.float32)
    return Network(tables, *(stored[name].astype(np.float32) for name in PLAIN))


def scores(
    network: Network, base: Mapping[str, NDArray[np.int64]], blocks: list[tuple[int, int]]
) -> NDArray[np.float32]:
    """Tokens × labels: how well each label fits, by the columns `base` and what is around."""
    import numpy as np

    edges = np.array(blocks, dtype=np.int64)
    state = _convolved(network, _summed(network, base), edges)
    result: NDArray[np.float32] = _recurrent(network, state, edges) @ network.out
    return result + network.out_bias


def _summed(network: Network, base: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
    """What is known of each token, as the sum of its columns' rows, rectified."""
    import numpy as np

    width = np.arange(len(network.bits))
    total: NDArray[np.float32]
    total = ((base["c"][:, None] >> width) & 1).astype(np.float32) @ network.bits
    for name, table in network.tables.items():
        total += table[base[name]]
    np.maximum(total, 0, out=total)
    return total


def _convolved(
    network: Network, state: NDArray[np.float32], edges: NDArray[np.int64]
) -> NDArray[np.float32]:
    """`state` and what its neighbours in the paragraph add to it."""
    import numpy as np

    left, here, right = network.around
    total: NDArray[np.float32] = state @ here + network.around_bias
    first, last = np.zeros((2, len(state), 1), dtype=np.float32) + 1
    first[edges[:, 0]] = 0
    last[edges[:, 1] - 1] = 0
    total[1:] += (state @ left)[:-1] * first[1:]
    total[:-1] += (state @ right)[1:] * last[:-1]
    np.maximum(total, 0, out=total)
    total += state
    return total


def _recurrent(
    network: Network, state: NDArray[np.float32], edges: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The recurrent unit's state at every token, forward beside backward.

    Paragraphs are taken longest first, so that those still running are always the first.
    """
    import numpy as np

    size = network.back.shape[1]
    coming = state @ network.inward + network.inward_bias
    ahead, behind = coming[:, : 3 * size], coming[:, 3 * size :]
    edges = edges[np.argsort(edges[:, 0] - edges[:, 1], kind="stable")]
    starts, ends, lengths = edges[:, 0], edges[:, 1] - 1, edges[:, 1] - edges[:, 0]
    result = np.empty((len(state), 2 * size), dtype=np.float32)
    held = np.zeros((2, len(edges), size), dtype=np.float32)
    live = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    for step, count in enumerate(live):
        forward, backward = starts[:count] + step, ends[:count] - step
        here = np.stack([ahead[forward], behind[backward]])
        held = _gated(here, held[:, :count], held[:, :count] @ network.back + network.back_bias)
        result[forward, :size], result[backward, size:] = held
    return result


def _gated(
    coming: NDArray[np.float32], held: NDArray[np.float32], kept: NDArray[np.float32]
) -> NDArray[np.float32]:
    """One step: how much of what was held is reset, how much is updated, with what."""
    import numpy as np

    size = held.shape[-1]
    # The logistic function by way of the tangent, which cannot overflow.
    gates = 0.5 + 0.5 * np.tanh(0.5 * (coming[..., : 2 * size] + kept[..., : 2 * size]))
    new = np.tanh(coming[..., 2 * size :] + gates[..., :size] * kept[..., 2 * size :])
    result: NDArray[np.float32] = new + gates[..., size:] * (held - new)
    return result
