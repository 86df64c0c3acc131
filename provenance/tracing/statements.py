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
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from provenance.model import Match, Rendering
from provenance.tracing._texts import Forms, forms
from provenance.tracing.context import offsets

THRESHOLD = 0.5  # calibrated probability: more likely than not the same statement

_STRONG = 0.9  # a match that shows a quote to be cut from a longer text that has all its words
_CUT = 0.8  # share of its letters: a word or two may be spelled otherwise
_DOUBT = 0.02  # no single match is believed beyond 98 or below 2 in a hundred
# Share of the shorter text's words the longer must have for two uncompared renderings to be
# possibly one statement: siblings translated by strangers share .35 or more of their words.
_KIN = 0.15
# From this share on, two quotes of one document may say one thing twice, as a lead does what is
# quoted below it; others there are two statements.
_AGAIN = 0.6
_UNLIKE = -2.0  # log-odds of such a pair: about one in eight is a free translation after all
# Log-odds of a pair that nobody matched and that has no language in common, where both can be read.
# Of simulated chains, where every translation is faithful, -2.5; relays are freer, and not every
# pair is compared.
_UNMATCHED = -1.0
# From here up to the threshold a match is worth telling a reader, and settles nothing: two texts
# taken at random match at next to nothing, so .4 is no word against two, nor are three such words
# three. Simulated chains are the same with it (.869, .863, .789), and no statement of 1,450 press
# articles with 12,700 quotes changes.
_UNDECIDED = 0.2
_LOOKED_AT = 8  # members of each group compared: the earliest keys, and the best matched
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
            groups.join(one, two)
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
            places[one, two] = offsets(pair.to_span for pair in match.alignment)
            places[two, one] = offsets(pair.from_span for pair in match.alignment)
    return places


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

    def join(self, one: int, two: int) -> None:
        """Make one group of those of `one` and `two` if the pairs between them allow it."""
        first, second = sorted((self._of[one], self._of[two]))
        if first != second and self._agree(first, second):
            self.unite(first, second)

    def unite(self, one: int, two: int) -> None:
        """Make one group of those of `one` and `two`, whatever is known of them."""
        large, small = sorted((self._of[one], self._of[two]))
        if large == small:
            return
        if len(self._members[small]) > len(self._members[large]):
            large, small = small, large
        self._merge(large, small)

    def _agree(self, first: int, second: int) -> bool:
        """Whether all that is known of pairs between two groups, added up in log-odds, speaks for
        one statement; of two passages at their best."""
        ours, theirs = self._looked_at(first, second)
        witnesses = self._witnesses(first, ours), self._witnesses(second, theirs)
        best: dict[tuple[int, int], float] = {}
        for one, two in product(ours, theirs):
            odds = self._log_odds(min(one, two), max(one, two))
            if odds > 0.0 or not self._apart(one, two):
                place = witnesses[0][one], witnesses[1][two]
                best[place] = max(odds, best.get(place, odds))
        return math.fsum(best.values()) >= 0.0

    def _looked_at(self, first: int, second: int) -> tuple[list[int], list[int]]:
        """The members of two groups that are compared: of many, the earliest of each, and those
        that these match best."""
        known = {group: sorted(self._members[group])[:_LOOKED_AT] for group in (first, second)}
        small = min(known, key=lambda group: len(self._members[group]))
        large = first + second - small
        chances = {
            two: self._chance(one, two)
            for one in known[small]
            for two in self._partners[one]
            if self._of[two] == large
        }
        best = sorted(chances, key=lambda two: (-chances[two], two))[:_LOOKED_AT]
        known[large] = sorted({*known[large], *best})
        return known[first], known[second]

    def _witnesses(self, group: int, quotes: Sequence[int]) -> dict[int, int]:
        """For each of a group's quotes the passage it speaks for: its own, or that of the text
        among them that it was cut from."""
        found: dict[int, int] = {}
        for quote in sorted(quotes, key=lambda quote: (-len(self._text(quote)), quote)):
            wholes = [whole for whole in found if self._cut_from(quote, whole)]
            found[quote] = found[wholes[0]] if wholes else self._passage[group][quote]
        return found

    def _cut_from(self, quote: int, whole: int) -> bool:
        """Whether nearly all words of a quote stand in the other."""
        words = self._places.get((whole, quote), ())
        letters = sum(map(str.isalnum, self._text(quote)))
        return self._chance(quote, whole) >= _STRONG and len(words) >= _CUT * letters

    def _text(self, quote: int) -> str:
        return self._renderings[quote].text

    def _apart(self, one: int, two: int) -> bool:
        """Whether two quotes are cut from different places of one text in either's group."""
        groups = self._of[one], self._of[two]
        return any(
            self._of[whole] in groups and self._in_two_places(one, two, whole)
            for whole in self._partners[one]
        )

    def _in_two_places(self, one: int, two: int, whole: int) -> bool:
        mine, theirs = self._places.get((one, whole)), self._places.get((two, whole))
        if not mine or not theirs:
            return False
        return len(mine & theirs) <= _APART * min(len(mine), len(theirs))

    def _chance(self, one: int, two: int) -> float:
        return self._pairs.get((min(one, two), max(one, two)), 0.0)

    def _log_odds(self, one: int, two: int) -> float:
        if (one, two) in self._pairs:
            bounded = min(max(self._pairs[one, two], _DOUBT), 1 - _DOUBT)
            undecided = _UNDECIDED <= bounded <= THRESHOLD
            return 0.0 if undecided else math.log(bounded / (1 - bounded))
        mine, theirs = self._form(one), self._form(two)
        shared = [_overlap(mine, theirs, frame) for frame in mine.frames if frame in theirs.frames]
        if self._in_one_document(one, two):
            return 0.0 if max(shared, default=0.0) >= _AGAIN else _UNLIKE
        if not shared:
            return _UNMATCHED if self._readable(one) and self._readable(two) else 0.0
        return _UNLIKE if max(shared) < _KIN else 0.0

    def _in_one_document(self, one: int, two: int) -> bool:
        """Whether two quotes stand in different places of one document."""
        mine, theirs = self._renderings[one], self._renderings[two]
        apart = mine.end <= theirs.start or theirs.end <= mine.start
        return bool(mine.document) and mine.document == theirs.document and apart

    def _readable(self, quote: int) -> bool:
        """Whether its words can be told in English: of a language without a table hardly any
        match is ever found, so that there is none says nothing."""
        from provenance.translating import lexicon

        rendering = self._renderings[quote]
        english = rendering.english or rendering.language == "en"
        return bool(english) or lexicon(rendering.language) is not None

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
