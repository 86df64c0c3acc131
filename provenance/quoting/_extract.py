"""From claims to quotes: speakers resolved, relays attached, each quote with its reasons."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Cue, Document, Evidence, Quote, Relay, Span, Speaker
from provenance.quoting import _clauses, _dialogue, _model, _phrases, _relays, _rules, _tagger
from provenance.quoting._attributions import attributed, leads_up, only_names, with_sure
from provenance.quoting._claims import Claim, nest, with_speaker
from provenance.quoting._confidence import calibrated, measured
from provenance.quoting._credits import credited
from provenance.quoting._headlines import with_headline
from provenance.quoting._outlets import Mentions, mentions, own_names, recalled
from provenance.quoting._page import Page, Sentence, page
from provenance.quoting._speakers import Resolver
from provenance.quoting._tokens import Token, normal, tokens

# Sentences over which a quotation without attribution keeps the speaker before it.
_CARRY = 2
# An article is rarely longer; a longer text is read in pieces, so that memory is bounded.
_PIECE = 200_000


def extract(document: Document, *, model: bool = True) -> tuple[Quote, ...]:
    """Quotes of `document` in text order, each with speaker, relay chain and confidence.

    Offsets are code points into ``document.text``. Quotes may nest but never overlap in
    part. With ``model=False`` only the rules decide, in every language alike. A language
    without data gets what its quotation marks alone show.
    """
    quotes: list[Quote] = []
    for start, end in _pieces(document.text):
        text = document.text[start:end]
        quotes.extend(_shifted(quote, start) for quote in _read(text, document, model))
    return tuple(quotes)


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n", start + _PIECE // 2, start + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
        cut = cut if cut > 0 else start + _PIECE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, len(text))]


def _read(text: str, document: Document, model: bool) -> list[Quote]:
    laid = page(text, document.language)
    outlets = recalled(laid, credited(laid, mentions(text, document.language)))
    claims = [_addressed(laid, claim, outlets) for claim in _claims(laid, model)]
    claims = [
        claim
        for place, claim in enumerate(claims)
        if not leads_up(claims, place) and not only_names(laid, claim, outlets)
    ]
    found = _relays.sources(laid, outlets)
    claims = _merge_relaying(claims, outlets)
    claims = _inherit(laid, claims)
    own = own_names(document.outlet, document.url)
    reading = _Reading(laid, Resolver(laid, outlets), found, own)
    quotes = [_quote(reading, claim) for claim in claims]
    return _interviewed(_carry_relays(quotes))


# Characters over which a speaker's next quote keeps the relays of the one before.
_KEPT = 500


def _carry_relays(quotes: list[Quote]) -> list[Quote]:
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
            kept = [relay for relay in before.chain if relay.relation in _LASTING]
            chain = tuple(_relays.order([*kept, *quote.chain]))
            last[name] = replace(quote, chain=chain)
        else:
            last[name] = quote
        carried.append(last[name])
    return carried


def _role_only(speaker: Speaker) -> bool:
    """Whether a person is told by office alone, "the head of the ministry", so that he may be
    whoever spoke right before."""
    words = speaker.name.split()
    named = any(not (word.islower() or word.isupper()) for word in words)
    return speaker.kind == "person" and words[0].islower() and len(words) > 1 and not named


_DOCUMENT = frozenset({"dateline", "sign-off"})
_LASTING = frozenset({"citing", "reported", "quoted by", "interview", "told"})
_SPOKEN_TO = frozenset({"interview", "told"})


def _interviewed(quotes: list[Quote]) -> list[Quote]:
    """What somebody says right before the text tells whom it was said to was said there too:
    «…, — сказал X. По его словам, …», рассказал он ТВ8."""
    told: list[Quote] = []
    after: dict[str, Quote] = {}
    for one in reversed(quotes):
        quote, name = one, one.speaker.name if one.speaker is not None else ""
        following = after.get(name)
        own = any(relay.relation not in _DOCUMENT for relay in quote.chain)
        if name and following is not None and not own and following.start - quote.end <= _KEPT:
            kept = [relay for relay in following.chain if relay.relation in _SPOKEN_TO]
            quote = replace(quote, chain=tuple(_relays.order([*kept, *quote.chain])))
        if name:
            after[name] = quote
        told.append(quote)
    return told[::-1]


def _claims(laid: Page, model: bool) -> list[Claim]:
    ruled = _rules.claims(laid)
    trained = _tagger.tagger(laid.language) if model else None
    if laid.lexicon.inside_marks:
        ruled = [_dialogue.cut_inside(laid, claim) for claim in ruled]
    if trained is None:
        found = ruled
    else:
        tagged = attributed(laid, ruled, _model.claims(laid, ruled, trained))
        found = _with_nested(ruled, with_sure(ruled, tagged))
    found = with_headline(laid, found)
    return _rules.exact_words(laid, found) if laid.lexicon.exact_words else found


def _addressed(laid: Page, claim: Claim, outlets: Mentions) -> Claim:
    """`claim` with an outlet that only passes words on told apart from who spoke them:
    "сказал The Telegraph чиновник", "Interfax quoted Dupont as saying"."""
    claim = _whole_outlet(claim, outlets)
    speaker, cue = claim.speaker, claim.cue
    named = outlets.within(speaker.start, speaker.end) if speaker is not None else []
    if speaker is None or cue is None or not named:
        return claim
    carrying = _labelled(laid, cue, "relays.carry")
    if speaker.start < cue.end:
        other = _named_after(laid, cue.end, outlets) if carrying else None
        return claim if other is None else replace(claim, speaker=other)
    if carrying and named[-1].start > speaker.start:
        return _less_carrier(laid, claim, speaker, named[-1].start)
    if named[0].start > speaker.start + 1:
        return claim
    other = _named_after(laid, named[0].end, outlets, roled=not carrying)
    if other is None:
        return claim
    return replace(claim, speaker=other, told=Span(named[0].start, named[0].end))


def _less_carrier(laid: Page, claim: Claim, speaker: Span, outlet: int) -> Claim:
    """`claim` with a speaker who is named or has a role cut before the outlet at `outlet`:
    "цитирует главу полиции TV8"."""
    rest = tokens(laid.text[speaker.start : outlet].rstrip(' «"“„'), laid.language)
    known = any(token.capital for token in rest) or _subject_like(laid, rest)
    if not known or any("relays.paper" in laid.lexicon.labels(token.normal) for token in rest):
        return claim
    return replace(claim, speaker=Span(speaker.start, speaker.start + rest[-1].end))


def _whole_outlet(claim: Claim, outlets: Mentions) -> Claim:
    """`claim` with a speaker that begins within an outlet's name taken whole: "El País"."""
    speaker = claim.speaker
    if speaker is None:
        return claim
    begun = outlets.within(speaker.start - _OUTLET, speaker.start)
    if not begun or not begun[-1].start < speaker.start < begun[-1].end:
        return claim
    return replace(claim, speaker=Span(begun[-1].start, max(speaker.end, begun[-1].end)))


