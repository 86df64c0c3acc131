"""Candidates: an inverted index asked rarest terms first, within a budget of postings.

The ranking is that of BM25 (Robertson and Zaragoza 2009) with presence instead of term
frequency, over sentences and quotes. Reading only the rarest terms until a budget is spent
bounds the cost of a query however large the store: the postings of common words are never
touched when rarer ones have found candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from provenance.matching._prepare import Prepared, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUDGET = 20_000
"""Postings read a query: beyond it recall@50 on two-hop pairs no longer grows."""

_AVERAGE = 14.0  # terms of an average sentence in the English corpus
_SLOPE = 0.35  # how much length counts: fragments must find long quotes, so less than BM25's .75


class Index(Protocol):
    """Anything that finds candidates for a prepared text, best first."""

    def add(self, key: int, prepared: Prepared) -> None:
        """Store `prepared` under `key`; nothing happens when the key is stored already."""

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        """At most `limit` keys with scores (only comparable within one answer), best first."""


def impacts(prepared: Prepared) -> dict[str, float]:
    """What each term of a stored text adds to its score for a query holding that term.

    In (0, 1.6]: the term's weight, less in long texts.
    """
    weighted = terms(prepared)
    norm = 1.0 - _SLOPE + _SLOPE * len(weighted) / _AVERAGE
    return {term: weight / norm**0.5 for term, weight in weighted.items()}


def plan(
    asked: Mapping[str, float], frequency: Mapping[str, int], total: int, budget: int = BUDGET
) -> list[tuple[str, float]]:
    """Terms to read and what a hit of each is worth, the rarest first, within `budget` postings.

    The rarest term is always read, so that no query comes back empty for want of budget.
    """
    known = sorted((frequency[term], term) for term in asked if frequency.get(term))
    chosen: list[tuple[str, float]] = []
    spent = 0
    for count, term in known:
        if chosen and spent + count > budget:
            break
        spent += count
        chosen.append((term, asked[term] * _idf(count, total)))
    return chosen


def _idf(count: int, total: int) -> float:
    return math.log(1.0 + (max(total, count) - count + 0.5) / (count + 0.5))


def rank(hits: Sequence[tuple[NDArray[Any], NDArray[Any]]], limit: int) -> list[tuple[int, float]]:
    """Keys with the largest sums over `hits` (keys, scores), best first; ties by key."""
    import numpy as np

    if not hits:
        return []
    keys = np.concatenate([keys for keys, _ in hits])
    order = np.argsort(keys, kind="stable")  # few sorted runs, which a merge sort only joins
    keys = keys[order]
    first = np.append(True, keys[1:] != keys[:-1])
    scores = np.concatenate([scores for _, scores in hits])[order]
    return _best(keys[first], np.bincount(np.cumsum(first) - 1, weights=scores), limit)


def _best(keys: NDArray[Any], sums: NDArray[Any], limit: int) -> list[tuple[int, float]]:
    import numpy as np

    if len(sums) > limit:
        least = np.partition(sums, -limit)[-limit]
        keys, sums = keys[sums >= least], sums[sums >= least]
    best = np.lexsort((keys, -sums))[:limit]
    return list(zip(keys[best].tolist(), sums[best].tolist(), strict=True))


class MemoryIndex:
    """An index in memory, for a batch of texts or a test; see `Index`."""

    def __init__(self) -> None:
        self._postings: dict[str, tuple[list[int], list[float]]] = {}
        self._keys: set[int] = set()
        self._arrays: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: int, prepared: Prepared) -> None:
        """Store `prepared` under `key`; nothing happens when the key is stored already."""
        if key in self._keys:
            return
        self._keys.add(key)
        for term, impact in impacts(prepared).items():
            keys, weights = self._postings.setdefault(term, ([], []))
            keys.append(key)
            weights.append(impact)
            self._arrays.pop(term, None)

    def add_many(self, items: Iterable[tuple[int, Prepared]]) -> None:
        """Add every (key, prepared) of `items`."""
        for key, prepared in items:
            self.add(key, prepared)

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        """At most `limit` keys with scores (only comparable within one answer), best first."""
        asked = terms(prepared, asking=True)
        frequency = {term: len(self._postings.get(term, ((),))[0]) for term in asked}
        hits = []
        for term, worth in plan(asked, frequency, len(self._keys)):
            keys, weights = self._array(term)
            hits.append((keys, weights * worth))
        return rank(hits, limit)

    def _array(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        import numpy as np

        if term not in self._arrays:
            keys, weights = self._postings[term]
            self._arrays[term] = np.array(keys, dtype=np.int64), np.array(weights)
        return self._arrays[term]
