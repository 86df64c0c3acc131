"""Rules of reporting verbs: the quotation or clause that a verb reports, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Span
from provenance.quoting import _particled, _rightward, _verb_final
from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._marks import Marked
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import (
    all_quoted,
    is_speech,
    passage_after,
    passage_before,
    rejoins,
)
from provenance.quoting._reported import clause_end, clause_start, points_back
from provenance.quoting._rulebook import REACH, REPORTING, ruled, span_of
from provenance.quoting._subjects import (
    backward,
    is_inverted,
    skip_left,
    subject,
    told_before,
    topic,
)

_TWO = 2
# Tokens of a lead before "as X said": "Помимо этого, как считает X, …".
_LEAD = 4
# Tokens after an attribution from which on speech goes on rather than the sentence ends.
_REST = 5
_SHORT = 3  # the same where little stands before it: "Ожидалось, сказал X, 280 млн."


class Verb(NamedTuple):
    """A reporting verb: the token left of its group, the token after it and its subject."""

    cue: Found
    left: int
    tail: int
    speaker: Span | None


def verb_claims(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    """What the reporting verb `cue` reports, with its subject."""
    words = page.lexicon
    if words.particles:
        yield from _particled.claims(sentence, words, cue)
        return
    if words.verb_final:
        left = skip_left(sentence, words, cue.first - 1)
        yield from _verb_final.claims(sentence, words, cue, left)
        return
    verb = speaker_of(sentence, words, cue)
    his = _whose_words(sentence, words, cue)
    if his is not None and passage_before(sentence, words, cue, verb.left, None) is not None:
        tail = max(verb.tail, his[1])
        speaker = span_of(sentence, his)
        yield from _quotation(page, sentence, Verb(cue, verb.left, tail, speaker))
    elif backward(sentence, cue):
        yield from _about_this(page, sentence, cue, verb.speaker)
    elif "verbs.back" not in cue.labels:
        yield from _quotation(page, sentence, verb)


def speaker_of(sentence: Sentence, words: Lexicon, cue: Found) -> Verb:
    """The reporting verb `cue` with its subject, before it or behind it."""
    left = skip_left(sentence, words, cue.first - 1)
    inverted = is_inverted(sentence, words, cue, left)
    inverted &= not (words.verb_first and "verbs.participle" in cue.labels)
    speaker = told_before(sentence, words, cue) if backward(sentence, cue) else None
    if speaker is None and (inverted or _carried(sentence, words, cue)):
        speaker = _rightward.after(sentence, words, cue.last)
        speaker = speaker and _less_carrier(sentence, words, cue, speaker)
    if speaker is None:
        speaker = subject(sentence, words, cue, left)
    tail = max(cue.last, speaker[1] if speaker else 0)
    return Verb(cue, left, tail, span_of(sentence, speaker))


def _carried(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a cue is a verb of carrying with "the words", whose owner follows and a colon
    behind: "Руководитель цитирует слова Черчилля: …"."""
    if cue.last - cue.first < _PAIR or cue.last + 1 >= len(sentence.tokens):
        return False
    last = words.labels(sentence.tokens[cue.last - 1].normal)
    colon = any(one.text == ":" for one in sentence.tokens[cue.last + 1 : cue.last + REACH])
    return bool(words.adjectives) and "relays.words" in last and colon


def _less_carrier(
    sentence: Sentence, words: Lexicon, cue: Found, phrase: tuple[int, int]
) -> tuple[int, int]:
    """Whom a verb of carrying quotes, less who carries his words behind his name: "цитирует Илью
    Зорина пресс-служба"."""
    if "relays.carry" not in words.labels(sentence.tokens[cue.first].normal):
        return phrase
    for place in range(phrase[0] + 1, phrase[1]):
        token, before = sentence.tokens[place], sentence.tokens[place - 1]
        labels = words.labels(token.normal)
        if before.capital and not token.capital and labels & {"speakers.groups", "relays.paper"}:
            return phrase[0], place
    return phrase


