"""Quotations inside quotations that have an attribution of their own there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _caseless, _leftward, _rightward
from provenance.quoting._claims import Claim
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import CUES, ruled, span_of
from provenance.quoting._subjects import skip_left
from provenance.quoting._tokens import Token


def nested(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """Quotations inside quotations that have an attribution of their own there."""
    words = page.lexicon
    for passage in sentence.nested[:CUES]:
        first = bisect_left(sentence.tokens, passage.outer_start, key=_offset)
        last = bisect_left(sentence.tokens, passage.outer_end, key=_offset)
        if sum(token.word for token in sentence.tokens[first:last]) < 2:
            continue
        found = (
            _leads(sentence, words, first)
            or _follows(sentence, words, last)
            or _heads(sentence, words, first)
        )
        if found is not None:
            cue, phrase = found
            span = Span(passage.start, passage.end)
            yield ruled(sentence, [span], "nested quote", cue, span_of(sentence, phrase))


def _offset(token: Token) -> int:
    return token.start


def _leads(sentence: Sentence, words: Lexicon, first: int) -> tuple[Found, tuple[int, int]] | None:
    """The verb and subject before a nested quotation: "he said: ‘…’"."""
    for place in range(first - 1, max(-1, first - 8), -1):
        cue = _verb_at(sentence, words, place)
        if cue is not None:
            inner = _inner(sentence)
            left = skip_left(inner, words, cue.first - 1)
            if words.caseless and not words.verb_first:
                phrase = _caseless.subject(inner, words, left)
            else:
                phrase = _leftward.before(inner, words, left) if left >= 0 else None
            phrase = phrase or _rightward.after(inner, words, place + 1, first)
            return (cue, phrase) if phrase else None
        if sentence.tokens[place].text in ".!?;":
            return None
    return None


def _verb_at(sentence: Sentence, words: Lexicon, place: int) -> Found | None:
    """The verb of saying that ends at token `place`, of several tokens where no spaces part
    words: "告诉"."""
    labels = words.labels(sentence.tokens[place].normal)
    if labels & _SAYING:
        return Found(place, place + 1, labels)
    if not (words.caseless and words.bare_clause):
        return None
    ends = (one for one in sentence.found if one.last == place + 1 and one.labels & _SAYING)
    return next(ends, None)


_SAYING = frozenset({"verbs.say", "verbs.tell"})


def _follows(sentence: Sentence, words: Lexicon, last: int) -> tuple[Found, tuple[int, int]] | None:
    """The verb and subject after a nested quotation: "‘…’ she said"."""
    for place in range(last, min(len(sentence.tokens), last + 3)):
        labels = words.labels(sentence.tokens[place].normal)
        if "verbs.say" in labels:
            inner = _inner(sentence)
            phrase = _leftward.before(inner, words, place - 1, last) if place > last else None
            if words.verb_final:
                phrase = _opening_phrase(inner, words, last)
            phrase = phrase or _rightward.after(inner, words, place + 1)
            return (Found(place, place + 1, labels), phrase) if phrase else None
    return None


def _heads(sentence: Sentence, words: Lexicon, first: int) -> tuple[None, tuple[int, int]] | None:
    """Whose words a noun and a colon announce: "слова Анны Беловой: «…»"."""
    if first < 2 or sentence.tokens[first - 1].text not in ":：":
        return None
    inner = _inner(sentence)
    phrase = _leftward.before(inner, words, first - 2)
    if phrase is None or phrase[1] - phrase[0] < 2:
        return None
    near = sentence.tokens[max(0, phrase[0] - 1) : phrase[1]]
    said = any("relays.words" in words.labels(token.normal) for token in near)
    return (None, phrase) if said else None


def _opening_phrase(inner: Sentence, words: Lexicon, last: int) -> tuple[int, int] | None:
    """The phrase that opens the passage around a nested one that ends at token `last`."""
    opened = [one for one in inner.passages if one.start <= inner.tokens[last - 1].start < one.end]
    if not opened:
        return None
    first = bisect_left(inner.tokens, opened[0].start, key=_offset)
    phrase = _rightward.after(inner, words, first, first + _NEAR_OPENING)
    head = words.labels(inner.tokens[phrase[1] - 1].normal) if phrase else frozenset()
    return None if head & {"speakers.genitive", "speakers.oblique", "pronouns.here"} else phrase


# Tokens of a passage's opening among which its subject stands.
_NEAR_OPENING = 3


def _inner(sentence: Sentence) -> Sentence:
    """`sentence` as it reads inside its quotation: nothing in it counts as quoted."""
    return replace(sentence, quoted=[-1] * len(sentence.tokens))
