"""Interviews that name nobody: which turns and paragraphs ask, and which answer.

Papers print them so everywhere: who answers is named once, above the first question (see
`_interviewee`). Turns may carry "Q:" and "A:" or a dash; or the questions, set in bold, of which
nothing is left in a text, stand in paragraphs of their own. What asks is nobody's quote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _interviewee
from provenance.quoting._claims import Claim, with_speaker
from provenance.quoting._outlets import Mentions
from provenance.quoting._page import Page, blocks
from provenance.quoting._particles import listed
from provenance.quoting._rulebook import ruled
from provenance.quoting._tokens import tokens

# Questions an interview has at least: with answers between marks, and with plain ones.
_MARKED, _PLAIN = 2, 3
# Characters of a question with what leads up to it.
_QUESTION = 320
# Answers from which on a page of turns is an interview.
_ANSWERS = 2
_TURN_RULES = frozenset({"dialogue", "transcript"})
_TURNS = 3  # turns a question in an interview; a novel has more
_HEAD = 1_000  # characters of a heading and what leads up to a first question
_MARK = 2  # characters of a mark or dash that opens a turn, and the space behind it
_OPENS = frozenset('«“„"»‚‘')


def answering(page: Page, turns: list[Claim]) -> list[Claim]:
    """`turns` with whom the page interviews as the speaker of what is answered."""
    places = sorted(_replies(page, turns))
    if len(places) < _ANSWERS:
        return turns
    who = _interviewee.announced(page, turns[places[0]].sentence)
    if who is None:
        return turns
    return [
        replace(turn, speaker=who) if place in places else turn for place, turn in enumerate(turns)
    ]


def _replies(page: Page, turns: list[Claim]) -> Iterator[int]:
    """The turns without a speaker that answer: labelled so, or behind one that asks."""
    asked = False
    for place, turn in enumerate(turns):
        if turn.rule not in _TURN_RULES or turn.speaker is not None or turn.cue is not None:
            asked = False
            continue
        asks = page.text[turn.start : turn.end].rstrip().endswith(("?", "؟"))
        if turn.rule == "transcript" or (asked and not asks):
            yield place
        asked = asks


def answered(laid: Page, claims: list[Claim], outlets: Mentions) -> list[Claim]:
    """`claims` with what is answered to questions, by whom the text or its headline names."""
    paragraphs = [Span(start, end) for start, end in blocks(laid.text)]
    asked = [place for place, one in enumerate(paragraphs[:-1]) if _asks(laid.text, one)]
    if len(asked) < _MARKED or laid.lexicon.caseless:
        return claims
    first = paragraphs[asked[0]]
    turns = sum(one.dialogue and one.opens_block for one in laid.sentences)
    interview = turns <= _TURNS * len(asked) and _interview(laid, first)
    if interview:
        claims = _less_questions(laid, claims, [paragraphs[place] for place in asked])
    marked = [claim for claim in claims if _answers(laid, claim, first.end, turns=interview)]
    plain = list(_plain(laid, claims, paragraphs, asked)) if interview and not marked else []
    if len(marked) < _MARKED and not plain:
        return claims
    who = _interviewee.only_named(laid.text, [*claims[:1], *marked])
    if who is None:
        held = " ".join(
            laid.text[paragraphs[place].start : paragraphs[place].end] for place in asked
        )
        who = _interviewee.addressed(laid, paragraphs[: asked[0]], held, outlets)
    if who is None:
        return claims
    heads = [one for one in claims if one.end <= paragraphs[asked[0]].start and one.speaker is None]
    bare = {one.start for one in [*marked, *heads] if one.cue is None and one.type == "direct"}
    told = [with_speaker(one, who, "the interview") if one.start in bare else one for one in claims]
    added = [replace(one, speaker=who) for one in plain]
    return sorted([*told, *added], key=lambda one: (one.start, -one.end))


def _asks(text: str, paragraph: Span) -> bool:
    """Whether a paragraph ends in a question, outside any marks it opens with."""
    inner = text[paragraph.start : paragraph.end].strip()
    asks = inner.endswith("?") and len(inner) <= _QUESTION
    return asks and inner[0] not in _OPENS


def _answers(laid: Page, claim: Claim, behind: int, *, turns: bool) -> bool:
    """Whether a claim is a quotation that opens a paragraph behind the first question, or, with
    `turns`, a turn that does."""
    sentence = laid.sentences[claim.sentence]
    opens = sentence.opens_block and claim.start - sentence.start <= _MARK
    told = turns or not sentence.dialogue
    return claim.type == "direct" and claim.start >= behind and opens and told


def _less_questions(laid: Page, claims: list[Claim], asked: list[Span]) -> list[Claim]:
    """`claims` without the questions of an interview in turns, which nobody is quoted with."""
    return [
        one
        for one in claims
        if one.speaker or not (laid.sentences[one.sentence].dialogue and _within(one, asked))
    ]


def _interview(laid: Page, asked: Span) -> bool:
    """Whether a text calls itself an interview: in its first question or above it."""
    lead = tokens(laid.text, laid.language, max(0, asked.end - _HEAD), asked.end)
    return any(one.normal in listed("interviews") for one in lead)


def _plain(
    laid: Page, claims: list[Claim], paragraphs: list[Span], asked: list[int]
) -> Iterator[Claim]:
    """The paragraphs right behind a question, where a text calls itself an interview."""
    questions = set(asked)
    replies = [paragraphs[place + 1] for place in asked if place + 1 not in questions]
    if len(replies) < _PLAIN:
        return
    if any(claim.type == "direct" and _within(claim, replies) for claim in claims):
        return
    starts = [sentence.start for sentence in laid.sentences]
    for reply in replies:
        sentence = laid.sentences[max(0, bisect_left(starts, reply.start))]
        inner = laid.text[reply.start : reply.end].rstrip()
        span = Span(reply.start, reply.start + len(inner))
        yield replace(ruled(sentence, [span], "transcript", None, None), type="direct")


def _within(claim: Claim, replies: list[Span]) -> bool:
    return any(one.start <= claim.start < one.end for one in replies)
