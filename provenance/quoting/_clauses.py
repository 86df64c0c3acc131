"""Whether reported words hold a verb: a clause says something, a noun phrase names it.

PolNeAR counts "the coalition's plan" among what a speaker supported as reported; a reader
asked for quotes would not. Which words are verbs is not listed but learnt: a word is one when
it keeps the company that the verbs listed as ``clause.verblike`` keep (their word class).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Lexicon, lexicon
from provenance.quoting._page import Page
from provenance.quoting._tagger import Tagger, tagger
from provenance.quoting._tokens import Token, tokens

# What a bare noun phrase is worth at most: less than an even chance that a reader would
# call it a quote.
MOST_FOR_A_PHRASE = 0.45
# What a sentence up to "…, the minister said" is worth at least: of 54 in PolNeAR (development
# and 300 training articles) to which the tagger gave less than .5, 29 were right (Dice >= .8).
LEAST_FOR_A_SENTENCE = 0.54
_CLAUSAL = frozenset({"clause.finite", "clause.that", "clause.subjunctive", "pronouns.i"})


def is_phrase(page: Page, claim: Claim) -> bool:
    """Whether `claim` reports no more than a noun phrase, none of it between marks.

    False where the language lists no verbs to compare with.
    """
    trained = tagger(page.language)
    if claim.type != "indirect" or trained is None:
        return False
    verbs = _verb_classes(page.language)
    words = _words(page, claim)
    return bool(verbs) and not any(
        _verbal(page.lexicon, words, place, trained.classes, verbs) for place in range(len(words))
    )


def is_sentence(page: Page, claim: Claim) -> bool:
    """Whether `claim` opens its sentence, up to a comma and who says it."""
    sentence = page.sentences[claim.sentence]
    cue, speaker = claim.cue, claim.speaker
    if claim.type != "indirect" or cue is None or speaker is None:
        return False
    behind, first = min(cue.start, speaker.start), claim.spans[0]
    begins = {sentence.tokens[0].start, sentence.tokens[past_dateline(sentence)].start}
    opens = first.start in begins and first.end <= behind
    return opens and page.text[first.end : behind].strip() == ","


def resumed(page: Page, claim: Claim, *, listed: bool = True) -> Claim:
    """`claim` with the rest of its sentence, where who says it stands in the middle: "The tunnel,
    the minister said, will open in May". With `listed` only a listed verb goes on with it."""
    claim = _begun(page, claim) if page.lexicon.nouns_capitalised else claim
    sentence = page.sentences[claim.sentence]
    if len(claim.spans) > 1 or not is_sentence(page, claim):
        return claim
    if not is_phrase(page, claim) and not _open(page, claim):
        return claim
    said = max(claim.cue.end if claim.cue else 0, claim.speaker.end if claim.speaker else 0)
    behind = [token for token in sentence.tokens if token.start >= said]
    comma = next((place for place, token in enumerate(behind) if token.text == ","), len(behind))
    rest = [token for token in behind[comma + 1 :] if token.start < sentence.end]
    while rest and not rest[-1].word:
        rest.pop()
    if len(rest) < _REST:
        return claim
    goes_on = _finite(page.lexicon, rest[0]) or (not listed and _predicate(page, claim, rest[0]))
    if not (goes_on or _open(page, claim)):
        return claim
    return replace(claim, spans=(*claim.spans, Span(rest[0].start, rest[-1].end)))


def _open(page: Page, claim: Claim) -> bool:
    """Whether a German clause stops at the verb that only a predicate completes: "Der Tunnel werde,
    so Berg, erst im Mai öffnen"."""
    if not page.lexicon.nouns_capitalised:
        return False
    words = _words(page, claim)
    opens = "clause.subordinate" in page.lexicon.labels(words[0].normal) if words else True
    return not opens and _finite(page.lexicon, words[-1])


