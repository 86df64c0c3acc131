"""Who answers in an interview whose turns name nobody: whom its heading says it is with, else the
one person whom its headline, its answers or its lead name.

"Интервью с мэром Иваном Петровым. — Почему вы не уехали? — Я остаюсь." What is asked and what
is answered stands in `_interviews`.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Span
from provenance.quoting import _leftward, _rightward
from provenance.quoting._claims import Claim
from provenance.quoting._names import Named, Names
from provenance.quoting._outlets import Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import listed
from provenance.quoting._rulebook import span_of
from provenance.quoting._tokens import normal

# Sentences of a heading and lead before the first turn.
_LEAD = 12
# Words of a paragraph that is only who wrote it: "Von Anna Berg und Jan Roth".
_BYLINE = 9


def announced(page: Page, last: int) -> Span | None:
    """The person a heading or lead before sentence `last` says the interview is with."""
    for sentence in page.sentences[: min(last, _LEAD)]:
        phrase = _asked(page, sentence)
        if phrase is not None and _capitalised(sentence, phrase):
            return span_of(sentence, phrase)
    return None


def _asked(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    """Whom a sentence says is asked: "an interview with X", "X answered our questions", "С X
    беседовала Y"."""
    for one in sentence.found:
        if sentence.quoted[one.first] < 0 and "speakers.interviewee" in one.labels:
            return _rightward.after(sentence, page.lexicon, one.last)
        if "speakers.answering" in one.labels and not one.first:
            return _behind_verb(page, sentence, one.last)
        if "speakers.answering" in one.labels:
            return _leftward.before(sentence, page.lexicon, one.first - 1)
    labels = [page.lexicon.labels(token.normal) for token in sentence.tokens]
    talks = next((n for n, one in enumerate(labels) if "speakers.converses" in one), 0)
    led = talks > 1 and bool(labels[0] & {"speakers.inside", "speakers.stop"})
    return _rightward.after(sentence, page.lexicon, 1, talks) if led else None


def _behind_verb(page: Page, sentence: Sentence, first: int) -> tuple[int, int] | None:
    """The subject of the first verb of saying behind token `first`: "На вопросы X ответил Y"."""
    for place in range(first - 1, len(sentence.tokens)):
        token = sentence.tokens[place]
        if sentence.quoted[place] < 0 and "verbs.say" in page.lexicon.labels(token.normal):
            return _rightward.after(sentence, page.lexicon, place + 1)
    return None


def _capitalised(sentence: Sentence, phrase: tuple[int, int]) -> bool:
    return any(token.capital for token in sentence.tokens[slice(*phrase)])


def only_named(text: str, claims: list[Claim]) -> Span | None:
    """Who answers, where the headline or answers name one person."""
    named = [one.speaker for one in claims if one.speaker and _says_who(one)]
    surnames = {text[one.start : one.end].rsplit(maxsplit=1)[-1] for one in named}
    return named[0] if len(surnames) == 1 else None


def _says_who(claim: Claim) -> bool:
    return claim.rule == "headline" or claim.cue is not None


def addressed(laid: Page, above: list[Span], questions: str, outlets: Mentions) -> Span | None:
    """The one person whom the lead names; of several, whom the questions address."""
    lead = list(_introduced(laid, above, outlets))
    people = {one.text.split()[-1] for one in lead}
    if len(people) > 1:
        people = {surname for surname in people if surname in questions}
    found = next((one for one in lead if one.text.split()[-1] in people), None)
    return Span(found.start, found.end) if found and len(people) == 1 else None


def _introduced(laid: Page, above: list[Span], outlets: Mentions) -> Iterator[Named]:
    """The people named above the first question, but for who wrote it."""
    names = Names(laid, outlets).all
    for paragraph in above:
        words = laid.text[paragraph.start : paragraph.end].split()
        byline = len(words) <= _BYLINE and normal(words[0]) in listed("bylines")
        for name in names:
            if not byline and paragraph.start <= name.start < paragraph.end and not name.quoted:
                yield name
