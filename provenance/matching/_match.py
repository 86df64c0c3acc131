"""From two renderings to a match: align, weigh, say how sure, and show what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from provenance.matching._align import Pair, align, reach
from provenance.matching._drift import drift
from provenance.matching._features import Comparison, harmonic, span, summarise
from provenance.matching._model import beside, log_odds, probability
from provenance.matching._prepare import Prepared, gist, prepare
from provenance.model import Aligned, Match, Rendering, Span

Frequencies = Mapping[str, float]
"""Information in nats by English stem, for stores where common words differ from the world's."""

_PART = 0.97  # a part that is the same stands just below a whole that is
_SHOWN = 10  # candidates whose alignment and drift are worked out; the rest keep their score
_POSSIBLE = 0.1  # less probable pairs are two statements, between which nothing has drifted
_ALIGNED = 10
"""Candidates aligned word by word, the most promising at a glance: among them is the best of
100 for 99 in 100 queries of every development relation."""
_FUSED = 3  # ranks; of 3 and 10 a little the better on the half that fits, and both of either alone
LEAD = 4.0
"""Log-odds beyond which a lead says no more: in a small store all leads are long."""
# Shares of both texts summed, from which two candidates may say one thing: of renderings that do
# nine in ten reach them.
_ALIKE = 0.9
_ALIKE_ACROSS = 0.7  # languages
_CONTESTED = 0.5  # of the fewer words of a query that two candidates render, to be rivals
_PROMISING = 0.9  # shares of both texts summed: where more candidates reach this, all are aligned


def match(
    query: Rendering,
    candidates: Sequence[Rendering],
    frequencies: Frequencies | None = None,
) -> tuple[Match, ...]:
    """`query` against each of `candidates`, most probable first, ties in the order given.

    Candidates are given as an index does, the best first.

    Several candidates may all render the statement, and when none does all are low; but of
    two that say different things of the same words one is wrong, so a close second of that
    kind makes the first less probable than `compare` has it, and a long lead more.

    All are looked at, and those that share the most words with the query are compared in full;
    the others are less probable than any of these and carry only what the glance saw. The first
    ten carry alignment, and drift where probable.
    """
    asked = _prepared(query)
    glances = [_glance(asked, candidate) for candidate in candidates]
    ranked = _fused(glances)
    promising = [p for p in ranked[_ALIGNED:] if sum(glances[p]) >= _PROMISING]
    aligned = ranked[:_ALIGNED] + promising
    looked_at = set(aligned)
    passed = [place for place in ranked if place not in looked_at]
    scored = [_scored(query, candidates[place], frequencies) for place in aligned]
    order = sorted(range(len(aligned)), key=lambda at: (-scored[at].odds, aligned[at]))
    scored = [scored[at] for at in order]
    sure = _believed(query, scored)
    lowest = min(sure, default=0.0)
    return (
        *(
            _match(
                query,
                one.rendering,
                one.compared,
                chance,
                shown=rank < _SHOWN,
                judged=chance >= _POSSIBLE,
            )
            for rank, (one, chance) in enumerate(zip(scored, sure, strict=True))
        ),
        *(_passed(query, candidates[place], glances[place], lowest) for place in passed),
    )


def _fused(glances: Sequence[tuple[float, float]]) -> list[int]:
    """Places of candidates, the most promising first: by their rank as given, which is that of
    an index that knows how rare words are where it stands, and by their rank at a glance, which
    knows how much of each text is met (reciprocal rank fusion, Cormack et al. 2009)."""
    seen = sorted(range(len(glances)), key=lambda place: (-sum(glances[place]), place))
    worth = {place: 1 / (_FUSED + rank) + 1 / (_FUSED + place) for rank, place in enumerate(seen)}
    return sorted(seen, key=lambda place: (-worth[place], place))


def _glance(asked: Prepared, candidate: Rendering) -> tuple[float, float]:
    """What the two could render of each other, by the better of the roads there are."""
    language = candidate.language or "en"
    direct = reach(asked, gist(candidate.text, language))
    if asked.language == language or not (asked.english or candidate.english):
        return direct
    text = candidate.english or candidate.text
    theirs = gist(text, "en" if candidate.english else language)
    return max(direct, reach(asked.english or asked, theirs), key=sum)


def _passed(
    query: Rendering, candidate: Rendering, glance: tuple[float, float], lowest: float
) -> Match:
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
    found = _scored(later, earlier, frequencies)
    return _match(later, earlier, found.compared, probability(found.odds))


class Scored(NamedTuple):
    """A candidate compared with the query, and the log-odds that it renders that."""

    odds: float
    rendering: Rendering
    compared: Comparison


def _scored(later: Rendering, earlier: Rendering, frequencies: Frequencies | None) -> Scored:
    found = comparison(_prepared(later), _prepared(earlier), frequencies)
    odds = log_odds(found.features, later.language == earlier.language)
    return Scored(odds, earlier, found)


def _believed(query: Rendering, scored: Sequence[Scored]) -> list[float]:
    """The probability of each of `scored`, which is ranked, seen beside the others.

    The likeliest and what may say the same as it are believed the more, the further they lead
    before what says something else; that one is believed no more than they are. Among a few,
    to lead means nothing, and each stands for itself.
    """
    if len(scored) < _ALIGNED:
        return [probability(one.odds) for one in scored]
    leading, rival = lead(scored)
    same = query.language == scored[0].rendering.language
    first = [
        probability(beside(one.odds, min(LEAD, one.odds - rival), same)) for one in scored[:leading]
    ]
    return first + [min(probability(one.odds), first[-1]) for one in scored[leading:]]


def lead(scored: Sequence[Scored]) -> tuple[int, float]:
    """How many of `scored`, which is ranked, come before the first that rivals the likeliest,
    and the log-odds of that one; of the last that matters, where none does."""
    best = scored[0]
    for place, other in enumerate(scored[1:], 1):
        if best.odds - other.odds >= LEAD:
            return place, best.odds - LEAD
        if _rivals(best, other):
            return place, other.odds
    return len(scored), best.odds - LEAD


def _rivals(best: Scored, other: Scored) -> bool:
    """Whether both claim the same words of the query, and yet say different things."""
    ours, theirs = best.compared.later, other.compared.later
    shared = min(ours.last, theirs.last) - max(ours.first, theirs.first)
    if shared < _CONTESTED * min(ours.last - ours.first, theirs.last - theirs.first):
        return False
    kin = best.rendering.language == other.rendering.language
    shares = sum(_glance(_prepared(best.rendering), other.rendering))
    return shares < (_ALIKE if kin else _ALIKE_ACROSS)


def _prepared(rendering: Rendering) -> Prepared:
    return prepare(rendering.text, rendering.language, rendering.english)


def comparison(
    later: Prepared, earlier: Prepared, frequencies: Frequencies | None = None
) -> Comparison:
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
    later: Rendering,
    earlier: Rendering,
    compared: Comparison,
    sure: float,
    *,
    shown: bool = True,
    judged: bool = True,
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
        drift=drift(later, earlier, alignment) if shown and judged else (),
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
