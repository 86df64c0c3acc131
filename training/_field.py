"""A linear-chain conditional random field trained in NumPy and SciPy.

Maximum likelihood by minibatch AdaGrad (Duchi, Hazan and Singer 2011) over sparse binary
features, with feature dropout as the regulariser and the weights averaged over the second
half of the epochs (Polyak and Juditsky 1992).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# Found on polnear_dev with a third of polnear_train, and on de_wikinews_dev: ten times the
# rate or a quarter of the batch lost a point, the weights' decay hardly matters.
_RATE, _BATCH, _DECAY = 0.03, 4_000, 1e-6
# Log-weight of a step that the label scheme forbids: reported words cannot begin "inside".
_FORBIDDEN = -30.0


class Field(NamedTuple):
    """Trained weights: features × labels, steps from row to column, begin and end."""

    weights: NDArray[np.float32]
    steps: NDArray[np.float32]
    begin: NDArray[np.float32]
    end: NDArray[np.float32]


class _Batch(NamedTuple):
    rows: NDArray[np.int64]
    sequence: NDArray[np.int64]
    place: NDArray[np.int64]
    lengths: NDArray[np.int64]


def train(
    features: sparse.csr_matrix,
    labels: NDArray[np.int64],
    blocks: NDArray[np.int64],
    *,
    count: int,
    forbidden: list[tuple[int, int]],
    epochs: int,
    dropout: float,
) -> Field:
    """Fit a field on tokens × `features` in sequences ``blocks`` (start, end) of `count` labels.

    `dropout` is the share of features left out at each step, `forbidden` the label pairs
    that cannot follow each other.
    """
    rng = np.random.default_rng(0)
    field = Field(
        np.zeros((features.shape[1], count), np.float32),
        np.zeros((count, count), np.float32),
        np.zeros(count, np.float32),
        np.zeros(count, np.float32),
    )
    for row, column in forbidden:
        field.steps[row, column] = _FORBIDDEN
    squares = [np.full_like(part, 0.1 if part.ndim == 2 else 1.0) for part in field]
    total = [np.zeros_like(part) for part in field]
    batches = _batches(blocks)
    for epoch in range(epochs):
        for number in rng.permutation(len(batches)):
            _learn(field, squares, features, labels, batches[number], rng=rng, dropout=dropout)
        if 2 * epoch >= epochs:
            total = [kept + part for kept, part in zip(total, field, strict=True)]
        print(f"epoch {epoch + 1} of {epochs}", flush=True)
    seen = sum(1 for epoch in range(epochs) if 2 * epoch >= epochs)
    weights, steps, begin, end = (np.asarray(part / seen, np.float32) for part in total)
    return Field(weights, steps, begin, end)


def _batches(blocks: NDArray[np.int64]) -> list[_Batch]:
    """Sequences of like length together, about as many tokens in each batch."""
    lengths = blocks[:, 1] - blocks[:, 0]
    batches: list[_Batch] = []
    held: list[int] = []
    size = 0
    for number in np.argsort(lengths, kind="stable"):
        if held and size + lengths[number] > _BATCH:
            batches.append(_batch(blocks[held]))
            held, size = [], 0
        held.append(int(number))
        size += int(lengths[number])
    return [*batches, _batch(blocks[held])]


def _batch(blocks: NDArray[np.int64]) -> _Batch:
    lengths = blocks[:, 1] - blocks[:, 0]
    return _Batch(
        np.concatenate([np.arange(start, end) for start, end in blocks]),
        np.repeat(np.arange(len(blocks)), lengths),
        np.concatenate([np.arange(length) for length in lengths]),
        lengths,
    )


def _learn(
    field: Field,
    squares: list[NDArray[np.float32]],
    features: sparse.csr_matrix,
    labels: NDArray[np.int64],
    batch: _Batch,
    *,
    rng: np.random.Generator,
    dropout: float,
) -> None:
    """One AdaGrad step on one batch."""
    seen = features[batch.rows]
    kept = rng.random(len(seen.data), dtype=np.float32) >= dropout
    seen.data = kept.astype(np.float32) / np.float32(1 - dropout)
    gold = labels[batch.rows]
    slopes = _slopes(field, seen @ field.weights, gold, batch)
    touched = np.unique(seen.indices)
    change = (seen.T.tocsr() @ slopes[0])[touched] + _DECAY * len(gold) * field.weights[touched]
    squares[0][touched] += change * change
    field.weights[touched] -= _RATE * change / np.sqrt(squares[0][touched])
    for part, slope, square in zip(field[1:], slopes[1:], squares[1:], strict=True):
        allowed = np.where(part <= _FORBIDDEN, 0, slope)
        np.add(square, allowed * allowed, out=square)
        np.subtract(part, _RATE * allowed / np.sqrt(square), out=part)


def _slopes(
    field: Field, scores: NDArray[Any], gold: NDArray[np.int64], batch: _Batch
) -> list[NDArray[Any]]:
    """Gradients of the negative log-likelihood: of the scores, steps, begin and end."""
    count, longest = len(batch.lengths), int(batch.lengths.max())
    padded = np.zeros((count, longest, scores.shape[1]), np.float32)
    mask = np.zeros((count, longest), bool)
    answer = np.zeros((count, longest), np.int64)
    padded[batch.sequence, batch.place] = scores
    mask[batch.sequence, batch.place] = True
    answer[batch.sequence, batch.place] = gold
    ahead, behind, whole = _forward_backward(field, padded, mask)
    marginal = np.exp(ahead + behind - whole[:, None, None])
    local = marginal[batch.sequence, batch.place]
    local[np.arange(len(gold)), gold] -= 1
    begin = marginal[:, 0].sum(0) - np.bincount(answer[:, 0], minlength=scores.shape[1])
    rows, last = np.arange(count), batch.lengths - 1
    end = marginal[rows, last].sum(0) - np.bincount(answer[rows, last], minlength=scores.shape[1])
    steps = _step_slopes(field, padded, mask, answer, (ahead, behind, whole))
    return [local, steps, begin, end]


def _step_slopes(
    field: Field,
    padded: NDArray[Any],
    mask: NDArray[np.bool_],
    answer: NDArray[np.int64],
    messages: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
) -> NDArray[Any]:
    ahead, behind, whole = messages
    slopes = np.zeros_like(field.steps)
    for place in range(1, padded.shape[1]):
        live = mask[:, place]
        pair = ahead[live, place - 1][:, :, None] + field.steps
        pair = pair + (padded[live, place] + behind[live, place])[:, None, :]
        slopes += np.exp(pair - whole[live][:, None, None]).sum(0)
        np.subtract.at(slopes, (answer[live, place - 1], answer[live, place]), 1)
    return slopes


def _forward_backward(
    field: Field, padded: NDArray[Any], mask: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    length = padded.shape[1]
    ahead, behind = np.empty_like(padded), np.empty_like(padded)
    ahead[:, 0] = padded[:, 0] + field.begin
    for place in range(1, length):
        onward = _sum(ahead[:, place - 1][:, :, None] + field.steps, 1) + padded[:, place]
        ahead[:, place] = np.where(mask[:, place][:, None], onward, ahead[:, place - 1])
    whole = _sum(ahead[:, -1] + field.end, 1)
    behind[:, -1] = field.end
    for place in range(length - 2, -1, -1):
        back = _sum(field.steps + (padded[:, place + 1] + behind[:, place + 1])[:, None, :], 2)
        behind[:, place] = np.where(mask[:, place + 1][:, None], back, behind[:, place + 1])
    return ahead, behind, whole


def _sum(values: NDArray[Any], axis: int) -> NDArray[Any]:
    """Logarithm of the sum of exponentials along `axis`."""
    top = values.max(axis=axis, keepdims=True)
    result: NDArray[Any] = (
        top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))
    ).squeeze(axis)
    return result