# Characters of an outlet's name before the part that a phrase may have begun with.
_OUTLET = 40


def _labelled(laid: Page, span: Span, label: str) -> bool:
    """Whether some word of the text at `span` carries `label`."""
    words = tokens(laid.text[span.start : span.end], laid.language)
    return any(label in laid.lexicon.labels(token.normal) for token in words)


def _named_after(laid: Page, offset: int, outlets: Mentions, *, roled: bool = False) -> Span | None:
    """The phrase right after `offset` in its sentence, when it names somebody: with `roled`
    by a role, else by role or name."""
    sentence = laid.sentences[_sentence_at(laid, offset)]
    sentence = replace(sentence, quoted=[-1] * len(sentence.tokens))
    place = bisect_left(sentence.tokens, offset, key=lambda token: token.start)
    phrase = _phrases.after(sentence, laid.lexicon, place) if place < len(sentence.tokens) else None
    if phrase is None:
        return None
    words = sentence.tokens[phrase[0] : phrase[1]]
    if any(not token.word for token in sentence.tokens[place : phrase[0]]):
        return None
    named = any(token.capital for token in words) and not roled
    span = Span(words[0].start, words[-1].end)
    known = named or _subject_like(laid, words)
    return span if known and not outlets.within(span.start, span.end) else None


