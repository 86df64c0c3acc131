"""The tagger's claims set right by what the rules know of their attributions.

What the tagger runs together the rules tell apart: an attribution or a frame inside the
words, a relay behind them; shapes it saw too seldom stand as the rules find them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._clauses import is_phrase, put_in, resumed
from provenance.quoting._closing import closes
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._outlets import Mentions
from provenance.quoting._page import Page
from provenance.quoting._reported import attribution_at
from provenance.quoting._rulebook import SURE
from provenance.quoting._tokens import Token, normal, tokens


def attributed(laid: Page, ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, less the attribution that some hold inside: ""…," Dupont stated,
    according to X" is what Dupont stated, and X carries it."""
    whole = [one for one in ruled if one.rule == "quote then verb" and one.speaker and one.cue]
    starts = {one.start: one for one in whole}
    frames = {one.speaker.start: one for one in ruled if one.rule == "frame" and one.speaker}
    own = [_unframed(_own_attribution(claim, starts), frames) for claim in tagged]
    begun = {one.start: one for one in ruled if len(one.spans) == 1}
    ruled_at = {one.start: one for one in ruled if one.speaker and one.cue}
    own = [_before_relay(laid, claim, begun) for claim in own]
    own = [_said_beside(laid, claim, ruled_at) for claim in own]
    own = [_behind_frame(claim, ruled_at, frames) for claim in own]
    own = [_whole_frame(laid, claim, frames) for claim in own]
    plain = [one for one in ruled if one.rule in _PLAIN and one.speaker and one.cue]
    own = [part for claim in own for part in _parted(laid, claim, plain)]
    return _about_before(laid, ruled, own)


def _parted(laid: Page, claim: Claim, plain: list[Claim]) -> Iterator[Claim]:
    """`claim`, and apart from it what a later sentence has that names its own speaker: "“…,” Berg
    said. According to Roth, “…”."."""
    if len(claim.spans) == 1:
        yield claim
        return
    parts = [(span, _own_sentence(laid, claim, span, plain)) for span in claim.spans]
    kept = tuple(span for span, own in parts if own is None)
    yield replace(claim, spans=kept) if kept else claim
    told = {own.start: own for _, own in parts if own is not None and kept}
    for own in told.values():
        yield replace(own, confidence=claim.confidence, evidence=(*claim.evidence, *own.evidence))


def _own_sentence(laid: Page, claim: Claim, span: Span, plain: list[Claim]) -> Claim | None:
    """What a plain rule finds of `span` in a sentence behind the one that `claim` begins in, with
    whom that sentence says it is by."""
    for one in plain:
        meets = one.start < span.end and span.start < one.end
        if not meets or one.sentence <= claim.sentence or one.cue is None:
            continue
        sentence = laid.sentences[one.sentence]
        beside = sentence.start <= one.cue.start < sentence.end
        if beside and _another(laid, one.speaker, claim.speaker):
            return one
    return None


_PLAIN = frozenset({"frame", "quote then verb", "verb then quote"})


def _another(laid: Page, one: Span | None, two: Span | None) -> bool:
    """Whether a phrase names somebody by a name of which no word is in the other's."""
    texts = [laid.text[span.start : span.end] for span in (one, two) if span is not None]
    named = [{w.normal for w in tokens(text, laid.language) if w.capital} for text in texts]
    return len(named) == 2 and bool(named[0]) and not named[0] & named[1]


def _said_beside(laid: Page, claim: Claim, ruled: dict[int, Claim]) -> Claim:
    """`claim` by whom a rule finds beside it, where the tagger looks in another sentence or takes
    whom it was told to: "…, so Berg weiter", "Berg sagte Journalisten, …"."""
    inner = ruled.get(claim.start)
    if inner is None or inner.speaker is None or inner.sentence != claim.sentence:
        return claim
    said, sentence = claim.speaker, laid.sentences[claim.sentence]
    if said is None and inner.rule == claim.rule == "about this":
        return replace(claim, speaker=inner.speaker, cue=inner.cue)
    if said is not None and inner.rule == "frame" and said.start == inner.speaker.start < said.end:
        return replace(claim, speaker=inner.speaker, cue=inner.cue)
    heard = said is not None and _labelled(laid, said, "speakers.dative")
    beside = said is not None and sentence.start <= said.start < sentence.end
    trails = inner.label == "frames.trail" or _right_behind(laid, inner)
    if not heard and (beside or not trails):
        return claim
    return replace(claim, speaker=inner.speaker, cue=inner.cue)


