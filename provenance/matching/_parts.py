"""Quotes of several sentences, matched by the sentences they share.

One outlet keeps the first and third sentence of a statement, another the third and fourth:
as wholes the two are hardly alike, and yet they render one statement. Where a pair has
sentences enough, its best pair of sentences is compared as well, and counts when it is the
more probable, at half its odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from provenance.languages.sentences import sentences
from provenance.matching._drift_sentences import ANSWERED, by_sentence
from provenance.matching._glance import glances
from provenance.matching._match import Frequencies, alike, compare, match
from provenance.matching._prepare import prepare
from provenance.model import Aligned, Drift, Match, Rendering, Span

# A sentence shorter than this is a commonplace ("Thank you for the question", 10 nats), and
# sharing one shows nothing. Found on the first half of the relay cases: the least telling
# sentence that two renderings rightly share has 20 nats.
_TELLING = 16.0  # nats of information
_WORDS = 3  # words that are no function words, whatever their rarity
_MOST = 12  # sentences of one text looked at, the first
_LOOKED_AT = 10  # candidates compared by sentences, the most probable as wholes
_COMPARED = 3  # pairs of sentences aligned, the most promising at a glance
_PROMISING = 0.5  # shares of both sentences that could be rendered, at least, summed
_SURE = 0.9  # wholes that match this well need no second look
# Among several sentences one pair is more easily alike by accident than two wholes are.
_ODDS = 0.5
_JUDGED = 16  # sentences of a text of which each is held against each: a long quote, no article


def match_parts(
    query: Rendering,
    candidates: Sequence[Rendering],
    frequencies: Frequencies | None = None,
) -> tuple[Match, ...]:
    """As `match`, of texts that may share only some of their sentences."""
    found = match(query, candidates, frequencies)
    places = {candidate.quote: candidate for candidate in candidates}
    looked = [_by_parts(query, places[one.to_quote], one) for one in found[:_LOOKED_AT]]
    return tuple(sorted((*looked, *found[_LOOKED_AT:]), key=lambda one: -one.probability))


def compare_parts(later: Rendering, earlier: Rendering) -> Match:
    """As `compare`, of texts that may share only some of their sentences."""
    return _by_parts(later, earlier, compare(later, earlier))


def _by_parts(later: Rendering, earlier: Rendering, whole: Match) -> Match:
    """`whole`, or the match of the two sentences that says more; with the sentences that only one
    of the texts has."""
    if _one_sentence(later) and _one_sentence(earlier):
        return whole
    found = whole if whole.probability >= _SURE else _best(later, earlier, whole)
    if found.probability < ANSWERED:
        return found
    both = _sentences(later), _sentences(earlier)
    if not all(0 < len(texts) <= _JUDGED for texts in both):
        return found
    return replace(found, drift=by_sentence(found.drift, *both))


def _best(later: Rendering, earlier: Rendering, whole: Match) -> Match:
    """`whole`, or the match of the two sentences that says more."""
    ours, theirs = parts(later), parts(earlier)
    if not (_divides(ours, later) or _divides(theirs, earlier)):
        return whole
    pairs = sorted(_promising(ours, theirs), key=lambda pair: -pair[0])[:_COMPARED]
    compared = [(compare(one, two), one, two) for _, one, two in pairs]
    if not compared:
        return whole
    best, one, two = max(compared, key=lambda found: found[0].probability)
    sure = _at_odds(best.probability)
    if sure <= whole.probability:
        return whole
    return replace(
        whole,
        probability=sure,
        score=max(whole.score, best.score),
        features={**best.features, "part": sure},
        alignment=tuple(_moved(pair, one.start, two.start) for pair in best.alignment),
        drift=(
            *(_placed(item, one.start, two.start) for item in best.drift),
            *_beyond(whole, two),
        ),
        from_span=_shift(best.from_span, one.start),
        to_span=_shift(best.to_span, two.start),
    )


@lru_cache(maxsize=20_000)
def parts(rendering: Rendering) -> tuple[Rendering, ...]:
    """The telling sentences of a rendering; `start` and `end` are offsets into its text.

    A text of one sentence is its own part.
    """
    return tuple(part for part in _sentences(rendering)[:_MOST] if _telling(part))


def _sentences(rendering: Rendering) -> list[Rendering]:
    spans = _spans(rendering.text, rendering.language)
    english = _in_english(rendering, len(spans))
    return [
        replace(
            rendering,
            text=rendering.text[span.start : span.end],
            english=said,
            start=span.start,
            end=span.end,
        )
        for span, said in zip(spans, english, strict=True)
    ]


_spans = lru_cache(maxsize=20_000)(sentences)


def _one_sentence(rendering: Rendering) -> bool:
    """Whether all of the text is one sentence, and so no part of it can be another's."""
    return _spans(rendering.text, rendering.language) == (Span(0, len(rendering.text)),)