def _sentence_at(laid: Page, offset: int) -> int:
    return max(0, bisect_right(laid.sentences, offset, key=lambda one: one.start) - 1)


def _subject_like(laid: Page, words: list[Token]) -> bool:
    """Whether a phrase names a source by its role: what follows an addressee as a subject."""
    wanted = {"speakers.roles", "speakers.anonymous"}
    return any(laid.lexicon.labels(token.normal) & wanted for token in words)


def _with_nested(ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, and what the rules find quoted inside them: the tagger sees
    only the outermost."""
    nested = [claim for claim in ruled if claim.rule == "nested quote"]
    if not nested:
        return tagged
    sure = {(claim.start, claim.end): claim.confidence for claim in nested}
    kept = nest([*tagged, *(replace(claim, confidence=0.0) for claim in nested)])
    return [
        replace(claim, confidence=sure[claim.start, claim.end])
        if claim.rule == "nested quote" and not claim.confidence
        else claim
        for claim in kept
        if claim.confidence or any(claim.inside(outer) for outer in tagged)
    ]


def _merge_relaying(claims: list[Claim], outlets: Mentions) -> list[Claim]:
    """An outlet that only passes on what someone else says is a relay, not a speaker."""
    by_sentence: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_sentence[claim.sentence].append(claim)
    kept = []
    for claim in claims:
        others = [one for one in by_sentence[claim.sentence] if one is not claim]
        outlet = claim.speaker is not None and outlets.within(
            claim.speaker.start, claim.speaker.end
        )
        passed_on = outlet and any(
            one.speaker is not None
            and one.inside(claim)
            and not outlets.within(one.speaker.start, one.speaker.end)
            for one in others
        )
        if not passed_on:
            kept.append(claim)
    return kept


def _inherit(laid: Page, claims: list[Claim]) -> list[Claim]:
    """A quotation without attribution of its own goes on from its neighbour's speaker."""
    done: list[Claim] = []
    for place, claim in enumerate(claims):
        if claim.speaker is not None or claim.rule == "dialogue":
            done.append(claim)  # in dialogue the next turn is another's
            continue
        before = next((one for one in reversed(done) if not claim.inside(one)), None)
        after = claims[place + 1] if place + 1 < len(claims) else None
        done.append(_from_neighbour(laid, claim, before, after))
    return done


def _from_neighbour(laid: Page, claim: Claim, before: Claim | None, after: Claim | None) -> Claim:
    here = laid.sentences[claim.sentence]
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
    if after is not None and after.speaker is not None:
        there = laid.sentences[after.sentence]
        if after.sentence - claim.sentence <= 1 and there.block == here.block:
            return with_speaker(claim, after.speaker, "the quote after")
    return claim


def _goes_on(sentence: Sentence, claim: Claim) -> bool:
    """Whether a quotation is left open at its paragraph's end: the next paragraph opens with
    the mark again, and whoever is named there said both."""
    return any(not one.closed and one.start == claim.start for one in sentence.passages)


class _Reading(NamedTuple):
    """What every quote of a page is made with; `own` are the names of its own outlet."""

    page: Page
    resolver: Resolver
    sources: _relays.Sources
    own: frozenset[str]


def _quote(reading: _Reading, claim: Claim) -> Quote:
    laid = reading.page
    said_by = _speaker(laid, claim, reading.resolver)
    if claim.type == "indirect" and _first_person(laid, claim):
        said_by = _own(laid, claim, reading.own)
    elif said_by is None and claim.cue is not None and laid.lexicon.drops_subject:
        said_by = reading.resolver.dropped(min(claim.start, claim.cue.start))
    speaker, chain = _chain(reading, claim, said_by)
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


def _first_person(laid: Page, claim: Claim) -> bool:
    """Whether the subject is "I" or "we", outside any quotation: whoever wrote the text."""
    speaker = claim.speaker
    if speaker is None or not laid.lexicon.adjectives:
        return False
    word = normal(laid.text[speaker.start : speaker.end])
    return "pronouns.i" in laid.lexicon.labels(word)


def _own(laid: Page, claim: Claim, own: frozenset[str]) -> Speaker | None:
    """The text's own outlet as speaker, where it is known: "Ранее мы сообщали"."""
    names = sorted(name for name in own if name and "." not in name)
    if claim.speaker is None or not names:
        return None
    start, end = claim.speaker.start, claim.speaker.end
    return Speaker(start, end, laid.text[start:end], names[0], "outlet")


def _confidence(laid: Page, claim: Claim) -> float:
    """How likely these words are a quote: as measured, but a bare noun phrase seldom is."""
    sure = calibrated(claim, laid.language)
    if not measured():
        return sure  # while the tagger's own odds are measured, nothing may bend them
    if sure > _clauses.MOST_FOR_A_PHRASE and _clauses.is_phrase(laid, claim):
        return _clauses.MOST_FOR_A_PHRASE
    return sure


def _speaker(laid: Page, claim: Claim, resolver: Resolver) -> Speaker | None:
    """The claim's speaker; "who" takes the name of what it relates to."""
    if claim.speaker is None:
        return None
    span = _trimmed(laid, claim.speaker)
    if claim.rule == "nested quote" and laid.lexicon.labels(
        normal(laid.text[span.start : span.end])
    ) & {"pronouns.he", "pronouns.she"}:
        # Inside a quotation a pronoun is whom the speaker means, whom the text rarely says.
        text = laid.text[span.start : span.end]
        return Speaker(span.start, span.end, text, text, "person")
    antecedent = _antecedent(laid, claim.sentence, span)
    if antecedent is None:
        unnamed = _unnamed(laid, claim)
        return resolver.speaker(span, reporting=_reporting(laid, claim), unnamed=unnamed)
    meant = resolver.speaker(antecedent)
    return replace(meant, start=span.start, end=span.end, text=laid.text[span.start : span.end])


def _trimmed(laid: Page, span: Span) -> Span:
    """A speaker's phrase without what begins the next clause or led up to this one:
    "some allies, who", "among diplomats", "the minister said"."""
    words = tokens(laid.text[span.start : span.end], laid.language)
    first, last = 0, len(words)
    while last - first > 1 and (
        _loose(laid, words[last - 1], _TRAILING) or _full_stop(words[last - 2], words[last - 1])
    ):
        last -= 1
    while last - first > 1 and _loose(laid, words[first], _LEADING):
        first += 1
    last = _before_recipient(laid, words, first, last)
    if (first, last) == (0, len(words)):
        return span
    return Span(span.start + words[first].start, span.start + words[last - 1].end)


def _full_stop(before: Token, token: Token) -> bool:
    """Whether a stop ends a sentence after an acronym, as in "NATO.", unlike "U.S."."""
    return token.text == "." and len(before.text) > 2 and before.text.isupper()


def _before_recipient(laid: Page, words: list[Token], first: int, last: int) -> int:
    """Where a name ends and the paper it was told to begins: "Anna Dupont der Agentur"."""
    for place in range(first + 1, last):
        if "relays.paper" not in laid.lexicon.labels(words[place].normal):
            continue
        edge = place
        while edge > first + 1 and not words[edge - 1].capital:
            edge -= 1
        labels = laid.lexicon.labels(words[edge - 1].normal)
        named = words[edge - 1].capital and "speakers.roles" not in labels
        return edge if named and place - edge <= _RECIPIENT else last
    return last


# Words between a name and the noun for who was told: "à l'", "der deutschen".
_RECIPIENT = 3


def _loose(laid: Page, token: Token, wanted: frozenset[str]) -> bool:
    """Whether a word at a phrase's edge is a mark or carries one of the labels `wanted`."""
    if not token.word:
        return token.text in ",;:—–-،、"
    labels = laid.lexicon.labels(token.normal)
    named = token.capital and "pronouns.who" not in labels
    return bool(labels & wanted) and not named and not labels & _NOMINAL


_TRAILING = frozenset({"pronouns.who", "verbs.say", "speakers.inside", "clause.break"})
_LEADING = frozenset({"speakers.inside", "frames.before"})
_NOMINAL = frozenset(
    {"speakers.roles", "speakers.determiners", "speakers.groups", "speakers.documents",
     "speakers.anonymous", "pronouns.he", "pronouns.she", "pronouns.they"}
)  # fmt: skip


def _unnamed(laid: Page, claim: Claim) -> bool:
    """Whether the attribution says that the speaker would not be named."""
    sentence = laid.sentences[claim.sentence]
    if claim.cue is None:
        return False
    return any(
        "speakers.unnamed" in one.labels
        and sentence.quoted[one.first] < 0
        and not _spoken(claim, sentence.tokens[one.first].start)
        for one in sentence.found
    )


def _spoken(claim: Claim, offset: int) -> bool:
    return any(span.start <= offset < span.end for span in claim.spans)


def _reporting(laid: Page, claim: Claim) -> bool:
    """Whether the cue is a verb that outlets are the subject of."""
    if claim.cue is None:
        return False
    word = normal(laid.text[claim.cue.start : claim.cue.end])
    return "relays.report" in laid.lexicon.labels(word)


def _antecedent(laid: Page, index: int, span: Span) -> Span | None:
    """The phrase before a relative pronoun."""
    if "pronouns.who" not in laid.lexicon.labels(normal(laid.text[span.start : span.end])):
        return None
    sentence = laid.sentences[index]
    place = bisect_left(sentence.tokens, span.start, key=lambda token: token.start) - 1
    if not 0 <= place < len(sentence.tokens) - 1:
        return None
    place -= sentence.tokens[place].text == ","
    phrase = _phrases.before(sentence, laid.lexicon, place) if place >= 0 else None
    if phrase is None:
        return None
    return Span(sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1] - 1].end)


