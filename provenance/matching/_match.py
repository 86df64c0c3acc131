"""From two renderings to a match: align, weigh, say how sure, and show what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from provenance.matching._align import Pair, align
from provenance.matching._drift import drift
from provenance.matching._features import Comparison, harmonic, span, summarise
from provenance.matching._glance import Shares, glances
from provenance.matching._model import calibrated_odds, probability
from provenance.matching._prepare import Prepared, prepare
from provenance.model import Aligned, Drift, Match, QuoteType, Rendering, Span

Frequencies = Mapping[str, float]
"""Information in nats by English stem, for stores where common words differ from the world's."""

_PART = 0.97  # a part that is the same stands just below a whole that is
_SHOWN = 10  # candidates whose alignment and drift are worked out; the rest keep their score
_POSSIBLE = 0.1  # less probable pairs are two statements, between which nothing has drifted
_ALIGNED = 7
"""Candidates aligned word by word, the most promising by rank and at a glance: with ten no figure
of a development relation is better and a fifth fewer queries are answered; with five some are
worse."""
_FUSED = 3  # ranks; of 3 and 10 a little the better on the half that fits, and both of either alone
_REMEMBERED = 256  # pairs of wordings: many papers print one wording, and all are compared
_PROMISING = 0.9  # shares of both texts summed: where more candidates reach this, all are aligned


def match(
    query: Rendering,
    candidates: Sequence[Rendering],
    frequencies: Frequencies | None = None,
) -> tuple[Match, ...]:
    """`query` against each of `candidates`, most probable first, ties in the order given.

    Candidates are given as an index does, the best first.

    Each probability stands for itself: several candidates may all render the statement,
    and when none does all are low (see `weighed`). All are looked at, and those that share the
    most words with the query are compared in full; the others are less probable than any of
    these and carry only what the glance saw. The first ten of those compared carry alignment,
    and drift where probable.
    """
    asked = _prepared(query)
    seen = _seen(asked, candidates)
    ranked = _fused(seen)
    promising = [p for p in ranked[_ALIGNED:] if sum(seen[p]) >= _PROMISING]
    aligned = ranked[:_ALIGNED] + promising
    looked_at = set(aligned)
    passed = [place for place in ranked if place not in looked_at]
    scored = [
        (probability_of(compared, query, candidates[place]), place, compared)
        for place in aligned
        for compared in [comparison(asked, _prepared(candidates[place]), frequencies)]
    ]
    scored.sort(key=lambda found: (-found[0], found[1]))
    lowest = min((sure for sure, _, _ in scored), default=0.0)
    return (
        *(
            _match(
                query,
                candidates[place],
                compared,
                sure,
                shown=rank < _SHOWN,
                judged=sure >= _POSSIBLE,
            )
            for rank, (sure, place, compared) in enumerate(scored)
        ),
        *(_passed(query, candidates[place], seen[place], lowest) for place in passed),
    )


def _seen(asked: Prepared, candidates: Sequence[Rendering]) -> list[Shares]:
    """What `asked` and each of `candidates` could render of each other, by the better of the
    roads there are."""
    seen = glances(asked, [(one.text, one.language or "en") for one in candidates])
    roads = [
        place
        for place, one in enumerate(candidates)
        if (one.language or "en") != asked.language and (asked.english or one.english)
    ]
    others = [_in_english(candidates[place]) for place in roads]
    for place, other in zip(roads, glances(asked.english or asked, others), strict=True):
        seen[place] = max(seen[place], other, key=sum)
    return seen


def _in_english(one: Rendering) -> tuple[str, str]:
    """The stored translation of a text, or where there is none the text, and the language."""
    return (one.english, "en") if one.english else (one.text, one.language or "en")


def _fused(seen: Sequence[Shares]) -> list[int]:
    """Places of candidates, the most promising first: by their rank as given, which is that of
    an index that knows how rare words are where it stands, and by their rank at a glance, which
    knows how much of each text is met (reciprocal rank fusion, Cormack et al. 2009)."""
    best = sorted(range(len(seen)), key=lambda place: (-sum(seen[place]), place))
    worth = {place: 1 / (_FUSED + rank) + 1 / (_FUSED + place) for rank, place in enumerate(best)}
    return sorted(best, key=lambda place: (-worth[place], place))


