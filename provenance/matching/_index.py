"""Candidates: an inverted index asked rarest terms first, within a budget of postings.

The ranking is that of BM25 (Robertson and Zaragoza 2009) with presence instead of term
frequency, over sentences and quotes. Reading only the rarest terms until a budget is spent
bounds the cost of a query however large the store: the postings of common words are never
touched when rarer ones have found candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from provenance.matching._meaning import directions, disparity, nearness, size
from provenance.matching._prepare import Prepared, Side, about, sides, terms_of
from provenance.matching._senses import Lexeme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from provenance.matching._meaning import Bytes

BUDGET = 20_000
"""Postings read a query: beyond it recall@50 on two-hop pairs no longer grows."""

POOL = 4_000
"""Texts found by terms among which directions decide. Of 10,000 a little more of the siblings
would be among the first fifty (.984 for .983), of 500 less (.980)."""

_NEAR = 2.0  # what a cosine of one is worth beside the best score by terms
# What being twice as long, or half, takes from that, and how many doublings count: parts of
# texts are asked for too. Of 1,243 two-hop queries six more are among two hundred, of 1,800
# siblings four.
_APART = 0.15
_DOUBLINGS = 1.5
_KEPT = 5  # one place in so many is kept for terms: costs no more than .0015 of any relation
_AVERAGE = 14.0  # terms of an average sentence in the English corpus
_SLOPE = 0.35  # how much length counts: fragments must find long quotes, so less than BM25's .75


class Index(Protocol):
    """Anything that finds candidates for a prepared text, best first."""

    def add(self, key: int, prepared: Prepared) -> None:
        """Store `prepared` under `key`; nothing happens when the key is stored already."""

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        """At most `limit` keys with scores (only comparable within one answer), best first."""


class Entry(NamedTuple):
    """What is stored of a text: each term with what it adds to the score of a query that holds
    it, in (0, 1.6], less in long texts; and the words its direction is made of."""

    impacts: Mapping[str, float]
    words: Sequence[Lexeme]


def entry(prepared: Prepared) -> Entry:
    """What to store of `prepared`, which is read once."""
    read = sides(prepared)
    weighted = terms_of(read)
    norm = normed(len(weighted))
    impacts = {term: weight / norm for term, weight in weighted.items()}
    return Entry(impacts, _about(read))


def normed(terms: int) -> float:
    """What each of so many terms of one text is divided by."""
    return float((1.0 - _SLOPE + _SLOPE * terms / _AVERAGE) ** 0.5)


class Question(NamedTuple):
    """What is asked for a text: terms with weights, and its direction."""

    terms: Mapping[str, float]
    direction: Bytes


def question(prepared: Prepared) -> Question:
    """How to ask for the originals of `prepared`."""
    read = sides(prepared)
    return Question(terms_of(read, asking=True), directions([_about(read)])[0])


def _about(read: Sequence[Side]) -> list[Lexeme]:
    """The words a direction is made of: of the English where there is one."""
    return about(read[-1][1])


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


class Found(NamedTuple):
    """What terms found: keys in ascending order, and the sum of their scores each."""

    keys: NDArray[np.int64]
    scores: NDArray[np.float64]


def gather(hits: Sequence[tuple[NDArray[Any], NDArray[Any]]], most: int = POOL) -> Found:
    """The sums over `hits` (keys, scores) by key, of the `most` with the largest and their like."""
    import numpy as np

    if not hits:
        return Found(np.empty(0, np.int64), np.empty(0))
    keys = np.concatenate([keys for keys, _ in hits])
    order = _order(keys)
    keys = keys[order]
    first = np.append(True, keys[1:] != keys[:-1])
    scores = np.concatenate([scores for _, scores in hits])[order]
    sums = np.bincount(np.cumsum(first) - 1, weights=scores)
    return _largest(Found(keys[first], sums.astype(np.float64, copy=False)), most)


def _order(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """As a stable `argsort`, in half the time: NumPy sorts two bytes at a time by counting."""
    import numpy as np

    if keys.max() >> 32:
        return np.argsort(keys, kind="stable")
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    return order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]


def _largest(found: Found, most: int) -> Found:
    import numpy as np

    if len(found.keys) <= most:
        return found
    kept = found.scores >= np.partition(found.scores, -most)[-most]
    return Found(found.keys[kept], found.scores[kept])


def rank(found: Found, asked: Bytes, stored: Bytes, limit: int) -> list[tuple[int, float]]:
    """The `limit` best of what terms found, by their scores and the nearness of the directions
    `stored` of them to the one `asked` for, less where they are longer or shorter; best first, ties
    by key.

    A fifth of the places is kept for what terms alone rank first: a claim may be far from the
    long sentence that it takes a few words of.
    """
    import numpy as np

    if not len(found.keys):
        return []
    keys = found.keys
    sums = found.scores / found.scores.max() + _NEAR * nearness(asked, stored)
    sums -= _APART * np.minimum(disparity(asked, stored), _DOUBLINGS)
    near = _first(keys, sums, limit - limit // _KEPT)
    chosen = np.fromiter(dict.fromkeys([*near, *_first(keys, found.scores, limit)]), np.int64)
    chosen = chosen[:limit]
    best = chosen[np.lexsort((keys[chosen], -sums[chosen]))]
    return list(zip(keys[best].tolist(), sums[best].tolist(), strict=True))


def _first(keys: NDArray[Any], scores: NDArray[Any], limit: int) -> list[int]:
    """Places of the `limit` largest of `scores`, the largest first, ties by key."""
    import numpy as np

    places = np.arange(len(scores))
    if len(scores) > limit:
        places = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
    first: list[int] = places[np.lexsort((keys[places], -scores[places]))][:limit].tolist()
    return first


class MemoryIndex:
    """An index in memory, for a batch of texts or a test; see `Index`."""

    def __init__(self) -> None:
        self._postings: dict[str, tuple[list[int], list[float]]] = {}
        self._directions: dict[int, Bytes] = {}
        self._arrays: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}

    def __len__(self) -> int:
        return len(self._directions)

    def add(self, key: int, prepared: Prepared) -> None:
        """Store `prepared` under `key`; nothing happens when the key is stored already."""
        if key in self._directions:
            return
        stored = entry(prepared)
        self._directions[key] = directions([stored.words])[0]
        for term, impact in stored.impacts.items():
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
        import numpy as np

        asked = question(prepared)
        frequency = {term: len(self._postings.get(term, ((),))[0]) for term in asked.terms}
        hits = []
        for term, worth in plan(asked.terms, frequency, len(self)):
            keys, weights = self._array(term)
            hits.append((keys, weights * worth))
        found = gather(hits)
        stored = np.zeros((len(found.keys), size()), np.int8)
        for place, key in enumerate(found.keys.tolist()):
            stored[place] = self._directions[key]
        return rank(found, asked.direction, stored, limit)

    def _array(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        import numpy as np

        if term not in self._arrays:
            keys, weights = self._postings[term]
            self._arrays[term] = np.array(keys, dtype=np.int64), np.array(weights)
        return self._arrays[term]