def _cue(laid: Page, span: Span) -> Cue:
    return Cue(span.start, span.end, laid.text[span.start : span.end])


def _chain(
    reading: _Reading, claim: Claim, speaker: Speaker | None
) -> tuple[Speaker | None, tuple[Relay, ...]]:
    """The relays outward from the speaker; an outlet that cites another source steps back."""
    laid, resolver, found, own = reading
    beside = _beside(laid, claim, found)
    relays = [one for one in beside if not _within(one, claim)]
    if speaker is None and claim.type == "indirect":
        speaker = _reporter(beside)
    if claim.speaker is not None and speaker is not None and speaker.kind == "person":
        relays = _relays.order([*relays, *_carriers(laid, claim, resolver)])
    if claim.told is not None:
        carrying = claim.cue is not None and _labelled(laid, claim.cue, "relays.carry")
        relays = _told(claim.told, "reported" if carrying else "told", resolver, relays)
    if speaker is not None and speaker.kind == "outlet":
        cited = found.cited.get(claim.sentence)
        if cited is not None and not _spoken(claim, cited.start):
            speaker = resolver.speaker(cited)
        else:
            nearest = next((one for one in relays if one.relation == "citing"), None)
            if nearest is not None and nearest.start is not None and nearest.end is not None:
                speaker = Speaker(
                    nearest.start, nearest.end, nearest.as_written, nearest.name, "outlet"
                )
        speaker, relays = _nearer(claim, speaker, relays)
    if speaker is not None and speaker.kind == "outlet" and claim.type == "direct":
        speaker, relays = _carried(speaker, relays, resolver, min(claim.start, speaker.start))
    own |= {speaker.name if speaker is not None else ""}
    chain = _relays.order([*relays, *found.document])
    return speaker, tuple(one for one in chain if one.name not in own)


