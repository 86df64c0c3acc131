"""Rules of frames: "according to X, …", "…, according to X", "…, so der Minister"."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Span
from provenance.quoting import _leftward, _particled, _rightward
from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._marks import Marked
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import is_speech, passage_before
from provenance.quoting._reported import attribution_at, clause_end
from provenance.quoting._rulebook import REACH, ruled, span_of


def framed(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    """ "According to X, …", "…, according to X", "X zufolge …", "A su juicio, …"."""
    words = page.lexicon
    if words.particles:
        yield from _particled.framed(sentence, words, cue)
        return
    if "frames.his" in cue.labels:
        yield from _framing(page, sentence, cue, (cue.first, cue.last), None)
        return
    if "frames.after" in cue.labels:
        owner = _owner(sentence, words, cue)
        phrase = owner or _leftward.before(sentence, words, cue.first - 1)
        first, last = (phrase[0] if phrase else cue.first), cue.last
        phrase = owner or (phrase and _less_report(sentence, words, phrase))
        first = 0 if words.verb_final and _told_to(sentence, words, first) else first
    else:
        if words.drops_subject and _verb_behind(sentence, words, cue):
            return  # "según ha informado la Junta": the verb says who
        cue = _past_what(sentence, words, cue)
        if _related(sentence, words, cue):
            yield from _relative(page, sentence, cue, cue.last + 1)  # "…, secondo cui"
            return
        possessed = cue.last - cue.first > 1 and _possessive(sentence, words, cue)
        phrase = possessed or _rightward.after(sentence, words, cue.last)
        if "frames.noun" in cue.labels and (phrase is None or phrase[0] > cue.last + 1):
            phrase = cue.first + 1, cue.last  # "Nach Polizeiangaben": nobody is named
        phrase = _definite(sentence, words, phrase) if phrase and words.definite else phrase
        opens = cue.first <= _TWO and words.inverts
        phrase = _up_to_role(sentence, words, phrase) if phrase and opens else phrase
        phrase = _genitive(sentence, words, phrase) if phrase and words.genitives else phrase
        quoted = phrase and _quoted_by(sentence, phrase)
        phrase = (phrase[0], quoted[0]) if phrase and quoted else phrase
        first, last = cue.first, max(cue.last, phrase[1] if phrase else 0)
        last = quoted[1] if quoted else _past_relayed(sentence, words, last)
        relates = words.drops_subject or bool(words.adjectives)
        if relates and phrase and _relates(sentence, words, phrase):
            yield from _relative(page, sentence, cue, last)
            return
        if "frames.opening" in cue.labels and not _opens_with(sentence, words, cue, phrase):
            return
    if phrase is not None:
        last = _past_closing(sentence, _past_house(sentence, words, last))
        yield from _framing(page, sentence, cue, (first, last), span_of(sentence, phrase))


def _definite(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """A phrase up to its first noun with the article on its back, where a common noun of its own
    follows: "според синдикатите поскъпването …"."""
    for place in range(phrase[0], phrase[1] - 1):
        token, behind = sentence.tokens[place : place + 2]
        source = words.labels(token.normal) & {*_SOURCES, "speakers.documents"}
        common = behind.word and not behind.capital and not words.labels(behind.normal)
        if source and common and token.normal.endswith(words.definite):
            return phrase[0], place + 1
    return phrase


def _quoted_by(sentence: Sentence, phrase: tuple[int, int]) -> tuple[int, int] | None:
    """Where whom a source was quoted by stands behind it, up to its comma: "Selon des sources du
    secteur citées par EFE, …"."""
    for one in sentence.found:
        if "relays.quoted" in one.labels and phrase[0] < one.first <= phrase[1]:
            for place in range(one.last, min(len(sentence.tokens), one.last + _APPOSED)):
                if sentence.tokens[place].text == ",":
                    return one.first, place
    return None


