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
from provenance.quoting._network import Courses

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
        return made(stored, language)


def made(stored: Mapping[str, NDArray[Any]], language: str) -> Tagger:
    """The model of `language` whose weights are `stored`."""
    import numpy as np

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

    course = _network.courses(blocks)
    scores = _network.scores(model.network, base, course)
    sources = 1 / (1 + np.exp(-np.clip(scores[:, len(LABELS)], -30, 30)))
    scores = scores[:, : len(LABELS)]
    labels, marginals = _best(model, scores, course), _marginals(model, scores, course)
    return Tags(labels.tolist(), marginals, sources.astype(np.float32))


def _best(model: Tagger, scores: NDArray[np.float32], course: Courses) -> NDArray[np.int64]:
    """Viterbi over all paragraphs at once."""
    import numpy as np

    coming, back = scores[course.ahead], np.zeros(scores.shape, dtype=np.int64)
    score = model.begin + coming[: course.live[0]]
    for step, begin, end in course.steps():
        if step:
            paths = score[: end - begin, :, None] + model.steps
            back[begin:end] = paths.argmax(axis=1)
            score[: end - begin] = paths.max(axis=1) + coming[begin:end]
    label, every = (score + model.end).argmax(axis=1), np.arange(len(score))
    labels = np.empty(len(scores), dtype=np.int64)
    for _, begin, end in reversed(list(course.steps())):
        running = label[: end - begin]
        labels[course.ahead[begin:end]] = running
        label[: end - begin] = back[begin + every[: end - begin], running]
    return labels


def _marginals(model: Tagger, scores: NDArray[np.float32], course: Courses) -> NDArray[np.float32]:
    """Forward from every beginning beside backward from every end, in the probability domain,
    scaled at every step."""
    import numpy as np

    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = np.stack([likely[course.ahead], likely[course.behind]])
    steps = np.exp(np.stack([model.steps, model.steps.T]))
    reached = np.empty_like(likely)
    ends = np.exp(np.stack([model.begin, model.end]))
    held = coming = np.repeat(ends[:, None], course.live[0], axis=1)
    for step, begin, end in course.steps():
        if step:
            coming = _normal(held[:, : end - begin]) @ steps
        held = coming * likely[:, begin:end]
        # What comes to a token from behind must not count its own score twice.
        reached[0, begin:end], reached[1, begin:end] = held[0], coming[1]
    joined = np.empty((2, *scores.shape), dtype=np.float32)
    joined[0, course.ahead], joined[1, course.behind] = _normal(reached)
    return _normal(joined[0] * joined[1])


def _normal(values: NDArray[Any]) -> NDArray[np.float32]:
    import numpy as np

    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(values / np.maximum(total, np.float32(1e-30)), dtype=np.float32)
