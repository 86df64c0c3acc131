"""Rules over a language's data: cues, and the words they report.

Each rule is one shape reported speech takes in print. The order in a sentence decides:
a quotation before the verb, a quotation or clause after it, an attribution trailing a
whole sentence, a frame like "according to". Confidence is how often a rule's quotes are
right on the development sets, rounded; `docs/quoting.md` shows the table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Span
from provenance.quoting import _phrases
from provenance.quoting._claims import Claim, claim_of, nest, trimmed
from provenance.quoting._dialogue import turns
from provenance.quoting._lexicon import NOTHING, Found, Lexicon
from provenance.quoting._marks import TITLE_MARKS, Marked
from provenance.quoting._page import Page, Sentence
from provenance.quoting._tokens import Token

# Precision of each rule at Dice >= 0.8 on the development sets (polnear_dev, de_wikinews_dev,
# 60 read passages of Russian press), rounded to 0.05.
_CONFIDENCE = {
    "quote then verb": 0.9,
    "verb then quote": 0.9,
    "colon": 0.85,
    "that-clause": 0.75,
    "bare clause": 0.65,
    "comma clause": 0.7,
    "trailing attribution": 0.6,
    "frame then quote": 0.9,
    "frame": 0.6,
    "frame after": 0.55,
    "about this": 0.45,
    "quote alone": 0.6,
    "long quote": 0.5,
    "quoted words": 0.45,
    "exact words": 0.6,
    "nested quote": 0.6,
}
_REPORTING = frozenset({"verbs.say", "verbs.tell", "verbs.think", "verbs.call", "verbs.participle"})
_SENTENCE_END = re.compile(r"[.!?…。！？]$")
# Shorter quoted passages are names or scare quotes unless a verb of speech points at them.
_SPEECH_WORDS = 5
# No honest sentence reports more often than this; the bound keeps hostile text linear.
_CUES = 60
# Titles longer than this are rarer than speech that begins with a capital (polnear_train).
_TITLE_WORDS = 7
# Tokens from "приводит" to "слова": the relaying outlet with its epithets stands between.
_CARRIED = 7
# How far a conjunction may stand from its verb: "told reporters on Monday that".
_REACH = 14


def claims(page: Page) -> list[Claim]:
    """Everything the rules take for reported words, in text order, nested or disjoint."""
    found: list[Claim] = []
    for sentence in page.sentences:
        found.extend(_sentence_claims(page, sentence))
    found.extend(turns(page))
    return nest(found)


def exact_words(page: Page, found: list[Claim]) -> list[Claim]:
    """`found` and, nested in reported clauses, the passages that stand between marks."""
    inner = []
    for claim in found:
        if claim.type == "direct":
            continue
        for sentence in page.sentences[claim.sentence : claim.sentence + 4]:
            for index, passage in enumerate(sentence.passages):
                inside = any(
                    span.start <= passage.start and passage.end <= span.end for span in claim.spans
                )
                if inside and _worded(sentence, page.lexicon, index):
                    part = _claim(
                        sentence, [Span(passage.start, passage.end)], "exact words", None, None
                    )
                    inner.append(replace(part, cue=claim.cue, speaker=claim.speaker))
    return sorted([*found, *inner], key=lambda one: (one.start, -one.end))


def _worded(sentence: Sentence, words: Lexicon, index: int) -> bool:
    """Whether a passage holds words said rather than a name or title."""
    first, last = sentence.held[index]
    inner = [token for token in sentence.tokens[first:last] if token.word]
    if not inner or _named(sentence, words, index):
        return False
    return len(inner) > 2 or any(not token.capital for token in inner)


def _sentence_claims(page: Page, sentence: Sentence) -> Iterator[Claim]:
    words = page.lexicon
    cues = _cues(sentence, words)
    taken: set[int] = set()
    for claim in _from_cues(page, sentence, cues):
        for index, passage in enumerate(sentence.passages):
            if any(span.start <= passage.start and passage.end <= span.end for span in claim.spans):
                taken.add(index)
        yield claim
    yield from _left_over(page, sentence, cues, taken)
    yield from nested(page, sentence)


def nested(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """Quotations inside quotations that have an attribution of their own there."""
    words = page.lexicon
    for passage in sentence.nested[:_CUES]:
        first = bisect_left(sentence.tokens, passage.outer_start, key=_offset)
        last = bisect_left(sentence.tokens, passage.outer_end, key=_offset)
        if sum(token.word for token in sentence.tokens[first:last]) < 2:
            continue
        found = _leads(sentence, words, first) or _follows(sentence, words, last)
        if found is not None:
            cue, phrase = found
            span = Span(passage.start, passage.end)
            yield _claim(sentence, [span], "nested quote", cue, _span(sentence, phrase))


def _offset(token: Token) -> int:
    return token.start


def _leads(sentence: Sentence, words: Lexicon, first: int) -> tuple[Found, tuple[int, int]] | None:
    """The verb and subject before a nested quotation: "he said: ‘…’"."""
    for place in range(first - 1, max(-1, first - 8), -1):
        labels = words.labels(sentence.tokens[place].normal)
        if "verbs.say" in labels or "verbs.tell" in labels:
            inner = _inner(sentence)
            left = _skip_left(inner, words, place - 1)
            phrase = _phrases.before(inner, words, left) if left >= 0 else None
            phrase = phrase or _phrases.after(inner, words, place + 1, first)
            return (Found(place, place + 1, labels), phrase) if phrase else None
        if sentence.tokens[place].text in ".!?;":
            return None
    return None


def _follows(sentence: Sentence, words: Lexicon, last: int) -> tuple[Found, tuple[int, int]] | None:
    """The verb and subject after a nested quotation: "‘…’ she said"."""
    for place in range(last, min(len(sentence.tokens), last + 3)):
        labels = words.labels(sentence.tokens[place].normal)
        if "verbs.say" in labels:
            inner = _inner(sentence)
            phrase = _phrases.before(inner, words, place - 1, last) if place > last else None
            phrase = phrase or _phrases.after(inner, words, place + 1)
            return (Found(place, place + 1, labels), phrase) if phrase else None
    return None


def _inner(sentence: Sentence) -> Sentence:
    """`sentence` as it reads inside its quotation: nothing in it counts as quoted."""
    return replace(sentence, quoted=[-1] * len(sentence.tokens))


# ---------------------------------------------------------------- cues


def _cues(sentence: Sentence, words: Lexicon) -> list[Found]:
    """Reporting verbs and frames outside quotations, longest first where they overlap."""
    wanted = _REPORTING | {"frames.before", "frames.after", "frames.trail"}
    found = [
        one for one in sentence.found if one.labels & wanted and sentence.quoted[one.first] < 0
    ]
    found += _carrying(sentence, words)
    covered = {place for one in found for place in range(one.first, one.last)}
    for place, token in enumerate(sentence.tokens):
        if place in covered or sentence.quoted[place] >= 0 or not token.word:
            continue
        labels = words.labels(token.normal)
        if labels & wanted and not (
            labels & _REPORTING and token.capital and place and words.nouns_capitalised
        ):
            found.append(Found(place, place + 1, labels))
    found.sort(key=lambda one: (one.first, -one.last))
    kept: list[Found] = []
    for one in found:
        if not kept or one.first >= kept[-1].last:
            kept.append(one)
    return kept[:_CUES]


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
                    break  # "цитирует его слова издание": what follows is who relays
                found.append(Found(place, last + 1, frozenset({"verbs.say"})))
                break
    return found


def _from_cues(page: Page, sentence: Sentence, cues: list[Found]) -> Iterator[Claim]:
    for cue in cues:
        if "frames.trail" in cue.labels:
            yield from _trail(page, sentence, cue)
        elif cue.labels & {"frames.before", "frames.after"}:
            yield from _framed(page, sentence, cue)
        elif cue.labels & _REPORTING:
            yield from _verb(page, sentence, cue)


# ---------------------------------------------------------------- verbs


def _verb(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    words = page.lexicon
    left = _skip_left(sentence, words, cue.first - 1)
    if words.verb_final:
        yield from _verb_final(sentence, words, cue, left)
        return
    inverted = _inverted(sentence, words, cue, left)
    speaker = _phrases.after(sentence, words, cue.last) if inverted else None
    if speaker is None:
        speaker = _subject(sentence, words, cue, left)
    tail = max(cue.last, speaker[1] if speaker else 0)
    span = _span(sentence, speaker)
    if _backward(sentence, cue):
        yield from _about_this(page, sentence, cue, span)
    else:
        yield from _quotation(page, sentence, _Verb(cue, left, tail, span))


def _verb_final(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> Iterator[Claim]:
    """Turkish order: "Bakan, “…” dedi", "Bakan, …-diğini söyledi"."""
    phrase = _clause_subject(sentence, words, left)
    if left >= 0 and sentence.quoted[left] >= 0:
        index = sentence.quoted[left]
        if phrase is not None and sentence.quoted[phrase[0]] == index:
            phrase = None
        if _speech(sentence, index, words, True):
            passage = sentence.passages[index]
            span = Span(passage.start, passage.end)
            yield _claim(sentence, [span], "quote then verb", cue, _span(sentence, phrase))
    elif phrase is not None and left - phrase[1] >= 2 and "verbs.call" not in cue.labels:
        start = phrase[1] + (sentence.tokens[phrase[1]].text == ",")
        yield _claim(
            sentence,
            [trimmed(sentence, start, left + 1)],
            "comma clause",
            cue,
            _span(sentence, phrase),
        )


def _backward(sentence: Sentence, cue: Found) -> bool:
    """Whether the verb points back: "Об этом сообщил X"."""
    return any(
        "frames.back" in one.labels and -4 <= one.first - cue.first <= 2 for one in sentence.found
    )


def _about_this(
    page: Page, sentence: Sentence, cue: Found, speaker: Span | None
) -> Iterator[Claim]:
    """The sentence before is what was said, unless it has marks of its own."""
    if sentence.index == 0 or speaker is None:
        return
    last = page.sentences[sentence.index - 1]
    if last.block < sentence.block - 1:
        return
    if last.passages:
        if _all_quoted(last):
            span = Span(last.passages[0].start, last.passages[0].end)
            yield replace(_claim(last, [span], "quote then verb", None, speaker), label="verbs.say")
        return
    yield replace(
        _claim(last, [trimmed(last, 0, len(last.tokens))], "about this", None, speaker),
        cue=Span(sentence.tokens[cue.first].start, sentence.tokens[cue.last - 1].end),
        label=min(cue.labels),
    )


def _all_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is one quotation and nothing else."""
    outside = (
        place
        for place, token in enumerate(sentence.tokens)
        if token.word and sentence.quoted[place] < 0
    )
    return len(sentence.passages) == 1 and next(outside, None) is None


