"""Turns of a transcript: paragraphs that open with their speaker's name and a colon.

"WALLACE: Will you be there? / PENCE: I will." Headings look the same ("Update: …"), so a
page counts as a transcript only where names return (three turns or more, by two speakers
or more, one of whom speaks again) or where somebody is asked ("Question: …").
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Span
from provenance.quoting._caseless import unspaced
from provenance.quoting._claims import Claim
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import ruled
from provenance.quoting._turns import answers, questions, within

# Words a speaker's label has at most, and turns a transcript has at least.
_LABEL, _TURNS = 4, 3
# Tokens of the office, party or seat in brackets behind a name, the brackets too.
_SEAT = 16
_MARKS = frozenset("\"“”„«»'‘’")


class Label(NamedTuple):
    """The tokens ``first:last`` of a name, and its colon."""

    first: int
    last: int
    colon: int


def transcript(page: Page) -> list[Claim]:
    """The turns of `page`, each as one claim, when it is a transcript; what is asked is none."""
    caseless = page.lexicon.caseless or bool(page.lexicon.particles)
    opened = [
        (sentence.index, label)
        for sentence in page.sentences
        if sentence.opens_block and (label := _label(sentence, caseless)) is not None
        if label.colon + 1 < len(sentence.tokens) or sentence is not page.sentences[-1]
    ]
    asked = questions(page.text)
    if asked:
        told = (one for one in opened if not within(asked, page.sentences[one[0]].start))
        return [_turn(page, index, label) for index, label in told]
    names = Counter(_name(page.sentences[index], label) for index, label in opened)
    if len(names) == 1 and len(opened) > 1 and _asked_before(page, opened):
        return [_turn(page, index, label) for index, label in opened]
    if len(opened) < _TURNS or len(names) < 2 or names.most_common(1)[0][1] < 2:
        return []
    return [_turn(page, index, label) for index, label in opened]


def _asked_before(page: Page, opened: list[tuple[int, Label]]) -> bool:
    """Whether a question stands right before some of the turns, as in an interview whose questions
    have no label: "When? / BERG: In May."."""
    before = [page.sentences[index - 1] for index, _ in opened if index]
    asks = sum(sentence.tokens[-1].text in "?؟？" for sentence in before)
    return 2 * asks >= len(opened)


def _label(sentence: Sentence, caseless: bool) -> Label | None:
    """The name before a colon at the sentence's start."""
    first = 1 if sentence.tokens[0].text in _MARKS else 0
    last = first
    while last < len(sentence.tokens) and last - first <= 2 * _LABEL:
        token = sentence.tokens[last]
        if token.text in ":：(":
            break
        joined = token.text in ".·" and last > first
        plain = caseless and token.word
        if not (token.capital or unspaced(token.text) or joined or plain):
            return None
        last += 1
    whole = first < last and unspaced(sentence.tokens[first].text)
    words = 1 if whole else sum(token.word for token in sentence.tokens[first:last])
    colon = _past_brackets(sentence, last)
    ended = colon < len(sentence.tokens) and sentence.tokens[colon].text in ":："
    return Label(first, last, colon) if ended and 0 < words <= _LABEL else None


def _past_brackets(sentence: Sentence, place: int) -> int:
    """The token behind the party or seat in brackets at `place`: "Jane Roe (Port Ellis):"."""
    if place >= len(sentence.tokens) or sentence.tokens[place].text != "(":
        return place
    ahead = sentence.tokens[place : place + _SEAT]
    return next((place + n + 1 for n, one in enumerate(ahead) if one.text == ")"), place)


def behind_label(laid: Page, claim: Claim) -> Claim:
    """`claim` without the label before words in quotation marks: "Merkel: „…“"."""
    sentence = laid.sentences[claim.sentence]
    named = _label(sentence, laid.lexicon.caseless)
    label = named if sentence.tokens[0].start == claim.start else None
    place = label.colon + 1 if label is not None else len(sentence.tokens)
    quoted = place < len(sentence.tokens) and sentence.quoted[place] >= 0
    passage = sentence.passages[sentence.quoted[place]] if quoted else None
    if passage is None or sentence.held[sentence.quoted[place]][0] != place:
        return claim
    return replace(claim, spans=(Span(passage.start, passage.end),), type="direct")


def _name(sentence: Sentence, label: Label) -> str:
    return " ".join(token.normal for token in sentence.tokens[label.first : label.last])


def _turn(page: Page, index: int, label: Label) -> Claim:
    """All that stands in the paragraph after its label, or below it where the label has a line of
    its own."""
    sentence = page.sentences[index]
    alone = label.colon + 1 == len(sentence.tokens)
    first = page.sentences[index + alone]
    last = first.index
    while last + 1 < len(page.sentences) and page.sentences[last + 1].block == first.block:
        last += 1
    start = first.tokens[0 if alone else label.colon + 1].start
    end = page.sentences[last].tokens[-1]
    stop = end.start if end.text in _MARKS and end.start > start else end.end
    speaker = Span(sentence.tokens[label.first].start, sentence.tokens[label.last - 1].end)
    named = None if answers(page.text[speaker.start : speaker.end]) else speaker
    claim = ruled(sentence, [Span(start, stop)], "transcript", None, named)
    return replace(claim, type="direct")
