"""A long text in pieces, and the quotes of a piece moved to where they stand in the whole."""

from __future__ import annotations

from dataclasses import replace

from provenance.model import Evidence, Quote, Relay, Span

# An article is rarely longer; a longer text is read in pieces, so that memory is bounded.
_PIECE = 200_000


def pieces(text: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n", start + _PIECE // 2, start + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
        cut = cut if cut > 0 else start + _PIECE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, len(text))]


def shifted(quote: Quote, offset: int) -> Quote:
    """`quote` moved from a piece's offsets to the document's."""
    if not offset:
        return quote

    def move(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    speaker, cue = quote.speaker, quote.cue
    return replace(
        quote,
        start=quote.start + offset,
        end=quote.end + offset,
        spans=tuple(move(span) for span in quote.spans),
        speaker=speaker
        and replace(speaker, start=speaker.start + offset, end=speaker.end + offset),
        cue=cue and replace(cue, start=cue.start + offset, end=cue.end + offset),
        chain=tuple(_moved(relay, offset) for relay in quote.chain),
        evidence=tuple(_moved_evidence(one, offset) for one in quote.evidence),
    )


def _moved(relay: Relay, offset: int) -> Relay:
    if relay.start is None or relay.end is None:
        return relay
    return replace(relay, start=relay.start + offset, end=relay.end + offset)


def _moved_evidence(evidence: Evidence, offset: int) -> Evidence:
    if evidence.start is None or evidence.end is None:
        return evidence
    return replace(evidence, start=evidence.start + offset, end=evidence.end + offset)
