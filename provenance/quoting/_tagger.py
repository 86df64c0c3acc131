"""The trained tagger: which words are reported, which are cue and source.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over the scores
of a small network (`_network`); beside it the chance that a word names a source, whether or
not it stands among reported words itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.quoting import _network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Outside; begin, inside and continuation (after an interruption) of reported words; cue; source.
LABELS = ("O", "B", "I", "Q", "S", "C")


class Tagger(NamedTuple):
    """One language's model: the network, the steps between labels from row to column, and
    how a paragraph begins and ends. `vocabulary` gives each known word its row in the network
    and `kinds` the class of each row."""

    network: _network.Network
    steps: NDArray[np.float32]
    begin: NDArray[np.float32]
    end: NDArray[np.float32]
    classes: Mapping[str, int]
    vocabulary: Mapping[str, int]
    kinds: NDArray[np.int64]


class Tags(NamedTuple):
    """What the tagger says of every token: its label, the chance of every label, and the
    chance of naming a source, inside reported words too."""

    labels: list[int]
    marginals: NDArray[np.float32]
    sources: NDArray[np.float32]


@cache
def tagger(language: str) -> Tagger | None:
    """The model of `language`, or None when there is none."""
    import numpy as np

    path = files(__package__) / "models" / f"{language}.npz"
    if not path.is_file():
        return None
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        return Tagger(
            _network.load(stored),
            stored["steps"].astype(np.float32),
            stored["begin"].astype(np.float32),
            stored["end"].astype(np.float32),
            classes(language),
            *vocabulary(language),
        )


def vocabulary(language: str) -> tuple[dict[str, int], NDArray[np.int64]]:
    """The row of each word that has a class, from 1, and the class of each row."""
    import numpy as np

    known = classes(language)
    rows = {word: row for row, word in enumerate(known, 1)}
    return rows, np.array([0, *known.values()], dtype=np.int64)


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
    model: Tagger, base: Mapping[str, NDArray[np.int64]], blocks: list[tuple[int, int]]
) -> Tags:
    """The best labels, by the columns `base` of a page and its paragraphs `blocks`."""
    import numpy as np

    scores = _network.scores(model.network, base, blocks)
    sources = 1 / (1 + np.exp(-np.clip(scores[:, len(LABELS)], -30, 30)))
    scores = scores[:, : len(LABELS)]
    labels = np.zeros(len(scores), dtype=np.int64)
    marginals = np.zeros_like(scores)
    for group in _groups(blocks):
        rows, mask = _padded(group)
        batch = np.where(mask[:, :, None], scores[rows], np.float32(0))
        best, probability = _best(model, batch, mask), _marginals(model, batch, mask)
        labels[rows[mask]] = best[mask]
        marginals[rows[mask]] = probability[mask]
    return Tags(labels.tolist(), marginals, sources.astype(np.float32))


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
