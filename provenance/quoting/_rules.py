"""Rules over a language's data: cues, and the words they report.

Each rule is one shape reported speech takes in print. The order in a sentence decides:
a quotation before the verb, a quotation or clause after it, an attribution trailing a
whole sentence, a frame like "according to". Confidence is how often a rule's quotes are
right on the development sets, rounded; `docs/quoting.md` shows the table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Span
from provenance.quoting._caseless import in_frame, on_occasion
from provenance.quoting._claims import Claim, nest
from provenance.quoting._dialogue import turns
from provenance.quoting._frames import framed, trail
from provenance.quoting._interviews import answering
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._moods import continued
from provenance.quoting._nested import nested
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import ended, is_worded
from provenance.quoting._rulebook import CUES, REPORTING, ruled
from provenance.quoting._tokens import normal
from provenance.quoting._transcripts import transcript
from provenance.quoting._unattributed import left_over
from provenance.quoting._verb_final import owned
from provenance.quoting._verbs import verb_claims

# Tokens from "приводит" to "слова": the relaying outlet with its epithets stands between.
_CARRIED = 7
# Tokens from the mark that closes a quotation to the verb: a comma and a dash.
_DASH = 3


_FRAMES = frozenset({"frames.before", "frames.after", "frames.his", "frames.opening"})


def claims(page: Page) -> list[Claim]:
    """Everything the rules take for reported words, in text order, nested or disjoint."""
    found: list[Claim] = []
    for sentence in page.sentences:
        found.extend(_sentence_claims(page, sentence))
    found.extend(continued(page, found))
    spoken, said = answering(page, turns(page)), answering(page, transcript(page))
    found = [one for one in _outside(found, spoken) if not _own(page, one, said)]
    return nest([*found, *spoken, *said])


def _own(page: Page, claim: Claim, said: list[Claim]) -> bool:
    """Whether a clause is what somebody says of himself in his turn: "I hope that"."""
    place = bisect_right(said, claim.start, key=lambda turn: turn.start) - 1
    if claim.speaker is None or place < 0 or not claim.inside(said[place]):
        return False
    word = normal(page.text[claim.speaker.start : claim.speaker.end])
    return "pronouns.i" in page.lexicon.labels(word)


def _outside(found: list[Claim], spoken: list[Claim]) -> list[Claim]:
    """`found` less the clauses inside turns of dialogue that are attributed to somebody: there
    the words on both sides of "he said" are his."""
    ends = [turn for turn in spoken if turn.speaker is not None]
    starts = [turn.start for turn in ends]
    kept = []
    for claim in found:
        place = bisect_right(starts, claim.start) - 1
        held = claim.type == "indirect" and place >= 0 and claim.start < ends[place].end
        if not held or claim.speaker is None or ends[place].speaker != claim.speaker:
            kept.append(claim)
    return kept


def exact_words(page: Page, found: list[Claim]) -> list[Claim]:
    """`found` and, nested in reported clauses, the passages that stand between marks."""
    inner = []
    told = {claim.start for claim in found if claim.type == "direct"}
    for claim in found:
        if claim.type == "direct":
            continue
        for sentence in page.sentences[claim.sentence : claim.sentence + 4]:
            for index, passage in enumerate(sentence.passages):
                inside = any(
                    span.start <= passage.start and passage.end <= span.end for span in claim.spans
                )
                said = inside and is_worded(sentence, page.lexicon, index)
                said &= passage.start not in told
                if said and not _is_short_name(sentence, page.lexicon, index):
                    part = ruled(
                        sentence, [Span(passage.start, passage.end)], "exact words", None, None
                    )
                    inner.append(replace(part, cue=claim.cue, speaker=claim.speaker))
    return sorted([*found, *inner], key=lambda one: (one.start, -one.end))


# Words of a passage that begins with a noun and is a name: of 16 with two to four words in the
# German training articles 4 were marked as quotes, of 19 longer ones 14.
_NAME = range(2, 5)


def _is_short_name(sentence: Sentence, words: Lexicon, index: int) -> bool:
    """Whether a passage in a clause is a name of several words ("Glas der Vernunft"), or behind
    an article or another name begins with a capital and has no verb: of 9 such 1 was a quote."""
    first, last = sentence.held[index]
    inner = [token for token in sentence.tokens[first:last] if token.word]
    if not inner[0].capital:
        return False
    if not words.labels(inner[0].normal) and len(inner) in _NAME:
        return True
    before = sentence.tokens[first - 1] if first else None
    if before is None or before.text in ":：" or ended(sentence, index):
        return False
    labels = words.labels(before.normal)
    article = "speakers.determiners" in labels and "naming.articles" not in labels
    clause = any("clause.finite" in words.labels(token.normal) for token in inner)
    return (article or not before.word) and not clause


def _sentence_claims(page: Page, sentence: Sentence) -> Iterator[Claim]:
    words = page.lexicon
    cues = _cues(sentence, words)
    taken: set[int] = set()
    said = _framed_first(sentence, words, list(_from_cues(page, sentence, cues)))
    if words.verb_final:
        said += owned(sentence, words)
    for claim in _apart(sentence, words, said):
        for index, passage in enumerate(sentence.passages):
            if any(span.start <= passage.start and passage.end <= span.end for span in claim.spans):
                taken.add(index)
        yield claim
    yield from left_over(page, sentence, cues, taken)
    yield from nested(page, sentence)


def _apart(sentence: Sentence, words: Lexicon, found: list[Claim]) -> list[Claim]:
    """`found` with each clause ended where another speaker's begins: "X said the road was
    safe, but Y said the bridge had cracked"."""
    ends = [
        (place, claim)
        for claim in found
        if (place := _clause_before(sentence, words, claim)) is not None
    ]
    parted = []
    for claim in found:
        for place, other in ends:
            last = claim.spans[-1]
            comma = sentence.tokens[place].start
            if other is not claim and last.start < comma < last.end <= other.end:
                rest = Span(last.start, sentence.tokens[place - 1].end)
                claim = replace(claim, spans=(*claim.spans[:-1], rest))  # noqa: PLW2901
        parted.append(claim)
    return parted