def _nearer(claim: Claim, speaker: Speaker, relays: list[Relay]) -> tuple[Speaker, list[Relay]]:
    """The outlet that leads up to the words, for one that only follows them: "El Norte пишет
    о плане «…», сообщает ТГК «Тихий голос»"."""
    first = next((one for one in relays if one.relation == "reported"), None)
    if first is None or first.start is None or first.end is None or first.name == speaker.name:
        return speaker, relays
    if not first.start < claim.start or speaker.start < claim.end:
        return speaker, relays
    outer = Relay(speaker.name, "outlet", speaker.text, "reported", speaker.start, speaker.end)
    rest = [one for one in relays if one.name not in {first.name, speaker.name}]
    return Speaker(first.start, first.end, first.as_written, first.name, "outlet"), [*rest, outer]


def _reporter(relays: list[Relay]) -> Speaker | None:
    """The outlet that reports what nobody else in the sentence is said to say."""
    one = next((relay for relay in relays if relay.relation == "reported"), None)
    if one is None or one.start is None or one.end is None:
        return None
    return Speaker(one.start, one.end, one.as_written, one.name, "outlet")


def _beside(laid: Page, claim: Claim, found: _relays.Sources) -> list[Relay]:
    """The relays of the sentence the words begin in and of the one their cue stands in."""
    relays = found.by_sentence.get(claim.sentence, [])
    if claim.cue is None:
        return relays
    cued = _sentence_at(laid, claim.cue.start)
    if cued <= claim.sentence:
        return relays
    return _relays.order([*relays, *found.by_sentence.get(cued, [])])


