"""Statements: which renderings say the same thing, without chaining strangers together.

Single links chain: a commonplace fragment resembles two different statements, and through
it they become one. Matches are therefore joined strongest first, and two groups only when
what is known about their members, taken together, speaks for it: average linkage
(Sokal & Michener 1958) over calibrated probabilities, with pairs nobody compared left
open unless their words show that they differ, and the log-odds of all pairs between them must
not sum to a contradiction (the objective of correlation clustering, Bansal et al. 2004).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from provenance.model import Match, Rendering
from provenance.tracing._texts import Forms, forms

THRESHOLD = 0.5  # calibrated probability: more likely than not the same statement

# A match this probable joins two groups unless other pairs contradict it; a weaker one
# needs the average of all pairs, the uncompared counting as nothing, to reach the threshold.
# .9: at the calibration target of .05 such a match is wrong less than once in six.
_STRONG = 0.9
_DOUBT = 0.02  # no single match is believed beyond 98 or below 2 in a hundred
# Share of the shorter text's words the longer must have for two uncompared renderings to be
# possibly one statement: siblings translated by strangers share .35 or more of their words.
_KIN = 0.15
_UNLIKE = -2.0  # log-odds of such a pair: about one in eight is a free translation after all
_LOOKED_AT = 8  # members of each group compared: the earliest keys

Group = tuple[int, ...]


def group(
    matches: Iterable[Match],
    renderings: Sequence[Rendering],
    threshold: float = THRESHOLD,
    decided: Iterable[tuple[int, int]] = (),
) -> tuple[Group, ...]:
    """The statements among `renderings`: tuples of quote keys, each sorted, sorted by first.

    `threshold` is the calibrated probability from which a match counts. Of the pairs of
    keys in `decided` a person said that one came from the other: they are together whatever
    the matches say. A statement hangs only on the renderings that matches and decisions
    connect it with, so regrouping those connected to new ones gives what regrouping
    everything would.
    """
    known = {rendering.quote: rendering for rendering in renderings}
    pairs = _pairs(matches, known)
    groups = _Groups(known, pairs)
    for one, two in sorted(decided):
        if one in known and two in known:
            groups.unite(one, two)
    strongest_first = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    for (one, two), probability in strongest_first:
        if probability >= threshold:
            groups.join(one, two, probability, threshold)
    return groups.all()


def _pairs(
    matches: Iterable[Match], known: Mapping[int, Rendering]
) -> dict[tuple[int, int], float]:
    """The probability of each matched pair."""
    pairs: dict[tuple[int, int], float] = {}
    for match in matches:
        one, two = sorted((match.from_quote, match.to_quote))
        if one != two and one in known and two in known:
            pairs[one, two] = max(match.probability, pairs.get((one, two), 0.0))
    return pairs


class _Groups:
    """Groups under construction, with the sum of match probabilities between each two."""

    def __init__(
        self, renderings: dict[int, Rendering], pairs: dict[tuple[int, int], float]
    ) -> None:
        self._renderings, self._pairs = renderings, pairs
        self._members = {quote: [quote] for quote in renderings}
        self._of = {quote: quote for quote in renderings}
        self._between: dict[int, dict[int, float]] = defaultdict(dict)
        for (one, two), probability in pairs.items():
            self._between[one][two] = self._between[two][one] = probability

    def all(self) -> tuple[Group, ...]:
        """The groups, each sorted, in the order of their first members."""
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))

    def join(self, one: int, two: int, probability: float, threshold: float) -> None:
        """Make one group of those of `one` and `two` if the pairs between them allow it."""
        first, second = sorted((self._of[one], self._of[two]))
        if first != second and self._agree(first, second, probability, threshold):
            self.unite(first, second)

    def unite(self, one: int, two: int) -> None:
        """Make one group of those of `one` and `two`, whatever is known of them."""
        large, small = sorted((self._of[one], self._of[two]))
        if large == small:
            return
        if len(self._members[small]) > len(self._members[large]):
            large, small = small, large
        self._merge(large, small)

    def _agree(self, first: int, second: int, probability: float, threshold: float) -> bool:
        count = len(self._members[first]) * len(self._members[second])
        supported = self._between[first][second] / count >= threshold
        return (supported or probability >= _STRONG) and self._balance(first, second) >= 0.0

    def _balance(self, first: int, second: int) -> float:
        """The log-odds of all pairs between the groups, added up."""
        pairs = product(
            sorted(self._members[first])[:_LOOKED_AT], sorted(self._members[second])[:_LOOKED_AT]
        )
        return math.fsum(self._log_odds(min(pair), max(pair)) for pair in pairs)

    def _log_odds(self, one: int, two: int) -> float:
        if (one, two) in self._pairs:
            bounded = min(max(self._pairs[one, two], _DOUBT), 1 - _DOUBT)
            return math.log(bounded / (1 - bounded))
        mine, theirs = self._form(one), self._form(two)
        shared = [_overlap(mine, theirs, frame) for frame in mine.frames if frame in theirs.frames]
        return _UNLIKE if shared and max(shared) < _KIN else 0.0

    def _form(self, quote: int) -> Forms:
        rendering = self._renderings[quote]
        return forms(rendering.text, rendering.language, rendering.english)

    def _merge(self, large: int, small: int) -> None:
        for quote in self._members[small]:
            self._of[quote] = large
        self._members[large] += self._members.pop(small)
        for other, total in self._between.pop(small, {}).items():
            del self._between[other][small]
            if other != large:
                summed = self._between[large].get(other, 0.0) + total
                self._between[large][other] = self._between[other][large] = summed


def _overlap(one: Forms, two: Forms, frame: str) -> float:
    mine, theirs = one.frames[frame], two.frames[frame]
    words = [{gram for gram in grams if " " not in gram} for grams in (mine, theirs)]
    smaller = min(len(words[0]), len(words[1]))
    return len(words[0] & words[1]) / smaller if smaller else 1.0