def _clause_before(sentence: Sentence, words: Lexicon, claim: Claim) -> int | None:
    """The comma that a claim's clause follows with a conjunction and the speaker: ", but Y"."""
    if claim.speaker is None or claim.speaker.start > claim.start:
        return None
    place = bisect_right(sentence.tokens, claim.speaker.start - 1, key=lambda one: one.start) - 1
    if place >= 0 and "speakers.determiners" in words.labels(sentence.tokens[place].normal):
        place -= 1
    if place < 1 or "clause.break" not in words.labels(sentence.tokens[place].normal):
        return None
    return place - 1 if sentence.tokens[place - 1].text == "," else None


def _framed_first(sentence: Sentence, words: Lexicon, found: list[Claim]) -> list[Claim]:
    """`found`, where a frame and a verb of relaying behind claim the same words, without the
    latter: "По его словам, «…», сообщает портал" is what he says. A verb in between says who spoke,
    and the frame who relays it: "According to RIA Novosti, Starmer stated: “…”"."""
    framed = {claim.spans for claim in found if claim.rule == "frame" and claim.speaker}
    return [
        claim
        for claim in found
        if claim.rule == "frame"
        or claim.spans not in framed
        or not _relaying_behind(sentence, words, claim)
    ]


def _relaying_behind(sentence: Sentence, words: Lexicon, claim: Claim) -> bool:
    """Whether the cue of a claim is a verb of relaying that stands behind its words."""
    start = claim.cue.start if claim.cue is not None else -1
    if start < claim.end:
        return False
    verbs = (token.normal for token in sentence.tokens if token.start == start)
    return any("relays.report" in words.labels(verb) for verb in verbs)