_PAIR = 2


def _whose_words(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """The pronoun of "приводит его слова газета", "цитирует его газета": he spoke."""
    behind = sentence.tokens[cue.last : cue.last + 1]
    carries = "relays.carry" in words.labels(sentence.tokens[cue.first].normal)
    if carries and any(words.labels(one.normal) >= _HIM for one in behind):
        return cue.last, cue.last + 1
    for one in sentence.found:
        if "frames.back" not in one.labels or not 0 <= one.first - cue.last <= 1:
            continue
        for place in range(one.first, one.last):
            if words.labels(sentence.tokens[place].normal) & {"pronouns.he", "pronouns.she"}:
                return place, place + 1
    return None


_HIM = frozenset({"pronouns.he", "pronouns.oblique"})


def _about_this(
    page: Page, sentence: Sentence, cue: Found, speaker: Span | None
) -> Iterator[Claim]:
    """The sentence before is what was said, unless it has marks of its own."""
    if sentence.index == 0 or speaker is None:
        return
    last = page.sentences[sentence.index - 1]
    if last.block < sentence.block - 1:
        return
    if last.passages and _told_already(last, page.lexicon):
        return
    if any(is_speech(last, index, page.lexicon, False) for index in range(len(last.passages))):
        if all_quoted(last):
            span = Span(last.passages[0].start, last.passages[0].end)
            yield replace(ruled(last, [span], "quote then verb", None, speaker), label="verbs.say")
        return
    yield replace(
        ruled(last, [trimmed(last, 0, len(last.tokens))], "about this", None, speaker),
        cue=Span(sentence.tokens[cue.first].start, sentence.tokens[cue.last - 1].end),
        label=min(cue.labels),
    )


def _told_already(sentence: Sentence, words: Lexicon) -> bool:
    """Whether a sentence says itself who said the words between marks that it begins with."""
    return sentence.quoted[0] >= 0 and any(
        sentence.quoted[place] < 0 and "verbs.say" in words.labels(token.normal)
        for place, token in enumerate(sentence.tokens)
    )


def _quotation(page: Page, sentence: Sentence, verb: Verb) -> Iterator[Claim]:
    """What the verb reports: quotations first, then clauses."""
    words = page.lexicon
    cue, left, tail, speaker = verb
    before = passage_before(sentence, words, cue, left, speaker)
    if before is not None and (
        _introduced(sentence, words, before, tail) or _leads_on(sentence, words, cue, before)
    ):
        before = None
    following = _past_place_name(sentence, passage_after(sentence, words, tail))
    clause = clause_start(sentence, words, cue, tail)
    if before is not None and _called(sentence, words, cue, before):
        return
    if before is not None and _in_clause(sentence, words, cue, before):
        yield from _trailing(page, sentence, verb)
    elif before is not None:
        spans = [Span(before.start, before.end)]
        if following is not None and rejoins(sentence, tail, following):
            spans.append(Span(following.start, following.end))
        yield ruled(sentence, spans, "quote then verb", cue, speaker)
    elif clause is not None and not _opened(sentence, words, clause[0]):
        yield from _clause(page, sentence, cue, clause, speaker)
    elif following is not None:
        yield ruled(
            sentence, [Span(following.start, following.end)], "verb then quote", cue, speaker
        )
    elif "verbs.call" not in cue.labels:
        announced = list(_announced(sentence, words, cue, speaker)) if words.bare_spaced else []
        yield from announced or _trailing(page, sentence, verb)


def _opened(sentence: Sentence, words: Lexicon, clause: int) -> bool:
    """Where no spaces part words: whether a clause is a quotation and ends with its marks:
    "强调，“…”，并透露…"."""
    index = sentence.quoted[clause] if clause < len(sentence.tokens) else -1
    if index < 0 or not (words.caseless and words.bare_clause):
        return False
    first, last = sentence.held[index]
    ended = last >= len(sentence.tokens) or not sentence.tokens[last].word
    return first == clause and ended and last - first > _WORDY


# Signs of a quotation that is more than a name, its marks among them.
_WORDY = 7


def _introduced(sentence: Sentence, words: Lexicon, before: Marked, tail: int) -> bool:
    """Whether a verb that introduces what follows stands behind a quotation another verb has
    introduced: "He said: “…” She added: “…”"."""
    first = sentence.held[sentence.passages.index(before)][0]
    colon = first > 0 and sentence.tokens[first - 1].text in ":：" and tail < len(sentence.tokens)
    return colon and sentence.tokens[tail].text in (":：，,،" if words.caseless else ":：")


def _past_place_name(sentence: Sentence, following: Marked | None) -> Marked | None:
    """The passage behind a colon where the one before it names where it was written:
    "كتب على منصته "تروث سوشيال": "…""."""
    if following is None:
        return None
    index = sentence.passages.index(following)
    last = sentence.held[index][1]
    colon = last + 1 < len(sentence.tokens) and sentence.tokens[last].text in ":："
    ahead = sentence.quoted[last + 1] if colon else -1
    return sentence.passages[ahead] if ahead > index else following


def _leads_on(sentence: Sentence, words: Lexicon, cue: Found, before: Marked) -> bool:
    """Where the verb comes first: whether it leads to what follows, because it is joined on with
    "and", a participle, or stands behind a quotation another verb has introduced."""
    if words.caseless and words.bare_clause:  # "“…”某人强调，…，并指责“…”"
        last = sentence.held[sentence.passages.index(before)][1]
        return any(
            last <= one.first < one.last < cue.first and "verbs.say" in one.labels
            for one in sentence.found
        )
    if not words.verb_first:
        return False
    first = sentence.held[sentence.passages.index(before)][0]
    verb = sentence.tokens[cue.first].normal
    joined = verb[:1] in words.clitics and words.labels(verb[1:]) & REPORTING
    told = any(
        sentence.quoted[place] < 0 and words.labels(sentence.tokens[place].normal) & REPORTING
        for place in range(first)
    )
    return bool(joined) or "verbs.participle" in cue.labels or told


def _called(sentence: Sentence, words: Lexicon, cue: Found, passage: Marked) -> bool:
    """Whether the words between marks are what somebody calls something, which an outlet only
    carries: "Песков назвал это «шумом», передает ТАСС"."""
    if not words.comma_clauses or "relays.report" not in words.labels(
        sentence.tokens[cue.last - 1].normal
    ):
        return False
    first = sentence.held[sentence.passages.index(passage)][0]
    for place in range(first - 1, max(-1, first - _CALLED), -1):
        token = sentence.tokens[place]
        if not token.word or sentence.quoted[place] >= 0:
            return False
        if "verbs.call" in words.labels(token.normal):
            return True
    return False


# Tokens from a verb of calling to what something is called: "назвал эти сообщения".
_CALLED = 6


def _in_clause(sentence: Sentence, words: Lexicon, cue: Found, passage: Marked) -> bool:
    """Whether the words between marks are the end of a clause that is reported as a whole:
    "Посол вручил «ноту протеста», сообщает IPN"."""
    if not words.comma_clauses or "relays.report" not in words.labels(
        sentence.tokens[cue.last - 1].normal
    ):
        return False
    first = sentence.held[sentence.passages.index(passage)][0]
    if first < _REST or not sentence.tokens[first - 1].word:
        return False
    opening = sentence.tokens[:first]
    reported = {"frames.as", "frames.before", "verbs.say", "verbs.call"}
    if any(words.labels(token.normal) & reported for token in opening):
        return False
    return not any(one.first < first and one.labels & reported for one in sentence.found)


def _clause(
    page: Page, sentence: Sentence, cue: Found, clause: tuple[int, str], speaker: Span | None
) -> Iterator[Claim]:
    start, rule = clause
    end = clause_end(page, sentence, start)
    if not page.lexicon.nouns_capitalised and _relative(sentence, page.lexicon, cue):
        commas = (place for place in range(start, end) if sentence.tokens[place].text == ",")
        end = next(commas, end)
    elif page.lexicon.bare_spaced and "verbs.participle" in cue.labels:
        end = _main_verb(sentence, page.lexicon, start, end)
    if end <= start:
        return
    index = sentence.quoted[start]
    if rule == "colon" and index >= 0:
        passage = sentence.passages[index]
        yield ruled(sentence, [Span(passage.start, passage.end)], "verb then quote", cue, speaker)
        return
    if rule == "bare clause" and index >= 0 and sentence.held[index] == (start, end):
        passage = sentence.passages[index]
        yield ruled(sentence, [Span(passage.start, passage.end)], "verb then quote", cue, speaker)
        return
    yield ruled(sentence, [trimmed(sentence, start, end)], rule, cue, speaker)


def _main_verb(sentence: Sentence, words: Lexicon, start: int, end: int) -> int:
    """Where the clause of a participle ends, as the main verb follows it: at a comma or at that
    verb, "با بیان اینکه … است اظهار کرد"."""
    verbs = [one.first for one in sentence.found if "verbs.say" in one.labels]
    for place in range(start, end):
        token = sentence.tokens[place]
        spoken = place in verbs or "verbs.say" in words.labels(token.normal)
        if token.text == "،" or (spoken and place > start + 2 and sentence.quoted[place] < 0):
            return place
    return end


def _announced(
    sentence: Sentence, words: Lexicon, cue: Found, speaker: Span | None
) -> Iterator[Claim]:
    """What is told as a noun between the subject and a verb behind it: "پلیس از بازداشت چهار نفر
    خبر داد"."""
    kinds = (one.labels for one in sentence.found if one.first == cue.first)
    if speaker is None or not any("verbs.announce" in labels for labels in kinds):
        return
    for place in range(max(0, cue.first - _NOUN), cue.first - 1):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0 or token.start < speaker.end:
            continue
        about = "clause.about" in words.labels(token.normal)
        phrases = [
            one.last
            for one in sentence.found
            if one.first == place and "clause.about" in one.labels
        ]
        if about or phrases:
            span = trimmed(sentence, max(phrases, default=place + 1), cue.first)
            yield ruled(sentence, [span], "about clause", cue, speaker)
            return


# Tokens of what is told as a noun.
_NOUN = 30


def _relative(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether the verb's subject is "who" after a comma, so that a comma ends what it said."""
    place = cue.first - 1
    if place < 1 or "pronouns.who" not in words.labels(sentence.tokens[place].normal):
        return False
    return sentence.tokens[place - 1].text == ","


def _trailing(page: Page, sentence: Sentence, verb: Verb) -> Iterator[Claim]:
    """ "The talks failed, the minister said." and "… , передаёт ТАСС." """
    words = page.lexicon
    cue, left, tail, speaker = verb
    if speaker is None:
        lone = words.drops_subject and words.inverts and left >= 0
        parts = _parted(sentence, words, cue, left) if lone else []
        if parts:
            yield ruled(sentence, parts, "trailing attribution", cue, None)
        elif lone and _says_last(sentence, words, cue, left):
            yield from _trailed(page, sentence, verb, left)
        else:
            yield from _as_told(page, sentence, verb)
        return
    leads = speaker.start < sentence.tokens[cue.first].start
    edge = _before_speaker(sentence, words, left, speaker) if leads else left
    framing = {"frames.as", "frames.before"} if words.drops_subject else {"frames.as"}
    introduced = edge >= 0 and bool(words.labels(sentence.tokens[edge].normal) & framing)
    told = introduced and "verbs.tell" in cue.labels  # "…, wie die Polizei mitteilte"
    told |= leads and "relays.interview" in cue.labels  # "…, the minister told reporters"
    put_in = leads and _resumes(sentence, words, tail, _SHORT)
    thinks = "verbs.think" in cue.labels and (put_in or not leads)
    if "verbs.say" not in cue.labels and not told and not thinks:
        return
    edge -= introduced
    if leads and words.drops_subject and not introduced:
        # the verb stands before whom it is said by: "…, dijo el ministro"
        parts = _parted(sentence, words, cue, left) if words.inverts else []
        if parts:
            yield ruled(sentence, parts, "trailing attribution", cue, None)
        elif words.inverts and _says_last(sentence, words, cue, left):
            yield from _trailed(page, sentence, verb._replace(speaker=None), left)
        return
    if edge < (_LEAD if introduced else 0):
        leading = bool(words.labels(sentence.tokens[edge + 1].normal) & framing)
        claims = list(_leading(page, sentence, cue, tail, speaker)) if leading else []
        yield from claims
        if claims or edge < 0:
            return
    if any(one.first <= 1 and "frames.back" in one.labels for one in sentence.found):
        return
    if not words.verb_first or _closes(sentence, edge, tail):
        yield from _trailed(page, sentence, verb, edge)


def _says_last(sentence: Sentence, words: Lexicon, cue: Found, comma: int) -> bool:
    """Whether a verb without a subject ends its sentence behind the only comma, and a clause that
    is about nobody stands before: "Los pozos reabrirán en julio, añadió."."""
    first = past_dateline(sentence)
    commas = [one.text == "," for one in sentence.tokens[first:comma]]
    if sentence.tokens[comma].text != "," or comma - first < _WHOLE or any(commas):
        return False
    ends = cue.last >= len(sentence.tokens) or sentence.tokens[cue.last].text in ".!"
    return "verbs.say" in cue.labels and ends and topic(sentence, words) is None


def _parted(sentence: Sentence, words: Lexicon, cue: Found, comma: int) -> list[Span]:
    """What a verb without a subject parts between two commas, where nothing else is set off: "Il
    rischio, ha aggiunto, è basso"."""
    first, last = past_dateline(sentence), len(sentence.tokens)
    commas = [place for place in range(first, last) if sentence.tokens[place].text == ","]
    if commas != [comma, cue.last] or "verbs.say" not in cue.labels or comma - first < _PARTED:
        return []
    if last - cue.last < _PARTED or topic(sentence, words) is not None:
        return []
    end = last - (not sentence.tokens[-1].word)
    return [trimmed(sentence, first, comma), trimmed(sentence, cue.last + 1, end)]


# Tokens of either part, its mark too.
_PARTED = 2


def _before_speaker(sentence: Sentence, words: Lexicon, edge: int, speaker: Span) -> int:
    """The token before a speaker who stands before the verb, and before "a-t-" of "a-t-il"."""
    while edge >= 0 and sentence.tokens[edge].start >= speaker.start:
        edge -= 1
    while edge > 0 and _glued(sentence, words, edge):
        edge -= 1
    return edge


def _trailed(page: Page, sentence: Sentence, verb: Verb, edge: int) -> Iterator[Claim]:
    """The clause before the mark at token `edge`, which an attribution follows."""
    words, (cue, _, tail, speaker) = page.lexicon, verb
    leads = speaker is not None and speaker.start < sentence.tokens[cue.first].start
    resumes = _resumes(sentence, words, tail, _SHORT if edge <= _LEAD else _REST)
    if (
        edge >= (1 if resumes else _TWO)
        and sentence.tokens[edge].text in ",—–-،"
        and sentence.quoted[edge] < 0
    ):
        dateline = past_dateline(sentence)
        if dateline > edge and sentence.tokens[dateline - 2].text == ")":
            return  # nothing but "GERUSALEMME, 8 mag. (Adnkronos) -" stands before
        spans = [trimmed(sentence, dateline if dateline < edge - _REST else 0, edge)]
        if words.adjectives and not leads and resumes:
            spans.append(trimmed(sentence, tail + 1, clause_end(page, sentence, tail + 1)))
        yield ruled(sentence, spans, "trailing attribution", cue, speaker)


def _glued(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the token is a piece of the verb before its pronoun: "a", "-", "t"."""
    token, right = sentence.tokens[place : place + 2]
    if token.end != right.start or sentence.quoted[place] >= 0:
        return False
    return (
        token.text == "-"
        or token.normal == "t"
        or "clause.auxiliaries" in words.labels(token.normal)
    )


def _as_told(page: Page, sentence: Sentence, verb: Verb) -> Iterator[Claim]:
    """ "Según explicó, …", "…, según ha dicho.": a frame of a verb whose subject is left out."""
    cue, edge, tail, _ = verb
    words = page.lexicon
    if not words.drops_subject or edge < 0 or sentence.quoted[edge] >= 0:
        return
    if not words.labels(sentence.tokens[edge].normal) & {"frames.as", "frames.before"}:
        return
    if all(
        not one.word or "speakers.lead" in words.labels(one.normal)
        for one in sentence.tokens[:edge]
    ):
        yield from _leading(page, sentence, cue, tail, None)
    elif edge > _LEAD and sentence.tokens[edge - 1].text in ",—–" and edge - 1 > 0:
        yield ruled(sentence, [trimmed(sentence, 0, edge - 1)], "trailing attribution", cue, None)


def _closes(sentence: Sentence, edge: int, tail: int) -> bool:
    """Whether an attribution whose verb comes first ends its clause and a whole clause stands
    before it: "وفي سياق متصل، أعرب X عن تفاؤله" is none."""
    ended = tail >= len(sentence.tokens) or not sentence.tokens[tail].word
    return ended and edge >= _WHOLE


# Tokens of a clause before an attribution that trails it.
_WHOLE = 4


def _resumes(sentence: Sentence, words: Lexicon, tail: int, least: int) -> bool:
    """Whether what is said goes on after an attribution put into it, for more than `least`
    tokens: "Цены, сказал X, выросли"."""
    if len(sentence.tokens) - tail <= least or sentence.tokens[tail].text != ",":
        return False
    token = sentence.tokens[tail + 1]
    labels = words.labels(token.normal)
    spoken = token.word or token.text[0].isdigit()
    if not spoken or labels & _NO_REST:
        return False
    cited = any(one.first == tail + 1 and one.labels & _CITED for one in sentence.found)
    cited = cited or _carried_on(sentence, words, tail + 1)
    return not cited and not labels & {"verbs.participle", "frames.as", "frames.before"}


def _carried_on(sentence: Sentence, words: Lexicon, first: int) -> bool:
    """Whether a clause says who carries what was said: "слова которого приводит Reuters"."""
    labels = [words.labels(token.normal) for token in sentence.tokens[first : first + _CARRIER]]
    spoken = next((place for place, one in enumerate(labels) if "relays.words" in one), _CARRIER)
    return any("relays.carry" in one for one in labels[spoken:])


_CARRIER = 6  # tokens up to the verb: "чьи слова в четверг приводит"
_NO_REST = frozenset(
    {"clause.break", "clause.that", "pronouns.who", "relays.citing", "relays.words", "verbs.say"}
)
_CITED = frozenset({"relays.citing", "relays.quoted"})


def _leading(
    page: Page, sentence: Sentence, cue: Found, tail: int, speaker: Span | None
) -> Iterator[Claim]:
    """ "As X said, the talks failed." """
    for place in range(tail, min(len(sentence.tokens) - 3, tail + REACH)):
        if sentence.tokens[place].text == ",":
            end = clause_end(page, sentence, place + 1)
            if not points_back(sentence, place + 1):
                span = trimmed(sentence, place + 1, end)
                yield ruled(sentence, [span], "frame", cue, speaker)
            return
