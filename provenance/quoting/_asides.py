"""Whom an outlet cites in its turn, told apart from what it reports.

"According to Reuters, which cites two diplomats, the summit …": the aside between the commas
says via whom the words came, so it is no part of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import QuoteType, Span
from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._page import Page, Sentence

# Tokens of whom an aside cites, with epithets: "two people familiar with the talks".
_CITED = 14
# Tokens from the mark that opens an aside to its verb: ", which", ", das sich".
_OPENING = 2
# Fewer tokens than these behind an aside say nothing.
_SAID = 3
_COMMAS = frozenset(",،，")


def without_asides(laid: Page, claims: list[Claim]) -> Iterator[Claim]:
    """`claims` less the aside a reported clause begins with, and less those that are no more
    than whom an outlet cites; where no comma closes the aside, it may be what is said."""
    for claim in claims:
        sentence = laid.sentences[claim.sentence]
        first = bisect_left(sentence.tokens, claim.start, key=lambda token: token.start)
        place = first if claim.type == "direct" else _past(sentence, laid.lexicon, first)
        if place > first and sentence.tokens[place].start < claim.spans[0].end:
            yield _from(sentence, claim, place)
        elif claim.type != "indirect" or not _behind_citing(sentence, laid.lexicon, first):
            yield claim


def _from(sentence: Sentence, claim: Claim, place: int) -> Claim:
    """`claim` from token `place` on: what stands between marks there, else its clause."""
    index = sentence.quoted[place]
    if index >= 0 and sentence.held[index][0] == place:
        passage = sentence.passages[index]
        return replace(claim, spans=(Span(passage.start, passage.end),), type="direct")
    rest = Span(sentence.tokens[place].start, claim.spans[0].end)
    bare = all(not rest.start <= one.start < claim.end for one in sentence.passages)
    kind: QuoteType = "indirect" if bare and claim.type == "mixed" else claim.type
    return replace(claim, spans=(rest, *claim.spans[1:]), type=kind)


def behind_dateline(laid: Page, claim: Claim) -> Claim:
    """`claim` without the dateline its sentence opens with: "Bonn (dpa) - Der Tunnel …"."""
    sentence = laid.sentences[claim.sentence]
    if claim.start > sentence.tokens[min(1, len(sentence.tokens) - 1)].start:
        return claim
    place = past_dateline(sentence)
    if not place or sentence.tokens[place].start >= claim.spans[0].end:
        return claim
    return _from(sentence, claim, place)


def titled(sentence: Sentence, place: int) -> bool:
    """Whether the marks around token `place` are those of a title: "《每日电讯报》"."""
    return sentence.passages[sentence.quoted[place]].mark == "《"


def behind_saying(laid: Page, claim: Claim) -> Claim:
    """`claim` without the speaker it begins with: "TASS quoted the minister as saying that …"."""
    if claim.speaker is None or not claim.start <= claim.speaker.start < claim.end:
        return claim
    sentence = laid.sentences[claim.sentence]
    place = bisect_left(sentence.tokens, claim.speaker.end, key=lambda token: token.start)
    said = [laid.lexicon.labels(one.normal) for one in sentence.tokens[place : place + 2]]
    if len(said) < 2 or "frames.as" not in said[0] or "verbs.participle" not in said[1]:
        return claim
    place += 2 + any(one.text in ":," for one in sentence.tokens[place + 2 : place + 3])
    if place >= len(sentence.tokens) or sentence.tokens[place].start >= claim.spans[0].end:
        return claim
    return _from(sentence, claim, place)


def up_to_comma(laid: Page, claim: Claim) -> Claim:
    """`claim` up to the comma and mark that end the quotation it begins with, where English sets
    the comma inside: "“The pumps hold,” the engineer, who gave no name, told Reuters"."""
    sentence = laid.sentences[claim.sentence]
    place = bisect_left(sentence.tokens, claim.start, key=lambda token: token.start)
    index = sentence.quoted[place] if place < len(sentence.tokens) else -1
    if index < 0 or claim.type != "mixed" or len(claim.spans) > 1:
        return claim
    passage, (first, last) = sentence.passages[index], sentence.held[index]
    begins = claim.start in {passage.start, passage.outer_start} and passage.closed
    speaker = claim.speaker is not None and claim.end <= claim.speaker.start
    if not (begins and speaker) or sentence.tokens[last - 2].text != ",":
        return claim
    return replace(claim, spans=(trimmed(sentence, first + 1, last - 1),), type="direct")


def behind_title(laid: Page, claim: Claim) -> Claim:
    """`claim` without the title of the paper that was told: "告诉《纽约时报》：“…”"."""
    sentence = laid.sentences[claim.sentence]
    place = bisect_left(sentence.tokens, claim.start, key=lambda token: token.start)
    if claim.cue is None or not 0 <= claim.start - claim.cue.end <= 1:
        return claim
    if place >= len(sentence.tokens) or sentence.quoted[place] < 0 or not titled(sentence, place):
        return claim
    place = sentence.held[sentence.quoted[place]][1]
    if place >= len(sentence.tokens) - _SAID or sentence.tokens[place].text not in _LEADING:
        return claim
    return _from(sentence, claim, place + 1)


_LEADING = _COMMAS | {":", "："}


def _behind_citing(sentence: Sentence, words: Lexicon, first: int) -> bool:
    if words.particles:
        return False  # whom one cites stands before "citing": what follows is the clause
    return any(past_citing(sentence, words, place) == first for place in range(first))


def _past(sentence: Sentence, words: Lexicon, first: int) -> int:
    """The token after an aside that begins at token `first`, or whose verb stands before it."""
    for place in range(max(0, first - 1), min(len(sentence.tokens), first + _OPENING + 1)):
        cited = past_citing(sentence, words, place)
        if not cited and place == first:
            cited = _past_unnamed(sentence, place)
        if not cited or sentence.quoted[place] >= 0:
            continue
        for last in range(cited, min(len(sentence.tokens) - _SAID, cited + _CITED)):
            if sentence.quoted[last] >= 0 and not titled(sentence, last):
                break
            if sentence.tokens[last].text in _COMMAS or _leads(sentence, last):
                return last + 1
    return first


def _past_unnamed(sentence: Sentence, place: int) -> int:
    """The token after what says at `place` how an unnamed source knows: "по данным источников,
    близких к переговорам, …"; 0 where nothing does."""
    here = (one for one in sentence.found if one.first == place)
    says = (one.last for one in here if "speakers.unnamed" in one.labels)
    return max(says, default=0) if place and sentence.tokens[place - 1].text == "," else 0


def _leads(sentence: Sentence, place: int) -> bool:
    """Whether a colon leads to a quotation: "citing a diplomat: “…”"."""
    return sentence.tokens[place].text in ":：" and sentence.quoted[place + 1] >= 0


def past_citing(sentence: Sentence, words: Lexicon, place: int) -> int:
    """The token after "citing" at token `place`; 0 where nothing is cited there."""
    ends = [one.last for one in sentence.found if one.first == place and _cites(one.labels)]
    if any(_cites(words.labels(one.normal)) for one in sentence.tokens[place : place + 1]):
        ends.append(place + 1)
    return max(ends, default=0)


def _cites(labels: frozenset[str]) -> bool:
    return "relays.citing" in labels