def _cues(sentence: Sentence, words: Lexicon) -> list[Found]:
    """Reporting verbs and frames outside quotations, longest first where they overlap."""
    wanted = REPORTING | _FRAMES | {"frames.trail"}
    found = [
        one for one in sentence.found if one.labels & wanted and sentence.quoted[one.first] < 0
    ]
    found += _carrying(sentence, words)
    found = [one for one in found if one.first not in sentence.withheld]
    covered = {place for one in found for place in range(one.first, one.last)}
    covered |= {
        place
        for one in sentence.found
        if "verbs.never" in one.labels
        for place in range(one.first, one.last)
    }
    for place, token in enumerate(sentence.tokens):
        if place in covered or sentence.quoted[place] >= 0 or not token.word:
            continue
        labels = words.labels(token.normal)
        if labels & wanted and place in sentence.withheld:
            continue
        if labels & wanted and not (
            labels & REPORTING and token.capital and place and words.nouns_capitalised
        ):
            found.append(Found(place, place + 1, labels))
    found.extend(_unlisted(sentence, words, found))
    found.sort(key=lambda one: (one.first, -one.last))
    kept: list[Found] = []
    for one in found:
        if not kept or one.first >= kept[-1].last:
            kept.append(one)
    return kept[:CUES]


def _unlisted(sentence: Sentence, words: Lexicon, known: list[Found]) -> list[Found]:
    """A verb no table lists right behind a quotation and its comma, told by an auxiliary before
    it or by its ending: "«Basta de excusas», bramó el alcalde"."""
    if not words.verb_endings or not words.drops_subject or not sentence.passages:
        return []
    first, last = sentence.held[0]
    inner = [token for token in sentence.tokens[first:last] if token.word]
    opens = first == 0 or (first == 1 and not sentence.tokens[0].word)
    if not opens or len(inner) < _WORDS or not inner[0].capital:
        return []
    place = last
    while place < len(sentence.tokens) and sentence.tokens[place].text in ",—–-":
        place += 1
    if place == last or place >= len(sentence.tokens) - 1:
        return []
    helped = place
    while place < len(sentence.tokens) - 1 and _helps(words, sentence.tokens[place].normal):
        place += 1
    token = sentence.tokens[place]
    plain = token.word and not token.capital and not words.labels(token.normal)
    verb = place > helped or token.normal.endswith(words.verb_endings)
    if not plain or not verb or any(one.first in (place, place + 1) for one in known):
        return []
    return [Found(place, place + 1, frozenset({"verbs.say"}))]


# Words of a quotation that is no title.
_WORDS = 3


def _helps(words: Lexicon, normal: str) -> bool:
    return "clause.auxiliaries" in words.labels(normal)


def _carrying(sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "приводит издание слова": a verb of relaying, who relays, and "the words" of whoever
    is named next, who is the speaker."""
    found = []
    for place, token in enumerate(sentence.tokens):
        if sentence.quoted[place] >= 0 or "relays.carry" not in words.labels(token.normal):
            continue
        for last in range(place + 1, min(len(sentence.tokens) - 1, place + _CARRIED)):
            if sentence.tokens[last].text in ",;:.!?":
                break
            if "relays.words" in words.labels(sentence.tokens[last].normal):
                if words.labels(sentence.tokens[last - 1].normal) & {"pronouns.he", "pronouns.she"}:
                    # "«…», — приводит его слова издание": what follows is who relays
                    if sentence.quoted[max(0, place - _DASH)] >= 0:
                        found.append(Found(place, place + 1, frozenset({"verbs.say"})))
                    break
                found.append(Found(place, last + 1, frozenset({"verbs.say"})))
                break
    return found


def _from_cues(page: Page, sentence: Sentence, cues: list[Found]) -> Iterator[Claim]:
    for cue in cues:
        if "frames.trail" in cue.labels:
            yield from trail(page, sentence, cue)
        elif cue.labels & _FRAMES:
            yield from framed(page, sentence, cue)
        elif cue.labels & REPORTING and not (
            page.lexicon.caseless
            and (in_frame(cue, cues, sentence) or on_occasion(sentence, page.lexicon, cue))
        ):
            yield from verb_claims(page, sentence, cue)
