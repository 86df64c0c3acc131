"""The cheapest English of a passage, in its own word order.

A passage is cut into runs of words, each run rendered by one of its wordings; the cut and the
wordings are those whose costs together with the order of the English words are least
(monotone phrase-based decoding: Koehn, Och and Marcu 2003, without reordering).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.translating._phrases import EDGE, Order

# Chosen on sentence pairs held out of the tables (Russian, Turkish); a third more or less of
# either changes chrF by .3 at most.
_ORDER = 0.5  # what the order of English counts beside the phrases
_WORD = 1.0  # nats an English word earns, for the shortest would win otherwise
_BEAM = 8  # last words kept at each place


@dataclass(frozen=True, slots=True)
class Option:
    """One way to render the words from where it is offered up to (not including) `end`."""

    end: int
    english: str
    cost: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `start` up to (not including) `end` of a passage, in English."""

    start: int
    end: int
    english: str


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest way to a place by which the English ends with `last`."""

    cost: float
    last: str
    piece: Piece | None = None
    before: _Step | None = None


def cheapest(options: Sequence[Sequence[Option]], order: Order) -> tuple[Piece, ...]:
    """The pieces that render a passage best, in order, covering every word once.

    `options[i]` are the ways to render a run that begins at word i, one of them at least of
    that word alone.
    """
    ways: list[dict[str, _Step]] = [{} for _ in range(len(options) + 1)]
    ways[0][EDGE] = _Step(0.0, EDGE)
    for start, offered in enumerate(options):
        for step in sorted(ways[start].values(), key=lambda step: step.cost)[:_BEAM]:
            for option in offered:
                found = _taken(step, start, option, order)
                held = ways[option.end].get(found.last)
                if held is None or found.cost < held.cost:
                    ways[option.end][found.last] = found
    ends = ways[-1].values()
    return _walked(min(ends, key=lambda end: end.cost + _ORDER * order.cost(end.last, EDGE)))


def _taken(step: _Step, start: int, option: Option, order: Order) -> _Step:
    cost, last = step.cost + option.cost, step.last
    for word in option.english.lower().split():
        cost += _ORDER * order.cost(last, word) - _WORD
        last = word
    return _Step(cost, last, Piece(start, option.end, option.english), step)


def _walked(step: _Step | None) -> tuple[Piece, ...]:
    found: list[Piece] = []
    while step is not None and step.piece is not None:
        found.append(step.piece)
        step = step.before
    return tuple(reversed(found))
