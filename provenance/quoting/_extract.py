"""From claims to quotes: speakers resolved, relays attached, each quote with its reasons."""

from __future__ import annotations

from dataclasses import replace

from provenance.model import Cue, Document, Quote, Span
from provenance.quoting import _clauses, _dialogue, _model, _relays, _rules, _tagger
from provenance.quoting._addressees import (
    addressed,
    before_report,
    carried,
    labelled,
    without_carriers,
)
from provenance.quoting._asides import (
    behind_dateline,
    behind_saying,
    behind_title,
    up_to_comma,
    without_asides,
)
from provenance.quoting._attributions import attributed, is_asked, leads_up, only_names, with_sure
from provenance.quoting._called import called
from provenance.quoting._chains import Reading, through
from provenance.quoting._claims import Claim, nest
from provenance.quoting._confidence import calibrated, measured, told
from provenance.quoting._credits import credited
from provenance.quoting._governing import forwarded
from provenance.quoting._headlines import with_headline
from provenance.quoting._interviews import answered
from provenance.quoting._neighbours import inherited, relays_kept, told_before, told_once
from provenance.quoting._outlets import Mentions, mentions, own_names, recalled
from provenance.quoting._page import Page, page
from provenance.quoting._pieces import pieces, shifted
from provenance.quoting._said_by import first_person, own_outlet, said_by
from provenance.quoting._speakers import Resolver
from provenance.quoting._transcripts import behind_label
from provenance.quoting._turns import questions, within


def extract(document: Document, *, model: bool = True) -> tuple[Quote, ...]:
    """Quotes of `document` in text order, each with speaker, relay chain and confidence.

    Offsets are code points into ``document.text``. Quotes may nest but never overlap in
    part. With ``model=False`` only the rules decide, in every language alike. A language
    without data gets what its quotation marks alone show.
    """
    quotes: list[Quote] = []
    for start, end in pieces(document.text):
        text = document.text[start:end]
        quotes.extend(shifted(quote, start) for quote in _read(text, document, model))
    return tuple(quotes)


def _read(text: str, document: Document, model: bool) -> list[Quote]:
    laid = page(text, document.language)
    asked = questions(text)
    named = recalled(laid, credited(laid, mentions(text, document.language)))
    outlets = named.beyond(asked)
    found = [one for one in _claims(laid, model, outlets) if not within(asked, one.start)]
    said = without_asides(laid, [_clauses.resumed(laid, claim) for claim in found])
    whole = (behind_title(laid, behind_dateline(laid, up_to_comma(laid, one))) for one in said)
    claims = [behind_saying(laid, addressed(laid, claim, outlets)) for claim in whole]
    claims = [before_report(laid, claim, outlets) for claim in claims]
    claims = [
        claim
        for place, claim in enumerate(claims)
        if not leads_up(claims, place) and not only_names(laid, claim, outlets)
    ]
    sources = _relays.sources(laid, outlets, forwarded(document))
    claims = without_carriers(claims, outlets)
    claims = inherited(laid, answered(laid, claims, outlets))
    claims = [replace(one, speaker=None) if is_asked(laid, one) else one for one in claims]
    own = own_names(document.outlet, document.url)
    reading = Reading(laid, Resolver(laid, outlets), sources, own)
    quotes = [_quote(reading, claim) for claim in claims]
    return told_before(laid, relays_kept(told_once(quotes)))


def _claims(laid: Page, model: bool, outlets: Mentions) -> list[Claim]:
    ruled = _rules.claims(laid)
    trained = _tagger.tagger(laid.language) if model else None
    if laid.lexicon.inside_marks:
        ruled = [_dialogue.cut_inside(laid, claim) for claim in ruled]
    if trained is None:
        found = ruled
    else:
        tagged = attributed(laid, ruled, _model.claims(laid, ruled, trained))
        tagged = [
            behind_label(laid, carried(claim, ruled, outlets))
            for claim in tagged
            if told(laid, claim)
        ]
        sure = [carried(claim, ruled, outlets) for claim in with_sure(laid, ruled, tagged)]
        found = _with_nested(_nesting(laid, ruled, sure, outlets), sure)
    found = with_headline(laid, found, outlets)
    if laid.lexicon.exact_words:
        found = _rules.exact_words(laid, called(laid, found))
    return found


