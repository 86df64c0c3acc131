"""The relay chain of a claim, from its speaker outward."""

from __future__ import annotations

from typing import NamedTuple

from provenance.model import Relay, Span, Speaker
from provenance.quoting import _relays
from provenance.quoting._addressees import labelled, sentence_at
from provenance.quoting._claims import Claim
from provenance.quoting._ordering import order
from provenance.quoting._page import Page
from provenance.quoting._said_by import reporting, spoken
from provenance.quoting._speakers import Resolver


class Reading(NamedTuple):
    """What every quote of a page is made with; `own` are the names of its own outlet."""

    page: Page
    resolver: Resolver
    sources: _relays.Sources
    own: frozenset[str]


def through(
    reading: Reading, claim: Claim, speaker: Speaker | None
) -> tuple[Speaker | None, tuple[Relay, ...]]:
    """The relays outward from the speaker; an outlet that cites another source steps back."""
    laid, resolver, found, own = reading
    beside = _beside(laid, claim, found)
    relays = [one for one in beside if not _within(one, claim)]
    if speaker is None and claim.type == "indirect":
        speaker = _reporter(beside)
    if claim.speaker is not None and speaker is not None and speaker.kind == "person":
        relays = order([*relays, *_carriers(laid, claim, resolver)])
    if claim.told is not None:
        carrying = claim.cue is not None and labelled(laid, claim.cue, "relays.carry")
        relays = _told(claim.told, "reported" if carrying else "told", resolver, relays)
    if speaker is not None and speaker.kind == "anonymous" and not relays:
        # Whoever will not be named talks to the outlet just credited, not to who copies it.
        relays = _relays.credited_before(found.by_sentence, claim.sentence)
    if speaker is not None and speaker.kind == "outlet":
        cited = found.cited.get(claim.sentence)
        if cited is not None and not spoken(claim, cited.start):
            carrier = Relay(
                speaker.name, "outlet", speaker.text, "reported", speaker.start, speaker.end
            )
            relays = order([*relays, carrier])  # each outlet once: "Citing diplomats, it wrote …"
            speaker = resolver.speaker(cited)
        else:
            nearest = next((one for one in relays if one.relation == "citing"), None)
            if nearest is not None and nearest.start is not None and nearest.end is not None:
                speaker = Speaker(
                    nearest.start, nearest.end, nearest.as_written, nearest.name, "outlet"
                )
        speaker, relays = _nearer(claim, speaker, relays)
    passes = claim.label != "verbs.say"  # no verb of relaying: "as the Gazette put it"
    if speaker is not None and speaker.kind == "outlet" and claim.type == "direct" and passes:
        speaker, relays = _carried(speaker, relays, resolver, min(claim.start, speaker.start))
    own |= {speaker.name if speaker is not None else ""}
    head = found.head.relays if found.head.governs(claim.sentence) else []
    governing = [*found.document, *_credited(speaker, relays, head)]
    chain = order([*relays, *governing])
    return speaker, tuple(one for one in chain if one.name not in own)


def _credited(speaker: Speaker | None, relays: list[Relay], head: list[Relay]) -> list[Relay]:
    """The outlets credited at the head of the text, unless another reports these words."""
    reporting = {one.name for one in relays if one.relation == "reported"}
    if speaker is not None and speaker.kind == "outlet":
        reporting.add(speaker.name)
    return head if reporting <= {one.name for one in head} else []


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
    cued = sentence_at(laid, claim.cue.start)
    if cued <= claim.sentence:
        return relays
    return order([*relays, *found.by_sentence.get(cued, [])])


def _carriers(laid: Page, claim: Claim, resolver: Resolver) -> list[Relay]:
    """The outlet beside the speaker, subject of a verb of relaying: "cites X of Y"."""
    if claim.speaker is None or not reporting(laid, claim):
        return []
    if labelled(laid, claim.speaker, "relays.staff"):
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
    return order([told, *(one for one in relays if one.name != told.name)])


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
