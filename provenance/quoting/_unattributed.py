"""Passages between marks that no attribution reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.model import Span
from provenance.quoting import _rightward
from provenance.quoting._asides import past_citing
from provenance.quoting._caseless import embedded
from provenance.quoting._claims import Claim
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._marks import TITLE_MARKS
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import SPEECH_WORDS, is_named, is_title, is_worded
from provenance.quoting._rulebook import REPORTING, ruled, span_of
from provenance.quoting._subjects import topic
from provenance.quoting._tokens import Token

_SENTENCE_END = re.compile(r"[.!?…。！？]$")
# Words of a clause that a quotation goes on with, at least.
_CLAUSE = 3
# The most words a name has that signs a quotation.
_NAME = 5


def left_over(
    page: Page, sentence: Sentence, cues: list[Found], taken: set[int]
) -> Iterator[Claim]:
    """Passages between marks that no attribution reached."""
    outside = sum(
        1
        for place, token in enumerate(sentence.tokens)
        if sentence.quoted[place] < 0 and token.word
    )
    verbs = [one for one in cues if one.labels & REPORTING]
    for index, passage in enumerate(sentence.passages):
        if index in taken or passage.mark in TITLE_MARKS:
            continue
        if page.lexicon.caseless and embedded(sentence, index):
            continue
        rule = _left_over_rule(page, sentence, index, outside, bool(verbs))
        speaker = _signed(sentence, page.lexicon, index)
        if speaker is not None and not rule and is_worded(sentence, page.lexicon, index):
            rule = "quoted words"
        name = _name_alone(sentence, index)
        said = Span(passage.start, passage.end)
        if speaker is not None and not verbs and _goes_on(sentence, index):
            rule, said = "quoted words", Span(sentence.tokens[0].start, passage.outer_end)
        rule, speaker = ("signed quote", name) if name is not None else (rule, speaker)
        if rule:
            if rule == "colon":
                cited = _cited(sentence, page.lexicon, sentence.held[index][0] - 1)
                speaker = speaker or cited or _headed(sentence, page.lexicon, index)
                if speaker is None and page.lexicon.inside_marks:
                    speaker = span_of(sentence, topic(sentence, page.lexicon))
            yield ruled(sentence, [said], rule, None, speaker)


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether a passage between marks only goes on with the clause before it, in small letters:
    "Дорогу чинят, чтобы у района было «больше времени на подготовку», — Анна Белова"."""
    first, last = sentence.held[index]
    before = [token for token in sentence.tokens[:first] if token.word]
    inner = next((token for token in sentence.tokens[first:last] if token.word), None)
    if len(before) < _CLAUSE or inner is None or inner.capital:
        return False
    return sentence.tokens[first - 1].text not in ":：" and sentence.tokens[0].text not in "-–—"


def _signed(sentence: Sentence, words: Lexicon, index: int) -> Span | None:
    """The speaker of a quotation signed without a verb: "«…», — Анна Белова в интервью X"."""
    last = sentence.held[index][1]
    count = len(sentence.tokens)
    while last < count and sentence.tokens[last].text == ",":
        last += 1
    if last + 1 >= count or sentence.tokens[last].text not in "—–-":
        return None
    first = sentence.tokens[last + 1]
    labels = words.labels(first.normal)
    if not first.capital and "speakers.roles" not in labels:
        return None
    return span_of(sentence, _rightward.after(sentence, words, last + 1))


def _name_alone(sentence: Sentence, index: int) -> Span | None:
    """The name that alone stands after a quotation and a dash: "“…” — Anna Dupont"."""
    tail = sentence.tokens[sentence.held[index][1] :]
    if index != len(sentence.passages) - 1 or len(tail) < 2 or tail[0].text not in "-–—―":
        return None
    named = tail[1:-1] if tail[-1].text == "." else tail[1:]
    proper = all(token.capital or token.text == "." for token in named)
    if not 1 <= len(named) <= _NAME or not proper:
        return None
    return Span(named[0].start, named[-1].end)


