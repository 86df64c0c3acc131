"""Soft word alignment of two texts: which token of one renders which of the other.

Exact matches anchor; other tokens take the most similar free partner, nearer ones first,
in the spirit of METEOR's staged matching (Banerjee and Lavie 2005). Work is bounded: only
the rarest tokens of very long texts are compared softly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from provenance.matching._prepare import Gist, Prepared, Token
from provenance.matching._senses import Lexeme
from provenance.matching._similarity import similarity, sounds

_SOFT = 60  # tokens a side compared softly with each other: 3,600 pairs at most
_LEAST = 0.35  # pairs less similar than this are not pairs
_WITHIN = 6  # copies of one word considered as partners
_CROWD = 60  # places remembered of one word in one text
_FAR = 0.15  # what the farthest possible position costs a pair


class Pair(NamedTuple):
    """Token `left` of the later text and token `right` of the earlier one, by position."""

    left: int
    right: int
    similarity: float


Partners = tuple[tuple[int, float], ...]
"""Positions in the text that asks, each with its similarity."""


class Seeker:
    """A text looking for its words in others; what a word of theirs renders is worked out once.

    One quote meets the same words in most of its candidates.
    """

    def __init__(self, prepared: Prepared) -> None:
        self.tokens = prepared.tokens
        self.weight = sum(token.lexeme.weight for token in self.tokens)
        self._places = _places(self.tokens)
        self._apart = self._places.keys().isdisjoint
        self._met: dict[Lexeme, Partners] = {}
        self._heard: dict[Lexeme, Partners] = {}

    def meets(self, gist: Gist) -> Iterator[Lexeme]:
        """The words of `gist` that may share a stem or an English sense with one here."""
        return (word for word, apart in zip(gist.words, map(self._apart, gist.found)) if not apart)

    def met(self, word: Lexeme) -> Partners:
        """Tokens that share a stem or an English sense with `word`."""
        found = self._met.get(word)
        if found is None:
            found = self._met[word] = self._alike(_at(self._places, word.found), word)
        return found

    def heard(self, word: Lexeme) -> Partners:
        """Content tokens alike in name or spelling, where either word is rare.

        Only for words that nothing here is `met` by.
        """
        found = self._heard.get(word)
        if found is None:
            tokens, telling = self.tokens, word.telling
            places = [
                i for i in _at(self._sounds, sounds(word)) if telling or tokens[i].lexeme.telling
            ]
            found = self._heard[word] = self._alike(places, word)
        return found

    @cached_property
    def _sounds(self) -> Mapping[str, list[int]]:
        """Where the content tokens stand that are not alike unless they begin alike."""
        loose = _rarest(self.tokens, range(len(self.tokens)))
        return _listed((key, i) for i in loose for key in sounds(self.tokens[i].lexeme))

    def _alike(self, places: Sequence[int], word: Lexeme) -> Partners:
        if not places:
            return ()
        rated = ((i, similarity(self.tokens[i].lexeme, word)) for i in places)
        return tuple((i, alike) for i, alike in rated if alike >= _LEAST)


@lru_cache(maxsize=256)
def seeker(prepared: Prepared) -> Seeker:
    """The seeker of `prepared`, the same while it is in use."""
    return Seeker(prepared)


def reach(later: Prepared, earlier: Gist) -> tuple[float, float]:
    """Shares of information in [0, 1] that a text and a bag of words could render of each
    other, at most but for names and slips of spelling: a quick look before `align`.
    """
    asking = seeker(later)
    best: dict[int, float] = {}
    found = 0.0
    for word in asking.meets(earlier):
        top = 0.0
        for i, alike in asking.met(word):
            if alike > top:
                top = alike
            if alike > best.get(i, 0.0):
                best[i] = alike
        found += word.weight * top
    ours = sum(asking.tokens[i].lexeme.weight * alike for i, alike in best.items())
    return ours / max(asking.weight, 1e-9), found / max(earlier.weight, 1e-9)


def align(later: Prepared, earlier: Prepared) -> tuple[Pair, ...]:
    """Pairs of tokens that say the same, one to one, in the order of the later text."""
    asking = seeker(later)
    candidates = _exact(asking, earlier.tokens)
    candidates += _soft(asking, earlier.tokens, candidates)
    return tuple(_assign(candidates, later.tokens, earlier.tokens))


def _exact(asking: Seeker, right: Sequence[Token]) -> list[Pair]:
    """Pairs that share a stem or an English sense."""
    found: list[Pair] = []
    stretch = len(asking.tokens) / max(len(right), 1)
    for j, token in enumerate(right):
        met = asking.met(token.lexeme)
        if len(met) > _WITHIN:
            met = _nearest(met, j * stretch)
        for i, alike in met:
            found.append(Pair(i, j, alike))
    return found


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    """Where in a text each stem and sense stands, synonyms included."""
    places = _listed((key, i) for i, token in enumerate(tokens) for key in token.lexeme.keys)
    return {key: found if len(found) < _CROWD else found[:_CROWD] for key, found in places.items()}


def _listed(keyed: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    listed: dict[str, list[int]] = {}
    for key, place in keyed:
        listed.setdefault(key, []).append(place)
    return listed


def _at(places: Mapping[str, list[int]], keys: Iterable[str]) -> list[int]:
    """What is listed under any of `keys`, in order, each once."""
    return sorted({place for key in keys if key in places for place in places[key]})


def _nearest(met: Partners, expected: float) -> Partners:
    return tuple(sorted(met, key=lambda found: (abs(found[0] - expected), found[0]))[:_WITHIN])


def _soft(asking: Seeker, right: Sequence[Token], sure: Sequence[Pair]) -> list[Pair]:
    """Pairs among the tokens that have no exact partner, by name and spelling."""
    taken = {pair.left for pair in sure}
    met = {pair.right for pair in sure}
    return [
        Pair(i, j, alike)
        for j in _rarest(right, (j for j in range(len(right)) if j not in met))
        for i, alike in asking.heard(right[j].lexeme)
        if i not in taken
    ]


def _rarest(tokens: Sequence[Token], places: Iterable[int]) -> list[int]:
    """Content words among `places`, the most telling when there are many."""
    free = [i for i in places if not tokens[i].lexeme.stop and tokens[i].lexeme.value is None]
    if len(free) > _SOFT:
        free = sorted(free, key=lambda i: (-tokens[i].lexeme.weight, i))[:_SOFT]
    return free


def _assign(
    candidates: Sequence[Pair], left: Sequence[Token], right: Sequence[Token]
) -> list[Pair]:
    """One partner each: the heaviest and most similar first, then those beside them."""
    ours = Counter(pair.left for pair in candidates)
    theirs = Counter(pair.right for pair in candidates)
    chosen = [p for p in candidates if ours[p.left] == 1 == theirs[p.right]]
    if len(chosen) < len(candidates):
        rest = [p for p in candidates if ours[p.left] > 1 or theirs[p.right] > 1]
        anchors = _anchors(candidates, ours, left)
        chosen += _contested(rest, anchors, left, len(right))
    return sorted(chosen)


def _contested(
    pairs: Sequence[Pair], anchors: Sequence[tuple[int, int]], left: Sequence[Token], theirs: int
) -> list[Pair]:
    """Pairs that share a token with another, by merit: each token goes to one."""

    def merit(pair: Pair) -> tuple[float, Pair]:
        away = abs(pair.right - _expected(pair.left, anchors, len(left), theirs))
        near = pair.similarity - _FAR * away / max(theirs, 1)
        return -near * (1.0 if left[pair.left].lexeme.weight > 2 else 0.9), pair

    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen: list[Pair] = []
    for _, pair in sorted(map(merit, pairs)):
        if pair.left not in used_left and pair.right not in used_right:
            used_left.add(pair.left)
            used_right.add(pair.right)
            chosen.append(pair)
    return chosen


def _anchors(
    candidates: Sequence[Pair], count: Mapping[int, int], left: Sequence[Token]
) -> list[tuple[int, int]]:
    """Content tokens with one candidate only: fixed points between which order is expected."""
    return sorted(
        (pair.left, pair.right)
        for pair in candidates
        if count[pair.left] == 1 and not left[pair.left].lexeme.stop
    )


def _expected(place: int, anchors: Sequence[tuple[int, int]], ours: int, theirs: int) -> float:
    """Where in the earlier text the token at `place` of the later one should be."""
    if not anchors:
        return place * theirs / max(ours, 1)
    at = bisect_left(anchors, (place, -1))
    nearest = anchors[max(0, at - 1) : at + 1]
    i, j = min(nearest, key=lambda anchor: abs(anchor[0] - place))
    return j + (place - i)
