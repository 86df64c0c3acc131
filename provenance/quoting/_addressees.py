"""Outlets that words only passed through, told apart from whoever spoke them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _leftward, _rightward
from provenance.quoting._claims import Claim
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page
from provenance.quoting._tokens import Token, tokens


def addressed(laid: Page, claim: Claim, outlets: Mentions) -> Claim:
    """`claim` with an outlet that only passes words on told apart from who spoke them:
    "сказал The Telegraph чиновник", "Interfax quoted Dupont as saying"."""
    claim = _behind_outlet(laid, _whole_outlet(claim, outlets), outlets)
    speaker, cue = claim.speaker, claim.cue
    if cue is None:
        return claim
    if speaker is None:
        return _told_first(laid, claim, cue, outlets)
    named = outlets.within(speaker.start, speaker.end)
    return (
        _less_outlet(laid, claim, outlets, speaker, cue)
        if named
        else _told_behind(claim, speaker, cue, outlets)
    )


def _less_outlet(laid: Page, claim: Claim, outlets: Mentions, speaker: Span, cue: Span) -> Claim:
    """`claim` with the outlet in its speaker's phrase told apart."""
    named = outlets.within(speaker.start, speaker.end)
    other = _told_titled(laid, speaker, named[0]) or _pronoun(laid, speaker, named[0], cue)
    if other is not None:
        return replace(claim, speaker=other, told=Span(named[0].start, named[0].end))
    carrying = labelled(laid, cue, "relays.carry")
    opens = _opens(laid, speaker, named[0])
    if speaker.start < cue.end:
        other = _named_after(laid, cue.end, outlets) if carrying else None
        return claim if other is None else replace(claim, speaker=other)
    if carrying and not (opens and named[0] is named[-1]):
        return _less_carrier(laid, claim, speaker, named[-1].start)
    if not opens:
        return _told_by_name(laid, claim, speaker, named[-1])
    other = _named_after(laid, named[0].end, outlets, roled=not carrying)
    if other is None and carrying:
        other = _what_it_carries(laid, speaker, named[0])
    if other is None:
        return claim
    return replace(claim, speaker=other, told=Span(named[0].start, named[0].end))


_HE_SHE = frozenset({"pronouns.he", "pronouns.she"})


def _pronoun(laid: Page, speaker: Span, outlet: Mention, cue: Span) -> Span | None:
    """The pronoun before the outlet that was told: "„…“, sagte er der BBC"."""
    words = tokens(laid.text, laid.language, speaker.start, outlet.start)[:1]
    behind = speaker.start >= cue.end and bool(words)
    if not behind or not laid.lexicon.labels(words[0].normal) & _HE_SHE:
        return None
    return Span(words[0].start, words[0].end)


def _opens(laid: Page, speaker: Span, outlet: Mention) -> bool:
    """Whether a phrase begins with an outlet, a mark or an article before it: "das Blatt"."""
    before = tokens(laid.text[speaker.start : outlet.start], laid.language)
    article = "speakers.determiners"
    return all(not one.word or article in laid.lexicon.labels(one.normal) for one in before[:2])


def _told_titled(laid: Page, speaker: Span, outlet: Mention) -> Span | None:
    """Who says something to a paper between title marks: "市长对《纽约时报》说"."""
    if laid.text[outlet.start - 1 : outlet.start] != "《" or speaker.end > outlet.end + 1:
        return None
    sentence = laid.sentences[sentence_at(laid, outlet.start)]
    place = bisect_left(sentence.tokens, outlet.start - 1, key=lambda token: token.start) - 1
    if place < 1 or "relays.interview" not in laid.lexicon.labels(sentence.tokens[place].normal):
        return None
    phrase = _leftward.before(sentence, laid.lexicon, place - 1)
    if phrase is None:
        return None
    return Span(sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1] - 1].end)


def _told_behind(claim: Claim, speaker: Span, cue: Span, outlets: Mentions) -> Claim:
    """`claim` with the outlet right behind the verb as who was told: "Об этом X сообщил TV8"."""
    behind = outlets.within(cue.end, cue.end + _OUTLET) if speaker.end <= cue.start else []
    if claim.rule != "about this" or not behind or behind[0].start > cue.end + 1:
        return claim
    return replace(claim, told=Span(behind[0].start, behind[0].end))


