"""From two renderings to a match: align, weigh, say how sure, and show what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from provenance.matching._align import Pair, align
from provenance.matching._drift import drift
from provenance.matching._features import Comparison, span, summarise
from provenance.matching._model import probability
from provenance.matching._prepare import Prepared, prepare
from provenance.model import Aligned, Match, Rendering, Span

Frequencies = Mapping[str, float]
"""Information in nats by English stem, for stores where common words differ from the world's."""

_PART = 0.97  # a part that is the same stands just below a whole that is
_SHOWN = 10  # candidates whose alignment and drift are worked out; the rest keep their score


def match(
    query: Rendering,
    candidates: Sequence[Rendering],
    frequencies: Frequencies | None = None,
) -> tuple[Match, ...]:
    """`query` against each of `candidates`, most probable first, ties in the order given.

    Each probability stands for itself: several candidates may all render the statement,
    and when none does all are low. The first ten carry alignment and drift.
    """
    scored = [
        (probability_of(compared, query, candidate), -place, compared, candidate)
        for place, candidate in enumerate(candidates)
        for compared in [_compared(_prepared(query), _prepared(candidate), frequencies)]
    ]
    scored.sort(key=lambda item: (-item[0], -item[1]))
    return tuple(
        _match(query, candidate, compared, sure, place < _SHOWN)
        for place, (sure, _, compared, candidate) in enumerate(scored)
    )


def compare(later: Rendering, earlier: Rendering, frequencies: Frequencies | None = None) -> Match:
    """How sure it is that `later` renders what `earlier` does, with alignment and drift."""
    compared = _compared(_prepared(later), _prepared(earlier), frequencies)
    sure = probability_of(compared, later, earlier)
    return _match(later, earlier, compared, sure, True)


def probability_of(compared: Comparison, later: Rendering, earlier: Rendering) -> float:
    """The calibrated chance that both render one statement, by kind of pair."""
    return probability(compared.features, later.language == earlier.language)


def _prepared(rendering: Rendering) -> Prepared:
    return prepare(rendering.text, rendering.language, rendering.english)


def features_of(later: Prepared, earlier: Prepared) -> Mapping[str, float]:
    """The features of a pair, as the model is fitted on them."""
    return _compared(later, earlier, None).features


def _compared(later: Prepared, earlier: Prepared, frequencies: Frequencies | None) -> Comparison:
    """The direct comparison; a stored translation's, when one is better, in `translated`."""
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
    later: Rendering, earlier: Rendering, compared: Comparison, sure: float, shown: bool
) -> Match:
    ours, theirs = _prepared(later), _prepared(earlier)
    alignment = tuple(_aligned(ours, theirs, pair) for pair in compared.pairs) if shown else ()
    return Match(
        from_quote=later.quote,
        to_quote=earlier.quote,
        score=score(compared.features),
        probability=sure,
        features=compared.features,
        alignment=alignment,
        drift=drift(later, earlier, alignment) if shown else (),
        from_span=span(ours, compared.later),
        to_span=span(theirs, compared.earlier),
    )


def score(features: Mapping[str, float]) -> float:
    """Raw similarity in [0, 1]: overlap of the whole texts, or of one with a part of the other."""
    part = _PART * max(features["local"], features["enclosed"])
    return max(features["f1"], part, features.get("translated", 0.0))


def _aligned(later: Prepared, earlier: Prepared, pair: Pair) -> Aligned:
    left, right = later.tokens[pair.left], earlier.tokens[pair.right]
    return Aligned(Span(left.start, left.end), Span(right.start, right.end), pair.similarity)
