"""What a quote takes from those beside it: a speaker it does not name, a relay told once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from provenance.model import Quote, Span, Speaker
from provenance.quoting._claims import Claim, with_speaker
from provenance.quoting._lexicon import Found, lexicon
from provenance.quoting._ordering import order
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import all_quoted
from provenance.quoting._rulebook import span_of
from provenance.quoting._subjects import brought_in, topic
from provenance.quoting._tokens import tokens

# Sentences over which a quotation without attribution keeps the speaker before it.
_CARRY = 2


def inherited(laid: Page, claims: list[Claim]) -> list[Claim]:
    """A quotation without attribution of its own goes on from its neighbour's speaker."""
    done: list[Claim] = []
    claims = [_less_object(laid, claim) for claim in claims]
    for place, claim in enumerate(claims):
        if claim.speaker is not None or (claim.rule == "dialogue" and claim.cue is None):
            done.append(claim)  # in dialogue the next turn is another's
            continue
        before = next((one for one in reversed(done) if not claim.inside(one)), None)
        after = claims[place + 1] if place + 1 < len(claims) else None
        done.append(_from_neighbour(laid, claim, before, after))
    return done


def _less_object(laid: Page, claim: Claim) -> Claim:
    """`claim` by whom a sentence is about, where what was found in it is an object by its article:
    "Die Bürgermeisterin lobte den Plan."; by nobody where it is about nobody."""
    if claim.speaker is None or not laid.lexicon.nouns_capitalised:
        return claim
    place = bisect_right(laid.sentences, claim.speaker.start, key=lambda one: one.start) - 1
    sentence = laid.sentences[max(0, place)]
    first = bisect_left(sentence.tokens, claim.speaker.start, key=lambda token: token.start)
    article = sentence.tokens[first - 1].normal if first > 0 else ""
    framed = any(one.last in {first - 1, first} for one in sentence.found if _frames(one))
    if "speakers.accusative" not in laid.lexicon.labels(article) or framed:
        return claim
    about = topic(sentence, laid.lexicon)
    return replace(claim, speaker=span_of(sentence, about))


def _frames(found: Found) -> bool:
    return bool(found.labels & {"frames.before", "frames.noun", "relays.by"})


def _from_neighbour(laid: Page, claim: Claim, before: Claim | None, after: Claim | None) -> Claim:
    here = laid.sentences[claim.sentence]
    unsaid = laid.lexicon.drops_subject and claim.cue is not None
    meant = _topic_before(laid, claim, before) if unsaid else None
    if meant is not None:
        return with_speaker(claim, meant, "the sentence before")
    goes_on = _goes_on(here, claim)
    if (
        goes_on
        and after is not None
        and after.speaker is not None
        and (after.sentence - claim.sentence <= 1)
    ):
        return with_speaker(claim, after.speaker, "the paragraph after")
    if before is not None and before.speaker is not None:
        gap = claim.sentence - before.sentence
        same = laid.sentences[before.sentence].block >= here.block - 1
        if gap <= _CARRY and same:
            return with_speaker(claim, before.speaker, "the quote before")
    if after is not None and after.speaker is not None and not unsaid:
        there = laid.sentences[after.sentence]
        if after.sentence - claim.sentence <= 1 and there.block == here.block:
            return with_speaker(claim, after.speaker, "the quote after")
    alone = _alone(laid, claim, before)
    return with_speaker(claim, alone, "the sentence before") if alone is not None else claim


def _alone(laid: Page, claim: Claim, before: Claim | None) -> Span | None:
    """Whom the paragraph before is about, for a quotation that is all of its own paragraph and
    has nobody beside it: "Jane Roe came to the site on Monday. / “We will rebuild.”"."""
    here = laid.sentences[claim.sentence]
    if claim.type != "direct" or claim.cue is not None or not here.opens_block or not here.index:
        return None
    told = laid.sentences[here.index - 1]
    said = before is not None and before.sentence >= told.index
    if said or not all_quoted(here) or told.passages or told.block < here.block - 1:
        return None
    phrase = topic(told, laid.lexicon)
    named = phrase is not None and sum(one.capital for one in told.tokens[slice(*phrase)]) > 1
    return span_of(told, phrase) if named else None


