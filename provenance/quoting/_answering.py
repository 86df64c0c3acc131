"""Who answers in an interview whose turns name nobody: whom its heading says it is with.

"Интервью с мэром Иваном Петровым. — Почему вы не уехали? — Я остаюсь." A turn that asks is
nobody's quote; the turn behind it is the words of whoever was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _phrases
from provenance.quoting._claims import Claim
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import span_of

# Sentences of a heading and lead before the first turn.
_LEAD = 12
# Answers from which on a page of turns is an interview.
_ANSWERS = 2
_TURNS = frozenset({"dialogue", "transcript"})


def answering(page: Page, turns: list[Claim]) -> list[Claim]:
    """`turns` with whom the page interviews as the speaker of what is answered."""
    places = sorted(_answers(page, turns))
    who = _interviewee(page, turns[places[0]].sentence) if len(places) >= _ANSWERS else None
    if who is None:
        return turns
    return [
        replace(turn, speaker=who) if place in places else turn for place, turn in enumerate(turns)
    ]


def _answers(page: Page, turns: list[Claim]) -> Iterator[int]:
    """The turns without a speaker that answer: labelled so, or behind one that asks."""
    asked = False
    for place, turn in enumerate(turns):
        if turn.rule not in _TURNS or turn.speaker is not None or turn.cue is not None:
            asked = False
            continue
        asks = page.text[turn.start : turn.end].rstrip().endswith(("?", "؟"))
        if turn.rule == "transcript" or (asked and not asks):
            yield place
        asked = asks


def _interviewee(page: Page, last: int) -> Span | None:
    """The person a heading or lead before sentence `last` says the interview is with."""
    for sentence in page.sentences[: min(last, _LEAD)]:
        phrase = _asked(page, sentence)
        if phrase is not None and _named(sentence, phrase):
            return span_of(sentence, phrase)
    return None


def _asked(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    """Whom a sentence says is asked: "an interview with X", "X answered our questions", "С X
    беседовала Y"."""
    for one in sentence.found:
        if sentence.quoted[one.first] < 0 and "speakers.interviewee" in one.labels:
            return _phrases.after(sentence, page.lexicon, one.last)
        if "speakers.answering" in one.labels and not one.first:
            return _behind_verb(page, sentence, one.last)
        if "speakers.answering" in one.labels:
            return _phrases.before(sentence, page.lexicon, one.first - 1)
    labels = [page.lexicon.labels(token.normal) for token in sentence.tokens]
    talks = next((n for n, one in enumerate(labels) if "speakers.converses" in one), 0)
    led = talks > 1 and bool(labels[0] & {"speakers.inside", "speakers.stop"})
    return _phrases.after(sentence, page.lexicon, 1, talks) if led else None


def _behind_verb(page: Page, sentence: Sentence, first: int) -> tuple[int, int] | None:
    """The subject of the first verb of saying behind token `first`: "На вопросы X ответил Y"."""
    for place in range(first - 1, len(sentence.tokens)):
        token = sentence.tokens[place]
        if sentence.quoted[place] < 0 and "verbs.say" in page.lexicon.labels(token.normal):
            return _phrases.after(sentence, page.lexicon, place + 1)
    return None


def _named(sentence: Sentence, phrase: tuple[int, int]) -> bool:
    return any(token.capital for token in sentence.tokens[slice(*phrase)])