def _skip_left(sentence: Sentence, words: Lexicon, place: int) -> int:
    """Past auxiliaries and adverbs between subject and verb."""
    while place >= 0 and sentence.quoted[place] < 0:
        labels = words.labels(sentence.tokens[place].normal)
        if "clause.auxiliaries" not in labels or labels & {
            "pronouns.he",
            "pronouns.she",
            "pronouns.they",
        }:
            break
        place -= 1
    return place


def _inverted(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> bool:
    """Whether the verb stands before its subject: after a quotation, a mark or "as"."""
    if left < 0 or sentence.quoted[left] >= 0 or words.verb_first:
        return True
    token = sentence.tokens[left]
    if "verbs.participle" in cue.labels:
        return False
    if token.text in ",—–―-.!?…:;،":
        return not (token.text == "," and _closes_apposition(sentence, words, left, cue))
    labels = words.labels(token.normal)
    as_phrase = any(one.last == left + 1 and "frames.as" in one.labels for one in sentence.found)
    return as_phrase or bool(labels & {"frames.as", "clause.that"}) or _backward(sentence, cue)


def _closes_apposition(sentence: Sentence, words: Lexicon, comma: int, cue: Found) -> bool:
    """Whether the comma before the verb ends ", the head of X,": then the subject is left."""
    nominal = _phrases.after(sentence, words, cue.last)
    if nominal is not None and nominal[0] - cue.last <= (6 if words.adjectives else 1):
        first = sentence.tokens[nominal[0]]
        if (
            words.adjectives
            or first.capital
            or words.labels(first.normal) & {"speakers.roles", "speakers.groups"}
        ):
            return False
    return any(sentence.tokens[place].text == "," for place in range(max(0, comma - 20), comma))


def _subject(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> tuple[int, int] | None:
    if words.caseless or words.verb_final:
        return _clause_subject(sentence, words, left)
    if left >= 0 and sentence.quoted[left] < 0:
        labels = words.labels(sentence.tokens[left].normal)
        if "pronouns.who" in labels and left > 0:
            return _phrases.before(
                sentence, words, left - (2 if sentence.tokens[left - 1].text == "," else 1)
            )
        if sentence.tokens[left].text == "," and (
            "verbs.participle" in cue.labels or _inverted(sentence, words, cue, left)
        ):
            return _main_subject(sentence, words, left)
        found = _phrases.before(sentence, words, left)
        if found is not None:
            return _past_place(sentence, words, found) or found
    return _phrases.after(sentence, words, cue.last)


def _past_place(
    sentence: Sentence, words: Lexicon, found: tuple[int, int]
) -> tuple[int, int] | None:
    """The sentence's subject where the phrase before the verb only says where or when:
    "Министр Иван Петров на встрече в Вильнюсе заявил"."""
    if not words.adjectives or found[0] == 0:
        return None
    before = words.labels(sentence.tokens[found[0] - 1].normal)
    own = words.labels(sentence.tokens[found[0]].normal)
    if not before & {"speakers.stop"} or own & {"speakers.roles", "speakers.groups", *_HE_SHE}:
        return None
    main = _phrases.after(sentence, words, 0, found[0] - 1)
    if main is None or main[0] > 0 or main[1] - main[0] < 2:
        return None
    opening = words.labels(sentence.tokens[0].normal)
    return None if opening & {"speakers.lead", "speakers.stop"} else main


_HE_SHE = ("pronouns.he", "pronouns.she", "pronouns.they")


def _clause_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The first phrase of the clause that ends at `left`, or of the sentence where the verb
    stands last and the words reported lie between."""
    first = left
    if words.verb_final:
        first = 0
    while (
        first > 0
        and sentence.quoted[first - 1] < 0
        and sentence.tokens[first - 1].text not in "，,;；:：。.،؛"
    ):
        first -= 1
    while first < left and words.labels(sentence.tokens[first].normal) & {
        "speakers.lead",
        "frames.as",
    }:
        first += 1
    return _phrases.after(sentence, words, first, left + 1) if first <= left else None


def _main_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The sentence's own subject, for a participle after a comma: "X left, saying that"."""
    first = 0
    while first < left and "speakers.lead" in words.labels(sentence.tokens[first].normal):
        first += 1
    while first < left and sentence.tokens[first].text == ",":
        first += 1
    return _phrases.after(sentence, words, first, left)


def _span(sentence: Sentence, phrase: tuple[int, int] | None) -> Span | None:
    if phrase is None:
        return None
    return Span(sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1] - 1].end)