def _past_relayed(sentence: Sentence, words: Lexicon, last: int) -> int:
    """Past the clause between commas that says who passes a source on: "Laut der Times, die Reuters
    zitiert, …"."""
    if last >= len(sentence.tokens) or sentence.tokens[last].text not in ",،":
        return last
    for place in range(last + 1, min(len(sentence.tokens) - _WORDS, last + _APPOSED)):
        if sentence.tokens[place].text in ",،":
            inner = sentence.tokens[last + 1 : place]
            relays = any(words.labels(token.normal) & _RELAYING for token in inner)
            relays |= any(
                last < one.first < place and one.labels & _RELAYING for one in sentence.found
            )
            return place if relays and place > last + _TWO else last
    return last


_RELAYING = frozenset({"relays.carry", "relays.quoted", "relays.citing"})


def _up_to_role(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """A phrase up to its office and name, where it has run to the end of its sentence, so that
    nothing would be said: "Secondo l'assessora serviranno 14 milioni"."""
    if any(token.word for token in sentence.tokens[phrase[1] :]):
        return phrase
    for place in range(phrase[0], phrase[1]):
        if "speakers.roles" not in words.labels(sentence.tokens[place].normal):
            continue
        last = place + 1
        while last < phrase[1] and sentence.tokens[last].capital:
            last += 1
        behind = sentence.tokens[last] if last < phrase[1] else None
        said = behind is not None and behind.word and not words.labels(behind.normal)
        return (phrase[0], last) if said and phrase[1] - last > _TWO else phrase
    return phrase


def _genitive(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """A phrase in the genitive up to the subject of the clause, which no comma sets off: "zdaniem
    szefowej resortu magazyny …". Only endings that no subject has go on with it."""
    first, last = phrase
    if last < len(sentence.tokens) and sentence.tokens[last].text == ",":
        return phrase
    headed = False
    for place in range(first, last):
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        before = words.labels(sentence.tokens[place - 1].normal) if place > first else frozenset()
        tied = bool((labels | before) & {"speakers.inside", "speakers.stop"})
        owns = token.capital or tied or token.normal.endswith(words.genitives)
        owns |= _owned(sentence, words, place)
        if headed and not owns and sentence.quoted[place] < 0 and token.word:
            return first, place
        headed |= token.capital or bool(labels & _HEADS)
    return phrase


_HEADS = frozenset(
    {"speakers.roles", "speakers.groups", "speakers.documents", "speakers.anonymous"}
)


def _owned(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a name in the genitive follows a word that may be in it too: "szkoły Anny Nowak"."""
    name = sentence.tokens[place + 1 : place + 2]
    genitive = (*words.genitives, "i", "y")
    token = sentence.tokens[place]
    return (
        bool(name)
        and name[0].capital
        and all(one.normal.endswith(genitive) for one in (token, *name))
    )


def _past_house(sentence: Sentence, words: Lexicon, last: int) -> int:
    """The token after where a source sits, up to its comma: "по словам источника газеты в
    правительстве, …"; `last` where nothing of the kind follows."""
    if "speakers.house" not in _labels(sentence, words, last):
        return last
    house = _rightward.after(sentence, words, last + 1)
    if house is None or house[0] != last + 1 or house[1] >= len(sentence.tokens):
        return last
    return house[1] if sentence.tokens[house[1]].text == "," else last


def _labels(sentence: Sentence, words: Lexicon, place: int) -> frozenset[str]:
    near = sentence.tokens[place : place + 1]
    return words.labels(near[0].normal) if near else frozenset()


def _related(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether what follows a frame right away is a relative pronoun."""
    behind = sentence.tokens[cue.last : cue.last + 1]
    return any("pronouns.who" in words.labels(one.normal) for one in behind) and cue.first > 1


def _relates(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> bool:
    labels = words.labels(sentence.tokens[phrase[1] - 1].normal)
    return "pronouns.who" in labels and phrase[1] - phrase[0] <= _TWO


_TWO = 2


def _relative(page: Page, sentence: Sentence, cue: Found, last: int) -> Iterator[Claim]:
    """ "…, tuona il segretario Landi, secondo il quale la protesta si farà"."""
    place = cue.first - 1
    place -= place > 0 and sentence.tokens[place].text == ","
    phrase = _leftward.before(sentence, page.lexicon, place) if place > 0 else None
    end = clause_end(page, sentence, last)
    if phrase is not None and end - last >= _TWO:
        yield ruled(
            sentence, [trimmed(sentence, last, end)], "frame", cue, span_of(sentence, phrase)
        )


def _verb_behind(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a reporting verb stands right behind a frame, but for its auxiliaries."""
    place = cue.last
    while place < len(sentence.tokens) - 1 and "clause.auxiliaries" in words.labels(
        sentence.tokens[place].normal
    ):
        place += 1
    token = sentence.tokens[place] if place < len(sentence.tokens) else None
    return token is not None and not token.capital and "verbs.say" in words.labels(token.normal)


def _opens_with(
    sentence: Sentence, words: Lexicon, cue: Found, phrase: tuple[int, int] | None
) -> bool:
    """Whether a preposition that frames only at the head of a sentence stands there, with a
    source and a comma behind: "Para el economista José Mora, el dólar caerá"."""
    if phrase is None or cue.first or phrase[0] != cue.last:
        return False
    held = sentence.tokens[slice(*phrase)]
    known = any(words.labels(token.normal) & _SOURCES for token in held)
    near = sentence.tokens[phrase[1] : phrase[1] + 1]
    quoted = phrase[1] < len(sentence.tokens) and sentence.quoted[phrase[1]] >= 0
    named = sum(token.capital for token in held[-2:]) == _TWO  # "Per la ministra Jane Roe la …"
    quoted |= named and any(place >= 0 for place in sentence.quoted[phrase[1] :])
    return known and bool(near) and (near[0].text == "," or quoted)


_SOURCES = frozenset({"speakers.roles", "speakers.groups"})


def _framing(
    page: Page, sentence: Sentence, cue: Found, frame: tuple[int, int], speaker: Span | None
) -> Iterator[Claim]:
    """What the frame at tokens `frame` frames: a quotation, the clause behind it or around it."""
    words, (first, last) = page.lexicon, frame
    quoted = _after_colon(sentence, words, last)
    if quoted is not None:
        yield ruled(sentence, [Span(quoted.start, quoted.end)], "frame then quote", cue, speaker)
        return
    opening = all(
        words.labels(token.normal) & {"speakers.lead", "frames.as", "clause.break"}
        or not token.word
        for token in sentence.tokens[:first]
    )
    if opening:
        yield from _framed_opening(page, sentence, cue, last, speaker)
    elif first >= _WORDS - (sentence.tokens[first - 1].text == ","):
        yield from _framed_inside(page, sentence, cue, (first, last), speaker)


def _past_what(sentence: Sentence, words: Lexicon, cue: Found) -> Found:
    """A frame with "what" and its verb: "وفق ما أعلنته النقابة", whose subject follows."""
    last = cue.last
    if last + 1 >= len(sentence.tokens) or "frames.what" not in words.labels(
        sentence.tokens[last].normal
    ):
        return cue
    return cue._replace(last=last + 2)


def _less_report(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """A phrase before "göre" less the noun for the report: "bakanlığın bildirdiğine göre"."""
    first, last = phrase
    behind = words.labels(sentence.tokens[last - 1].normal)
    reports = words.verb_final and behind & {"relays.report", "clause.subjunctive"}
    return (first, last - 1) if reports and last - first > 1 else phrase


def _told_to(sentence: Sentence, words: Lexicon, first: int) -> bool:
    """Whether only whom a source spoke to stands before it: "Reuters'a konuşan iki kaynağa
    göre"."""
    before = sentence.tokens[:first]
    spoke = bool(before) and "relays.interview" in words.labels(before[-1].normal)
    return spoke and all(token.word for token in before)


def _owner(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """Whose report it is, where whom it rests on stands between: "Reuters'ın iki diplomata
    dayandırdığı habere göre", "Belen'in verdiği bilgilere göre"."""
    if not words.verb_final:
        return None
    cites = (
        place
        for place in range(max(0, cue.first - _REPORT), cue.first)
        if words.labels(sentence.tokens[place].normal) & {"relays.citing", "clause.told"}
    )
    place = next(cites, 0)
    for first in range(place):
        token = sentence.tokens[first]
        if (
            token.capital
            and "'" in token.normal
            and "speakers.genitive" in words.labels(token.normal)
        ):
            return _leftward.before(sentence, words, first) if first else (0, 1)
    return None


# Tokens from "resting on" to "according to": "dayandırdığı özel habere göre".
_REPORT = 4


def trail(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    """ "„…“, so der Minister." """
    place = cue.first - 1
    if (
        place < 2
        or sentence.tokens[place].text not in ',:“”"«».'
        or cue.last >= len(sentence.tokens)
    ):
        return
    phrase = _rightward.after(sentence, page.lexicon, cue.last)
    if phrase is None or phrase[0] != cue.last:
        return
    behind = phrase[1]
    while "clause.auxiliaries" in _labels(sentence, page.lexicon, behind):
        behind += 1  # "so Berg weiter"
    following = sentence.tokens[behind].text if behind < len(sentence.tokens) else "."
    if following not in ".,;:(!?":
        return
    passage = passage_before(sentence, page.lexicon, cue, place, None)
    span = Span(passage.start, passage.end) if passage else trimmed(sentence, 0, place)
    yield ruled(
        sentence,
        [span, *_going_on(sentence, phrase[1])] if passage else [span],
        "quote then verb" if passage else "trailing attribution",
        cue,
        span_of(sentence, phrase),
    )


def _going_on(sentence: Sentence, place: int) -> list[Span]:
    """The words between marks that an attribution has interrupted: "„…“, so X, „…“"."""
    while place < len(sentence.tokens) and sentence.tokens[place].text == ",":
        place += 1
    index = sentence.quoted[place] if place < len(sentence.tokens) else -1
    if index < 0 or sentence.held[index][0] != place:
        return []
    passage = sentence.passages[index]
    inner = next((token for token in sentence.tokens[place:] if token.word), None)
    goes_on = inner is not None and not inner.capital and inner.end <= passage.end
    return [Span(passage.start, passage.end)] if goes_on else []


def _possessive(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """ "по его словам": the pronoun inside the frame is the speaker."""
    for place in range(cue.first, cue.last):
        if words.labels(sentence.tokens[place].normal) & {
            "pronouns.he",
            "pronouns.she",
            "pronouns.they",
        }:
            return place, place + 1
    return None


def _after_colon(sentence: Sentence, words: Lexicon, place: int) -> Marked | None:
    """The quotation after a colon right behind a frame: "по словам X: «…»"."""
    if place + 1 < len(sentence.tokens) and sentence.tokens[place].text in ":：":
        index = sentence.quoted[place + 1]
        if index >= 0 and is_speech(sentence, index, words, True):
            return sentence.passages[index]
    return None


def _framed_opening(
    page: Page, sentence: Sentence, cue: Found, last: int, speaker: Span | None
) -> Iterator[Claim]:
    start = last
    while start < len(sentence.tokens) and (
        sentence.tokens[start].text in ",，،"
        or page.lexicon.labels(sentence.tokens[start].normal) >= _HOWEVER
    ):
        start += 1
    if page.lexicon.inside_marks and start > last:
        start = _past_apposition(sentence, page.lexicon, start)
    for place in range(start, min(len(sentence.tokens), start + REACH + 6)):
        index = sentence.quoted[place]
        if index >= 0 and place > 0 and sentence.tokens[place - 1].text in ":,：،":
            passage = sentence.passages[index]
            whole = _closes_clause(sentence, sentence.held[index][1])
            if whole and is_speech(sentence, index, page.lexicon, True):
                yield ruled(sentence, [Span(passage.start, passage.end)], "frame", cue, speaker)
                return
    end = clause_end(page, sentence, start)
    if end - start >= 3:
        yield ruled(sentence, [trimmed(sentence, start, end)], "frame", cue, speaker)


# Tokens before a frame that stands in or after its clause: a subject may be one word and a comma.
_WORDS = 3
# What stands behind a source and before what it says: "според синдикатите обаче …".
_HOWEVER = frozenset({"clause.break", "speakers.lead"})


def _past_apposition(sentence: Sentence, words: Lexicon, start: int) -> int:
    """Past who the source is, between two commas: "Según el alcalde, Juan Pérez, …"."""
    end = start
    while end < len(sentence.tokens) - 3 and sentence.tokens[end].text != ",":
        end += 1
    if not 0 < end - start <= _APPOSED or sentence.tokens[end].text != ",":
        return start
    held = sentence.tokens[start:end]
    labels = words.labels(held[0].normal)
    named = all(one.capital or words.labels(one.normal) & _TYING for one in held)
    asides = (one for one in sentence.found if one.first == start)
    told = any(one.labels & {"relays.interview", "relays.quoted"} for one in asides)
    told |= "speakers.lead" in labels and end - start <= _ASIDE  # ", en cambio,"
    of = "speakers.inside" in labels and not labels & {"speakers.stop", "speakers.determiners"}
    return end + 1 if named or told or of else start


# Tokens of an aside: "sin embargo".
_ASIDE = 3
# Tokens of an apposition, and what may stand in one that is a name.
_APPOSED = 8
_TYING = frozenset({"speakers.inside", "speakers.roles", "speakers.determiners"})


def _past_closing(sentence: Sentence, last: int) -> int:
    """Past the verb that closes a frame: "据…介绍"."""
    closing = (one.last for one in sentence.found if one.first == last and one.labels & _CLOSING)
    return max(closing, default=last)


_CLOSING = frozenset({"verbs.say", "relays.report"})


def _closes_clause(sentence: Sentence, place: int) -> bool:
    """Whether no word follows before the next mark: a name in marks has its clause behind it."""
    return place >= len(sentence.tokens) or not sentence.tokens[place].word


def _behind_semicolon(sentence: Sentence, first: int) -> int:
    """Where the clause begins that a frame at token `first` stands in."""
    marks = (
        place + 1
        for place in range(first - 1, 0, -1)
        if sentence.tokens[place].text == ";" and sentence.quoted[place] < 0
    )
    return next(marks, 0)


def _framed_inside(
    page: Page, sentence: Sentence, cue: Found, frame: tuple[int, int], speaker: Span | None
) -> Iterator[Claim]:
    """The frame at tokens `frame` stands in or after the words it frames."""
    words, (first, last) = page.lexicon, frame
    begin = _behind_semicolon(sentence, first)
    begin = begin if words.adjectives and first - begin >= _TWO else 0
    spans = [trimmed(sentence, begin, first)]
    ahead = last
    while ahead < len(sentence.tokens) and sentence.tokens[ahead].text in ",،":
        ahead += 1
    least = (
        1 if words.adjectives and first - begin <= _WORDS else _WORDS
    )  # "погибших, по его словам, нет"
    if len(sentence.tokens) - ahead > least and not attribution_at(sentence, words, ahead):
        spans.append(trimmed(sentence, ahead, clause_end(page, sentence, ahead)))
    place = first - 1
    while place > 0 and sentence.tokens[place].text in ",،":
        place -= 1
    index = sentence.quoted[place]
    speech = index >= 0 and is_speech(sentence, index, page.lexicon, True)
    if speech and sentence.quoted[0] == index:
        passage = sentence.passages[index]
        spans = [Span(passage.start, passage.end), *_going_on(sentence, last)]
    yield ruled(sentence, spans, "frame after", cue, speaker)
