"""What all rules share: how sure each is, and how a claim is made of what it found."""

from __future__ import annotations

from provenance.model import Span
from provenance.quoting._claims import Claim, claim_of
from provenance.quoting._lexicon import Found
from provenance.quoting._page import Sentence

# Precision of each rule at Dice >= 0.8 on the development sets (polnear_dev, de_wikinews_dev,
# 60 read passages of Russian press), rounded to 0.05.
CONFIDENCE = {
    "quote then verb": 0.9,
    "verb then quote": 0.9,
    "colon": 0.85,
    "that-clause": 0.75,
    "bare clause": 0.65,
    "comma clause": 0.7,
    "about clause": 0.5,
    "trailing attribution": 0.6,
    "frame then quote": 0.9,
    "frame": 0.6,
    "frame after": 0.55,
    "about this": 0.45,
    "mood": 0.7,
    "quote alone": 0.6,
    "signed quote": 0.9,
    "transcript": 0.85,
    "long quote": 0.5,
    "quoted words": 0.45,
    "exact words": 0.6,
    "nested quote": 0.6,
    "called": 0.75,
}
# Rules too rare in print for the tagger to have learnt: their words and speakers stand.
SURE = frozenset({"signed quote", "transcript"})
REPORTING = frozenset(
    {
        "verbs.say",
        "verbs.tell",
        "verbs.think",
        "verbs.call",
        "verbs.order",
        "verbs.back",
        "verbs.participle",
    }
)
# No honest sentence reports more often than this; the bound keeps hostile text linear.
CUES = 60
# How far a conjunction may stand from its verb: "told reporters on Monday that".
REACH = 14


def ruled(
    sentence: Sentence, spans: list[Span], rule: str, cue: Found | None, speaker: Span | None
) -> Claim:
    """The claim of `rule`, as sure as that rule is."""
    return claim_of(sentence, spans, rule, CONFIDENCE[rule], cue=cue, speaker=speaker)


def span_of(sentence: Sentence, phrase: tuple[int, int] | None) -> Span | None:
    """Tokens `phrase` as offsets."""
    if phrase is None:
        return None
    return Span(sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1] - 1].end)
