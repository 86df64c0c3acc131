"""Learn what English words are near: ``python -m training.meanings``.

Every English stem and every foreign stem of the parallel texts gets a vector, and a sentence the
direction of the sum of its words'. The vectors are learned by telling, for each sentence of a
batch, its translation from all other sentences of the batch (Wieting et al. 2019, "Simple and
effective paraphrastic similarity from parallel translations"). Only the English vectors are kept:
``provenance/matching/meanings.npz``, eight bits a dimension with a scale a stem.

Sentences of the development relations of ``benchmarks.match`` are left out, and so are the sources
of ``training/excluded.tsv``. Three minutes of one core, after one for cutting into words, and
2 GB of memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks import records
from benchmarks.match import plain, relations
from provenance.languages.words import stems
from training.gloss import LANGUAGES, pairs

_WRITTEN = Path(__file__).parent.parent / "provenance" / "matching" / "meanings.npz"
# With 128 in fifteen steps each, of which the first 64 stood alone and were indexed, six of 1,243
# two-hop queries and three of 1,200 siblings fewer were among fifty.
_DIMENSIONS = 64
_KEPT = 30_000  # English stems, the most frequent: rarer ones are names, which terms find
_SEEN = 2  # sentences with a foreign stem
_LONGEST = 60  # words
_BATCH = 2048
# Neighbours in the files are of one source, and often of one text: what is told apart from them is
# told by its meaning, and not by its subject.
_NEIGHBOURS = 32
_ROUNDS = 4
_RATE = 0.01
_DROPPED = 0.1  # of the words of a sentence, so that no single one decides
_SHARPNESS = 20.0  # what a cosine of one is worth, in nats
_FADING = (0.9, 0.999)  # of the mean gradient and of its mean square
_STEPS = 127  # to either side of zero

Floats = NDArray[np.float32]
Ids = NDArray[np.int32]
Taken = tuple[Ids, sparse.csr_matrix]
"""The words of some sentences, and which sentence has which."""


class Sentences:
    """Sentences as ids of words, numbered from 1 as they come."""

    def __init__(self) -> None:
        self.place: dict[str, int] = {}
        self.words: list[Ids] = []

    def add(self, words: Sequence[str]) -> None:
        """One more sentence."""
        place = self.place
        ids = [place.setdefault(word, len(place) + 1) for word in words[:_LONGEST]]
        self.words.append(np.array(ids, np.int32))

    def keep(self, most: int | None = None, seen: int = 1) -> list[str]:
        """Forget all but the `most` frequent words and those `seen` so often: they become 0.

        The words that are kept, in the order of their new ids from 1.
        """
        counts = np.bincount(np.concatenate(self.words), minlength=len(self.place) + 1)
        names = ["", *self.place]
        kept = [i for i in np.argsort(-counts, kind="stable")[:most].tolist() if counts[i] >= seen]
        new = np.zeros(len(names), np.int32)
        new[kept] = np.arange(1, len(kept) + 1)
        self.words = [new[words] for words in self.words]
        self.place = {names[i]: at for at, i in enumerate(kept, 1)}
        return list(self.place)


def main() -> None:
    """Read, learn, write."""
    english, foreign = _read()
    kept = english.keep(most=_KEPT)
    foreign.keep(seen=_SEEN)
    rows = _learned(english, foreign)[1:]
    scales = np.abs(rows).max(axis=1) / _STEPS
    np.savez_compressed(
        _WRITTEN,
        stems=np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8),
        vectors=np.rint(rows / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float16),
    )


# ---------------------------------------------------------------- reading


def _read() -> tuple[Sentences, Sentences]:
    """The English and the foreign sentence of every pair."""
    left_out = set(_developing())
    ours, theirs = Sentences(), Sentences()
    for language in LANGUAGES:
        for foreign, english, _ in pairs(language):
            if left_out.isdisjoint((plain(foreign), plain(english))):
                ours.add(stems(english, "en"))
                theirs.add([f"{language}:{stem}" for stem in stems(foreign, language)])
    return ours, theirs


def _developing() -> Iterator[str]:
    """Every text of the development relations, in every language."""
    for query in (query for queries in relations().values() for query in queries):
        yield from map(plain, (query.text, *query.originals, *query.alike))
    for name in ("twohop_en_zh_en.jsonl", "siblings_ru_uk_en.jsonl.xz"):
        for item in records(f"eval/match/{name}"):
            for value in item.values():
                yield from map(
                    plain, map(str, value.values() if isinstance(value, dict) else [value])
                )


# ---------------------------------------------------------------- learning


class _Bag:
    """The vectors of the words of one side, learned by Adam (Kingma and Ba 2015), of which only
    the rows in a batch move."""

    def __init__(self, sentences: Sentences, chance: np.random.Generator) -> None:
        self._words = np.concatenate(sentences.words)
        self._lengths = np.array([len(words) for words in sentences.words], np.int64)
        self._starts = np.cumsum(self._lengths) - self._lengths
        shape = (len(sentences.place) + 1, _DIMENSIONS)
        self.rows: Floats = chance.normal(0, 0.1, shape).astype(np.float32)
        self._mean, self._square = np.zeros_like(self.rows), np.zeros_like(self.rows)

    def take(self, batch: NDArray[np.int64], chance: np.random.Generator) -> Taken:
        """The words of some sentences, but those that are dropped, and which has which."""
        counts = self._lengths[batch]
        ahead = np.repeat(self._starts[batch] - (np.cumsum(counts) - counts), counts)
        words = self._words[ahead + np.arange(counts.sum())]
        row = np.repeat(np.arange(len(batch)), counts)
        kept = (words > 0) & (chance.random(len(words), np.float32) >= _DROPPED)
        used, place = np.unique(words[kept], return_inverse=True)
        ones = np.ones(len(place), np.float32)
        shape = (len(batch), len(used))
        return used, sparse.csr_matrix((ones, (row[kept], place)), shape=shape)

    def move(self, used: Ids, slope: Floats, rate: float, step: int) -> None:
        """One step of Adam for the rows `used`."""
        fading, squared = _FADING
        mean, square = self._mean[used], self._square[used]
        mean += (1 - fading) * (slope - mean)
        square += (1 - squared) * (slope * slope - square)
        self._mean[used], self._square[used] = mean, square
        rate *= float(np.sqrt(1 - squared**step) / (1 - fading**step))
        self.rows[used] -= rate * mean / (np.sqrt(square) + 1e-8)


def _learned(english: Sentences, foreign: Sentences) -> Floats:
    """The vectors of the English stems, a row each."""
    chance = np.random.default_rng(7)
    sides = _Bag(english, chance), _Bag(foreign, chance)
    steps = len(english.words) // _BATCH * _ROUNDS
    for step, batch in enumerate(_batches(len(english.words), chance)):
        rate = _RATE * min(1.0, (step + 1) / 100) * (1 - 0.95 * step / steps)
        taken = [side.take(batch, chance) for side in sides]
        loss = _step(sides, taken, rate, step + 1)
        if step % 100 == 0:
            print(f"{step} of {steps}: {loss:.3f} nats", flush=True)
    return sides[0].rows


def _step(sides: Sequence[_Bag], taken: Sequence[Taken], rate: float, step: int) -> float:
    """Move the vectors by what a batch has `taken` of them; how hard it was, in nats a sentence.

    The loss is the mean of two cross-entropies, of telling the translation of each sentence
    and the sentence of each translation.
    """
    sums = [held @ side.rows[used] for side, (used, held) in zip(sides, taken, strict=True)]
    norms = [np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-4) for one in sums]
    one, other = (summed / norm for summed, norm in zip(sums, norms, strict=True))
    chances = np.exp(_SHARPNESS * (one @ other.T - 1))
    across, down, right = chances.sum(axis=1), chances.sum(axis=0), chances.diagonal().copy()
    chances *= (1 / across)[:, None] + (1 / down)[None, :]
    np.fill_diagonal(chances, chances.diagonal() - 2)
    chances *= _SHARPNESS / len(chances)
    slopes = chances @ other, chances.T @ one
    told = zip(sides, taken, (one, other), norms, slopes, strict=True)
    for side, (used, held), direction, norm, slope in told:
        along = np.einsum("ij,ij->i", slope, direction)[:, None]
        side.move(used, held.T.tocsr() @ ((slope - direction * along) / norm), rate, step)
    return -float(np.log(right / across).mean() + np.log(right / down).mean()) / 2


def _batches(count: int, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Every pair once a round, a few neighbours together, the rest at random."""
    blocks = np.arange(count) // _NEIGHBOURS
    for _ in range(_ROUNDS):
        order = np.argsort(chance.permutation(blocks.max() + 1)[blocks], kind="stable")
        for start in range(0, count - _BATCH + 1, _BATCH):
            yield order[start : start + _BATCH]


if __name__ == "__main__":
    main()
