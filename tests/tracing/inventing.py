"""Invented renderings for the tracing tests: nobody said any of this."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from provenance.matching import compare
from provenance.model import Chain, Match, Relay, Rendering
from provenance.tracing import chains


def rendering(
    key: int, text: str, outlet: str = "", at: str = "", cites: Sequence[str] = (), **more: Any
) -> Rendering:
    """A rendering; `cites` names outlets from the speaker outward."""
    chain = tuple(Relay(name, "outlet", name, "citing") for name in cites)
    given = {"document": key, "language": "en", "outlet": outlet or f"Gazette {key}"}
    given |= {"published": at, "chain": chain, **more}
    return Rendering(quote=key, text=text, **given)


def matches(renderings: Sequence[Rendering]) -> tuple[Match, ...]:
    """Every pair matched, the higher key as the later text."""
    ordered = sorted(renderings, key=lambda r: r.quote)
    return tuple(compare(later, earlier) for earlier, later in combinations(ordered, 2))


def sure(later: int, earlier: int, probability: float = 0.99, score: float = 0.9) -> Match:
    """A match as the matcher would give it, without looking at the words."""
    return Match(later, earlier, score, probability, {})


def traced(renderings: Sequence[Rendering], reviews: Sequence[Any] = ()) -> Chain:
    """The chain of `renderings` as one statement."""
    return chains.infer(1, renderings, matches(renderings), reviews)


def edges(chain: Chain) -> dict[str, str]:
    """Where each station came from."""
    return {hop.from_node: hop.to_node for hop in chain.hops}
