"""What rules and model hand on: a stretch of text claimed to be somebody's words."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from provenance.model import Evidence, QuoteType, Span
from provenance.quoting._lexicon import Found
from provenance.quoting._page import Sentence
from provenance.quoting._tokens import Token

# Claims spread over at most this many sentences; rivals are looked for no further.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """Words at `spans` claimed to be reported, with cue and speaker where they were found.

    `rule` names what found it, `confidence` how often that is right. `sentence` is the
    index of the sentence that holds its start, `label` the kind of cue (``verbs.say``),
    `told` the place of an outlet beside the verb, told the words or passing them on.
    """

    sentence: int
    spans: tuple[Span, ...]
    type: QuoteType
    rule: str
    confidence: float
    cue: Span | None = None
    speaker: Span | None = None
    label: str = ""
    evidence: tuple[Evidence, ...] = ()
    told: Span | None = None

    @property
    def start(self) -> int:
        """Where the hull begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the hull ends."""
        return self.spans[-1].end

    def inside(self, other: Claim) -> bool:
        """Whether this claim's hull lies within `other`'s."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Claim) -> bool:
        """Whether any part of this claim shares text with any part of `other`."""
        if self.end <= other.start or other.end <= self.start:
            return False
        return any(
            one.start < two.end and two.start < one.end for one in self.spans for two in other.spans
        )


def kind(sentence: Sentence, spans: tuple[Span, ...]) -> QuoteType:
    """Direct when all words stand between marks, indirect when none, else mixed."""
    inside = outside = 0
    for span in spans:
        first = bisect_left(sentence.tokens, span.start, key=_start)
        last = bisect_left(sentence.tokens, span.end, key=_start)
        for place in range(first, last):
            if sentence.tokens[place].word:
                inside += sentence.quoted[place] >= 0
                outside += sentence.quoted[place] < 0
    return kind_of(inside, outside)


def kind_of(inside: int, outside: int) -> QuoteType:
    """The type of a quote with so many words inside marks and so many outside."""
    if not outside:
        return "direct"
    return "mixed" if inside else "indirect"


def _start(token: Token) -> int:
    return token.start


def nest(claims: list[Claim]) -> list[Claim]:
    """`claims` in text order without partial overlaps: the surer claim stays, and one
    wholly inside a part of another stays when it has a speaker of its own."""
    near: dict[int, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=_precedence):
        around = range(claim.sentence - _REACH, claim.sentence + _REACH + 1)
        rivals = (one for index in around for one in near.get(index, ()) if claim.overlaps(one))
        if all(_nests(claim, rival) for rival in rivals):
            near[claim.sentence].append(claim)
    kept = [claim for claims_there in near.values() for claim in claims_there]
    return sorted(kept, key=lambda one: (one.start, -one.end))


def _precedence(claim: Claim) -> tuple[float, int, int, int]:
    """The surer claim first; among equals the one whose cue stands nearest."""
    cue = claim.cue
    gap = 0 if cue is None else min(abs(claim.start - cue.end), abs(cue.start - claim.end))
    return -claim.confidence, gap, claim.start, -claim.end


def _nests(claim: Claim, rival: Claim) -> bool:
    inner, outer = (claim, rival) if claim.inside(rival) else (rival, claim)
    if not inner.inside(outer) or (inner.start, inner.end) == (outer.start, outer.end):
        return False
    return inner.speaker is not None and inner.speaker != outer.speaker


def trimmed(sentence: Sentence, first: int, last: int) -> Span:
    """Tokens ``first:last`` as a span without the punctuation at its edges."""
    while last > first + 1 and sentence.tokens[last - 1].text in ".,;—–-،":
        last -= 1
    while first < last - 1 and sentence.tokens[first].text in ",;—–-:،":
        first += 1
    return Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)


def claim_of(
    sentence: Sentence,
    spans: Sequence[Span],
    rule: str,
    confidence: float,
    *,
    cue: Found | None = None,
    speaker: Span | None = None,
) -> Claim:
    """The claim that `spans` of `sentence` are reported by `cue` of `speaker`."""
    parts = tuple(sorted(span for span in spans if span.end > span.start))
    where = None
    if cue is not None:
        where = Span(sentence.tokens[cue.first].start, sentence.tokens[cue.last - 1].end)
    if speaker is not None and any(
        one.start < speaker.end and speaker.start < one.end for one in parts
    ):
        speaker = None
    sort: QuoteType = "direct" if rule == "dialogue" else kind(sentence, parts)
    says = Evidence("rule", rule, log_odds(confidence))
    label = min(cue.labels, default="") if cue else ""
    return Claim(sentence.index, parts, sort, rule, confidence, where, speaker, label, (says,))


def log_odds(probability: float) -> float:
    """`probability` in nats, rounded to two places."""
    return round(math.log(probability / (1 - probability)), 2)


def with_speaker(claim: Claim, speaker: Span | None, rule: str) -> Claim:
    """`claim` with a speaker found elsewhere, and the evidence for it."""
    said = Evidence("speaker", f"speaker from {rule}", 0.0)
    return replace(claim, speaker=speaker, evidence=(*claim.evidence, said))
