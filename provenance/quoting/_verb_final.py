"""Reported speech where the verb stands last, as in Turkish.

The subject opens the sentence, the words reported follow, the verb closes it: "Bakan, “…”
dedi", "Bakan, …-diğini söyledi". A clause that is reported ends in a form of its own
(``clause.subjunctive`` lists the endings), which tells it from any other object.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Span
from provenance.quoting import _leftward, _rightward
from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._rulebook import REPORTING, ruled, span_of

# Words between the end of a reported clause and its verb: "olduğunu bir kez daha vurguladı".
_BETWEEN = 5


def claims(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> Iterator[Claim]:
    """What the verb `cue` reports; `left` is the token left of it and its auxiliaries."""
    subject = _inverted_subject(sentence, words, cue)
    if left >= 0 and sentence.quoted[left] >= 0:
        quoted = sentence.quoted[left]
        yield from _quoted(sentence, words, cue, quoted, subject)
        return
    behind = _quotation_behind(sentence, cue.last)
    if behind is not None:
        passage = sentence.passages[behind]
        phrase = _first_phrase(sentence, words, cue.first)
        span = Span(passage.start, passage.end)
        yield _claim(sentence, [span], "verb then quote", cue, phrase)
        return
    if "verbs.call" not in cue.labels:
        told = subject if "verbs.participle" in cue.labels else None
        yield from _clause(sentence, words, cue, left, told)


def _claim(
    sentence: Sentence, spans: list[Span], rule: str, cue: Found, phrase: tuple[int, int] | None
) -> Claim:
    return ruled(sentence, spans, rule, cue, span_of(sentence, phrase))


def _quotation_behind(sentence: Sentence, place: int) -> int | None:
    """The passage after a colon right behind the verb: "şöyle konuştu: “…”"."""
    if place + 1 < len(sentence.tokens) and sentence.tokens[place].text == ":":
        return sentence.quoted[place + 1] if sentence.quoted[place + 1] >= 0 else None
    return None


def _quoted(
    sentence: Sentence, words: Lexicon, cue: Found, index: int, inverted: tuple[int, int] | None
) -> Iterator[Claim]:
    passage = sentence.passages[index]
    spans = [Span(passage.start, passage.end)]
    first = sentence.held[index][0]
    phrase = inverted if first == 0 else _first_phrase(sentence, words, first) or inverted
    if inverted is not None and phrase == inverted:
        spans += _resumed(sentence, words, inverted[1])
    yield _claim(sentence, spans, "quote then verb", cue, phrase)


def _resumed(sentence: Sentence, words: Lexicon, place: int) -> list[Span]:
    """The quotation that goes on after "dedi X,", unless a verb of its own follows it."""
    if place + 1 >= len(sentence.tokens) or sentence.tokens[place].text != ",":
        return []
    index = sentence.quoted[place + 1]
    if index < 0 or _told(sentence, words, sentence.held[index][1]):
        return []
    return [Span(sentence.passages[index].start, sentence.passages[index].end)]


def _told(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a reporting verb begins at token `place`."""
    if place >= len(sentence.tokens):
        return False
    labels = set(words.labels(sentence.tokens[place].normal))
    labels.update(*(one.labels for one in sentence.found if one.first == place))
    return bool(labels & REPORTING)


def owned(sentence: Sentence, words: Lexicon) -> Iterator[Claim]:
    """ "Erdoğan'ın “…” sözleri": whose words they are stands before them, in the genitive."""
    for index, (first, last) in enumerate(sentence.held):
        if _is_owned(sentence, words, first, last) and not _told(sentence, words, last):
            phrase = _leftward.before(sentence, words, first - 1)
            cue = Found(last, last + 1, frozenset({"verbs.say"}))
            passage = sentence.passages[index]
            span = Span(passage.start, passage.end)
            yield _claim(sentence, [span], "quote then verb", cue, phrase)


def _is_owned(sentence: Sentence, words: Lexicon, first: int, last: int) -> bool:
    """Whether the words between marks at tokens `first` to `last` are somebody's: a name with an
    ending set off or a noun for a person stands before them, "words" or "question" behind."""
    if not 0 < first < last < len(sentence.tokens):
        return False
    before = sentence.tokens[first - 1]
    labels = words.labels(before.normal)
    whose = "'" in before.normal or bool(labels & _PEOPLE)
    whose &= "speakers.genitive" in labels
    return whose and "clause.owned" in words.labels(sentence.tokens[last].normal)


_PEOPLE = frozenset({"speakers.roles", "speakers.anonymous"})