def _told_first(laid: Page, claim: Claim, cue: Span, outlets: Mentions) -> Claim:
    """`claim` by whoever follows the outlet that was told: "ha detto al Carlino Antonio Zoli"."""
    inverts = laid.lexicon.drops_subject or laid.lexicon.inverts
    behind = outlets.within(cue.end, cue.end + _OUTLET) if inverts else []
    if not behind or len(laid.text[cue.end : behind[0].start].split()) > _EPITHET:
        return claim
    speaker = _named_after(laid, behind[0].end, outlets)
    if speaker is None:
        return claim
    return replace(claim, speaker=speaker, told=Span(behind[0].start, behind[0].end))


# Words from a verb to the outlet that was told: "alla", "al diario".
_EPITHET = 3


def _told_by_name(laid: Page, claim: Claim, speaker: Span, outlet: Mention) -> Claim:
    """`claim` with the outlet that ends its speaker told apart: "le ministre au Figaro", or, where
    cases say whom something was told, "заявила Захарова ТАСС", "… агентству ТАСС"."""
    if outlet.end < speaker.end:
        return claim
    words = tokens(laid.text[speaker.start : outlet.start].rstrip(' «"“„'), laid.language)
    size = len(words)
    while words and laid.lexicon.labels(words[-1].normal) & {"relays.interview", "relays.to"}:
        words.pop()
    romance = laid.lexicon.inverts and not laid.lexicon.nouns_capitalised
    if not words and size and romance:  # "ha detto all'ANSA l'ingegnera Anna Roe"
        other = _named_after(laid, outlet.end, Mentions([]))
        told_it = Span(outlet.start, outlet.end)
        return claim if other is None else replace(claim, speaker=other, told=told_it)
    told = len(words) < size and not laid.lexicon.nouns_capitalised  # German "der" is "of" too
    if not words or not (_is_name(laid, words) if laid.lexicon.adjectives else told):
        return claim
    name = Span(speaker.start, speaker.start + words[-1].end)
    return replace(claim, speaker=name, told=Span(outlet.start, outlet.end))


def _is_name(laid: Page, words: list[Token]) -> bool:
    labels = frozenset[str]().union(*(laid.lexicon.labels(word.normal) for word in words))
    return all(word.capital for word in words) and "speakers.roles" not in labels


def _what_it_carries(laid: Page, speaker: Span, outlet: Mention) -> Span | None:
    """Whose words an outlet carries, behind its name: "цитирует Рейтер заявление посольства"."""
    words = tokens(laid.text[outlet.end : speaker.end], laid.language)
    words = [word for word in words if word.word]
    return Span(outlet.end + words[0].start, outlet.end + words[-1].end) if words else None


def _less_carrier(laid: Page, claim: Claim, speaker: Span, outlet: int) -> Claim:
    """`claim` with a speaker who is named or has a role cut before the outlet at `outlet`:
    "цитирует главу полиции TV8"."""
    rest = tokens(laid.text[speaker.start : outlet].rstrip(' «"“„'), laid.language)
    known = any(token.capital for token in rest) or _subject_like(laid, rest)
    if not known or any("relays.paper" in laid.lexicon.labels(token.normal) for token in rest):
        return claim
    return replace(claim, speaker=Span(speaker.start, speaker.start + rest[-1].end))


def _behind_outlet(laid: Page, claim: Claim, outlets: Mentions) -> Claim:
    """`claim` from right behind the outlet it is ascribed to, where no comma parts the two and the
    speaker's phrase ran on: "Według Reutersa ustawa upadnie w maju"."""
    speaker, cue = claim.speaker, claim.cue
    if speaker is None or cue is None or claim.type != "indirect":
        return claim
    named = outlets.within(speaker.start, speaker.end)
    if not named or not cue.end <= speaker.start <= named[0].start <= speaker.start + 1:
        return claim
    end = named[0].end + (laid.text[named[0].end : named[0].end + 1] in _CLOSING)
    rest = tokens(laid.text[end : speaker.end], laid.language)
    behind = claim.start >= speaker.end and not laid.text[speaker.end : claim.start].strip()
    if (
        not rest
        or not behind
        or not rest[0].word
        or rest[0].capital
        or "relays.paper" in (laid.lexicon.labels(rest[0].normal))
    ):
        return claim
    first = Span(end + rest[0].start, claim.spans[0].end)
    return replace(claim, speaker=Span(speaker.start, end), spans=(first, *claim.spans[1:]))


_CLOSING = frozenset('”»“"')


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


def labelled(laid: Page, span: Span, label: str) -> bool:
    """Whether some word of the text at `span` carries `label`."""
    words = tokens(laid.text[span.start : span.end], laid.language)
    return any(label in laid.lexicon.labels(token.normal) for token in words)


