"""The JSON shapes of what is asked about many chains at once, and of decisions.

As in `contract`, keys are stable; more may be added, none is renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from provenance.export import contract
from provenance.export.wording import change
from provenance.model import Translation, plain

if TYPE_CHECKING:
    from provenance.model import Rendering, Span
    from provenance.questions import Spread, Timeline
    from provenance.store import Record
    from provenance.tracing import Difference, Habits

Shape = dict[str, Any]


def timeline(found: Timeline, ids: Mapping[int, str]) -> Iterator[Shape]:
    """One record a rendering, in order of time; ``came_from`` is a station of the trace."""
    from provenance.tracing import label

    for moment in found.moments:
        node, hop = moment.node, moment.hop
        yield {
            "statement": found.statement,
            "published": node.published,
            "hours": None if moment.hours is None else round(moment.hours, 2),
            "outlet": node.outlet,
            "language": node.language,
            "speaker": node.speaker,
            "text": node.text,
            "quote": node.quote,
            "document": ids[node.document] if node.document else None,
            "came_from": hop.to_node if hop else None,
            "source": label(moment.source) if moment.source else None,
            "relation": hop.relation if hop else None,
            "probability": contract.rounded(hop.probability) if hop else None,
            "changes": list(map(change, hop.drift)) if hop else [],
            "asked": node.id == found.focus,
        }


def spread(found: Spread, ids: Mapping[int, str], english: Mapping[str, Translation]) -> Shape:
    """Stations and hops onward from ``root``, as in ``trace``, with what they add up to."""
    carried = found.carried
    return {
        "statement": found.chain.statement,
        "root": found.root,
        "renderings": len(carried),
        "outlets": sorted({node.outlet for node in carried if node.outlet}),
        "languages": sorted({node.language for node in carried if node.language}),
        "altered": [hop.from_node for hop in found.altered],
        "nodes": [contract.node(one, ids, english.get(one.id)) for one in found.chain.nodes],
        "hops": [contract.hop(one) for one in found.chain.hops],
    }


def sources(found: Habits) -> Shape:
    """An outlet's sources, the most relied on first; shares in [0, 1], distance in hops."""
    return {
        "outlet": found.outlet,
        "quotes": found.quotes,
        "derived": found.derived,
        "distance": round(found.distance, 2),
        "altered": found.altered,
        "altered_share": _share(found.altered, found.derived),
        "sources": [
            {
                "source": one.source,
                "kind": one.kind,
                "quotes": one.quotes,
                "share": _share(one.quotes, found.derived),
                "cited": one.cited,
                "altered": one.altered,
                "probability": contract.rounded(one.probability),
                "examples": list(one.examples),
            }
            for one in found.sources
        ],
        "carriers": [{"outlet": name, "quotes": count} for name, count in found.carriers],
    }


def diff(found: Difference) -> Shape:
    """Two renderings, how sure it is that they are one statement, all words, all changes.

    A word's ``earlier`` and ``later`` are offsets into the texts given beside them.
    """
    return {
        "earlier": _rendering(found.earlier),
        "later": _rendering(found.later),
        "probability": contract.rounded(found.match.probability),
        "score": contract.rounded(found.match.score),
        "words": [
            {
                "change": step.change,
                "earlier": contract.span(step.earlier),
                "later": contract.span(step.later),
                "earlier_text": _cut(found.earlier.text, step.earlier),
                "later_text": _cut(found.later.text, step.later),
            }
            for step in found.steps
        ],
        "drift": [contract.drift(item) for item in found.match.drift],
    }


def review(found: Record) -> Shape:
    """One line of the record of decisions."""
    return {"review": found.key, **{k: v for k, v in plain(found).items() if k != "key"}}


def _rendering(found: Rendering) -> Shape:
    return {
        "quote": found.quote or None,
        "outlet": found.outlet,
        "published": found.published,
        "language": found.language,
        "text": found.text,
    }


def _cut(text: str, found: Span | None) -> str:
    return "" if found is None else text[found.start : found.end]


def _share(part: int, whole: int) -> float:
    return contract.rounded(part / whole) if whole else 0.0
