"""Dialogue opened by dashes: a turn runs from its dash to the next, less its attributions.

Russian, Ukrainian, French, Spanish and Polish print speech this way ("— Speech, — said X.
— More."). The same dash opens items of lists, so a turn counts only with a verb of speech,
an exclamation or question, or another turn beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _phrases
from provenance.quoting._claims import Claim, claim_of, trimmed
from provenance.quoting._lexicon import Found
from provenance.quoting._page import Page, Sentence

_DASHES = frozenset("—–―-")
# Share of right spans among turns on half of fr_novels; with an attribution, and without.
_ATTRIBUTED, _BARE = 0.8, 0.6
# A turn of more sentences than this is a list, or a text on one line.
_LONGEST = 30
# Words of an attribution in a turn: "répondit le chevalier d'un ton d'autorité".
_ATTRIBUTION = 14


class _Cut:
    """An attribution inside speech: tokens ``start:end``, its verb and its speaker."""

    def __init__(self, start: int, end: int, cue: Found, speaker: tuple[int, int]) -> None:
        self.start, self.end, self.cue, self.speaker = start, end, cue, speaker


def turns(page: Page) -> list[Claim]:
    """The turns of dialogue on `page`, each as one claim with its parts."""
    claims = []
    place, count = 0, len(page.sentences)
    while place < count:
        if not page.sentences[place].dialogue:
            place += 1
            continue
        end = place + 1
        while end < count and end - place < _LONGEST and _same_turn(page, end):
            end += 1
        claims.extend(_turn(page, place, end))
        place = end
    return claims


def _same_turn(page: Page, place: int) -> bool:
    here, before = page.sentences[place], page.sentences[place - 1]
    if here.block != before.block:
        return False
    return not here.dialogue or (page.lexicon.dash_resumes and not here.opens_block)


def _turn(page: Page, first: int, last: int) -> list[Claim]:
    sentence = page.sentences[first]
    if any(one.passages for one in page.sentences[first:last]):
        last = next(n for n in range(first, last) if page.sentences[n].passages)
        if last == first:
            return []
    begin = _after_dash(sentence)
    holder, cut = sentence, attribution(page, sentence, begin)
    parts, speaking = _parts(sentence, begin, len(sentence.tokens), cut)
    if cut is None and not _credible(page, first, last):
        return []
    whole = _own_paragraph(page, first, last)
    for follower in page.sentences[first + 1 : last]:
        resumed = follower.dialogue
        if resumed and cut is None:
            break
        if not resumed and not (speaking and whole) and not _addressing(page, follower):
            break
        opening = _after_dash(follower) if resumed else 0
        again = attribution(page, follower, 0) if cut is None else None
        more, speaking = _parts(follower, opening, len(follower.tokens), again)
        parts = [*parts, *more]
        if again is not None:
            holder, cut = follower, again
    return _claims(page, holder, sentence, parts, cut)


def _own_paragraph(page: Page, first: int, last: int) -> bool:
    """Whether the turn has its paragraph to itself, so that nothing in it is narration."""
    block = page.sentences[first].block
    after = page.sentences[last] if last < len(page.sentences) else None
    return page.sentences[first].opens_block and (after is None or after.block != block)


def _addressing(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence asks, exclaims or speaks of I and you, as narration seldom does."""
    if sentence.tokens[-1].text in "?!":
        return True
    return any("pronouns.here" in page.lexicon.labels(token.normal) for token in sentence.tokens)


def _claims(
    page: Page, holder: Sentence, opening: Sentence, parts: list[Span], cut: _Cut | None
) -> list[Claim]:
    if not parts:
        return []
    if cut is None:
        return [claim_of(opening, _joined(page, parts), "dialogue", _BARE)]
    first, last = cut.speaker
    speaker = Span(holder.tokens[first].start, holder.tokens[last - 1].end)
    made = claim_of(
        holder, _joined(page, parts), "dialogue", _ATTRIBUTED, cue=cut.cue, speaker=speaker
    )
    return [made]


def _joined(page: Page, parts: list[Span]) -> list[Span]:
    """Neighbouring sentences of one part as one span."""
    joined = parts[:1]
    for part in parts[1:]:
        between = page.text[joined[-1].end : part.start]
        if len(between) < 8 and not any(char.isalnum() for char in between):
            joined[-1] = Span(joined[-1].start, part.end)
        else:
            joined.append(part)
    return joined