def _carriers(laid: Page, claim: Claim, resolver: Resolver) -> list[Relay]:
    """The outlet beside the speaker, subject of a verb of relaying: "cites X of Y"."""
    if claim.speaker is None or not _reporting(laid, claim):
        return []
    named = resolver.carriers(claim.speaker)
    return [
        Relay(one.name, "outlet", one.text, "reported", one.start, one.end)
        for one in named
        if one.start == claim.speaker.start or one.end == claim.speaker.end
    ]


def _told(place: Span, relation: str, resolver: Resolver, relays: list[Relay]) -> list[Relay]:
    """`relays` with the outlet at `place`, which the speaker told or which reports."""
    outlet = resolver.speaker(place)
    told = Relay(outlet.name, "outlet", outlet.text, relation, place.start, place.end)
    return _relays.order([told, *(one for one in relays if one.name != told.name)])


def _carried(
    outlet: Speaker, relays: list[Relay], resolver: Resolver, start: int
) -> tuple[Speaker, list[Relay]]:
    """An outlet seldom speaks in quotation marks: it carries the words of whoever spoke
    right before, when somebody did."""
    person = resolver.recent(start)
    if person is None:
        return outlet, relays
    carrier = Relay(outlet.name, "outlet", outlet.text, "reported", outlet.start, outlet.end)
    return person, [one for one in relays if one.name != carrier.name] + [carrier]


def _within(relay: Relay, claim: Claim) -> bool:
    return relay.start is not None and any(
        span.start <= relay.start < span.end for span in claim.spans
    )


def _shifted(quote: Quote, offset: int) -> Quote:
    """`quote` moved from a piece's offsets to the document's."""
    if not offset:
        return quote

    def move(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    speaker, cue = quote.speaker, quote.cue
    return replace(
        quote,
        start=quote.start + offset,
        end=quote.end + offset,
        spans=tuple(move(span) for span in quote.spans),
        speaker=speaker
        and replace(speaker, start=speaker.start + offset, end=speaker.end + offset),
        cue=cue and replace(cue, start=cue.start + offset, end=cue.end + offset),
        chain=tuple(_moved(relay, offset) for relay in quote.chain),
        evidence=tuple(_moved_evidence(one, offset) for one in quote.evidence),
    )


def _moved(relay: Relay, offset: int) -> Relay:
    if relay.start is None or relay.end is None:
        return relay
    return replace(relay, start=relay.start + offset, end=relay.end + offset)


def _moved_evidence(evidence: Evidence, offset: int) -> Evidence:
    if evidence.start is None or evidence.end is None:
        return evidence
    return replace(evidence, start=evidence.start + offset, end=evidence.end + offset)