class _Verb(NamedTuple):
    """A reporting verb: the token left of its group, the token after it and its subject."""

    cue: Found
    left: int
    tail: int
    speaker: Span | None


def _quotation(page: Page, sentence: Sentence, verb: _Verb) -> Iterator[Claim]:
    """What the verb reports: quotations first, then clauses."""
    words = page.lexicon
    cue, left, tail, speaker = verb
    before = _passage_before(sentence, words, cue, left, speaker)
    following = _passage_after(sentence, words, tail)
    clause = _clause_start(sentence, words, cue, tail)
    if before is not None:
        spans = [Span(before.start, before.end)]
        if following is not None and _rejoins(sentence, tail, following):
            spans.append(Span(following.start, following.end))
        yield _claim(sentence, spans, "quote then verb", cue, speaker)
    elif clause is not None:
        yield from _clause(page, sentence, cue, clause, speaker)
    elif following is not None:
        yield _claim(
            sentence, [Span(following.start, following.end)], "verb then quote", cue, speaker
        )
    elif "verbs.call" not in cue.labels:
        yield from _trailing(page, sentence, verb)


def _passage_before(
    sentence: Sentence, words: Lexicon, cue: Found, left: int, speaker: Span | None
) -> Marked | None:
    """The quotation that ends where the attribution begins."""
    place = left
    if speaker is not None and speaker.start < sentence.tokens[cue.first].start:
        while place >= 0 and sentence.tokens[place].start >= speaker.start:
            place -= 1
    while (
        place >= 0
        and sentence.quoted[place] < 0
        and (
            sentence.tokens[place].text in ",—–―-.!?،"
            or "frames.as" in words.labels(sentence.tokens[place].normal)
            or _glued(sentence, words, place)
        )
    ):
        place -= 1
    if place < 0 or sentence.quoted[place] < 0:
        return None
    index = sentence.quoted[place]
    pointed = left > place or _ended(sentence, index)
    return sentence.passages[index] if _speech(sentence, index, words, pointed) else None


