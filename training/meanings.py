"""Learn what English words are near: ``python -m training.meanings``.

Every English stem and every foreign stem of the parallel texts gets a vector, and a sentence the
direction of the sum of its words'. The vectors are learned by telling, for each sentence of a
batch, its translation from all other sentences of the batch (Wieting et al. 2019, "Simple and
effective paraphrastic similarity from parallel translations"). Only the English vectors are kept:
``provenance/matching/meanings.npz``, eight bits a dimension with a scale a stem.

Sentences of the development relations of ``benchmarks.match`` are left out, and so are the sources
of ``training/excluded.tsv``. Needs torch; about four minutes of one core, after three for cutting
into words.
"""

# mypy: disable-error-code="import-not-found,unused-ignore"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks import records
from benchmarks.match import plain, relations
from provenance.languages.words import stems
from training.gloss import LANGUAGES, pairs

_WRITTEN = Path(__file__).parent.parent / "provenance" / "matching" / "meanings.npz"
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

Ids = NDArray[np.int32]


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
    scales = np.abs(rows).max(axis=1) / 127
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


def _learned(english: Sentences, foreign: Sentences) -> NDArray[np.float32]:
    """The vectors of the English stems, a row each."""
    torch.manual_seed(7)
    chance = np.random.default_rng(7)
    ours, theirs = _bag(english), _bag(foreign)
    optimizer = torch.optim.SparseAdam([*ours.parameters(), *theirs.parameters()], lr=_RATE)
    steps = len(english.words) // _BATCH * _ROUNDS
    for step, batch in enumerate(_batches(len(english.words), chance)):
        rate = _RATE * min(1.0, (step + 1) / 100) * (1 - 0.95 * step / steps)
        for group in optimizer.param_groups:
            group["lr"] = rate
        one, known = _directions(ours, [english.words[i] for i in batch], chance)
        other, meant = _directions(theirs, [foreign.words[i] for i in batch], chance)
        both = torch.from_numpy(known & meant)
        alike = _SHARPNESS * one[both] @ other[both].T
        right = torch.arange(len(alike))
        loss = sum(torch.nn.functional.cross_entropy(side, right) for side in (alike, alike.T))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(f"{step} of {steps}: {loss.item() / 2:.3f} nats", flush=True)
    rows: NDArray[np.float32] = ours.weight.detach().numpy()
    return rows


def _bag(sentences: Sentences) -> Any:
    bag = torch.nn.EmbeddingBag(len(sentences.place) + 1, _DIMENSIONS, mode="sum", sparse=True)
    torch.nn.init.normal_(bag.weight, 0, 0.1)
    return bag


def _batches(count: int, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Every pair once a round, a few neighbours together, the rest at random."""
    blocks = np.arange(count) // _NEIGHBOURS
    for _ in range(_ROUNDS):
        order = np.argsort(chance.permutation(blocks.max() + 1)[blocks], kind="stable")
        for start in range(0, count - _BATCH + 1, _BATCH):
            yield order[start : start + _BATCH]


def _directions(
    bag: Any, sentences: Sequence[Ids], chance: np.random.Generator
) -> tuple[Any, NDArray[np.bool_]]:
    """The direction of each sentence, and whether any of its words was left to give one."""
    lengths = np.array([len(words) for words in sentences])
    words, row = np.concatenate(sentences), np.repeat(np.arange(len(sentences)), lengths)
    kept = (words > 0) & (chance.random(len(words)) >= _DROPPED)
    counts = np.bincount(row[kept], minlength=len(sentences))
    starts = torch.from_numpy(np.cumsum(counts) - counts)
    summed = bag(torch.from_numpy(words[kept].astype(np.int64)), starts)
    return torch.nn.functional.normalize(summed, dim=1, eps=1e-4), counts > 0


if __name__ == "__main__":
    main()
