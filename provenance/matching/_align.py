"""Soft word alignment of two texts: which token of one renders which of the other.

Exact matches anchor; other tokens take the most similar free partner, nearer ones first,
in the spirit of METEOR's staged matching (Banerjee and Lavie 2005). Work is bounded: only
the rarest tokens of very long texts are compared softly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from provenance.matching._prepare import Prepared, Token
from provenance.matching._senses import Lexeme
from provenance.matching._similarity import similarity, sounds

_SOFT = 60  # tokens a side compared softly with each other: 3,600 pairs at most
_LEAST = 0.35  # pairs less similar than this are not pairs
_WITHIN = 6  # copies of one word considered as partners
_CROWD = 60  # places remembered of one word in one text
_SEEKING = 32  # texts whose partners are remembered: a query, its sentences, what they render
_FAR = 0.15  # what the farthest possible position costs a pair


class Pair(NamedTuple):
    """Token `left` of the later text and token `right` of the earlier one, by position."""

    left: int
    right: int
    similarity: float


_pair = partial(tuple.__new__, Pair)  # as `Pair._make`, in a fifth of the time

Partners = tuple[tuple[int, float], ...]
"""Positions in the text that asks, each with its similarity."""

Found = tuple[int, int, float]
"""A `Pair` that may yet lose to another."""


class Seeker:
    """A text looking for its words in others; what a word of theirs renders is worked out once.

    One quote meets the same words in most of its candidates.
    """

    def __init__(self, prepared: Prepared) -> None:
        self.tokens = prepared.tokens
        self.weights = prepared.weights
        self.weight = sum(self.weights)
        self._places = _places(self.tokens)
        self._met: dict[Lexeme, Partners] = {}
        self._rendered: dict[Lexeme, tuple[float, Partners]] = {}
        self._heard: dict[Lexeme, Partners] = {}

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
            places = self._sounds if word.telling else self._telling
            at = _at(places, sounds(word)) if places else ()
            found = self._heard[word] = self._alike(at, word)
        return found

    @property
    def keys(self) -> Collection[str]:
        """What words of other texts are looked up by."""
        return self._places.keys()

    def renders(self, word: Lexeme) -> tuple[float, Partners]:
        """The information of `word` that is met here, in nats, and where."""
        found = self._rendered.get(word)
        if found is None:
            met = self.met(word)
            most = max([alike for _, alike in met], default=0.0)
            found = self._rendered[word] = word.weight * most, met
        return found

    @cached_property
    def _sounds(self) -> Mapping[str, list[int]]:
        """Where the content tokens stand that are not alike unless they begin alike."""
        return self._sounding(self._loose)

    @cached_property
    def _telling(self) -> Mapping[str, list[int]]:
        """The same of those rare enough to be a variant of any word."""
        return self._sounding([i for i in self._loose if self.tokens[i].lexeme.telling])

    @cached_property
    def _loose(self) -> Sequence[int]:
        return _rarest(self.tokens, range(len(self.tokens)))

    def _sounding(self, places: Sequence[int]) -> Mapping[str, list[int]]:
        return _listed((key, i) for i in places for key in sounds(self.tokens[i].lexeme))

    def _alike(self, places: Sequence[int], word: Lexeme) -> Partners:
        found: list[tuple[int, float]] = []
        for i in places:
            own = self.tokens[i].lexeme
            alike = 1.0 if own is word else similarity(own, word)
            if alike >= _LEAST:
                found.append((i, alike))
        return tuple(found)


@lru_cache(maxsize=_SEEKING)
def seeker(prepared: Prepared) -> Seeker:
    """The seeker of `prepared`, the same while it is in use."""
    return Seeker(prepared)


def align(later: Prepared, earlier: Prepared) -> tuple[Pair, ...]:
    """Pairs of tokens that say the same, one to one, in the order of the later text."""
    asking = seeker(later)
    candidates = _exact(asking, earlier.tokens)
    candidates += _soft(asking, earlier.tokens, candidates)
    return tuple(map(_pair, _assign(candidates, later.tokens, len(earlier.tokens))))


def _exact(asking: Seeker, right: Sequence[Token]) -> list[Found]:
    """Pairs that share a stem or an English sense."""
    found: list[Found] = []
    stretch = len(asking.tokens) / max(len(right), 1)
    for j, token in enumerate(right):
        met = asking.met(token.lexeme)
        if met:
            if len(met) > _WITHIN:
                met = _nearest(met, j * stretch)
            found += [(i, j, alike) for i, alike in met]
    return found


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    """Where in a text each stem and sense stands, synonyms included."""
    places = _listed((key, i) for i, token in enumerate(tokens) for key in token.lexeme.keys)
    return {key: found if len(found) < _CROWD else found[:_CROWD] for key, found in places.items()}


def _listed(keyed: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The places of each key, in order, each once."""
    listed: dict[str, list[int]] = {}
    for key, place in keyed:
        own = listed.setdefault(key, [])
        if not own or own[-1] != place:
            own.append(place)
    return listed