def _glued(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the token is the verb's first part, tied to what follows: "a-t-" of "a-t-il dit"."""
    following = sentence.tokens[place + 1].text if place + 1 < len(sentence.tokens) else ""
    auxiliary = "clause.auxiliaries" in words.labels(sentence.tokens[place].normal)
    return following == "-" and (auxiliary or sentence.tokens[place].normal == "t")


def _ended(sentence: Sentence, index: int) -> bool:
    """Whether the passage ends in punctuation, inside its marks."""
    first, last = sentence.held[index]
    return last - first > 2 and sentence.tokens[last - 2].text in ",.!?…"


def _passage_after(sentence: Sentence, words: Lexicon, tail: int) -> Marked | None:
    """The first quotation after the attribution, when no clause of its own comes between."""
    for place in range(tail, min(len(sentence.tokens), tail + _REACH + 6)):
        if sentence.quoted[place] >= 0:
            index = sentence.quoted[place]
            near = place - tail <= 3
            return sentence.passages[index] if _speech(sentence, index, words, near) else None
        if sentence.tokens[place].text in ";.!?" and place > tail + 1:
            return None
        if place > tail and words.labels(sentence.tokens[place].normal) & {"verbs.say"}:
            return None
        if place > tail and _another_verb(sentence, place):
            return None
    return None


def _another_verb(sentence: Sentence, place: int) -> bool:
    return any(one.first == place and "verbs.say" in one.labels for one in sentence.found)


def _rejoins(sentence: Sentence, tail: int, passage: Marked) -> bool:
    """Whether the quotation after an attribution continues the one before it."""
    for place in range(tail, min(len(sentence.tokens), tail + _REACH)):
        if sentence.tokens[place].start >= passage.outer_start:
            return True
    return False


def _speech(sentence: Sentence, index: int, words: Lexicon, pointed: bool) -> bool:
    """Whether a passage between marks is speech rather than a name, title or scare quote."""
    passage = sentence.passages[index]
    if passage.mark in TITLE_MARKS:
        return False
    first, last = sentence.held[index]
    held = sentence.tokens[first:last]
    inner = [token for token in held if token.word]
    if not inner:
        return False
    if _title(sentence, words, index, inner):
        return False
    if len(inner) >= _SPEECH_WORDS or held[-2:][0].text in ",.!?…":
        return True
    if _named(sentence, words, index):
        return False
    capitals = sum(1 for token in inner if token.capital)
    return pointed and (not inner[0].capital or capitals < len(inner) or len(inner) == 1)


def _title(sentence: Sentence, words: Lexicon, index: int, inner: list[Token]) -> bool:
    """Whether a passage in mid-sentence begins with a capital, as names and titles do:
    words quoted in the run of a clause begin small."""
    first = sentence.held[index][0]
    if words.nouns_capitalised or first == 0 or len(inner) > _TITLE_WORDS:
        return False
    if not inner[0].capital or _ended(sentence, index):
        return False
    before = sentence.tokens[first - 1]
    return before.word and "clause.that" not in words.labels(before.normal)


def _named(sentence: Sentence, words: Lexicon, index: int) -> bool:
    """Whether a noun for an outlet, firm or work stands right before the mark."""
    first = sentence.held[index][0]
    labels = words.labels(sentence.tokens[first - 1].normal) if first else NOTHING
    return bool(labels & {"speakers.groups", "speakers.documents"})


def _clause_start(
    sentence: Sentence, words: Lexicon, cue: Found, tail: int
) -> tuple[int, str] | None:
    """Where the reported clause begins after the attribution, and by which rule."""
    count = len(sentence.tokens)
    for place in range(tail, min(count, tail + _REACH)):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0:
            break
        labels = words.labels(token.normal)
        if token.text in ":：":
            return (place + 1, "colon") if place + 1 < count else None
        if "clause.that" in labels:
            return place, "that-clause"
        if place > tail and (labels & _REPORTING or _another_verb(sentence, place)):
            break
        if token.text in ".;!?":
            break
    return _bare_clause(sentence, words, cue, tail)


def _bare_clause(
    sentence: Sentence, words: Lexicon, cue: Found, tail: int
) -> tuple[int, str] | None:
    clausal = {"verbs.say", "verbs.participle"} | ({"verbs.tell"} if words.caseless else set())
    if tail >= len(sentence.tokens) - 2 or not cue.labels & clausal:
        return None
    token = sentence.tokens[tail]
    if words.caseless:
        later = any(one.first >= tail and "verbs.say" in one.labels for one in sentence.found)
        free = words.bare_clause and not later
        return (tail + (token.text in "，,"), "bare clause") if free else None
    if words.nouns_capitalised:
        return _comma_clause(sentence, words, tail)
    labels = words.labels(token.normal)
    starts = (
        token.capital
        or token.text[0].isdigit()
        or bool(
            labels
            & {
                "speakers.determiners",
                "pronouns.he",
                "pronouns.she",
                "pronouns.they",
                "pronouns.it",
                "pronouns.i",
            }
        )
    )
    if words.bare_clause and tail == cue.last and starts and sentence.quoted[tail] < 0:
        return tail, "bare clause"
    return None


def _comma_clause(sentence: Sentence, words: Lexicon, tail: int) -> tuple[int, str] | None:
    """German: a clause after a comma, in the subjunctive or not a relative clause."""
    for place in range(tail, min(len(sentence.tokens) - 2, tail + _REACH)):
        if sentence.tokens[place].text == "," and sentence.quoted[place] < 0:
            rest = sentence.tokens[place + 1 :]
            if any("clause.subjunctive" in words.labels(token.normal) for token in rest[:25]):
                return place + 1, "comma clause"
            return None
    return None


def _clause(
    page: Page, sentence: Sentence, cue: Found, clause: tuple[int, str], speaker: Span | None
) -> Iterator[Claim]:
    start, rule = clause
    end = _clause_end(page, sentence, start)
    if end <= start:
        return
    index = sentence.quoted[start]
    if rule == "colon" and index >= 0:
        passage = sentence.passages[index]
        yield _claim(sentence, [Span(passage.start, passage.end)], "verb then quote", cue, speaker)
        return
    yield _claim(sentence, [trimmed(sentence, start, end)], rule, cue, speaker)


def _clause_end(page: Page, sentence: Sentence, start: int) -> int:
    """The token after the reported clause: the sentence's end, or a trailing attribution."""
    words = page.lexicon
    for place in range(start + 3, len(sentence.tokens) - 1):
        if sentence.quoted[place] >= 0 or sentence.tokens[place].text not in ",—–،":
            continue
        ahead = place + 1
        while ahead < len(sentence.tokens) - 1 and sentence.tokens[ahead].text in "—–-":
            ahead += 1
        if _attribution_at(sentence, words, ahead):
            return place
    return len(sentence.tokens)


def _attribution_at(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a trailing attribution starts here: "reports TASS", "as X writes"."""
    labels = words.labels(sentence.tokens[place].normal)
    if "verbs.say" in labels and "clause.that" not in labels:
        after = _phrases.after(sentence, words, place + 1)
        return after is not None and after[1] >= len(sentence.tokens) - 12
    if "frames.as" in labels and place + 1 < len(sentence.tokens):
        near = sentence.tokens[place + 1 : place + 8]
        return any("verbs.say" in words.labels(token.normal) for token in near)
    return (
        any(
            one.first == place and one.labels & {"frames.before", "relays.citing"}
            for one in sentence.found
        )
        or "frames.before" in labels
    )


def _trailing(page: Page, sentence: Sentence, verb: _Verb) -> Iterator[Claim]:
    """ "The talks failed, the minister said." and "… , передаёт ТАСС." """
    words = page.lexicon
    cue, left, tail, speaker = verb
    if "verbs.say" not in cue.labels or speaker is None:
        return
    edge = left
    if speaker.start < sentence.tokens[cue.first].start:
        while edge >= 0 and sentence.tokens[edge].start >= speaker.start:
            edge -= 1
    introduced = edge >= 0 and "frames.as" in words.labels(sentence.tokens[edge].normal)
    edge -= introduced
    if edge < 0 and "frames.as" in words.labels(sentence.tokens[0].normal):
        yield from _leading(page, sentence, cue, tail, speaker)
        return
    if any(one.first <= 1 and "frames.back" in one.labels for one in sentence.found):
        return
    if edge >= 2 and sentence.tokens[edge].text in ",—–-،" and sentence.quoted[edge] < 0:
        yield _claim(sentence, [trimmed(sentence, 0, edge)], "trailing attribution", cue, speaker)


def _leading(
    page: Page, sentence: Sentence, cue: Found, tail: int, speaker: Span
) -> Iterator[Claim]:
    """ "As X said, the talks failed." """
    for place in range(tail, min(len(sentence.tokens) - 3, tail + _REACH)):
        if sentence.tokens[place].text == ",":
            end = _clause_end(page, sentence, place + 1)
            if not _points_back(sentence, place + 1):
                span = trimmed(sentence, place + 1, end)
                yield _claim(sentence, [span], "frame", cue, speaker)
            return


def _points_back(sentence: Sentence, place: int) -> bool:
    """Whether a clause that begins at `place` only says that something was said."""
    return any(
        one.first - place in (0, 1) and "frames.back" in one.labels for one in sentence.found
    )


# ---------------------------------------------------------------- frames


def _framed(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    """ "According to X, …", "…, according to X", "X zufolge …"."""
    words = page.lexicon
    if "frames.after" in cue.labels:
        phrase = _phrases.before(sentence, words, cue.first - 1)
        first, last = (phrase[0] if phrase else cue.first), cue.last
    else:
        possessed = cue.last - cue.first > 1 and _possessive(sentence, words, cue)
        phrase = possessed or _phrases.after(sentence, words, cue.last)
        first, last = cue.first, max(cue.last, phrase[1] if phrase else 0)
    if phrase is None:
        return
    speaker = _span(sentence, phrase)
    quoted = _after_colon(sentence, words, last)
    if quoted is not None:
        yield _claim(sentence, [Span(quoted.start, quoted.end)], "frame then quote", cue, speaker)
        return
    opening = all(
        words.labels(token.normal) & {"speakers.lead", "frames.as", "clause.break"}
        or not token.word
        for token in sentence.tokens[:first]
    )
    if opening:
        yield from _framed_opening(page, sentence, cue, last, speaker)
    elif first >= 3:
        yield from _framed_inside(page, sentence, cue, (first, last), speaker)


def _trail(page: Page, sentence: Sentence, cue: Found) -> Iterator[Claim]:
    """ "„…“, so der Minister." """
    place = cue.first - 1
    if place < 2 or sentence.tokens[place].text not in ',“”"«' or cue.last >= len(sentence.tokens):
        return
    phrase = _phrases.after(sentence, page.lexicon, cue.last)
    if phrase is None or phrase[0] != cue.last:
        return
    following = sentence.tokens[phrase[1]].text if phrase[1] < len(sentence.tokens) else "."
    if following not in ".,;:(!?":
        return
    passage = _passage_before(sentence, page.lexicon, cue, place, None)
    span = Span(passage.start, passage.end) if passage else trimmed(sentence, 0, place)
    yield _claim(
        sentence,
        [span],
        "quote then verb" if passage else "trailing attribution",
        cue,
        _span(sentence, phrase),
    )


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
        if index >= 0 and _speech(sentence, index, words, True):
            return sentence.passages[index]
    return None


def _framed_opening(
    page: Page, sentence: Sentence, cue: Found, last: int, speaker: Span | None
) -> Iterator[Claim]:
    start = last
    while start < len(sentence.tokens) and sentence.tokens[start].text in ",،":
        start += 1
    for place in range(start, min(len(sentence.tokens), start + _REACH + 6)):
        index = sentence.quoted[place]
        if index >= 0 and place > 0 and sentence.tokens[place - 1].text in ":,：":
            passage = sentence.passages[index]
            if _speech(sentence, index, page.lexicon, True):
                yield _claim(sentence, [Span(passage.start, passage.end)], "frame", cue, speaker)
                return
    end = _clause_end(page, sentence, start)
    if end - start >= 3:
        yield _claim(sentence, [trimmed(sentence, start, end)], "frame", cue, speaker)


def _framed_inside(
    page: Page, sentence: Sentence, cue: Found, frame: tuple[int, int], speaker: Span | None
) -> Iterator[Claim]:
    """The frame at tokens `frame` stands in or after the words it frames."""
    first, last = frame
    spans = [trimmed(sentence, 0, first)]
    ahead = last
    while ahead < len(sentence.tokens) and sentence.tokens[ahead].text in ",،":
        ahead += 1
    if len(sentence.tokens) - ahead > 3 and not _attribution_at(sentence, page.lexicon, ahead):
        spans.append(trimmed(sentence, ahead, _clause_end(page, sentence, ahead)))
    place = first - 1
    while place > 0 and sentence.tokens[place].text in ",،":
        place -= 1
    index = sentence.quoted[place]
    if index >= 0 and _speech(sentence, index, page.lexicon, True) and sentence.quoted[0] == index:
        spans = [Span(sentence.passages[index].start, sentence.passages[index].end)]
    yield _claim(sentence, spans, "frame after", cue, speaker)


# ---------------------------------------------------------------- the rest


def _left_over(
    page: Page, sentence: Sentence, cues: list[Found], taken: set[int]
) -> Iterator[Claim]:
    """Passages between marks that no attribution reached."""
    outside = sum(
        1
        for place, token in enumerate(sentence.tokens)
        if sentence.quoted[place] < 0 and token.word
    )
    verbs = [one for one in cues if one.labels & _REPORTING]
    for index, passage in enumerate(sentence.passages):
        if index in taken or passage.mark in TITLE_MARKS:
            continue
        rule = _left_over_rule(page, sentence, index, outside, bool(verbs))
        if rule:
            speaker = _headed(sentence, page.lexicon, index) if rule == "colon" else None
            yield _claim(sentence, [Span(passage.start, passage.end)], rule, None, speaker)


def _headed(sentence: Sentence, words: Lexicon, index: int) -> Span | None:
    """The speaker of a headline without a verb: "Иванов о тарифах: «…»".

    Only where the words of speech stand inside the marks as a rule: elsewhere the tagger,
    trained without this, decides.
    """
    first = 0
    while first < len(sentence.tokens) and sentence.tokens[first].text in "-—–>":
        first += 1
    if not words.inside_marks or first >= len(sentence.tokens):
        return None
    if not sentence.tokens[first].capital:
        return None
    return _span(sentence, _phrases.after(sentence, words, first, sentence.held[index][0]))


def _left_over_rule(page: Page, sentence: Sentence, index: int, outside: int, verbs: bool) -> str:
    first, last = sentence.held[index]
    held = [token for token in sentence.tokens[first:last] if token.word]
    passage = sentence.passages[index]
    ended = _SENTENCE_END.search(
        page.text[max(passage.start, passage.end - 2) : passage.end].strip()
    )
    if outside == 0 and len(held) >= 3:
        return "quote alone"
    if first and held and sentence.tokens[first - 1].text in ":：":
        return "colon"
    if len(held) >= 2 * _SPEECH_WORDS or (len(held) >= _SPEECH_WORDS and ended):
        return "long quote"
    if not held or _title(sentence, page.lexicon, index, held):
        return ""
    if verbs and len(held) >= 3 and not _named(sentence, page.lexicon, index):
        return "quoted words" if sum(1 for token in held if not token.capital) >= 2 else ""
    return ""


def _claim(
    sentence: Sentence, spans: list[Span], rule: str, cue: Found | None, speaker: Span | None
) -> Claim:
    return claim_of(sentence, spans, rule, _CONFIDENCE[rule], cue=cue, speaker=speaker)