def _passed(query: Rendering, candidate: Rendering, glance: Shares, lowest: float) -> Match:
    """A candidate that others left behind: less probable than any that was aligned."""
    later, earlier = glance
    shared = harmonic(later, earlier)
    return Match(
        from_quote=query.quote,
        to_quote=candidate.quote,
        score=shared,
        probability=lowest * shared,
        features={"coverage_later": later, "coverage_earlier": earlier, "f1": shared},
    )


def compare(later: Rendering, earlier: Rendering, frequencies: Frequencies | None = None) -> Match:
    """How sure it is that `later` renders what `earlier` does, with alignment and drift."""
    compared = comparison(_prepared(later), _prepared(earlier), frequencies)
    sure = probability_of(compared, later, earlier)
    return _match(later, earlier, compared, sure)


def alike(one: Rendering, other: Rendering) -> float:
    """The calibrated chance that two stored texts render one statement."""
    return probability_of(comparison(_prepared(one), _prepared(other)), one, other)


def probability_of(compared: Comparison, later: Rendering, earlier: Rendering) -> float:
    """The calibrated chance that both render one statement, by kind of pair."""
    return probability(calibrated_odds(compared.features, later.language == earlier.language))


def _prepared(rendering: Rendering) -> Prepared:
    return prepare(rendering.text, rendering.language, rendering.english)


def comparison(
    later: Prepared, earlier: Prepared, frequencies: Frequencies | None = None
) -> Comparison:
    """The direct comparison; a stored translation's, when one is better, in `translated`."""
    if frequencies is None:
        return _usual(later, earlier)
    return _compared(later, earlier, frequencies)


@lru_cache(maxsize=_REMEMBERED)
def _usual(later: Prepared, earlier: Prepared) -> Comparison:
    return _compared(later, earlier, None)


def _compared(later: Prepared, earlier: Prepared, frequencies: Frequencies | None) -> Comparison:
    direct = summarise(later, earlier, align(later, earlier), frequencies)
    if later.language == earlier.language or not (later.english or earlier.english):
        return direct
    ours, theirs = later.english or later, earlier.english or earlier
    other = summarise(ours, theirs, align(ours, theirs), frequencies)
    features = dict(direct.features)
    features["translated"] = other.features["f1"]
    features["disagreement"] = abs(other.features["f1"] - direct.features["f1"])
    return replace(direct, features=features)


def _match(
    later: Rendering,
    earlier: Rendering,
    compared: Comparison,
    sure: float,
    *,
    shown: bool = True,
    judged: bool = True,
) -> Match:
    ours, theirs = _prepared(later), _prepared(earlier)
    said = (ours, later.type, later.denied_by), (theirs, _worded(earlier), earlier.denied_by)
    return Match(
        from_quote=later.quote,
        to_quote=earlier.quote,
        score=score(compared.features),
        probability=sure,
        features=compared.features,
        alignment=_alignment(ours, theirs, compared.pairs) if shown else (),
        drift=_changes(*said, compared.pairs) if shown and judged else (),
        from_span=span(ours, compared.later),
        to_span=span(theirs, compared.earlier),
    )


def _worded(rendering: Rendering) -> QuoteType:
    """How words stand in a text: a passage put into nobody's mouth is the text's own words."""
    own = rendering.type == "indirect" and not rendering.speaker
    return "direct" if own else rendering.type


_Said = tuple[Prepared, QuoteType, str]


@lru_cache(maxsize=_REMEMBERED)
def _changes(later: _Said, earlier: _Said, pairs: tuple[Pair, ...]) -> tuple[Drift, ...]:
    one, other = (
        Rendering(0, 0, said.text, said.language, type=how, denied_by=denied)
        for said, how, denied in (later, earlier)
    )
    return drift(one, other, _alignment(later[0], earlier[0], pairs))


@lru_cache(maxsize=_REMEMBERED)
def _alignment(later: Prepared, earlier: Prepared, pairs: tuple[Pair, ...]) -> tuple[Aligned, ...]:
    return tuple(_aligned(later, earlier, pair) for pair in pairs)


def score(features: Mapping[str, float]) -> float:
    """Raw similarity in [0, 1]: overlap of the whole texts, or of one with a part of the other."""
    part = _PART * max(features["local"], features["enclosed"])
    return max(features["f1"], part, features.get("translated", 0.0))


def _aligned(later: Prepared, earlier: Prepared, pair: Pair) -> Aligned:
    left, right = later.tokens[pair.left], earlier.tokens[pair.right]
    return Aligned(Span(left.start, left.end), Span(right.start, right.end), pair.similarity)
