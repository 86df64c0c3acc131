"""Answers to one question seen beside each other: of two that say different things one is wrong.

A pair's probability stands for the pair, whatever else is stored. Who asks for the original of
a text sees more: where the best answer leads far before whatever else the words could mean it is
nearly always right, and where another stands close behind it often is not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import NamedTuple

from provenance.matching._match import alike
from provenance.matching._model import beside, log_odds, probability
from provenance.matching._prepare import prepare
from provenance.model import Match, Rendering, Span

LEAD = 5.0
"""Log-odds beyond which a lead says no more: in a small store all leads are long."""
# How likely another answer must be itself (log-odds), and how surely it must say the same as the
# best one, to be no rival. Were .5 enough for both, speeches would be off by .069 (.058), siblings
# by .030 (.029), two-hop by .030 (.028); cross-fitted on both halves of the items.
_LIKELY = 2.0
_SAME = 0.9
_FEW = 10  # answers; to lead before fewer means nothing
CROWD = 5
"""Rivals that are the crowd behind the best answer: in speeches on one subject many are about as
likely, of sentences on anything hardly any."""
# How unlikely a rival (log-odds), and all of them on the average, can be: with fewer texts stored
# than the 10,000 and 100,000 that weights were found in, all are unlikelier than was ever seen.
_FAINT, _ALONE = -12.0, -8.0


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
    before the first that does not, and the less, the likelier the first five that do not are on
    the average; the first that does not and all after it are believed no more than they are.
    Fewer than ten stand for themselves.
    """
    if len(found) < _FEW:
        return list(found)
    scored = [Scored(log_odds(m.probability), other, m.from_span) for m, other in found]
    leading, rival = lead(scored)
    behind = crowd(scored)
    among = [terms(query, match, rival, behind) for match, _ in found[:leading]]
    same = query.language == scored[0].rendering.language
    chances = [probability(beside(known, same)) for known in among]
    first = [
        (_told(match, sure, known), other)
        for (match, other), sure, known in zip(found, accumulate(chances, min), among, strict=False)
    ]
    most = first[-1][0].probability
    after = [
        (replace(match, probability=most) if match.probability > most else match, other)
        for match, other in found[leading:]
    ]
    return first + after


def terms(query: Rendering, match: Match, rival: float, behind: float) -> dict[str, float]:
    """What an answer is judged by among others: its own log-odds, how far these lead before the
    first rival's, the crowd behind, whether it was found by a part (of many parts one is alike by
    accident), how much longer one text is than the other, and how long the query is."""
    odds = log_odds(match.probability)
    tokens = prepare(query.text, query.language, query.english).tokens
    return {
        "odds": odds,
        "lead": min(LEAD, odds - rival),
        "crowd": behind,
        "part": float("part" in match.features),
        "length": match.features.get("length", 1.0),
        "size": math.log1p(len(tokens)),
    }


def _told(match: Match, sure: float, known: dict[str, float]) -> Match:
    """`match` as it is believed among the others; features say by what."""
    told = {"alone": match.probability, "lead": known["lead"], "crowd": known["crowd"]}
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


def crowd(scored: Sequence[Scored]) -> float:
    """The mean log-odds of the first five rivals of the best of `scored`, best first; other
    renderings of what it says are none."""
    behind = (max(other.odds, _FAINT) for other in scored[1:] if _rivals(scored[0], other))
    first = list(islice(behind, CROWD))
    return max(_ALONE, (sum(first) + _FAINT * (CROWD - len(first))) / CROWD)


def _rivals(best: Scored, other: Scored) -> bool:
    """Whether `other` contests `best`. It does not where it is likely itself and renders another
    part of the query, or surely says the same."""
    if other.odds <= _LIKELY:
        return True
    return not (_apart(best.span, other.span) or alike(best.rendering, other.rendering) >= _SAME)


def _apart(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and (one.end <= other.start or other.end <= one.start))
