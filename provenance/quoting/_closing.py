"""Attributions that close a sentence beyond doubt: "The talks failed, Minister Jane Roe said."

The tagger learnt from long articles and is unsure of short plain ones. Where a rule finds the
whole shape, from the sentence's first word to its stop, half a conviction is enough.
"""

from __future__ import annotations

from bisect import bisect_left

from provenance.quoting._claims import Claim
from provenance.quoting._datelines import past_dateline
from provenance.quoting._page import Page, Sentence

# Words behind such an attribution at most: "reporters on Tuesday", "in an interview with X".
_TAIL = 8
# Fewer words than these are no clause.
_CLAUSE = 4
_SAID = frozenset({"relays.report", "relays.interview"})
# ", citing X", ", adding that …", ", according to X"
_GOES_ON = frozenset({"relays.citing", "verbs.participle"})
_WHERE = frozenset({"speakers.stop", "speakers.when"})


def closes(page: Page, claim: Claim) -> bool:
    """Whether `claim` is a sentence up to its comma, then who said it, then nothing but to whom,
    where, when, or whom they cite."""
    if claim.rule != "trailing attribution" or claim.cue is None or claim.speaker is None:
        return False
    sentence = page.sentences[claim.sentence]
    clause = _place(sentence, claim.end)
    begins = {sentence.tokens[place].start for place in (0, past_dateline(sentence))}
    if claim.start not in begins or clause < _CLAUSE or len(claim.spans) > 1:
        return False
    if min(claim.cue.start, claim.speaker.start) < claim.end:
        return False
    verb = _place(sentence, claim.cue.end) - 1
    said = page.lexicon.labels(sentence.tokens[verb].normal)
    behind = _place(sentence, max(claim.cue.end, claim.speaker.end))
    return bool(said & _SAID) and _only_where(page, sentence, behind, "verbs.tell" in said)


def _place(sentence: Sentence, offset: int) -> int:
    """The first token that begins at or behind `offset`."""
    return bisect_left(sentence.tokens, offset, key=lambda token: token.start)


def _only_where(page: Page, sentence: Sentence, first: int, told: bool) -> bool:
    """Whether the tokens from `first` to the stop say where or when, after "told" to whom."""
    labels = [page.lexicon.labels(token.normal) for token in sentence.tokens[first:]]
    count = next(
        (place for place, token in enumerate(sentence.tokens[first:]) if token.text in _MARKS),
        len(labels),
    )
    goes_on = sentence.tokens[first + count].text == "," if count < len(labels) else False
    goes_on = goes_on and count + 1 < len(labels)
    if count < len(labels) - 1 and not (goes_on and _leads_on(sentence, labels, first, count + 1)):
        return False
    tail = labels[:count]
    if len(tail) > _TAIL or any("verbs.say" in one for one in tail):
        return False
    return not tail or told or bool(tail[0] & _WHERE)


def _leads_on(sentence: Sentence, labels: list[frozenset[str]], first: int, place: int) -> bool:
    """Whether what stands behind a comma only says via whom, or goes on saying."""
    through = any(
        one.first == first + place and "frames.before" in one.labels for one in sentence.found
    )
    return through or bool(labels[place] & _GOES_ON)


_MARKS = frozenset(",;:.!?—–")