def _behind_frame(claim: Claim, ruled: dict[int, Claim], frames: dict[int, Claim]) -> Claim:
    """`claim` by the subject of its verb alone, where whom a frame names before the comma was read
    as one name with it: "According to Nordkurs, Berg said …"."""
    said, inner = claim.speaker, ruled.get(claim.start)
    if said is None or inner is None or inner.speaker is None or said.start not in frames:
        return claim
    both = said.start < inner.speaker.start and inner.speaker.end == said.end
    return replace(claim, speaker=inner.speaker) if both else claim


def _right_behind(laid: Page, claim: Claim) -> bool:
    """Whether a full name, with an office or without, stands right behind a claim's verb: "…,
    teilte Bürgermeisterin Jane Roe mit"."""
    if claim.cue is None or claim.speaker is None:
        return False
    near = 0 <= claim.speaker.start - claim.cue.end <= 1
    named = tokens(laid.text[claim.speaker.start : claim.speaker.end], laid.language)
    return near and len(named) > 1 and all(token.capital for token in named[-2:])


def _whole_frame(laid: Page, claim: Claim, frames: dict[int, Claim]) -> Claim:
    """What a frame at the head of the sentence frames, for the object of a verb in it: "According
    to the Gazette, two officers warned the palace of an attack"."""
    around = (one for one in frames.values() if one.sentence == claim.sentence and one.speaker)
    whole = next((one for one in around if claim.inside(one) and one.rule == "frame"), None)
    if whole is None or claim.type != "indirect" or not is_phrase(laid, claim):
        return claim
    return replace(whole, confidence=claim.confidence, evidence=claim.evidence)


def _labelled(laid: Page, span: Span, label: str) -> bool:
    """Whether a phrase begins with a word that carries `label`: "Journalisten in Bonn"."""
    first = tokens(laid.text[span.start : span.end], laid.language)[:1]
    return any(label in laid.lexicon.labels(token.normal) for token in first)