def _begun(page: Page, claim: Claim) -> Claim:
    """`claim` with the subject that opens its sentence, where who says it parts the two: "Der
    Tunnel, sagte Berg, werde im Mai öffnen"."""
    sentence, cue, speaker = page.sentences[claim.sentence], claim.cue, claim.speaker
    if claim.type != "indirect" or len(claim.spans) > 1 or cue is None or speaker is None:
        return claim
    said = min(cue.start, speaker.start)
    before = [token for token in sentence.tokens if token.start < said]
    first = next((token for token in sentence.tokens if token.start == claim.start), None)
    between = page.text[max(cue.end, speaker.end) : claim.start].strip()
    if first is None or between != "," or not _finite(page.lexicon, first):
        return claim
    if len(before) < _REST or before[-1].text != "," or any(t.text == "," for t in before[:-1]):
        return claim
    subject = replace(claim, spans=(Span(before[0].start, before[-2].end),))
    opens = "clause.subordinate" in page.lexicon.labels(before[0].normal)
    if opens or cue.start != said or not is_phrase(page, subject):
        return claim
    return replace(claim, spans=(*subject.spans, *claim.spans))


_REST = 2  # words of the verb and what it says, at least


def _predicate(page: Page, claim: Claim, first: Token) -> bool:
    """Whether a word is a verb whose subject is what `claim` opens its sentence with, no adverb:
    listed, or a plain word where only a verb can stand."""
    opening = page.lexicon.labels(page.sentences[claim.sentence].tokens[0].normal)
    plain = first.word and not first.capital and not page.lexicon.labels(first.normal)
    adverbial = opening & {"speakers.lead", "speakers.stop", "speakers.when", "clause.break"}
    return _finite(page.lexicon, first) or (plain and not adverbial)


def put_in(page: Page, claim: Claim) -> bool:
    """Whether who says it stands between the two parts of a claim, a subject and its verb: "The
    war, according to the ministry, will end"."""
    if len(claim.spans) != 2 or claim.cue is None or page.text[claim.cue.start].isupper():
        return False  # "its ally, the United States, …"
    if not is_phrase(page, replace(claim, spans=claim.spans[:1])):
        return False
    sentence = page.sentences[claim.sentence]
    place = bisect_left(sentence.tokens, claim.spans[1].start, key=lambda token: token.start)
    opens = claim.start == sentence.tokens[0].start
    return opens and _predicate(page, claim, sentence.tokens[place])


def _finite(words: Lexicon, token: Token) -> bool:
    """Whether a word is a verb that goes on with what a subject before it does."""
    labels = words.labels(token.normal)
    subject = labels & {"pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i"}
    return "clause.finite" in labels and not subject


def _words(page: Page, claim: Claim) -> list[Token]:
    return [
        token
        for sentence in page.sentences[claim.sentence : claim.sentence + 3]
        for token in sentence.tokens
        if token.word and any(span.start <= token.start < span.end for span in claim.spans)
    ]


def _verbal(
    words: Lexicon,
    tokens: Sequence[Token],
    place: int,
    classes: Mapping[str, int],
    verbs: frozenset[int],
) -> bool:
    """Whether token `place` is a verb, or a conjunction or pronoun that only a clause has."""
    normal = tokens[place].normal
    labels = words.labels(normal)
    if labels & _CLAUSAL or "verbs.say" in labels or classes.get(normal) in verbs:
        return True
    if "clause.infinitive" not in labels or place + 1 == len(tokens):
        return False
    following = tokens[place + 1]
    return not following.capital and "speakers.determiners" not in words.labels(following.normal)


@cache
def _verb_classes(language: str) -> frozenset[int]:
    """The word classes of the verbs that the language's data lists."""
    trained: Tagger | None = tagger(language)
    if trained is None:
        return frozenset()
    listed = lexicon(language).words("clause.verblike")
    return frozenset(trained.classes[word] for word in listed if word in trained.classes)


def begun(laid: Page, claim: Claim) -> bool:
    """Whether what is said began before an indirect claim, whose conjunction stands within it:
    "said the grounds may reopen if …"."""
    if claim.type != "indirect" or claim.cue is None or claim.cue.end > claim.start:
        return False
    between = tokens(laid.text[claim.cue.end : claim.start], laid.language)
    return any("clause.finite" in laid.lexicon.labels(token.normal) for token in between)
