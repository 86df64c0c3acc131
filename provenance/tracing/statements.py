"""Statements: which renderings say the same thing, without chaining strangers together.

Single links chain: a commonplace fragment resembles two different statements, and through
it they become one. Matches are therefore joined strongest first, and two groups only when
what is known about their members, taken together, speaks for it: average linkage
(Sokal & Michener 1958) over calibrated probabilities, with pairs nobody compared left
open unless their words show that they differ, and the log-odds of all pairs between them must
not sum to a contradiction (the objective of correlation clustering, Bansal et al. 2004). A quote
and the quotes within it are one passage of their document: what speaks for one of them, speaks
for all. Two quotes cut from different places of one text need not be alike: that they are not
says nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from provenance.model import Match, Rendering, Span
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
# Share of the shorter stretch up to which two quotes stand in different places of a third text:
# a word or two align elsewhere by chance.
_APART = 0.2

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
    matches = tuple(matches)
    pairs = _pairs(matches, known)
    groups = _Groups(known, pairs, _places(matches, pairs))
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


def _places(
    matches: Iterable[Match], pairs: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], frozenset[int]]:
    """Where in the second of two likely texts the words of the first stand, by offset."""
    places: dict[tuple[int, int], frozenset[int]] = {}
    for match in matches:
        one, two = match.from_quote, match.to_quote
        if pairs.get((min(one, two), max(one, two)), 0.0) >= THRESHOLD:
            places[one, two] = _offsets(pair.to_span for pair in match.alignment)
            places[two, one] = _offsets(pair.from_span for pair in match.alignment)
    return places


def _offsets(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.start, span.end))


class _Groups:
    """Groups under construction, and which passages and matches their members have."""

    def __init__(
        self,
        renderings: dict[int, Rendering],
        pairs: dict[tuple[int, int], float],
        places: dict[tuple[int, int], frozenset[int]],
    ) -> None:
        self._renderings, self._pairs, self._places = renderings, pairs, places
        self._members = {quote: [quote] for quote in renderings}
        self._of = {quote: quote for quote in renderings}
        # Only of a group's own members: what stands in neither is not known to this statement.
        self._passage = {quote: {quote: quote} for quote in renderings}
        self._partners: dict[int, list[int]] = defaultdict(list)
        for one, two in pairs:
            self._partners[one].append(two)
            self._partners[two].append(one)

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
        supported = probability >= _STRONG or self._average(first, second) >= threshold
        return supported and self._balance(first, second) >= 0.0

    def _average(self, first: int, second: int) -> float:
        """The mean probability of all pairs of passages of two groups, at their best."""
        small, large = sorted((first, second), key=lambda group: len(self._members[group]))
        ours, theirs = self._passage[small], self._passage[large]
        best: dict[tuple[int, int], float] = defaultdict(float)
        for one in self._members[small]:
            for two in self._partners[one]:
                if two in theirs:
                    place = ours[one], theirs[two]
                    best[place] = max(best[place], self._chance(one, two))
        apart = [place for place in self._apart(small, large) if best[place] < THRESHOLD]
        told = math.fsum(best.values()) - math.fsum(best[place] for place in apart)
        count = len(set(ours.values())) * len(set(theirs.values())) - len(apart)
        return told / count if count else 0.0

    def _balance(self, first: int, second: int) -> float:
        """The log-odds of all pairs of passages between the groups, at their best, added up."""
        apart = self._apart(first, second)
        best: dict[tuple[int, int], float] = {}
        for one, two in self._looked_at(first, second):
            place = self._passage[first][one], self._passage[second][two]
            odds = self._log_odds(min(one, two), max(one, two))
            best[place] = max(odds, best.get(place, odds))
        return math.fsum(odds for place, odds in best.items() if place not in apart or odds > 0.0)

    def _apart(self, first: int, second: int) -> set[tuple[int, int]]:
        """Pairs of passages of two groups cut from different places of one text in either."""
        return {
            (self._passage[first][one], self._passage[second][two])
            for one, two in self._looked_at(first, second)
            if any(
                self._of[whole] in (first, second) and self._in_two_places(one, two, whole)
                for whole in self._partners[one]
            )
        }

    def _in_two_places(self, one: int, two: int, whole: int) -> bool:
        mine, theirs = self._places.get((one, whole)), self._places.get((two, whole))
        if not mine or not theirs:
            return False
        return len(mine & theirs) <= _APART * min(len(mine), len(theirs))

    def _looked_at(self, first: int, second: int) -> Iterator[tuple[int, int]]:
        ours, theirs = (sorted(self._members[group])[:_LOOKED_AT] for group in (first, second))
        return product(ours, theirs)

    def _chance(self, one: int, two: int) -> float:
        return self._pairs.get((min(one, two), max(one, two)), 0.0)

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
        documents = {self._renderings[quote].document for quote in self._members[small]}
        self._passage[large] |= self._passage.pop(small)
        members = (self._renderings[quote] for quote in self._passage[large])
        self._passage[large] |= _passages(r for r in members if r.document in documents)
        self._members[large] += self._members.pop(small)


def _passages(renderings: Iterable[Rendering]) -> dict[int, int]:
    """The passage of its document that each quote stands in, by the key of its first quote:
    quotes that overlap stand in one."""
    found: dict[int, int] = {}
    document, end, first = 0, 0, 0
    for one in sorted(renderings, key=lambda r: (r.document, r.start, -r.end, r.quote)):
        if not one.document or one.document != document or one.start >= end:
            document, end, first = one.document, one.end, one.quote
        end = max(end, one.end)
        found[one.quote] = first
    return found


def _overlap(one: Forms, two: Forms, frame: str) -> float:
    mine, theirs = one.frames[frame], two.frames[frame]
    words = [{gram for gram in grams if " " not in gram} for grams in (mine, theirs)]
    smaller = min(len(words[0]), len(words[1]))
    return len(words[0] & words[1]) / smaller if smaller else 1.0