def _cited(sentence: Sentence, words: Lexicon, colon: int) -> Span | None:
    """Whom an outlet cites right before the colon: "writes the Gazette, citing a diplomat: “…”"."""
    for place in range(colon):
        last = past_citing(sentence, words, place)
        phrase = _rightward.after(sentence, words, last, colon) if 0 < last < colon else None
        if phrase is not None and phrase[1] == colon:
            return span_of(sentence, phrase)
    return None


def _headed(sentence: Sentence, words: Lexicon, index: int) -> Span | None:
    """The speaker of a headline without a verb: "Иванов о тарифах: «…»".

    Only where the words of speech stand inside the marks as a rule, or the verb stands last:
    elsewhere the tagger, trained without this, decides.
    """
    first = 0
    while first < len(sentence.tokens) and sentence.tokens[first].text in "-—–>":
        first += 1
    if not (words.inside_marks or words.verb_final) or first >= len(sentence.tokens):
        return None
    for place in range(first, sentence.held[index][0]):
        first = place + 1 if sentence.tokens[place].text == "," else first
    if sentence.held[index][0] - first > _HEADLINE or not _may_head(sentence, words, first):
        return None
    phrase = _rightward.after(sentence, words, first, sentence.held[index][0])
    return span_of(sentence, phrase) if _heads(sentence, words, phrase) else None


def _may_head(sentence: Sentence, words: Lexicon, first: int) -> bool:
    """Whether a source may begin at token `first`: a capital, or an article or role behind a
    comma: "Alluvione, il sindaco: «…»"."""
    token = sentence.tokens[first]
    named = {"speakers.determiners", "speakers.roles"}
    return token.capital or (first > 0 and bool(words.labels(token.normal) & named))


def _heads(sentence: Sentence, words: Lexicon, phrase: tuple[int, int] | None) -> bool:
    """Whether a phrase before a colon is somebody: a role, a body, a name of two words, or
    any name in a headline ("Допустим: «…»" is none)."""
    if phrase is None:
        return False
    tokens = sentence.tokens[phrase[0] : phrase[1]]
    known = any(
        words.labels(token.normal) & {"speakers.roles", "speakers.groups"} for token in tokens
    )
    return known or sentence.block == 0 or sum(token.capital for token in tokens) > 1


# Tokens of a headline before its quotation, colon and all.
_HEADLINE = 9


def _led_off(page: Page, sentence: Sentence, index: int, held: list[Token]) -> bool:
    """Whether a quotation opens its sentence and a clause in small letters follows it, whatever
    verb that has: "„Nikt tego nie policzył” – słyszę"."""
    first, last = sentence.held[index]
    behind = sentence.tokens[last : last + 2]
    if first or not page.lexicon.adjectives or len(behind) < 2 or len(held) <= SPEECH_WORDS // 2:
        return False
    mark, word = behind
    return (
        held[0].capital
        and mark.text in _LEADING
        and word.word
        and not word.capital
        and not is_title(sentence, page.lexicon, index, held)
    )


_LEADING = frozenset("-–—―,")


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
        name = len(held) == 1 and held[0].capital and not (ended or verbs)
        return "" if name else "colon"
    if len(held) >= 2 * SPEECH_WORDS or (len(held) >= SPEECH_WORDS and ended):
        return "long quote"
    # "لقناة "بي إن سبورتس": "…"": where it was said
    placed = last < len(sentence.tokens) and sentence.tokens[last].text in ":："
    if held and not placed and _led_off(page, sentence, index, held):
        return "quoted words"
    if not held or placed or is_title(sentence, page.lexicon, index, held):
        return ""
    behind = sentence.tokens[last : last + 1]
    opens = first == 0 and page.lexicon.comma_clauses and bool(behind) and behind[0].word
    subject = opens and not ended  # "«Центр протидії корупції» вимагає": whose clause follows
    said = verbs and not subject and len(held) >= 3 and not is_named(sentence, page.lexicon, index)
    return "quoted words" if said and sum(not token.capital for token in held) >= 2 else ""
