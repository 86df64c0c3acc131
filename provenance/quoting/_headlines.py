"""Headlines that put words into a mouth without a verb: "Calloway: harbour stays open".

Only the first block of a text can be one, when it is one sentence with a short source before
its colon. Elsewhere a colon after a name mostly opens a list or a definition.
"""

from __future__ import annotations

from bisect import bisect_left

from provenance.model import Span
from provenance.quoting._claims import Claim, claim_of, trimmed
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._tokens import Token

# A name with its role; headlines have no room for more. Unspaced scripts count characters.
_SOURCE, _SOURCE_UNSPACED = 5, 10
# Words after the colon: fewer are a label ("Weather: rain").
_WORDS = 3
# Letters of a name that its case forms share.
_STEM = 4
# Of 40 headlines found so in Russian press 36 gave the words to their source; what remains is
# places ("Кишинев: бесплатный транспорт") and titles of series.
_CONFIDENCE = 0.85
_SOURCES = frozenset({"speakers.roles", "speakers.groups", "speakers.documents"})
_NO_SOURCE = frozenset(
    {"speakers.lead", "speakers.stop", "clause.break", "clause.that", "verbs.say", "verbs.think",
     "frames.before", "frames.as", "pronouns.i"}
)  # fmt: skip


def with_headline(page: Page, found: list[Claim], outlets: Mentions) -> list[Claim]:
    """`found` with the headline's words, where it gives them to somebody and no claim with a
    speaker says so already."""
    claim = _headline(page) or _credited(page, outlets)
    if claim is None or any(one.speaker and one.sentence == claim.sentence for one in found):
        return found
    kept = [one for one in found if not one.overlaps(claim)]
    return sorted([claim, *kept], key=lambda one: (one.start, -one.end))


def _headline(page: Page) -> Claim | None:
    head = page.sentences[0] if page.sentences else None
    if head is None or (len(page.sentences) > 1 and page.sentences[1].block == head.block):
        return None
    if page.lexicon.particles:
        return _before_marks(page, head)
    colon = _colon(head)
    last = _topic(page, head, colon) if colon is not None else 0
    if colon is None or not _source(page, head, last):
        return None
    said = head.tokens[colon + 1 :]
    if sum(token.word for token in said) < _WORDS:
        return None
    span = _said(head, colon)
    speaker = Span(head.tokens[0].start, head.tokens[last - 1].end)
    return claim_of(head, [span], "headline", _CONFIDENCE, speaker=speaker)


def _credited(page: Page, outlets: Mentions) -> Claim | None:
    """A headline that ends with whose report it is: "Tariffs wait until autumn — Axios"."""
    head = page.sentences[0] if page.sentences else None
    if head is None or head.dialogue or (len(page.sentences) > 1 and _same_block(page)):
        return None
    for one in outlets.within(head.start, head.end):
        dash = signing(head, one)
        if sum(token.word for token in head.tokens[:dash]) >= _WORDS:
            span = trimmed(head, 0, dash)
            return claim_of(head, [span], "headline", _CONFIDENCE, speaker=Span(one.start, one.end))
    return None


def _same_block(page: Page) -> bool:
    return page.sentences[1].block == page.sentences[0].block


def signing(sentence: Sentence, one: Mention) -> int:
    """The token of the dash behind which an outlet alone ends a sentence without a full stop; 0
    where none does."""
    place = bisect_left(sentence.tokens, one.start, key=lambda token: token.start)
    tail = sentence.tokens[place : place + _SOURCE + 1]
    alone = all(token.start < one.end or token.text in _CLOSES for token in tail)
    alone &= place + len(tail) == len(sentence.tokens)
    while place > 0 and sentence.tokens[place - 1].text in _OPENS:
        place -= 1
    dash = place - 1
    apart = dash > 0 and sentence.tokens[dash].text in "—–-"
    spaced = apart and sentence.tokens[dash - 1].end < sentence.tokens[dash].start
    return dash if alone and spaced and sentence.quoted[dash] < 0 else 0


# Marks around an outlet's name at the end of a headline.
_OPENS, _CLOSES = frozenset('«„“"'), frozenset('»“”"')


def _before_marks(page: Page, head: Sentence) -> Claim | None:
    """A headline of nothing but a source and words between marks: "윤 대통령 “…”"."""
    if not head.held or not 0 < head.held[0][0] <= _SOURCE or head.quoted[-1] < 0:
        return None
    first = head.held[0][0]
    if not _source(page, head, first):
        return None
    passage = head.passages[0]
    span, speaker = Span(passage.start, passage.end), Span(head.start, head.tokens[first - 1].end)
    return claim_of(head, [span], "headline", _CONFIDENCE, speaker=speaker)


def _topic(page: Page, head: Sentence, colon: int) -> int:
    """Where the source ends, before what it speaks about: "Президент про мобілізацію: …"."""
    words = page.lexicon
    if not words.adjectives:
        return colon
    about = (
        place
        for place in range(1, colon)
        if "clause.about" in words.labels(head.tokens[place].normal)
    )
    return next(about, colon)


def _said(head: Sentence, colon: int) -> Span:
    """What follows the colon, without its marks where they hold all of it."""
    index = head.quoted[colon + 1]
    if index >= 0 and head.held[index][1] >= len(head.tokens) - 1:
        passage = head.passages[index]
        return Span(passage.start, passage.end)
    return trimmed(head, colon + 1, len(head.tokens))


def _colon(head: Sentence) -> int | None:
    for place, token in enumerate(head.tokens[: _SOURCE_UNSPACED + 1]):
        if token.text in ":：" and head.quoted[place] < 0:
            return place if 0 < place < len(head.tokens) - 1 else None
    return None


def _source(page: Page, head: Sentence, colon: int) -> bool:
    """Whether the words before the colon can name whoever said what follows."""
    words, before = page.lexicon, head.tokens[:colon]
    labels = [words.labels(token.normal) for token in before]
    phrases = [one for one in head.found if one.last <= colon]
    every = frozenset().union(*labels, *(one.labels for one in phrases))
    if every & _NO_SOURCE or any(head.quoted[place] >= 0 for place in range(colon)):
        return False
    if any(label.startswith("countries.") for label in every):
        return False
    unspaced = before[-1].end - before[0].start == len(before)
    if len(before) > (_SOURCE_UNSPACED if unspaced else _SOURCE):
        return False
    if every & {"speakers.roles", "speakers.documents"} or (unspaced and every & _SOURCES):
        return True
    if every & _SOURCES:  # "Parliament:", not "Parliament has voted:"
        return all(
            token.capital or its & _SOURCES for token, its in zip(before, labels, strict=True)
        )
    return _name(page, words, before)


def _name(page: Page, words: Lexicon, before: list[Token]) -> bool:
    """Whether `before` is a name: capitals, and the text, where there is more, has it again."""
    named = [token for token in before if token.text not in "-·."]
    if not all(token.word for token in named):
        return False
    if not words.caseless and not all(token.capital for token in named):
        return False
    below = page.text[page.sentences[0].end :]
    if words.caseless or not below.strip():
        return not below.strip() or _again(before[-1], below)
    return all(_again(token, below) for token in named)


def _again(token: Token, below: str) -> bool:
    """Whether `below` has the word again, in any case form."""
    return token.text[: max(_STEM, len(token.text) - 2)] in below