def _named_after(laid: Page, offset: int, outlets: Mentions, *, roled: bool = False) -> Span | None:
    """The phrase right after `offset` in its sentence, when it names somebody: with `roled`
    by a role, else by role or name."""
    sentence = laid.sentences[sentence_at(laid, offset)]
    sentence = replace(sentence, quoted=[-1] * len(sentence.tokens))
    place = bisect_left(sentence.tokens, offset, key=lambda token: token.start)
    phrase = (
        _rightward.after(sentence, laid.lexicon, place) if place < len(sentence.tokens) else None
    )
    cites = any(one.first == place and "relays.citing" in one.labels for one in sentence.found)
    if phrase is None or cites:
        return None
    first, last = phrase
    ends = (one for one in sentence.found if one.last == last and one.first > first)
    last = next((one.first for one in ends if "relays.words" in one.labels), last)  # 官员的话
    words = sentence.tokens[first:last]
    if any(not token.word for token in sentence.tokens[place:first]):
        return None
    named = any(token.capital for token in words) and not roled
    span = Span(words[0].start, words[-1].end)
    known = named or _subject_like(laid, words)
    return span if known and not outlets.within(span.start, span.end) else None


def sentence_at(laid: Page, offset: int) -> int:
    return max(0, bisect_right(laid.sentences, offset, key=lambda one: one.start) - 1)


def _subject_like(laid: Page, words: list[Token]) -> bool:
    """Whether a phrase names a source by its role: what follows an addressee as a subject."""
    wanted = {"speakers.roles", "speakers.anonymous"}
    return any(laid.lexicon.labels(token.normal) & wanted for token in words)


def carried(claim: Claim, ruled: list[Claim], outlets: Mentions) -> Claim:
    """`claim` by whoever spoke it, where the rules find that an outlet only reports that they
    did, in one sentence: "the war is over, the minister said, according to TASS"."""
    speaker = claim.speaker
    if speaker is None or not outlets.within(speaker.start, speaker.end):
        return claim
    carriers = [one for one in ruled if one.speaker is not None and _meet(one.speaker, speaker)]
    for one in ruled:
        said = one.speaker
        same = one.sentence == claim.sentence and _meet(one, claim)
        if said is None or not same or outlets.within(said.start, said.end):
            continue
        if _meet(said, claim):
            if _closed_by(one, claim, said):
                return replace(one, confidence=claim.confidence, evidence=claim.evidence)
            continue
        carried_by = any(one.inside(outer) and _within(said, outer) for outer in carriers)
        if carried_by or _between(one, speaker):
            return replace(claim, speaker=said, cue=one.cue)
    return claim


def _closed_by(inner: Claim, claim: Claim, said: Span) -> bool:
    """Whether `claim` is what another says and, after it, who says so: "The port will close, Berg
    told the broadcaster QTV", which Telex reported."""
    begun = inner.start == claim.start and inner.end <= said.start
    return begun and _within(said, claim) and inner.rule == claim.rule == "trailing attribution"


def before_report(laid: Page, claim: Claim, outlets: Mentions) -> Claim:
    """`claim` without the outlet that reports it, behind its last comma: "X said the ferry would
    sail, Spanish news agency EFE reported"."""
    if claim.type != "indirect" or len(claim.spans) > 1:
        return claim
    comma = laid.text.rfind(",", max(claim.start, claim.end - _TAIL), claim.end)
    named = outlets.within(comma, claim.end) if comma > claim.start else []
    if not named:
        return claim
    rest = [one for one in tokens(laid.text, laid.language, comma, claim.end) if one.word]
    if not 1 < len(rest) <= _REPORT:
        return claim
    verb = laid.lexicon.labels(rest[-1].normal)
    if "relays.report" not in verb or named[-1].end > rest[-1].start:
        return claim
    return replace(claim, spans=(Span(claim.start, comma),))


# Words of an outlet with its epithets, and the verb, and their characters.
_REPORT, _TAIL = 7, 80


def _between(claim: Claim, outlet: Span) -> bool:
    """Whether an outlet stands between who says something and what is said: "Berg sagte laut
    Interfax, …"."""
    said, cue = claim.speaker, claim.cue
    if said is None or cue is None:
        return False
    return max(said.end, cue.end) <= outlet.start and outlet.end <= claim.start


def _meet(a: Span | Claim, b: Span | Claim) -> bool:
    return a.start < b.end and b.start < a.end


def _within(span: Span, outer: Claim) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def without_carriers(claims: list[Claim], outlets: Mentions) -> list[Claim]:
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
