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

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from provenance.matching._senses import Lexeme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.int8]
    Unmet = tuple[Sequence[float], Sequence[float]]

STEPS = 255
"""Steps to one in a stored direction: no component of a text exceeds a half but of one word."""

_OCTAVE = 12  # steps to a doubling of length: a byte holds texts of up to 1,500 words
_LAYOUT = 1  # of what an index keeps of a text: to be counted up where it changes

_REMEMBERED = 200_000  # words, 51 MB of vectors where all are foreign
_LEAST = 1e-9  # a shorter sum has no direction


class Vectors(NamedTuple):
    """The table: the row of each stem, the rows, a stem each, and the table's own number.

    Directions made by another table, or kept another way, say nothing beside those of this one.
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
    return Vectors(
        dict(zip(stems, range(len(stems)), strict=True)), rows, crc32(steps.tobytes(), _LAYOUT)
    )


def size() -> int:
    """Bytes of a stored direction: one a dimension, and one for the length of the text."""
    return int(vectors().rows.shape[1]) + 1


def directions(texts: Sequence[Sequence[Lexeme]]) -> Bytes:
    """The direction of each text as an index keeps it, given by its words: 127ths of a half in
    each dimension, and last its length, twelfths of a doubling.

    In all dimensions zero where no word is known.
    """
    import numpy as np

    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    return _directions(_words().of(chain.from_iterable(texts)), counts)


def directions_of(
    words: Sequence[Lexeme], places: NDArray[np.int64], counts: NDArray[np.int64]
) -> Bytes:
    """The same of texts whose words, so many a text, have `places` in `words`."""
    return _directions(_words().of(words)[places], counts)


def _directions(rows: Floats, counts: NDArray[np.int64]) -> Bytes:
    import numpy as np

    kept = np.zeros((len(counts), size()), np.float32)
    sums, lengths = kept[:, :-1], kept[:, -1]
    if len(rows):
        starts = np.cumsum(counts) - counts
        sums[counts > 0] = np.add.reduceat(rows, starts[counts > 0])
    sums *= STEPS / np.maximum(np.sqrt(np.einsum("ij,ij->i", sums, sums)), 1e-6)[:, None]
    lengths[:] = _OCTAVE * np.log2(counts + 1.0)
    return np.rint(kept).clip(-127, 127).astype(np.int8)


class _Words(dict[Lexeme, int]):
    """The row in `rows` of each word met, where its vector stands; row 0 is of no word.

    An English word has the row of its stem, a foreign one a row of its own behind these, the
    mean of its senses'.
    """

    def __init__(self) -> None:
        import numpy as np

        self._known = len(vectors().rows) + 1
        self._used = self._known
        table = vectors().rows
        self.rows = np.concatenate([np.zeros_like(table[:1]), table])
        self._lock = Lock()  # of threads that meet new words at once, two would take one row

    def of(self, words: Iterable[Lexeme]) -> Floats:
        """The vectors of `words`; where too many were met it starts afresh."""
        import numpy as np

        with self._lock:
            if len(self) >= _REMEMBERED:
                self.clear()
                self._used = self._known
            places = np.fromiter(map(self.__getitem__, words), np.int64)
            return self.rows.take(places, axis=0)

    def __missing__(self, word: Lexeme) -> int:
        own = word.language == "en"
        row = self[word] = self._stem(word.stem) if own else self._mixed(word.translated)
        return row

    def _stem(self, stem: str) -> int:
        return vectors().place.get(stem, -1) + 1

    def _mixed(self, senses: Sequence[tuple[str, float]]) -> int:
        import numpy as np

        known = [(row, share) for stem, share in senses if (row := self._stem(stem))]
        if not known:
            return 0
        if self._used == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        rows, shares = zip(*known, strict=True)
        weights = np.array(shares, np.float32)
        self.rows[self._used] = weights @ self.rows[list(rows)] / weights.sum()
        self._used += 1
        return self._used - 1


@cache
def _words() -> _Words:
    return _Words()


def nearness(asked: Bytes, stored: Bytes) -> Floats:
    """The cosine of `asked` with each of `stored`, in [-1, 1].

    Where one has no direction, the mean of the others: nothing is known for or against it.
    """
    import numpy as np

    steps = np.float32(STEPS**2)
    directed = stored[:, :-1]
    found: Floats = directed.astype(np.float32) @ (asked[:-1].astype(np.float32) / steps)
    if not found.all():  # most that are at right angles to it have no direction
        known = directed.any(axis=1)
        if not known.all():
            found[~known] = found[known].mean() if known.any() else 0.0
    return found


def disparity(asked: Bytes, stored: Bytes) -> Floats:
    """How many doublings lie between the lengths of `asked` and of each of `stored`; 0 where one
    is not known."""
    import numpy as np

    lengths = stored[:, -1].astype(np.float32)
    apart: Floats = np.abs(lengths - np.float32(asked[-1])) / _OCTAVE
    return np.where((lengths > 0) & bool(asked[-1]), apart, np.float32(0))


class Meant(NamedTuple):
    """What two texts mean beside each other.

    `alike` is the cosine of their directions, None where one has none; `rest` that of what the
    other does not render word by word, 0 where nothing is left; `left` how long that is beside
    the whole, for each of the two.
    """

    alike: float | None
    rest: float
    left: tuple[float, float]


def meant(one: Sequence[Lexeme], other: Sequence[Lexeme], unmet: Unmet) -> Meant:
    """What the words of two texts mean; `unmet` is the share of each word of either that the
    other text does not render."""
    import numpy as np

    sums = np.empty((4, vectors().rows.shape[1]), np.float32)
    rows, ours = _words().of([*one, *other]), len(one)
    _sum(rows[:ours], unmet[0], sums[:2])
    _sum(rows[ours:], unmet[1], sums[2:])
    products = (sums @ sums.T).tolist()
    norms = [max(products[i][i], 0.0) ** 0.5 for i in range(4)]
    return Meant(
        _cosine(products[0][2], norms[0] * norms[2]),
        _cosine(products[1][3], norms[1] * norms[3]) or 0.0,
        (norms[1] / max(norms[0], _LEAST), norms[3] / max(norms[2], _LEAST)),
    )


def _sum(rows: Floats, unmet: Sequence[float], sums: Floats) -> None:
    """The sum of the vectors of some words, and of what is unmet of each."""
    import numpy as np

    weights = np.empty((2, len(rows)), np.float32)
    weights[0], weights[1] = 1.0, unmet
    np.matmul(weights, rows, out=sums)


def _cosine(product: float, norms: float) -> float | None:
    return product / norms if norms > _LEAST else None
