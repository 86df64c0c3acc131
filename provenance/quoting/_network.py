"""The networks that score every label at every token, in plain NumPy.

Rows of weights summed for what is known of a token, a convolution over its neighbours, a
gated recurrent unit (Cho et al. 2014) along the paragraph in both directions, and a linear
layer. All paragraphs of a page go through the recurrent layer side by side, so that the
loop runs over positions and not over texts; so do several networks, whose scores are averaged
(each errs in its own way, and the mean errs less often). Trained by `training._network`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Network(NamedTuple):
    """The weights of n networks whose scores are averaged. With `w` the width of a token and
    `r` that of one recurrent direction:

    `tables` have a row of n × w for every value of a column, `bits` a row for every bit of the
    column c; `around` is 3 × n × w × w with `around_bias` n × 1 × w; `inward` n × w × 6r with
    `inward_bias` n × 1 × 6r and `back` 2 × n × r × 3r with `back_bias` 2 × n × 1 × 3r are the
    recurrent unit's, forward then backward, gates in the order reset, update, new; `out` is
    n × 2r × labels with `out_bias` n × 1 × labels.
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
    """The networks in an opened ``.npz``, n first in every array: tables as bytes with a scale
    each, the words' rows as vectors times a projection."""
    import numpy as np

    tables = {
        name.removeprefix("table."): table.astype(np.float32)
        * stored["scale." + name[6:]][:, None, None]
        for name, table in stored.items()
        if name.startswith("table.")
    }
    words = tables["w"] @ stored["project"].astype(np.float32)
    tables["w"] = words + stored["project_bias"].astype(np.float32)[:, None]
    plain = {name: stored[name].astype(np.float32) for name in PLAIN}
    for name in ("around", "back", "back_bias"):
        plain[name] = np.ascontiguousarray(plain[name].swapaxes(0, 1))
    for name in ("around_bias", "inward_bias", "out_bias"):
        plain[name] = plain[name][:, None]
    plain["bits"] = _abreast(plain["bits"])
    return Network({name: _abreast(table) for name, table in tables.items()}, **plain)


def _abreast(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """n × rows × w as rows × (n × w): a row of all networks is read at once."""
    import numpy as np

    return np.ascontiguousarray(table.swapaxes(0, 1)).reshape(table.shape[1], -1)


class Courses(NamedTuple):
    """Paragraphs side by side, longest first, step by step: the tokens in the order they are
    met from every beginning (`ahead`) and from every end (`behind`), and how many paragraphs
    are still running at each step (`live`)."""

    ahead: NDArray[np.int64]
    behind: NDArray[np.int64]
    live: list[int]

    def steps(self) -> Iterator[tuple[int, int, int]]:
        """Each step, and from where to where its tokens stand in `ahead` and `behind`."""
        begin = 0
        for step, count in enumerate(self.live):
            yield step, begin, begin + count
            begin += count


def courses(blocks: list[tuple[int, int]]) -> Courses:
    """The courses of paragraphs that are told by their first token and the one after."""
    import numpy as np

    edges = np.array(blocks, dtype=np.int64)
    edges = edges[np.argsort(edges[:, 0] - edges[:, 1], kind="stable")]
    lengths = edges[:, 1] - edges[:, 0]
    live = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    steps = np.repeat(np.arange(len(live)), live)
    which = np.arange(len(steps)) - np.repeat(np.cumsum(live) - live, live)
    return Courses(edges[which, 0] + steps, edges[which, 1] - 1 - steps, live.tolist())


def scores(
    network: Network, base: Mapping[str, NDArray[np.int64]], course: Courses
) -> NDArray[np.float32]:
    """Tokens × labels: how well each label fits, by the columns `base` and what is around."""
    import numpy as np

    summed = _summed(network, base).reshape(len(base["c"]), len(network.out), -1)
    state = _convolved(network, np.ascontiguousarray(summed.swapaxes(0, 1)), course)
    every = _recurrent(network, state, course) @ network.out + network.out_bias
    mean: NDArray[np.float32] = every.mean(axis=0)
    return mean


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
    network: Network, state: NDArray[np.float32], course: Courses
) -> NDArray[np.float32]:
    """`state` and what its neighbours in the paragraph add to it."""
    import numpy as np

    left, here, right = network.around
    total: NDArray[np.float32] = state @ here + network.around_bias
    first, last = np.zeros((2, state.shape[1], 1), dtype=np.float32) + 1
    first[course.ahead[: course.live[0]]] = 0
    last[course.behind[: course.live[0]]] = 0
    total[:, 1:] += (state @ left)[:, :-1] * first[1:]
    total[:, :-1] += (state @ right)[:, 1:] * last[:-1]
    np.maximum(total, 0, out=total)
    total += state
    return total


def _recurrent(
    network: Network, state: NDArray[np.float32], course: Courses
) -> NDArray[np.float32]:
    """The recurrent unit's state at every token, forward beside backward."""
    import numpy as np

    size = network.back.shape[2]
    coming = state @ network.inward + network.inward_bias
    coming = np.stack([coming[:, course.ahead, : 3 * size], coming[:, course.behind, 3 * size :]])
    states = np.empty((*coming.shape[:3], size), dtype=np.float32)
    held = np.zeros((2, len(state), course.live[0], size), dtype=np.float32)
    for _, begin, end in course.steps():
        held = held[:, :, : end - begin]
        kept = held @ network.back + network.back_bias
        states[:, :, begin:end] = held = _gated(coming[:, :, begin:end], held, kept)
    result = np.empty((*state.shape[:2], 2 * size), dtype=np.float32)
    result[:, course.ahead, :size], result[:, course.behind, size:] = states
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
