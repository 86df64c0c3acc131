"""What somebody is called: "nannte ihn einen „Verräter“", "als „falsch“ zurückgewiesen".

Words between marks that a verb of naming points at are somebody's words, however few. The
tagger leaves out every second of them, since most short passages are names. In the German
training articles 40 of 44 such passages are marked as quotes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import ruled
from provenance.quoting._verbs import speaker_of

# Words of the longest such passage: longer ones are speech, and others find it.
_LONGEST = 7
# Tokens from the verb to the mark, and from the mark to a verb behind it.
_BEFORE, _BEHIND = 20, 4


def called(page: Page, found: list[Claim]) -> list[Claim]:
    """`found` and the passages that a verb of naming points at, in place of what the tagger
    made of the verb and its words together."""
    words = page.lexicon
    spoken = [claim for claim in found if claim.type == "direct"]
    added = [
        claim
        for sentence in page.sentences
        for index in range(len(sentence.passages))
        if (verb := _naming(sentence, words, index)) is not None
        and (claim := _claim(sentence, words, index, verb)) is not None
        and not _held(spoken, claim)
    ]
    if not added:
        return found
    kept = [claim for claim in found if not _is_all(claim, added)]
    return sorted([*kept, *added], key=lambda one: (one.start, -one.end))


def _held(spoken: Sequence[Claim], claim: Claim) -> bool:
    """Whether words that are told already lie in `claim` or around it."""
    place = bisect_left(spoken, claim.end, key=lambda one: one.start)
    return place > 0 and spoken[place - 1].end > claim.start


def _is_all(claim: Claim, added: Sequence[Claim]) -> bool:
    """Whether a claim of the tagger alone takes in such a verb as well as its words."""
    if claim.type == "direct" or claim.rule != "tagger":
        return False
    place = bisect_left(added, claim.start, key=lambda one: one.start)
    for one in added[place : place + 1]:
        if one.cue is not None and one.inside(claim):
            return claim.start <= one.cue.start and one.cue.end <= claim.end
    return False


def _naming(sentence: Sentence, words: Lexicon, index: int) -> Found | None:
    """The verb that says what somebody is called by the words of a passage."""
    first, last = sentence.held[index]
    inner = [token for token in sentence.tokens[first:last] if token.word]
    if not 0 < len(inner) <= _LONGEST or not first:
        return None
    place = first - 1
    article = "naming.articles" in words.labels(sentence.tokens[place].normal)
    place -= article
    before = words.labels(sentence.tokens[place].normal) if place >= 0 else frozenset()
    wanted = {label.replace("naming.", "naming.verbs_") for label in before & _LINKS}
    if not wanted and (article or not inner[0].capital):
        wanted = {"naming.verbs"}
    return _verb(sentence, words, (place, last), wanted) if wanted else None


_LINKS = frozenset({"naming.as", "naming.of"})


def _verb(
    sentence: Sentence, words: Lexicon, around: tuple[int, int], wanted: set[str]
) -> Found | None:
    """The verb nearest before a passage, else right behind it; no other verb of speech between."""
    first, last = around
    for place in range(first, max(-1, first - _BEFORE), -1):
        labels = words.labels(sentence.tokens[place].normal)
        if sentence.quoted[place] >= 0 or not labels:
            continue
        if labels & wanted:
            return Found(place, place + 1, labels)
        if labels & {"verbs.say", "clause.that"}:
            break
    for place in range(last, min(len(sentence.tokens), last + _BEHIND)):
        labels = words.labels(sentence.tokens[place].normal)
        if sentence.quoted[place] < 0 and labels & wanted:
            return Found(place, place + 1, labels)
    return None


def _claim(sentence: Sentence, words: Lexicon, index: int, verb: Found) -> Claim | None:
    """The claim that a passage is what somebody calls something; None where all call it so."""
    passage = sentence.passages[index]
    near = sentence.tokens[max(0, verb.first - 1) : verb.last + 2]
    if any("naming.all" in words.labels(token.normal) for token in near):
        return None
    speaker = _caller(sentence, words, sentence.held[index][0], verb)
    made = ruled(sentence, [Span(passage.start, passage.end)], "called", verb, speaker)
    return replace(made, label="verbs.call")


def _caller(sentence: Sentence, words: Lexicon, first: int, verb: Found) -> Span | None:
    """The subject of the verb or, where it stands at the end, of "has" before it."""
    if verb.first < first:
        return speaker_of(sentence, words, verb).speaker
    for place in range(first - 1, 0, -1):
        if "naming.has" in words.labels(sentence.tokens[place].normal):
            return speaker_of(sentence, words, Found(place, place + 1, verb.labels)).speaker
    return None
