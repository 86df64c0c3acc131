"""Dialogue opened by dashes: a turn runs from its dash to the next, less its attributions.

Russian, Ukrainian, French, Spanish and Polish print speech this way ("— Speech, — said X.
— More."). The same dash opens items of lists, so a turn counts only with a verb of speech,
an exclamation or question, or another turn beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Span
from provenance.quoting import _rightward, _subjects
from provenance.quoting._claims import Claim, claim_of, trimmed
from provenance.quoting._lexicon import Found
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import span_of

_DASHES = frozenset("—–―-")
# Share of right spans among turns on half of fr_novels; with an attribution, and without.
_ATTRIBUTED, _BARE = 0.8, 0.6
# A turn of more sentences than this is a list, or a text on one line.
_LONGEST = 30
# Words of an attribution in a turn: "répondit le chevalier d'un ton d'autorité".
_ATTRIBUTION = 24


class _Cut:
    """An attribution inside speech: tokens ``start:end``, its verb and its speaker, None where
    the verb stands alone."""

    def __init__(self, start: int, end: int, cue: Found, speaker: tuple[int, int] | None) -> None:
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
    begin = _after_dash(sentence)
    whole = _own_paragraph(page, first, last)
    if any(one.passages for one in page.sentences[first:last]) and (
        not whole or sentence.quoted[begin] >= 0
    ):
        last = next(n for n in range(first, last) if page.sentences[n].passages)
        if last == first:
            return []
    closed = page.lexicon.dash_resumes and _closed_later(page, first, last)
    holder, cut = sentence, attribution(page, sentence, begin)
    parts, speaking = _parts(page, sentence, begin, len(sentence.tokens), cut)
    bare = cut is None and not closed
    if bare and not _credible(page, first, last) and not _introduced(page, first, last):
        return []
    for follower in page.sentences[first + 1 : last]:
        resumed = follower.dialogue
        if resumed and cut is None:
            break
        if (
            not resumed
            and not (speaking and (whole or closed))
            and not _addressing(page, follower)
            and not _opens_with_verb(page, follower)
        ):
            break
        opening = _after_dash(follower) if resumed else 0
        again = attribution(page, follower, opening)
        more, speaking = _parts(page, follower, opening, len(follower.tokens), again)
        parts = [*parts, *more]
        if again is not None and cut is None:
            holder, cut = follower, again
    return _claims(page, holder, sentence, parts, cut)


def _closed_later(page: Page, first: int, last: int) -> bool:
    """Whether a turn of two sentences ends in a dash and who said it: "– Czekaliśmy dwa lata. Dość
    – powiedziała dyrektor"."""
    follower = page.sentences[first + 1] if first + 1 < last else None
    if follower is None or follower.dialogue or attribution(page, page.sentences[first], 1):
        return False
    cut = attribution(page, follower, 0)
    return cut is not None and follower.tokens[cut.start].text in _DASHES


def _own_paragraph(page: Page, first: int, last: int) -> bool:
    """Whether the turn has its paragraph to itself, so that nothing in it is narration."""
    block = page.sentences[first].block
    after = page.sentences[last] if last < len(page.sentences) else None
    return page.sentences[first].opens_block and (after is None or after.block != block)