def _divides(found: Sequence[Rendering], rendering: Rendering) -> bool:
    return any(len(part.text) < len(rendering.text) for part in found)


def _in_english(rendering: Rendering, count: int) -> Sequence[str]:
    """The sentences of the stored translation, where there are as many of them."""
    spans = sentences(rendering.english, "en") if rendering.english else ()
    if len(spans) != count:
        return [""] * count
    return [rendering.english[span.start : span.end] for span in spans]


def _telling(part: Rendering) -> bool:
    telling = sum(prepare(part.text, part.language, part.english).weights) >= _TELLING
    return telling and _words(part) >= _WORDS


def _promising(
    ours: Sequence[Rendering], theirs: Sequence[Rendering]
) -> Iterator[tuple[float, Rendering, Rendering]]:
    texts = [(two.text, two.language or "en") for two in theirs]
    for one in ours:
        asked = prepare(one.text, one.language, one.english)
        for two, shares in zip(theirs, glances(asked, texts), strict=True):
            if sum(shares) >= _PROMISING:
                yield sum(shares), one, two


def said_elsewhere(match: Match, later: Rendering, earlier: Rendering) -> Match:
    """`match` without sentences put in that stand `around` the earlier text, or left out that stand
    around the later one: a relay joins what was said in one place and another."""
    kept = tuple(
        item
        for item in match.drift
        if not _stands_in(item.from_text, item.from_span, later, earlier)
        and not _stands_in(item.to_text, item.to_span, earlier, later)
    )
    return match if len(kept) == len(match.drift) else replace(match, drift=kept)


def _stands_in(text: str, span: Span | None, own: Rendering, other: Rendering) -> bool:
    """Whether `span` is a whole sentence of `own`, and one around `other` renders it."""
    if span not in _spans(own.text, own.language):
        return False
    said = replace(own, text=text, english="")
    near = _spans(other.around, other.language)
    return any(
        alike(said, replace(other, text=other.around[one.start : one.end], english="")) >= ANSWERED
        for one in near
    )


def _beyond(whole: Match, shared: Rendering) -> Iterator[Drift]:
    """What follows the shared sentence and takes it back, seen only in the whole text."""
    for item in whole.drift:
        if item.kind == "truncation" and item.to_span and item.to_span.start >= shared.end:
            yield item


def _words(part: Rendering) -> int:
    """Words that are no function words."""
    words = prepare(part.text, part.language, part.english).words
    return sum(not word.stop for word in words)


def _at_odds(probability: float) -> float:
    odds = _ODDS * probability
    return odds / (odds + 1 - probability)


def _moved(pair: Aligned, ours: int, theirs: int) -> Aligned:
    here, there = pair.from_span, pair.to_span
    return Aligned(
        Span(here.start + ours, here.end + ours),
        Span(there.start + theirs, there.end + theirs),
        pair.similarity,
    )


def _placed(item: Drift, ours: int, theirs: int) -> Drift:
    return replace(
        item, from_span=_shift(item.from_span, ours), to_span=_shift(item.to_span, theirs)
    )


def _shift(span: Span | None, by: int) -> Span | None:
    return None if span is None else Span(span.start + by, span.end + by)
