"""The JSON shapes other programs may rely on, one function per command.

Keys are stable; more may be added, none is renamed. Offsets are code points into the
document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from provenance.model import (
    Chain,
    Document,
    Drift,
    Evidence,
    Hop,
    LanguageGuess,
    Match,
    Node,
    Origin,
    Quote,
    Relay,
    Rendering,
    Span,
    Translation,
    Verdict,
    plain,
)

if TYPE_CHECKING:
    from provenance.store import Statement
    from provenance.translating import RoundTrip

Shape = dict[str, Any]

_DIGITS = 4  # probabilities and features are not known better than this


def language(document: Document, guess: LanguageGuess) -> Shape:
    """The shape of ``detect``."""
    return {
        "id": document.id,
        "language": guess.language,
        "confidence": rounded(guess.confidence),
        "ranking": [[code, rounded(share)] for code, share in guess.ranking],
        "script": guess.script,
    }


def quotes(document: Document, found: Iterable[Quote], explain: bool = False) -> Shape:
    """The shape of ``quotes``; with `explain`, each quote carries its evidence."""
    return {
        "id": document.id,
        "language": document.language,
        "quotes": [quote(item, explain) for item in found],
    }


def quote(found: Quote, explain: bool = False) -> Shape:
    """One quote: its span, speaker, cue, relay chain outward from the speaker."""
    shape = {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "type": found.type,
        "speaker": plain(found.speaker),
        "cue": plain(found.cue),
        "chain": [_relay(relay) for relay in found.chain],
        "confidence": rounded(found.confidence),
    }
    if len(found.spans) > 1:
        shape["spans"] = [[span.start, span.end] for span in found.spans]
    if explain:
        shape["evidence"] = [evidence(item) for item in found.evidence]
    return shape


def origin(document: Document, found: Origin) -> Shape:
    """The shape of ``origin``."""
    return {
        "id": document.id,
        "origin": found.kind,
        "source_language": found.source_language,
        "via": list(found.via),
        "probability": rounded(found.probability),
        "evidence": [evidence(item) for item in found.evidence],
    }


def translation(document: Document, found: Translation) -> Shape:
    """The shape of ``translate``."""
    return {
        "id": document.id,
        "text": found.text,
        "translator": found.translator,
        "package": found.package,
        "confidence": rounded(found.confidence),
        "source": found.source,
        "target": found.target,
        "flags": list(found.flags),
    }


def round_trip(found: RoundTrip) -> Shape:
    """A translation's way back: the text that returned and what did not."""
    return {
        "back": found.back.text,
        "kept": rounded(found.kept),
        "missing": list(found.missing),
        "changed": list(found.changed),
    }


def match(found: Match, rendering: Rendering, document: str, explain: bool = False) -> Shape:
    """One match of a query: the stored passage, how sure, what changed.

    `document` is the id its author gave it; with `explain`, the alignment comes along, as
    ``[[start, end], [start, end], similarity]`` in the query and in the stored text.
    """
    shape = {
        "quote": rendering.quote,
        "document": document,
        "text": rendering.text,
        "language": rendering.language,
        "outlet": rendering.outlet,
        "published": rendering.published,
        "probability": rounded(found.probability),
        "score": rounded(found.score),
        "features": {name: rounded(value) for name, value in found.features.items()},
        "drift": [drift(item) for item in found.drift],
        "query_span": span(found.from_span),
        "span": span(found.to_span),
    }
    if explain:
        shape["alignment"] = [
            [span(pair.from_span), span(pair.to_span), rounded(pair.similarity)]
            for pair in found.alignment
        ]
    return shape


def statement(found: Statement, renderings: Iterable[Rendering], ids: Mapping[int, str]) -> Shape:
    """The shape of ``statements``: what was said, and every quote that renders it."""
    own = list(renderings)
    return {
        "statement": found.key,
        "text": found.text,
        "speaker": found.speaker,
        "language": found.language,
        "first_known": found.first_known,
        "first_quote": found.first_quote,
        "quotes": found.quotes,
        "documents": len({one.document for one in own}),
        "languages": sorted({one.language for one in own}),
        "renderings": [
            {
                "quote": one.quote,
                "document": ids[one.document],
                "outlet": one.outlet,
                "language": one.language,
                "published": one.published,
                "text": one.text,
            }
            for one in own
        ],
    }


def trace(
    chain: Chain,
    end: str,
    focus: str,
    ids: Mapping[int, str],
    english: Mapping[str, Translation],
    *,
    reached: float,
) -> Shape:
    """The shape of ``trace``: stations and hops of `chain` from node `focus` to node `end`.

    `ids` gives the ids that documents came with, by database key; `english` what foreign
    stations say, by node; `reached` how probably the words go back to `end`, by whatever way.
    """
    ends = {ending.node: ending for ending in chain.ends}
    return {
        "statement": chain.statement,
        "focus": focus,
        "nodes": [node(item, ids, english.get(item.id)) for item in chain.nodes],
        "hops": [hop(item) for item in chain.hops],
        "ends": plain(ends[end]) if end in ends else None,
        "reached": rounded(reached),
        "alternatives": [hop(item) for item in chain.alternatives],
        "circles": [list(circle) for circle in chain.circles],
    }


def node(found: Node, ids: Mapping[int, str], said: Translation | None) -> Shape:
    """One station of a chain; ``document`` is the id its author gave it."""
    document = ids[found.document] if found.document else None
    return {**plain(found), "document": document, "english": said and _english(said)}


def hop(found: Hop) -> Shape:
    """One step, from the later rendering to where it came from."""
    return {
        "from": found.from_node,
        "to": found.to_node,
        "relation": found.relation,
        "basis": found.basis,
        "probability": rounded(found.probability),
        "margin": rounded(found.margin),
        "drift": [drift(item) for item in found.drift],
        "evidence": [evidence(item) for item in found.evidence],
    }


def drift(found: Drift) -> Shape:
    """One change, with both wordings and a sentence."""
    return {
        "kind": found.kind,
        "severity": found.severity,
        "from_text": found.from_text,
        "to_text": found.to_text,
        "says": found.says,
        "certain": found.certain,
    }


def verdict(found: Quote, judged: Verdict) -> Shape:
    """One quote of a draft with its verdict."""
    return {
        **quote(found),
        "verdict": judged.kind,
        "probability": rounded(judged.probability),
        "reasons": list(judged.reasons),
        "changes": [drift(item) for item in judged.drift],
        "settles": judged.settles,
    }


def evidence(found: Evidence) -> Shape:
    """One reason, where it stands in the text and how much it weighs (log-odds, nats)."""
    return {
        "kind": found.kind,
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "weight": rounded(found.weight),
        "says": found.says,
    }


def _english(found: Translation) -> Shape:
    return {
        "text": found.text,
        "translator": found.translator,
        "confidence": rounded(found.confidence),
        "flags": list(found.flags),
    }


def _relay(found: Relay) -> Shape:
    return {
        "name": found.name,
        "kind": found.kind,
        "as_written": found.as_written,
        "relation": found.relation,
    }


def span(found: Span | None) -> list[int] | None:
    """``[start, end]``, or nothing."""
    return None if found is None else [found.start, found.end]


def rounded(value: float) -> float:
    """A probability or feature to the digits that are known."""
    return round(value, _DIGITS)
