"""Answers to one question seen beside each other: of two that say different things one is wrong.

A pair's probability stands for the pair, whatever else is stored. Who asks for the original of
a text sees more: where the best answer leads far before whatever else the words could mean it is
nearly always right, and where another stands close behind it often is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from provenance.matching._match import alike
from provenance.matching._model import beside, log_odds, probability
from provenance.model import Match, Rendering, Span

LEAD = 5.0
"""Log-odds beyond which a lead says no more: in a small store all leads are long."""
# How likely another answer must be itself (log-odds), and how surely it must say the same as the
# best one, to be no rival. Were .5 enough for both, speeches would be off by .069 (.058), siblings
# by .030 (.029), two-hop by .030 (.028); cross-fitted on both halves of the items.
_LIKELY = 2.0
_SAME = 0.9
_FEW = 10  # answers; to lead before fewer means nothing


class Scored(NamedTuple):
    """An answer: its log-odds by itself, its text, and the part of the query it renders."""

    odds: float
    rendering: Rendering
    span: Span | None


def weighed(
    query: Rendering, found: Sequence[tuple[Match, Rendering]]
) -> list[tuple[Match, Rendering]]:
    """`found`, best first, with each probability as it is among the others; the order stays.

    The first and those that surely say the same are believed the more, the further they lead
    before the first that does not; that one and all after it are believed no more than they
    are. Fewer than ten stand for themselves.
    """
    if len(found) < _FEW:
        return list(found)
    scored = [Scored(log_odds(m.probability), other, m.from_span) for m, other in found]
    leading, rival = lead(scored)
    same = query.language == scored[0].rendering.language
    first = [
        (_led(match, min(LEAD, one.odds - rival), same), other)
        for (match, other), one in zip(found[:leading], scored, strict=False)
    ]
    most = first[-1][0].probability
    after = [
        (replace(match, probability=most) if match.probability > most else match, other)
        for match, other in found[leading:]
    ]
    return first + after


def _led(match: Match, ahead: float, same: bool) -> Match:
    """`match` as it is believed when it leads by so much; features say so."""
    sure = probability(beside(log_odds(match.probability), ahead, same))
    told = {"alone": match.probability, "lead": ahead}
    return replace(match, probability=sure, features={**match.features, **told})


def lead(scored: Sequence[Scored]) -> tuple[int, float]:
    """How many of `scored`, best first, come before the first rival of the best, and the
    log-odds of that one, or the least that matter where there is none."""
    best = scored[0]
    for place, other in enumerate(scored[1:], 1):
        if best.odds - other.odds >= LEAD:
            return place, best.odds - LEAD
        if _rivals(best, other):
            return place, other.odds
    return len(scored), best.odds - LEAD


def _rivals(best: Scored, other: Scored) -> bool:
    """Whether `other` contests `best`. It does not where it is likely itself and renders another
    part of the query, or surely says the same."""
    if other.odds <= _LIKELY:
        return True
    return not (_apart(best.span, other.span) or alike(best.rendering, other.rendering) >= _SAME)


def _apart(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and (one.end <= other.start or other.end <= one.start))
