"""Outlets that words were said to, where no phrase of an interview says so."""

from __future__ import annotations

from bisect import bisect_left

from provenance.quoting._outlets import Mention
from provenance.quoting._page import Page, Sentence

# Words of a journalist's name, and of whoever speaks between the verb and who was told.
_NAME, _SPEAKER = 4, 8
# Tokens of a noun with its article between the preposition and the outlet: "au quotidien".
_NOUN = 2


def told_to(page: Page, sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence has somebody say something to the outlet: "», ha detto il sindaco
    all'ANSA", "recalled to Anna Reed of The New York Times", "قال لرويترز"."""
    first = bisect_left(sentence.tokens, mention.start, key=lambda token: token.start)
    if _glued(page, mention):
        return _said_before(page, sentence, first)
    journalist = _past_journalist(page, sentence, first)
    place = (first if journalist < 0 else journalist) - 1
    for _ in range(_NOUN):
        labels = _labels(page, sentence, place)
        if "relays.paper" not in labels or "relays.to" in labels:
            break
        place -= 1
    labels = _labels(page, sentence, place)
    if journalist >= 0 and "verbs.tell" in labels:
        return True
    return "relays.to" in labels and _said_before(page, sentence, place)


def _labels(page: Page, sentence: Sentence, place: int) -> frozenset[str]:
    return page.lexicon.labels(sentence.tokens[place].normal) if place >= 0 else frozenset()


def _glued(page: Page, mention: Mention) -> bool:
    """Whether "to" is written onto the name: "لرويترز", "לרויטרס"."""
    return mention.text[0] in "لל" and mention.text[0] in page.lexicon.clitics


def _past_journalist(page: Page, sentence: Sentence, first: int) -> int:
    """Where the name of a journalist of the outlet at `first` begins; -1 where none stands."""
    place = first - 1
    if "speakers.determiners" in _labels(page, sentence, place):
        place -= 1
    if "relays.works" not in _labels(page, sentence, place):
        return -1
    begin = place
    while begin > 0 and place - begin < _NAME and sentence.tokens[begin - 1].capital:
        begin -= 1
    return begin if begin < place else -1


def _said_before(page: Page, sentence: Sentence, place: int) -> bool:
    """Whether a verb of saying stands right before token `place`, or opens its clause, with whoever
    spoke between: ", ha detto il sindaco al Corriere"."""
    for verb in range(place - 1, max(-1, place - _SPEAKER - 1), -1):
        token = sentence.tokens[verb]
        if sentence.quoted[verb] >= 0 or token.text in ",;:.!?—–-":
            return False
        if "verbs.say" in _labels(page, sentence, verb):
            return verb == place - 1 or page.lexicon.verb_first or _opens(page, sentence, verb)
    return False


def _opens(page: Page, sentence: Sentence, verb: int) -> bool:
    """Whether a verb begins what stands behind a quotation, auxiliaries before it."""
    before = verb - 1
    while before >= 0 and "clause.auxiliaries" in _labels(page, sentence, before):
        before -= 1
    return before >= 0 and (
        sentence.quoted[before] >= 0 or sentence.tokens[before].text in ',—–-»”“"!?'
    )
