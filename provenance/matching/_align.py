"""Soft word alignment of two texts: which token of one renders which of the other.

Exact matches anchor; other tokens take the most similar free partner, nearer ones first,
in the spirit of METEOR's staged matching (Banerjee and Lavie 2005). Work is bounded: only
the rarest tokens of very long texts are compared softly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.matching._prepare import Prepared, Token
from provenance.matching._similarity import similarity

_SOFT = 60  # tokens a side compared softly with each other: 3,600 pairs at most
_LEAST = 0.35  # pairs less similar than this are not pairs
_WITHIN = 6  # copies of one word considered as partners
_CROWD = 60  # places remembered of one word in one text
_FAR = 0.15  # what the farthest possible position costs a pair


@dataclass(frozen=True, slots=True)
class Pair:
    """Token `left` of the later text and token `right` of the earlier one, by position."""

    left: int
    right: int
    similarity: float


def align(later: Prepared, earlier: Prepared) -> tuple[Pair, ...]:
    """Pairs of tokens that say the same, one to one, in the order of the later text."""
    candidates = _exact(later, earlier)
    candidates += _soft(later.tokens, earlier.tokens, candidates)
    return tuple(_assign(candidates, later.tokens, earlier.tokens))


def _exact(later: Prepared, earlier: Prepared) -> list[Pair]:
    """Pairs that share a stem or an English sense."""
    places, right = _places(earlier), earlier.tokens
    stretch = len(right) / max(len(later.tokens), 1)
    found: list[Pair] = []
    for i, token in enumerate(later.tokens):
        met = {j for key in token.lexeme.keys for j in places.get(key, ())}
        for j in _nearest(met, i * stretch) if met else ():
            alike = similarity(token.lexeme, right[j].lexeme)
            if alike >= _LEAST:
                found.append(Pair(i, j, alike))
    return found


@lru_cache(maxsize=2048)
def _places(prepared: Prepared) -> Mapping[str, list[int]]:
    """Where in a text each stem and sense stands."""
    places: dict[str, list[int]] = {}
    for j, token in enumerate(prepared.tokens):
        for key in token.lexeme.found:
            places.setdefault(key, []).append(j)
    return {key: found if len(found) < _CROWD else found[:_CROWD] for key, found in places.items()}


def _nearest(places: set[int], expected: float) -> Iterable[int]:
    if len(places) <= _WITHIN:
        return places
    return sorted(places, key=lambda place: (abs(place - expected), place))[:_WITHIN]


def _soft(left: Sequence[Token], right: Sequence[Token], sure: Sequence[Pair]) -> list[Pair]:
    """Pairs among the tokens that have no exact partner, by name and spelling."""
    ones = _loose(left, {pair.left for pair in sure})
    others = _loose(right, {pair.right for pair in sure})
    telling = [j for j in others if right[j].lexeme.telling]
    found: list[Pair] = []
    for i in ones:
        for j in others if left[i].lexeme.telling else telling:
            alike = similarity(left[i].lexeme, right[j].lexeme)
            if alike >= _LEAST:
                found.append(Pair(i, j, alike))
    return found


def _loose(tokens: Sequence[Token], taken: set[int]) -> list[int]:
    free = [
        i
        for i, token in enumerate(tokens)
        if i not in taken and not token.lexeme.stop and token.lexeme.value is None
    ]
    if len(free) > _SOFT:
        free = sorted(free, key=lambda i: (-tokens[i].lexeme.weight, i))[:_SOFT]
    return free


def _assign(
    candidates: Sequence[Pair], left: Sequence[Token], right: Sequence[Token]
) -> list[Pair]:
    """One partner each: the heaviest and most similar first, then those beside them."""
    anchors = _anchors(candidates, left)

    def merit(pair: Pair) -> tuple[float, int, int]:
        weight = left[pair.left].lexeme.weight
        away = abs(pair.right - _expected(pair.left, anchors, len(left), len(right)))
        near = _FAR * away / max(len(right), 1)
        return (-(pair.similarity - near) * (1.0 if weight > 2 else 0.9), pair.left, pair.right)

    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen: list[Pair] = []
    for pair in sorted(candidates, key=merit):
        if pair.left not in used_left and pair.right not in used_right:
            used_left.add(pair.left)
            used_right.add(pair.right)
            chosen.append(pair)
    return sorted(chosen, key=lambda pair: pair.left)


def _anchors(candidates: Sequence[Pair], left: Sequence[Token]) -> list[tuple[int, int]]:
    """Content tokens with one candidate only: fixed points between which order is expected."""
    partners: dict[int, list[Pair]] = defaultdict(list)
    for pair in candidates:
        if not left[pair.left].lexeme.stop:
            partners[pair.left].append(pair)
    return [(i, pairs[0].right) for i, pairs in sorted(partners.items()) if len(pairs) == 1]


def _expected(place: int, anchors: Sequence[tuple[int, int]], ours: int, theirs: int) -> float:
    """Where in the earlier text the token at `place` of the later one should be."""
    if not anchors:
        return place * theirs / max(ours, 1)
    at = bisect_left(anchors, (place, -1))
    nearest = anchors[max(0, at - 1) : at + 1]
    i, j = min(nearest, key=lambda anchor: abs(anchor[0] - place))
    return j + (place - i)
