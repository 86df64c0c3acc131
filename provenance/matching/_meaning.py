"""What a text is about, as a direction in space: the second view of candidates.

Each English stem has a vector, and a text the direction of their sum; a foreign word stands
where its English senses do. The vectors were learned by finding, for sentences of the parallel
texts, their translations among others (Wieting et al. 2019, "Simple and effective paraphrastic
similarity from parallel translations"), so that words translated by the same ones lie together:
a text that shares no word with another can still be near it. Words the table does not know,
names above all, are left to the index. ``python -m training.meanings`` makes
``provenance/matching/meanings.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from provenance.matching._senses import Lexeme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.int8]

STEPS = 255
"""Steps to one in a stored direction: no component of a text exceeds a half but of one word."""


class Vectors(NamedTuple):
    """The table: the row of each stem, the rows, a stem each, and the table's own number.

    Directions made by another table say nothing beside those of this one.
    """

    place: dict[str, int]
    rows: Floats
    number: int


@cache
def vectors() -> Vectors:
    """The shipped table, read once."""
    import numpy as np

    with np.load(Path(__file__).with_name("meanings.npz")) as kept:
        stems = kept["stems"].tobytes().decode("utf-8").split("\n")
        steps, scales = kept["vectors"], kept["scales"]
    rows = steps * scales[:, None].astype(np.float32)
    return Vectors(dict(zip(stems, range(len(stems)), strict=True)), rows, crc32(steps.tobytes()))


def size() -> int:
    """Bytes of a stored direction, one a dimension."""
    return int(vectors().rows.shape[1])


def directions(texts: Sequence[Sequence[Lexeme]]) -> Bytes:
    """The direction of each text, given by its words: 127ths of a half in each dimension.

    All zeros where no word is known.
    """
    import numpy as np

    placed = [[at for word in words for at in _placed(word)] for words in texts]
    counts = np.array([len(found) for found in placed])
    sums = np.zeros((len(texts), size()), np.float32)
    if counts.any():
        flat = [at for found in placed for at in found]
        rows = vectors().rows[[row for row, _ in flat]]
        rows *= np.array([share for _, share in flat], np.float32)[:, None]
        starts = np.cumsum(counts) - counts
        sums[counts > 0] = np.add.reduceat(rows, starts[counts > 0])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return np.rint(sums * STEPS).clip(-127, 127).astype(np.int8)


@lru_cache(maxsize=200_000)
def _placed(word: Lexeme) -> tuple[tuple[int, float], ...]:
    """Rows of the table whose sum in these shares is the vector of `word`."""
    place = vectors().place
    senses = [(word.stem, 1.0)] if word.language == "en" else word.senses
    known = [(place[stem], share) for stem, share in senses if stem in place]
    mass = sum(share for _, share in known)
    return tuple((row, share / mass) for row, share in known)


def nearness(asked: Bytes, stored: Bytes) -> Floats:
    """The cosine of `asked` with each of `stored`, in [-1, 1].

    Where one has no direction, the mean of the others: nothing is known for or against it.
    """
    import numpy as np

    steps = np.float32(STEPS**2)
    found: Floats = stored.astype(np.float32) @ (asked.astype(np.float32) / steps)
    known = stored.any(axis=1)
    if not known.all():
        found[~known] = found[known].mean() if known.any() else 0.0
    return found


def likeness(one: Bytes, other: Bytes) -> float | None:
    """The cosine of two directions; None where one of them has none."""
    import numpy as np

    if not (one.any() and other.any()):
        return None
    found: float = np.dot(one.astype(np.float32), other.astype(np.float32)) / STEPS**2
    return float(found)