def _at(places: Mapping[str, list[int]], keys: Sequence[str]) -> list[int]:
    """What is listed under any of `keys`, in order, each once."""
    if len(keys) == 1:
        return places.get(keys[0], [])
    return sorted({place for key in keys if key in places for place in places[key]})


def _nearest(met: Partners, expected: float) -> Partners:
    return tuple(sorted(met, key=lambda found: (abs(found[0] - expected), found[0]))[:_WITHIN])


def _soft(asking: Seeker, right: Sequence[Token], sure: Sequence[Found]) -> list[Found]:
    """Pairs among the tokens that have no exact partner, by name and spelling."""
    taken = {i for i, _, _ in sure}
    met = {j for _, j, _ in sure}
    return [
        (i, j, alike)
        for j in _rarest(right, [j for j in range(len(right)) if j not in met])
        for i, alike in asking.heard(right[j].lexeme)
        if i not in taken
    ]


def _rarest(tokens: Sequence[Token], places: Iterable[int]) -> list[int]:
    """Content words among `places`, the most telling when there are many."""
    free = [i for i in places if not tokens[i].lexeme.stop and tokens[i].lexeme.value is None]
    if len(free) > _SOFT:
        free = sorted(free, key=lambda i: (-tokens[i].lexeme.weight, i))[:_SOFT]
    return free


def _assign(candidates: Sequence[Found], left: Sequence[Token], theirs: int) -> list[Found]:
    """One partner each: the heaviest and most similar first, then those beside them."""
    count = Counter([i for i, _, _ in candidates])
    others = Counter([j for _, j, _ in candidates])
    chosen = [found for found in candidates if count[found[0]] == 1 == others[found[1]]]
    if len(chosen) < len(candidates):
        rest = [found for found in candidates if count[found[0]] > 1 or others[found[1]] > 1]
        anchors = _anchors(candidates, count, left)
        chosen += _contested(rest, anchors, left, theirs)
    return sorted(chosen)


def _contested(
    pairs: Sequence[Found], anchors: Sequence[tuple[int, int]], left: Sequence[Token], theirs: int
) -> list[Found]:
    """Pairs that share a token with another, by merit: each token goes to one."""

    def merit(found: Found) -> tuple[float, Found]:
        i, j, alike = found
        away = abs(j - _expected(i, anchors, len(left), theirs))
        near = alike - _FAR * away / max(theirs, 1)
        return -near * (1.0 if left[i].lexeme.weight > 2 else 0.9), found

    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen: list[Found] = []
    for _, found in sorted(map(merit, pairs)):
        i, j, _ = found
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            chosen.append(found)
    return chosen


def _anchors(
    candidates: Sequence[Found], count: Mapping[int, int], left: Sequence[Token]
) -> list[tuple[int, int]]:
    """Content tokens with one candidate only: fixed points between which order is expected."""
    return sorted([(i, j) for i, j, _ in candidates if count[i] == 1 and not left[i].lexeme.stop])


def _expected(place: int, anchors: Sequence[tuple[int, int]], ours: int, theirs: int) -> float:
    """Where in the earlier text the token at `place` of the later one should be."""
    if not anchors:
        return place * theirs / max(ours, 1)
    at = bisect_left(anchors, (place, -1))
    i, j = anchors[max(0, at - 1)]
    if 0 < at < len(anchors) and anchors[at][0] - place < place - i:
        i, j = anchors[at]
    return j + (place - i)
