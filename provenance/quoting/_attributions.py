"""The tagger's claims set right by what the rules know of their attributions.

What the tagger runs together the rules tell apart: an attribution or a frame inside the
words, a relay behind them; shapes it saw too seldom stand as the rules find them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._outlets import Mentions
from provenance.quoting._page import Page
from provenance.quoting._reported import attribution_at
from provenance.quoting._rulebook import SURE
from provenance.quoting._tokens import normal


def attributed(laid: Page, ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, less the attribution that some hold inside: ""…," Dupont stated,
    according to X" is what Dupont stated, and X carries it."""
    whole = [one for one in ruled if one.rule == "quote then verb" and one.speaker and one.cue]
    starts = {one.start: one for one in whole}
    frames = {one.speaker.start: one for one in ruled if one.rule == "frame" and one.speaker}
    own = [_unframed(_own_attribution(claim, starts), frames) for claim in tagged]
    begun = {one.start: one for one in ruled if len(one.spans) == 1}
    return [_before_relay(laid, claim, begun) for claim in own]


def _unframed(claim: Claim, frames: dict[int, Claim]) -> Claim:
    """`claim` without the frame it begins with: "the fire service, forty families"."""
    inner = frames.get(claim.start)
    if inner is None or inner.speaker is None or inner.start < inner.speaker.end:
        return claim
    if not inner.start < claim.end <= inner.end + _TAIL:
        return claim
    return replace(claim, spans=inner.spans, speaker=inner.speaker, cue=inner.cue)


# Words of such an attribution at most.
_RELAY = 12


def _before_relay(laid: Page, claim: Claim, begun: dict[int, Claim]) -> Claim:
    """`claim` without the relay that follows it: "X said the plant would open, as dpa reports"."""
    inner, last = begun.get(claim.start), claim.spans[-1]
    if inner is None or len(claim.spans) > 1 or not inner.end < claim.end:
        return claim
    sentence = laid.sentences[inner.sentence]
    place = bisect_left(sentence.tokens, inner.end, key=lambda token: token.start)
    while place < len(sentence.tokens) and sentence.tokens[place].text == ",":
        place += 1
    rest = [token for token in sentence.tokens[place:] if token.start < claim.end]
    if not 0 < len(rest) <= _RELAY or not attribution_at(sentence, laid.lexicon, place):
        return claim
    return replace(claim, spans=(Span(last.start, inner.end),))


# Characters a claim may run on past such an attribution: a comma, not another clause.
_TAIL = 3


def _own_attribution(claim: Claim, whole: dict[int, Claim]) -> Claim:
    inner = whole.get(claim.start) or whole.get(claim.start + 1)
    if claim.type != "mixed" or inner is None or inner.cue is None or inner.speaker is None:
        return claim
    edge = max(inner.cue.end, inner.speaker.end)
    held = claim.start <= inner.speaker.start and edge <= claim.end <= edge + _TAIL
    if not held or inner.type != "direct" or len(inner.spans) > 1:
        return claim
    return replace(inner, confidence=claim.confidence, evidence=(*claim.evidence, *inner.evidence))


def with_sure(ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, and those of the rules it could not learn: of a turn in a
    transcript, or words signed with a name, it may have only a part."""
    sure = [claim for claim in ruled if claim.rule in SURE]
    if not sure:
        return tagged
    held = [
        claim
        for claim in tagged
        if not any(claim.overlaps(one) and not _told_inside(claim, one) for one in sure)
    ]
    return sorted([*held, *sure], key=lambda one: (one.start, -one.end))


def _told_inside(claim: Claim, turn: Claim) -> bool:
    """Whether a claim is what the speaker of `turn` says that somebody else said."""
    own = claim.speaker is not None and turn.start <= claim.speaker.start < turn.end
    return own and claim.inside(turn) and (claim.end - claim.start) * 2 < turn.end - turn.start


# An indirect quote shorter than this that holds its neighbour's speaker is an attribution.
_SHORT = 60


def leads_up(claims: list[Claim], place: int) -> bool:
    """Whether a claim's words only say who speaks beside them: "minister X as saying"."""
    claim = claims[place]
    if claim.type != "indirect" or claim.end - claim.start > _SHORT:
        return False
    return any(
        other.speaker is not None
        and other.sentence == claim.sentence
        and (other.end <= claim.start or claim.end <= other.start)
        and claim.start <= other.speaker.start
        and other.speaker.end <= claim.end
        for other in (*claims[max(0, place - 1) : place], *claims[place + 1 : place + 2])
    )


def only_names(laid: Page, claim: Claim, outlets: Mentions) -> bool:
    """Whether a claim's words are no more than the name of an outlet: "the Financial Times"."""
    named = outlets.within(claim.start, claim.end) if claim.type == "indirect" else []
    if not named:
        return False
    before = normal(laid.text[claim.start : named[0].start]).strip()
    article = not before or "speakers.determiners" in laid.lexicon.labels(before)
    return article and named[0].end == claim.end