def _nesting(laid: Page, ruled: list[Claim], tagged: list[Claim], outlets: Mentions) -> list[Claim]:
    """What the rules find said by somebody inside what the tagger, which sees only the outermost,
    lays to another: quotations in quotations, and in what an outlet reports: "TASS reported that
    Berg had said …"."""
    reports = [
        claim
        for claim in tagged
        if claim.speaker is not None and outlets.within(claim.speaker.start, claim.speaker.end)
    ]
    return [
        claim
        for claim in ruled
        if claim.rule == "nested quote"
        or (any(_told_in(claim, outer) for outer in reports) and not _clauses.begun(laid, claim))
    ]


def _told_in(claim: Claim, outer: Claim) -> bool:
    """Whether who says a claim is named inside `outer`, a clause around it."""
    if claim.speaker is None or not claim.inside(outer) or claim.start == outer.start:
        return False
    return outer.start <= claim.speaker.start


def _with_nested(nested: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, and those `nested` in them."""
    if not nested:
        return tagged
    sure = {(claim.start, claim.end): claim for claim in nested}
    kept = nest([*tagged, *(replace(claim, confidence=0.0) for claim in nested)])
    return [
        claim if claim.confidence else sure[claim.start, claim.end]
        for claim in kept
        if claim.confidence or any(claim.inside(outer) for outer in tagged)
    ]


def _quote(reading: Reading, claim: Claim) -> Quote:
    laid = reading.page
    said = said_by(laid, claim, reading.resolver)
    if claim.type == "indirect" and first_person(laid, claim):
        said = own_outlet(laid, claim, reading.own)
    elif said is None and claim.rule == "transcript":
        said = reading.resolver.interviewed(claim.start)
    elif said is None and claim.rule == "quote alone":
        said = reading.resolver.titled()
    elif said is None and claim.cue is not None and laid.lexicon.drops_subject:
        said = reading.resolver.dropped(min(claim.start, claim.cue.start))
    speaker, chain = through(reading, claim, said)
    spans = claim.spans if len(claim.spans) > 1 else ()
    cue = _cue(laid, claim.cue) if claim.cue is not None else None
    return Quote(
        claim.start,
        claim.end,
        laid.text[claim.start : claim.end],
        claim.type,
        speaker,
        cue,
        chain,
        round(_confidence(laid, claim), 3),
        spans,
        laid.language,
        claim.evidence,
    )


def _confidence(laid: Page, claim: Claim) -> float:
    """How likely these words are a quote: as measured, but a bare noun phrase seldom is, and
    a sentence up to who says it mostly."""
    sure = calibrated(claim, laid.language)
    if not measured():
        return sure  # while the tagger's own odds are measured, nothing may bend them
    if _clauses.is_sentence(laid, claim):
        return max(sure, _clauses.LEAST_FOR_A_SENTENCE)
    if sure > _clauses.MOST_FOR_A_PHRASE and _names_only(laid, claim):
        return _clauses.MOST_FOR_A_PHRASE
    return sure


def _names_only(laid: Page, claim: Claim) -> bool:
    """Whether a claim is a noun phrase, not what follows a verb that only a clause follows."""
    behind = claim.cue is not None and not laid.text[claim.cue.end : claim.start].strip()
    clausal = behind and claim.cue is not None and labelled(laid, claim.cue, "verbs.clausal")
    return not clausal and _clauses.is_phrase(laid, claim)


def _cue(laid: Page, span: Span) -> Cue:
    return Cue(span.start, span.end, laid.text[span.start : span.end])
