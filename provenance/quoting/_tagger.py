"""The trained tagger: which words are reported, which are cue and source.

A linear-chain conditional random field over hashed features (Lafferty, McCallum and
Pereira 2001), its weights quantised to a byte each. All paragraphs of a page are decoded at
once, padded to the longest, so that the loop runs over positions and not over texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Outside; begin, inside and continuation (after an interruption) of reported words; cue; source.
LABELS = ("O", "B", "I", "Q", "S", "C")
_BITS = 22


class Tagger(NamedTuple):
    """Weights of one language's model.

    `place` maps a feature's bucket to its row in `weights` (row 0 is zero); `weights` are
    rows × labels in units of `scale`; `steps` are transitions from row to column.
    """

    place: NDArray[np.int32]
    weights: NDArray[np.int8]
    scale: float
    steps: NDArray[np.float32]
    begin: NDArray[np.float32]
    end: NDArray[np.float32]
    classes: Mapping[str, int]


@cache
def tagger(language: str) -> Tagger | None:
    """The model of `language`, or None when there is none."""
    import numpy as np

    path = files(__package__) / "models" / f"{language}.npz"
    if not path.is_file():
        return None
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        place = np.zeros(1 << _BITS, dtype=np.int32)
        place[stored["buckets"]] = np.arange(1, len(stored["buckets"]) + 1)
        empty = np.zeros((1, len(LABELS)), dtype=np.int8)
        return Tagger(
            place,
            np.vstack([empty, stored["weights"]]),
            float(stored["scale"]),
            stored["steps"].astype(np.float32),
            stored["begin"].astype(np.float32),
            stored["end"].astype(np.float32),
            classes(language),
        )


@cache
def classes(language: str) -> dict[str, int]:
    """The class of each common word of `language`: words of one class stand in like places."""
    path = files(__package__) / "models" / f"classes.{language}.tsv"
    if not path.is_file():
        return {}
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return {word: int(number) for word, number in rows}


@cache
def link_weights(language: str) -> dict[str, float]:
    """Weights of the link features: those of `language`, else those of all together."""
    import json

    path = files(__package__) / "models" / "links.json"
    if not path.is_file():
        return {}
    every: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return every.get(language, every["all"])


def tag(
    model: Tagger, table: NDArray[np.uint32], blocks: list[tuple[int, int]]
) -> tuple[list[int], NDArray[np.float32]]:
    """The best label of every token, and the marginal probability of every label there."""
    import numpy as np

    scores = np.zeros((len(table), len(LABELS)), dtype=np.float32)
    for column in range(table.shape[1]):
        scores += model.weights[model.place[table[:, column]]]
    scores *= np.float32(model.scale)
    labels = np.zeros(len(table), dtype=np.int64)
    marginals = np.zeros_like(scores)
    for group in _groups(blocks):
        rows, mask = _padded(group)
        batch = np.where(mask[:, :, None], scores[rows], np.float32(0))
        best, probability = _best(model, batch, mask), _marginals(model, batch, mask)
        labels[rows[mask]] = best[mask]
        marginals[rows[mask]] = probability[mask]
    return labels.tolist(), marginals


def _groups(blocks: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Blocks of similar length together, so that padding wastes little."""
    groups: list[list[tuple[int, int]]] = []
    for block in sorted(blocks, key=lambda one: one[1] - one[0]):
        length = block[1] - block[0]
        if groups and length <= 1.5 * (groups[-1][0][1] - groups[-1][0][0]) + 8:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _padded(group: list[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    import numpy as np

    longest = max(end - start for start, end in group)
    steps = np.arange(longest)
    starts = np.array([start for start, _ in group])[:, None]
    lengths = np.array([end - start for start, end in group])[:, None]
    mask = steps[None, :] < lengths
    return np.where(mask, starts + steps, starts), mask


def _best(model: Tagger, batch: NDArray[np.float32], mask: NDArray[Any]) -> NDArray[np.int64]:
    """Viterbi over all blocks of a group at once."""
    import numpy as np

    count, length, _ = batch.shape
    back = np.zeros(batch.shape, dtype=np.int64)
    score = model.begin + batch[:, 0]
    stay = np.arange(len(LABELS))
    for step in range(1, length):
        paths = score[:, :, None] + model.steps
        live = mask[:, step][:, None]
        back[:, step] = np.where(live, paths.argmax(axis=1), stay)
        score = np.where(live, paths.max(axis=1) + batch[:, step], score)
    labels = np.zeros((count, length), dtype=np.int64)
    labels[:, -1] = (score + model.end).argmax(axis=1)
    every = np.arange(count)
    for step in range(length - 1, 0, -1):
        labels[:, step - 1] = back[every, step, labels[:, step]]
    return labels


def _marginals(
    model: Tagger, batch: NDArray[np.float32], mask: NDArray[Any]
) -> NDArray[np.float32]:
    """Forward and backward in the probability domain, scaled at every step."""
    import numpy as np

    length = batch.shape[1]
    shifted = np.exp(batch - batch.max(axis=2, keepdims=True))
    steps, forward = np.exp(model.steps), np.empty_like(batch)
    forward[:, 0] = _normal(np.exp(model.begin) * shifted[:, 0])
    for step in range(1, length):
        onward = _normal((forward[:, step - 1] @ steps) * shifted[:, step])
        forward[:, step] = np.where(mask[:, step][:, None], onward, forward[:, step - 1])
    backward = np.empty_like(batch)
    backward[:, -1] = np.exp(model.end)
    for step in range(length - 2, -1, -1):
        behind = _normal((backward[:, step + 1] * shifted[:, step + 1]) @ steps.T)
        backward[:, step] = np.where(mask[:, step + 1][:, None], behind, np.exp(model.end))
    return _normal(forward * backward)


def _normal(values: NDArray[Any]) -> NDArray[np.float32]:
    import numpy as np

    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(values / np.maximum(total, np.float32(1e-30)), dtype=np.float32)