def _opens_with_verb(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence is the rest of one that a question mark seemed to end: "Où ? dit X"."""
    if sentence.tokens[0].capital or not sentence.tokens[0].word:
        return False
    cut = attribution(page, sentence, 0)
    return cut is not None and cut.start == 0


def _introduced(page: Page, first: int, last: int) -> bool:
    """Whether a colon leads up to the turn: "Il continuait : — Oui." """
    before = page.sentences[first - 1] if first else None
    if before is None or before.tokens[-1].text not in ":：":
        return False
    opening = page.sentences[first].tokens[_after_dash(page.sentences[first])]
    spoken = any("verbs.say" in page.lexicon.labels(one.normal) for one in before.tokens)
    turn = page.sentences[first:last]
    return opening.capital and (spoken or any(_addressing(page, one) for one in turn))


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
        bare = claim_of(opening, _joined(page, parts), "dialogue", _BARE)
        return [replace(bare, speaker=_announced(page, opening))]
    speaker = span_of(holder, cut.speaker)
    made = claim_of(
        holder, _joined(page, parts), "dialogue", _ATTRIBUTED, cue=cut.cue, speaker=speaker
    )
    return [made]


def _announced(page: Page, opening: Sentence) -> Span | None:
    """The subject of the verb of speech in the sentence whose colon leads up to a turn."""
    before = page.sentences[opening.index - 1] if opening.index else None
    if before is None or before.tokens[-1].text not in ":：":
        return None
    for place in range(len(before.tokens) - 1, 0, -1):
        labels = page.lexicon.labels(before.tokens[place].normal)
        if "verbs.say" in labels and before.quoted[place] < 0:
            left = _subjects.skip_left(before, page.lexicon, place - 1)
            joined = "clause.break" in page.lexicon.labels(before.tokens[left].normal)
            if joined and not page.lexicon.comma_clauses:
                return None
            phrase = _subjects.subject(before, page.lexicon, Found(place, place + 1, labels), left)
            return span_of(before, phrase)
    return None


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
    parts = [trimmed(sentence, first, cut.start), *_after_cuts(page, inner, cut, last)]
    speaker = span_of(sentence, cut.speaker)
    made = claim_of(sentence, parts, claim.rule, claim.confidence, cue=cut.cue, speaker=speaker)
    return replace(made, type="direct")


def _after_cuts(page: Page, inner: Sentence, cut: _Cut, last: int) -> Iterator[Span]:
    """What is said inside the marks behind an attribution, less further attributions."""
    begin = cut.end
    while last - begin > _SHORT:
        again = attribution(page, inner, begin, last)
        end = again.start if again is not None else last
        while begin < end and inner.tokens[begin].text in ".!?":
            begin += 1  # "…, — сказал X. — …": what ended the attribution is none of it
        if end - begin >= _SHORT:
            yield trimmed(inner, begin, end)
        begin = again.end if again is not None else last


# Tokens of a part: a mark and a word.
_SHORT = 2


def attribution(page: Page, sentence: Sentence, begin: int, end: int | None = None) -> _Cut | None:
    """ ", said X," among the tokens ``begin:end`` of `sentence`."""
    words = page.lexicon
    stop = len(sentence.tokens) if end is None else end
    for place in range(begin, stop):
        token = sentence.tokens[place]
        if not token.word or sentence.quoted[place] >= 0:
            continue
        if "verbs.say" not in words.labels(token.normal):
            continue
        left = place - 1
        while left > begin and _auxiliary(page, sentence, left):
            left -= 1
        left = _attributes_from(page, sentence, begin, left)
        if left < begin:
            continue
        pronoun = _pronoun(page, sentence, left + 1, place)
        phrase = pronoun or _rightward.after(sentence, words, place + 1, stop)
        if phrase is None or phrase[0] - place > (
            _PLACED if _in_full(sentence, phrase) else _INVERSION
        ):
            if not words.drops_subject or sentence.tokens[left].text not in _DASHES:
                continue
            phrase = None  # "—ha dicho—"
        edge = _to_mark(
            sentence, max(place + 1, phrase[1] if phrase else 0), min(stop, place + _ATTRIBUTION)
        )
        edge = _past_manner(page, sentence, edge, stop)
        if words.dash_resumes and sentence.tokens[left].text in _DASHES:
            edge = _to_dash(sentence, edge, stop)
        return _Cut(left, edge, Found(place, place + 1, words.labels(token.normal)), phrase)
    return None


# Tokens from a verb to its inverted subject: "murmura-t-il".
_INVERSION = 4
# The same to a full name: "mówiła na placu przed szkołą Anna Nowak".
_PLACED = 9


def _in_full(sentence: Sentence, phrase: tuple[int, int]) -> bool:
    return phrase[1] - phrase[0] > 1 and all(one.capital for one in sentence.tokens[slice(*phrase)])


def _attributes_from(page: Page, sentence: Sentence, begin: int, left: int) -> int:
    """The token an attribution begins at, whose verb group follows token `left`; -1 where the
    words before show that it is none."""
    if left >= begin and sentence.tokens[left].text in ",;!?.…—–-":
        return left
    opens = left <= begin and not sentence.tokens[begin].capital
    opens = opens and begin < len(sentence.tokens) - 1 and sentence.tokens[begin].word
    led = left < begin or _auxiliary(page, sentence, begin)
    return begin if opens and led and begin == 0 else -1


def _to_mark(sentence: Sentence, place: int, stop: int) -> int:
    while place < stop and (
        sentence.tokens[place].text not in ",.;:!?…—–-" or _hyphen(sentence, place)
    ):
        place += 1
    return place


def _to_dash(sentence: Sentence, edge: int, stop: int) -> int:
    """Past what goes on behind a comma, to the dash or the stop that closes what a dash opened:
    "- Nie - powiedział Jan Nowak, minister klimatu, w TVN24. - Nigdy"."""
    while edge < stop - 1 and sentence.tokens[edge].text == ",":
        if sentence.tokens[edge + 1].text in _DASHES:
            break
        edge = _to_mark(sentence, edge + 1, stop)
    return edge


def _hyphen(sentence: Sentence, place: int) -> bool:
    """Whether a dash joins two words: "dit-il"."""
    if sentence.tokens[place].text != "-" or not 0 < place < len(sentence.tokens) - 1:
        return False
    left, here, right = sentence.tokens[place - 1 : place + 2]
    return left.end == here.start and here.end == right.start


def _past_manner(page: Page, sentence: Sentence, edge: int, stop: int) -> int:
    """Past what tells how it was said: "dit-il, en prenant sa manche,", "qui le regardait"."""
    while edge < stop - 1 and sentence.tokens[edge].text == ",":
        first = edge + 1
        while first < stop - 1 and first - edge < _INVERSION and _clitic(page, sentence, first):
            first += 1
        labels = page.lexicon.labels(sentence.tokens[first].normal)
        if "clause.plain" in labels or not labels & {"clause.manner", "clause.relative"}:
            break
        edge = _to_mark(sentence, first, stop)
        while (
            "clause.relative" in labels and edge < stop - 1 and sentence.tokens[edge].text in ",-"
        ):
            edge = _to_mark(sentence, edge + 1, stop)
    return edge


def _clitic(page: Page, sentence: Sentence, place: int) -> bool:
    """A little word before the one that shows a manner: "se souvenant", "et en riant"."""
    labels = page.lexicon.labels(sentence.tokens[place].normal)
    if labels & {"clause.manner", "clause.relative"}:
        return False
    return bool(labels & {"clause.auxiliaries", "clause.and"})


def _auxiliary(page: Page, sentence: Sentence, place: int) -> bool:
    """Part of a verb in pieces: "a-t-il dit"."""
    token = sentence.tokens[place]
    joined = token.text == "-" and sentence.tokens[place - 1].end == token.start
    return joined or "clause.auxiliaries" in page.lexicon.labels(token.normal)


def _pronoun(page: Page, sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The subject pronoun between auxiliary and verb."""
    for place in range(first, last):
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        subject = labels & {"pronouns.he", "pronouns.she", "pronouns.they"}
        if subject and "pronouns.oblique" not in labels:
            return place, place + 1
    return None


def _parts(
    page: Page, sentence: Sentence, begin: int, end: int, cut: _Cut | None
) -> tuple[list[Span], bool]:
    """The spoken parts of a sentence, and whether speech goes on after it."""
    if cut is None:
        return ([trimmed(sentence, begin, end)] if end > begin else []), True
    parts = [trimmed(sentence, begin, cut.start)] if cut.start > begin else []
    goes_on = cut.end < end - 1 and sentence.tokens[cut.end].text in ",;:—–"
    if goes_on and _credits(page, sentence, cut.end + 1):
        return parts, False
    resumed = sentence.tokens[cut.end : cut.end + 3]
    if not goes_on and any(token.text in "—–" for token in resumed):
        goes_on = True
    if goes_on and end - cut.end > 2:
        parts.append(trimmed(sentence, cut.end, end))
    return parts, goes_on


def _credits(page: Page, sentence: Sentence, place: int) -> bool:
    """Whether token `place` begins to say who quotes or carries the speaker: ", cytowany przez
    Interfax", ", передаёт ТАСС"."""
    labels = page.lexicon.labels(sentence.tokens[place].normal)
    begun = (one.labels for one in sentence.found if one.first == place)
    return not labels.union(*begun).isdisjoint(_CREDITS)


_CREDITS = frozenset({"relays.quoted", "relays.report", "relays.citing", "relays.by"})


def _credible(page: Page, first: int, last: int) -> bool:
    """Whether a turn without attribution is speech rather than an item of a list."""
    if any(one.tokens[-1].text in "?!…" for one in page.sentences[first:last]):
        return True
    hyphen = (
        page.sentences[first].tokens[0].text == "-"
        and page.sentences[first].tokens[1:2]
        and (page.sentences[first].tokens[1].text != "-")
    )
    after = page.sentences[last : last + 1]
    return not hyphen and any(one.dialogue for one in (*_block_before(page, first), *after))


def _block_before(page: Page, first: int) -> list[Sentence]:
    """What opened the block before the one that sentence `first` opens: a long turn ends far
    from its dash."""
    place = first - 1
    while place > 0 and first - place < _LONGEST and not page.sentences[place].opens_block:
        place -= 1
    return page.sentences[max(0, place) : first][:1] + page.sentences[max(0, first - 1) : first]