def _topic_before(laid: Page, claim: Claim, before: Claim | None) -> Span | None:
    """Whom the sentences since the quote before are about, for a verb without a subject."""
    said = before.sentence if before is not None else -1
    own = topic(laid.sentences[claim.sentence], laid.lexicon) if said < claim.sentence else None
    if own is not None and laid.sentences[claim.sentence].tokens[own[1] - 1].end <= claim.start:
        return span_of(laid.sentences[claim.sentence], own)  # "El alcalde lo negó: «…», dijo"
    for index in range(claim.sentence - 1, max(said, claim.sentence - 1 - _CARRY), -1):
        phrase = topic(laid.sentences[index], laid.lexicon)
        phrase = phrase or brought_in(laid.sentences[index], laid.lexicon)
        if phrase is not None:
            return span_of(laid.sentences[index], phrase)
    return None


def _goes_on(sentence: Sentence, claim: Claim) -> bool:
    """Whether a quotation is left open at its paragraph's end: the next paragraph opens with
    the mark again, and whoever is named there said both."""
    return any(not one.closed and one.start == claim.start for one in sentence.passages)


def told_once(quotes: list[Quote]) -> list[Quote]:
    """`quotes` without a sentence that "he told this on Telegram" points back at, where it says
    itself what the same speaker said."""
    kept = []
    for place, one in enumerate(quotes):
        inner = quotes[place + 1] if place + 1 < len(quotes) else None
        again = (
            inner is not None
            and inner.end <= one.end
            and any(reason.says == "about this" for reason in one.evidence)
            and one.speaker is not None
            and inner.speaker is not None
            and one.speaker.name == inner.speaker.name
        )
        if not again:
            kept.append(one)
    return kept


# Characters over which a speaker's next quote keeps the relays of the one before.
_KEPT = 500


def relays_kept(quotes: list[Quote]) -> list[Quote]:
    """A quote that goes on from another of the same speaker came the same way, unless the
    text names a relay for it: "…," Reuters cites X. "…," he added."""
    carried: list[Quote] = []
    last: dict[str, Quote] = {}
    latest = ""
    for quote in quotes:
        name = quote.speaker.name if quote.speaker is not None else ""
        if quote.speaker is not None and _role_only(quote.speaker):
            name = latest or name
        latest = name
        before = last.get(name)
        own = any(relay.relation not in _DOCUMENT for relay in quote.chain)
        if name and before is not None and not own and quote.start - before.end <= _KEPT:
            lasting = _LASTING - _SPOKEN_TO if _told_anew(quote) else _LASTING
            kept = [relay for relay in before.chain if relay.relation in lasting]
            chain = tuple(order([*kept, *quote.chain]))
            last[name] = replace(quote, chain=chain)
        else:
            last[name] = quote
        carried.append(last[name])
    return carried


def _told_anew(quote: Quote) -> bool:
    """Whether a quote was told to somebody no table lists: not to the outlet of the one before."""
    said = tokens(quote.cue.text, quote.language) if quote.cue is not None else []
    words = lexicon(quote.language)
    return any("relays.interview" in words.labels(token.normal) for token in said)


def _role_only(speaker: Speaker) -> bool:
    """Whether a person is told by office alone, "the head of the ministry", so that he may be
    whoever spoke right before."""
    words = speaker.name.split()
    named = any(not (word.islower() or word.isupper()) for word in words)
    return speaker.kind == "person" and words[0].islower() and len(words) > 1 and not named


_DOCUMENT = frozenset({"dateline", "sign-off", "forwarded"})
_LASTING = frozenset({"citing", "reported", "quoted by", "interview", "told"})
_SPOKEN_TO = frozenset({"interview", "told"})


def told_before(laid: Page, quotes: list[Quote]) -> list[Quote]:
    """What somebody says in a paragraph right before the text tells whom it was said to was said
    there too: «…, — сказал X. По его словам, …», рассказал он ТВ8."""
    told: list[Quote] = []
    after: dict[str, Quote] = {}
    for one in reversed(quotes):
        quote, name = one, one.speaker.name if one.speaker is not None else ""
        following = after.get(name)
        own = any(relay.relation not in _DOCUMENT for relay in quote.chain)
        near = following is not None and _one_paragraph(laid, quote.end, following.start)
        if name and following is not None and near and not own:
            kept = [relay for relay in following.chain if relay.relation in _SPOKEN_TO]
            quote = replace(quote, chain=tuple(order([*kept, *quote.chain])))
        if name:
            after[name] = quote
        told.append(quote)
    return told[::-1]


def _one_paragraph(laid: Page, end: int, start: int) -> bool:
    """Whether no line ends between two offsets of a page."""
    return "\n" not in laid.text[end:start]