def _about_before(laid: Page, ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """`tagged` with the sentence before in place of the word that stands for it: "Das Gesetz
    fällt. Das sagte Berg dem „Spiegel“."."""
    before = {
        laid.sentences[one.sentence + 1].start: one
        for one in ruled
        if one.rule == "about this" and one.sentence + 1 < len(laid.sentences)
    }
    kept: list[Claim] = []
    cues = {one.cue.start for one in before.values() if one.cue is not None}
    for claim in tagged:
        said = claim.cue.start if claim.cue is not None else -1
        if claim.type == "indirect" and said in cues and 0 < claim.start - said < _WHEN:
            continue  # "Das kündigte Berg am Dienstag im Parlament an"
        meant = before.get(claim.start) if claim.end - claim.start <= _PRONOUN else None
        if meant is None:
            kept.append(claim)
        elif not any(claim.overlaps(meant) for claim in tagged):
            kept.append(replace(meant, confidence=claim.confidence, evidence=claim.evidence))
    return kept


# Letters of such a word: "das", "dies".
_PRONOUN = 5
# Characters from such a verb to where and when it was said, past who said it.
_WHEN = 60


def _unframed(claim: Claim, frames: dict[int, Claim]) -> Claim:
    """`claim` without the frame it begins with: "the fire service, forty families"."""
    inner = frames.get(claim.start)
    if inner is None or inner.speaker is None or inner.start < inner.speaker.end:
        return claim
    if not inner.start < claim.end <= inner.end + _TAIL:
        return claim
    return replace(claim, spans=inner.spans, speaker=inner.speaker, cue=inner.cue)


# Words of such an attribution at most.
_RELAY = 12


def _before_relay(laid: Page, claim: Claim, begun: dict[int, Claim]) -> Claim:
    """`claim` without the relay that follows it: "X said the plant would open, as dpa reports"."""
    inner, last = begun.get(claim.start), claim.spans[-1]
    if inner is None or len(claim.spans) > 1 or not inner.end < claim.end:
        return claim
    sentence = laid.sentences[inner.sentence]
    place = bisect_left(sentence.tokens, inner.end, key=lambda token: token.start)
    while place < len(sentence.tokens) and sentence.tokens[place].text == ",":
        place += 1
    rest = [token for token in sentence.tokens[place:] if token.start < claim.end]
    if not 0 < len(rest) <= _RELAY or not attribution_at(sentence, laid.lexicon, place):
        return claim
    return replace(claim, spans=(Span(last.start, inner.end),))


# Characters a claim may run on past such an attribution: a comma, not another clause.
_TAIL = 3


def _own_attribution(claim: Claim, whole: dict[int, Claim]) -> Claim:
    inner = whole.get(claim.start) or whole.get(claim.start + 1)
    if claim.type != "mixed" or inner is None or inner.cue is None or inner.speaker is None:
        return claim
    edge = max(inner.cue.end, inner.speaker.end)
    held = claim.start <= inner.speaker.start and edge <= claim.end <= edge + _TAIL
    if not held or inner.type != "direct" or len(inner.spans) > 1:
        return claim
    return replace(inner, confidence=claim.confidence, evidence=(*claim.evidence, *inner.evidence))


def with_sure(laid: Page, ruled: list[Claim], tagged: list[Claim]) -> list[Claim]:
    """The tagger's claims, and those of the rules it could not learn: of a turn in a
    transcript, or words signed with a name, it may have only a part, and it passes over short
    sentences that are nothing but a clause and its attribution."""
    trailed = [
        whole
        for claim in ruled
        if put_in(laid, whole := _whole(laid, claim))
        or _plainly_trailed(laid, claim)
        or _plainly_closed(laid, claim)
        or _goes_on(laid, claim, tagged)
        or _via(laid, claim)
        or _tells(laid, claim)
    ]
    tagged = sorted([*tagged, *_untouched(trailed, tagged)], key=lambda one: one.start)
    sure = [claim for claim in ruled if claim.rule in SURE]
    if not sure:
        return tagged
    held = [
        claim
        for claim in tagged
        if not any(claim.overlaps(one) and not _told_inside(claim, one) for one in sure)
    ]
    return sorted([*held, *sure], key=lambda one: (one.start, -one.end))


def _plainly_closed(laid: Page, claim: Claim) -> bool:
    """Whether a sentence is a clause, a comma and who said it, before the verb: "The port will
    close if the state keeps its promises, Mayor Jane Roe said on Tuesday." """
    said, cue = claim.speaker, claim.cue
    leads = said is not None and cue is not None and said.start < cue.start
    return leads and closes(laid, claim) and not is_phrase(laid, claim)


def _whole(laid: Page, claim: Claim) -> Claim:
    """`claim` with the verb it is the subject of, where who says it is put in between: "The port,
    the official added, keeps two ledgers"."""
    return resumed(laid, claim, listed=False) if claim.rule in _BETWEEN else claim


_BETWEEN = frozenset({"trailing attribution", "frame after"})


def _via(laid: Page, claim: Claim) -> bool:
    """Whether a sentence is a clause, who said it, and via whom: "…, X said, according to TASS"."""
    cue, speaker = claim.cue, claim.speaker
    if claim.rule != "trailing attribution" or cue is None or speaker is None:
        return False
    sentence = laid.sentences[claim.sentence]
    said = max(cue.end, speaker.end)
    place = bisect_left(sentence.tokens, said, key=lambda token: token.start)
    through = any(one.first == place + 1 and one.labels & _THROUGH for one in sentence.found)
    return through and sentence.tokens[place].text == "," and closes(laid, claim)


def _tells(laid: Page, claim: Claim) -> bool:
    """Whether a clause stands behind whom it was told: "told reporters the bridge would open"."""
    told = claim.cue is not None and _labelled(laid, claim.cue, "verbs.tell")
    return told and claim.rule == "bare clause" and not laid.lexicon.caseless


_THROUGH = frozenset({"frames.before", "relays.by", "relays.citing"})


def _goes_on(laid: Page, claim: Claim, tagged: list[Claim]) -> bool:
    """Whether who said a sentence goes on saying: "…, X said, adding that …"."""
    behind = (one for one in tagged if one.sentence == claim.sentence and one.start > claim.end)
    cues = (laid.text[one.cue.start : one.cue.end] for one in behind if one.cue is not None)
    labels = (
        laid.lexicon.labels(word.normal) for cue in cues for word in tokens(cue, laid.language)
    )
    return any("verbs.participle" in one for one in labels) and closes(laid, claim)


def _untouched(some: list[Claim], others: list[Claim]) -> list[Claim]:
    """Those of `some` that share no text with `others`, which are in text order."""
    ends = list(accumulate((one.end for one in others), max))
    starts = [one.start for one in others]
    places = [bisect_left(starts, claim.end) - 1 for claim in some]
    return [
        claim
        for claim, place in zip(some, places, strict=True)
        if place < 0 or ends[place] <= claim.start
    ]


# Tokens of an attribution that is told by its verb alone, and of the shortest clause.
_ATTRIBUTION, _CLAUSE = 12, 4


def _plainly_trailed(laid: Page, claim: Claim) -> bool:
    """Whether a sentence is a main clause, a comma and who said it: "Die Brücke ist sicher, sagte
    X laut Reuters", "…, wie X mitteilte". Where the verb stands second in a clause, its place
    behind the comma tells: 9 of the 12 such that the tagger passed over in the German training
    articles are quotes."""
    words = laid.lexicon
    if claim.rule != "trailing attribution" or not words.nouns_capitalised or claim.cue is None:
        return False
    sentence = laid.sentences[claim.sentence]
    count = bisect_left(sentence.tokens, claim.end, key=lambda token: token.start)
    dated = past_dateline(sentence)
    dated = dated if dated < count and sentence.tokens[dated].start == claim.start else 0
    clause, rest = sentence.tokens[dated:count], sentence.tokens[count:]
    count -= dated
    if len(rest) < _TWO or rest[0].text != "," or claim.start != clause[0].start:
        return False
    opens = words.labels(clause[0].normal)
    if count < _CLAUSE or "clause.subordinate" in opens:
        return False
    if is_phrase(laid, claim) and not _second(words, clause):
        return False
    behind = words.labels(rest[1].normal)
    if behind & {"frames.as", "frames.trail"}:
        return True
    relative = "clause.finite" in words.labels(clause[-1].normal)
    relative &= any(token.text == "," for token in clause)
    return claim.cue.start == rest[1].start and not relative and len(rest) <= _ATTRIBUTION


def _second(words: Lexicon, clause: list[Token]) -> bool:
    """Whether a word no table knows stands where a main clause has its verb, between a noun and
    what is said of it: "Der Tunnel öffnet im Mai"."""
    for before, token, behind in zip(clause, clause[1:], clause[2:], strict=False):
        plain = token.word and not token.capital and not words.labels(token.normal)
        tied = words.labels(behind.normal) & _AFTER_VERB or not words.labels(behind.normal)
        if plain and before.capital and not behind.capital and tied and _VERB(token.normal):
            return True
    return False


_AFTER_VERB = frozenset({"speakers.determiners", "speakers.stop", "speakers.inside"})
_VERB = re.compile(r"\w{2,}(?:t|te|ten|en)|\w{3,}[gkmnflb]").fullmatch
_TWO = 2


def _told_inside(claim: Claim, turn: Claim) -> bool:
    """Whether a claim is what the speaker of `turn` says that somebody else said."""
    own = claim.speaker is not None and turn.start <= claim.speaker.start < turn.end
    return own and claim.inside(turn) and (claim.end - claim.start) * 2 < turn.end - turn.start


# An indirect quote shorter than this that holds its neighbour's speaker is an attribution.
_SHORT = 60


def leads_up(claims: list[Claim], place: int) -> bool:
    """Whether a claim's words only say who speaks beside them: "minister X as saying"."""
    claim = claims[place]
    if claim.type != "indirect" or claim.end - claim.start > _SHORT:
        return False
    return any(
        other.speaker is not None
        and other.sentence == claim.sentence
        and (other.end <= claim.start or claim.end <= other.start)
        and claim.start <= other.speaker.start
        and other.speaker.end <= claim.end
        for other in (*claims[max(0, place - 1) : place], *claims[place + 1 : place + 2])
    )


def is_asked(laid: Page, claim: Claim) -> bool:
    """Whether a claim is what somebody is asked, by whom nobody says: "Asked whether he would run,
    Menga smiled"."""
    opening = laid.sentences[claim.sentence].tokens[0]
    said = claim.cue is not None and claim.cue.start == opening.start
    behind = claim.speaker is None or claim.speaker.start >= claim.end
    behind |= claim.speaker is not None and claim.speaker.end <= opening.start
    return said and behind and "verbs.asked" in laid.lexicon.labels(opening.normal)


def only_names(laid: Page, claim: Claim, outlets: Mentions) -> bool:
    """Whether a claim's words are no more than the name of an outlet ("the Financial Times"), or
    between marks that of a site or work ("news.example.org", "unter dem Motto „…“")."""
    words = laid.text[claim.start : claim.end].split(maxsplit=2)
    if 0 < len(words) <= _TWO and _ADDRESS.fullmatch(words[-1].strip("„“”'\"")):
        return True
    if claim.type == "direct" and _entitled(laid, claim.start):
        return True
    named = outlets.within(claim.start, claim.end) if claim.type != "mixed" else []
    if not named:
        return False
    before = normal(laid.text[claim.start : named[0].start]).strip()
    article = not before or "speakers.determiners" in laid.lexicon.labels(before)
    return article and named[0].end == claim.end


_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?")
# Characters before a passage that hold the noun before its mark.
_NOUN = 40


def _entitled(laid: Page, start: int) -> bool:
    """Whether a noun for a name or title stands right before the mark of a passage."""
    before = tokens(laid.text, laid.language, max(0, start - _NOUN), start)
    while before and not before[-1].word and before[-1].text not in ".,;!?":
        before.pop()
    return bool(before) and "naming.titles" in laid.lexicon.labels(before[-1].normal)