def _after_dash(sentence: Sentence) -> int:
    place = 0
    while place < len(sentence.tokens) - 1 and sentence.tokens[place].text in _DASHES:
        place += 1
    return place


def cut_inside(page: Page, claim: Claim) -> Claim:
    """`claim` without the attribution that some languages print inside the marks:
    « C’est fini, dit-il, partons. »"""
    if claim.type != "direct" or len(claim.spans) > 1 or claim.rule == "dialogue":
        return claim
    sentence = page.sentences[claim.sentence]
    first = bisect_left(sentence.tokens, claim.start, key=lambda token: token.start)
    last = bisect_left(sentence.tokens, claim.end, key=lambda token: token.start)
    inner = replace(sentence, quoted=[-1] * len(sentence.tokens))
    cut = attribution(page, inner, first, last)
    if cut is None or cut.start <= first:
        return claim
    parts, _ = _parts(sentence, first, last, cut)
    low, high = cut.speaker
    speaker = Span(sentence.tokens[low].start, sentence.tokens[high - 1].end)
    made = claim_of(sentence, parts, claim.rule, claim.confidence, cue=cut.cue, speaker=speaker)
    return replace(made, type="direct")


def attribution(page: Page, sentence: Sentence, begin: int, end: int | None = None) -> _Cut | None:
    """ ", said X," among the tokens ``begin:end`` of `sentence`."""
    words = page.lexicon
    stop = len(sentence.tokens) if end is None else end
    for place in range(begin + 1, stop):
        token = sentence.tokens[place]
        if not token.word or "verbs.say" not in words.labels(token.normal):
            continue
        left = place - 1
        while left > begin and _auxiliary(page, sentence, left):
            left -= 1
        if sentence.tokens[left].text not in ",!?.…—–-":
            continue
        pronoun = _pronoun(page, sentence, left + 1, place)
        phrase = pronoun or _phrases.after(sentence, words, place + 1, stop)
        if phrase is None or phrase[0] - place > 3:
            continue
        edge = max(place + 1, phrase[1])
        while (
            edge < stop
            and edge - place < _ATTRIBUTION
            and sentence.tokens[edge].text not in ",.;:!?…—–-"
        ):
            edge += 1
        return _Cut(left, edge, Found(place, place + 1, words.labels(token.normal)), phrase)
    return None


def _auxiliary(page: Page, sentence: Sentence, place: int) -> bool:
    """Part of a verb in pieces: "a-t-il dit"."""
    token = sentence.tokens[place]
    joined = token.text == "-" and sentence.tokens[place - 1].end == token.start
    return joined or "clause.auxiliaries" in page.lexicon.labels(token.normal)


def _pronoun(page: Page, sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The subject pronoun between auxiliary and verb."""
    for place in range(first, last):
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        if labels & {"pronouns.he", "pronouns.she", "pronouns.they"}:
            return place, place + 1
    return None


def _parts(sentence: Sentence, begin: int, end: int, cut: _Cut | None) -> tuple[list[Span], bool]:
    """The spoken parts of a sentence, and whether speech goes on after it."""
    if cut is None:
        return ([trimmed(sentence, begin, end)] if end > begin else []), True
    parts = [trimmed(sentence, begin, cut.start)] if cut.start > begin else []
    goes_on = cut.end < end - 1 and sentence.tokens[cut.end].text in ",;:—–"
    resumed = sentence.tokens[cut.end : cut.end + 3]
    if not goes_on and any(token.text in "—–" for token in resumed):
        goes_on = True
    if goes_on and end - cut.end > 2:
        parts.append(trimmed(sentence, cut.end, end))
    return parts, goes_on


def _credible(page: Page, first: int, last: int) -> bool:
    """Whether a turn without attribution is speech rather than an item of a list."""
    if any(one.tokens[-1].text in "?!…" for one in page.sentences[first:last]):
        return True
    hyphen = (
        page.sentences[first].tokens[0].text == "-"
        and page.sentences[first].tokens[1:2]
        and (page.sentences[first].tokens[1].text != "-")
    )
    beside = [
        page.sentences[place] for place in (first - 1, last) if 0 <= place < len(page.sentences)
    ]
    return not hyphen and any(one.dialogue for one in beside)