def _inverted_subject(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """The subject behind the verb: "“…” dedi Belen", "“…” diyen Bakan Moralı"."""
    if cue.last >= len(sentence.tokens) or sentence.tokens[cue.last].text in ".,;:!?…":
        return None
    phrase = _rightward.after(sentence, words, cue.last)
    if phrase is None or phrase[0] != cue.last:
        return None
    return phrase[0], _conjoined(sentence, words, phrase)


def _conjoined(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> int:
    """Where a phrase ends whose "and" goes on with what its bearer did next."""
    for place in range(phrase[0] + 1, phrase[1]):
        if "clause.break" in words.labels(sentence.tokens[place].normal):
            rest = sentence.tokens[place + 1 : phrase[1]]
            return phrase[1] if rest and rest[0].capital else place
    return phrase[1]


def _first_phrase(sentence: Sentence, words: Lexicon, limit: int) -> tuple[int, int] | None:
    """The sentence's first noun phrase before token `limit`, past frames that open it and
    past what somebody said before."""
    first = _opening(sentence, words, limit)
    asked = [one for one in sentence.held if one[1] < first and _is_owned(sentence, words, *one)]
    if asked:  # "Belen, Bakan Soral'ın “…” sözlerine tepki göstererek, “…” dedi"
        itself = _rightward.after(sentence, words, _past_lead(sentence, words, first), asked[0][0])
        apart = itself is not None and sentence.tokens[itself[1]].text == ","
        itself = itself if apart else None
    else:
        itself = _before_report(sentence, words, first)
    if itself is not None:
        return itself
    while first < limit:
        first = _past_quoted(sentence, words, first)
        phrase = _rightward.after(sentence, words, first, limit)
        if phrase is None:
            return None
        phrase = _before_oblique(sentence, words, phrase)
        phrase = _before_genitive(sentence, words, phrase)
        if _nominative(sentence, words, phrase, limit):
            return phrase
        first = _next_clause(sentence, phrase[1], limit)
    return None


def _before_report(sentence: Sentence, words: Lexicon, first: int) -> tuple[int, int] | None:
    """The subject that opens the sentence, before what it told or wrote in: "The Times gazetesi,
    kaynaklara dayandırdığı haberinde", "Bakan, Reuters'a verdiği demeçte"."""
    while first > 0 and sentence.tokens[first - 1].text == ",":
        first -= 1
    if first < 2 or "clause.lead" not in words.labels(sentence.tokens[first - 1].normal):
        return None
    start = _past_quoted(sentence, words, _past_lead(sentence, words, first))
    phrase = _rightward.after(sentence, words, start, first - 1)
    if phrase is None or phrase[0] > start:
        return None
    phrase = _before_oblique(sentence, words, phrase)
    return phrase if _nominative(sentence, words, phrase, first) else None


def _past_lead(sentence: Sentence, words: Lexicon, limit: int) -> int:
    first = past_dateline(sentence)
    while first < limit - 1 and (
        sentence.tokens[first].text in ",;:"
        or "speakers.lead" in words.labels(sentence.tokens[first].normal)
    ):
        first += 1
    return first


def _past_quoted(sentence: Sentence, words: Lexicon, first: int) -> int:
    """Past a quotation with its verb and a byname with its noun: "“…” diyen X", "“…” lakaplı X"."""
    index = sentence.quoted[first]
    last = sentence.held[index][1] if index >= 0 else first
    if last == first or last >= len(sentence.tokens):
        return first
    behind = "speakers.stop" in words.labels(sentence.tokens[last].normal)
    return last + 1 if behind or _told(sentence, words, last) else first


def _before_oblique(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """A phrase less the name behind its first word that carries an ending of its own: "Kendisi
    Reuters'a"; not less who a statement comes from: "Cemiyeti'nden yapılan açıklamada"."""
    if "speakers.documents" in words.labels(sentence.tokens[phrase[1] - 1].normal):
        return phrase
    for place in range(phrase[0] + 1, phrase[1]):
        token = sentence.tokens[place]
        if "'" in token.normal and "speakers.oblique" in words.labels(token.normal):
            start = place
            while start > phrase[0] + 1 and sentence.tokens[start - 1].capital:
                labels = words.labels(sentence.tokens[start - 1].normal)
                if labels & {"speakers.roles", "speakers.groups"}:
                    break
                start -= 1
            return phrase[0], start
    return phrase


def _before_genitive(
    sentence: Sentence, words: Lexicon, phrase: tuple[int, int]
) -> tuple[int, int]:
    """A phrase less the clause's own subject behind the noun for who speaks: "Liman yetkilileri
    dalganın azaldığını"."""
    for place in range(phrase[0] + 1, phrase[1]):
        head = words.labels(sentence.tokens[place - 1].normal)
        behind = words.labels(sentence.tokens[place].normal)
        owns = (
            "speakers.genitive" in behind
            and not behind & (_HEADS | _PAPER)  # "Sözcü gazetesinin sahibi"
            and not sentence.tokens[place].capital
        )
        if owns and head & _HEADS and not head & {"speakers.genitive", "speakers.oblique"}:
            return phrase[0], place
    return phrase


_HEADS = frozenset({"speakers.roles", "speakers.groups", "speakers.anonymous"})
_PAPER = frozenset({"relays.paper"})


def _opening(sentence: Sentence, words: Lexicon, limit: int) -> int:
    """Past "Reuters'ın haberine göre" and the like at the sentence's head."""
    first = past_dateline(sentence)
    for place in range(first, limit):
        labels = words.labels(sentence.tokens[place].normal)
        told = place + 1 < limit and "clause.while" in labels
        if sentence.quoted[place] < 0 and (told or labels & {"frames.after", "relays.behind"}):
            first = place + 1
    for one in sentence.found:
        if one.last <= limit and one.labels & {"frames.after", "relays.behind", "relays.citing"}:
            first = max(first, one.last)
        if one.last < limit and "clause.while" in one.labels and sentence.quoted[one.first] < 0:
            first = max(first, one.last)
    for opens, closes in sentence.held:
        if closes < limit and _is_owned(sentence, words, opens, closes):
            first = max(first, closes + 1)  # "Bir gazetecinin “…” sorusuna Belen, “…” dedi"
    while first < limit and (
        sentence.tokens[first].text in ",;:"
        or words.labels(sentence.tokens[first].normal) & _BEFORE_SUBJECT
    ):
        first += 1
    return first


_BEFORE_SUBJECT = frozenset({"speakers.lead", "clause.enclitic"})


def _next_clause(sentence: Sentence, first: int, limit: int) -> int:
    for place in range(first, limit):
        if sentence.tokens[place].text == "," and sentence.quoted[place] < 0:
            return place + 1
    return limit


def _nominative(sentence: Sentence, words: Lexicon, phrase: tuple[int, int], limit: int) -> bool:
    """Whether a phrase is a subject: a comma or quotation follows, or its last word carries no
    ending that makes it somebody's or something's object."""
    last, behind = sentence.tokens[phrase[1] - 1], phrase[1]
    labels = words.labels(last.normal)
    if "speakers.documents" in labels:
        return True  # "Raporda “…” denildi"
    # A name takes its endings after an apostrophe: "Aydın" is none's genitive.
    plain = last.capital and phrase[1] > 1 and "'" not in last.normal
    if "speakers.oblique" in labels and not plain:
        return False
    follows = behind < limit and sentence.tokens[behind].text == ","
    if plain or follows or _quotation_at(sentence, behind):
        return True
    return "speakers.genitive" not in labels


def _quotation_at(sentence: Sentence, place: int) -> bool:
    """Whether a quotation begins at token `place`."""
    index = sentence.quoted[place] if place < len(sentence.quoted) else -1
    return index >= 0 and sentence.held[index][0] == place


def _clause(
    sentence: Sentence, words: Lexicon, cue: Found, left: int, told: tuple[int, int] | None
) -> Iterator[Claim]:
    """ "Bakan, …-diğini söyledi": the clause ends in its own form, the subject opens it."""
    end = _clause_end(sentence, words, cue, left)
    if end is None:
        return
    first = _opening(sentence, words, end)
    phrase = told or _first_phrase(sentence, words, end)
    start = phrase[1] if phrase is not None and told is None else first
    start = _begun(sentence, words, start, end)
    if end - start >= 1:
        yield _claim(sentence, [trimmed(sentence, start, end + 1)], "comma clause", cue, phrase)


# Tokens of where, when and to whom it was said, between the subject and the clause.
_LEAD = 16


def _begun(sentence: Sentence, words: Lexicon, start: int, end: int) -> int:
    """Where a clause begins: past where and to whom it was said ("yaptığı açıklamada",
    "Reuters'a,") and the particles that bind it to its subject."""
    near = min(end, start + _LEAD)
    leads = [
        place + 1
        for place in range(start, near)
        if "clause.lead" in words.labels(sentence.tokens[place].normal)
    ]
    leads += [
        one.last
        for one in sentence.found
        if start <= one.first < near and "clause.lead" in one.labels
    ]
    leads += [
        place + 1
        for place in range(start, near)
        if "clause.manner" in words.labels(sentence.tokens[place].normal)
        and sentence.tokens[place + 1].text == ","
    ]  # "gözyaşlarını tutamayarak,"
    for last in leads:
        if sentence.quoted[last - 1] < 0 and last < end:
            start = max(start, last)
    start = _past_hearer(sentence, words, start, end)
    while start < end and (
        sentence.tokens[start].text == ","
        or "clause.enclitic" in words.labels(sentence.tokens[start].normal)
    ):
        start += 1
    return start


def _past_hearer(sentence: Sentence, words: Lexicon, start: int, end: int) -> int:
    """Past whom it was said to, a name of its own between commas: "Politico'ya,"."""
    for place in range(start, min(end, start + _HEARER)):
        token, behind = sentence.tokens[place], sentence.tokens[place + 1].text
        if behind == "," and "'" in token.normal:
            return place + 1 if "speakers.oblique" in words.labels(token.normal) else start
    return start


# Tokens of a comma and whom something was said to.
_HEARER = 5


def _clause_end(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> int | None:
    """The verb that ends the reported clause, in its own form: "-diğini" before "söyledi",
    "-diği" before "bildirildi"."""
    passive = "clause.passive" in words.labels(sentence.tokens[cue.last - 1].normal)
    wanted = {"clause.subjunctive", "clause.told"} if passive else {"clause.subjunctive"}
    for place in range(left, max(-1, left - _BETWEEN - 1), -1):
        token = sentence.tokens[place]
        if token.text in ";:.!?":
            return None
        if sentence.quoted[place] < 0 and words.labels(token.normal) & wanted:
            return place
    return None
