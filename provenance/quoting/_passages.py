"""Passages between quotation marks: which are speech, and which a verb points at."""

from __future__ import annotations

from provenance.model import Span
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import NOTHING, Found, Lexicon
from provenance.quoting._marks import TITLE_MARKS, Marked
from provenance.quoting._page import Sentence
from provenance.quoting._rulebook import REACH
from provenance.quoting._tokens import Token

# Shorter quoted passages are names or scare quotes unless a verb of speech points at them.
SPEECH_WORDS = 5
# Titles longer than this are rarer than speech that begins with a capital (polnear_train).
_TITLE_WORDS = 7


def passage_before(
    sentence: Sentence, words: Lexicon, cue: Found, left: int, speaker: Span | None
) -> Marked | None:
    """The quotation that ends where the attribution begins."""
    place = left
    ahead = speaker is not None and _before_marks(sentence, left, speaker)
    if not ahead and speaker is not None and speaker.start < sentence.tokens[cue.first].start:
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
    if speaker is not None and _inside_name(sentence, index, speaker):
        return None
    # "این گزارش را «بی‌اساس» خواند": the verb stands behind what it calls something
    named = words.caseless and "verbs.call" in cue.labels
    pointed = left > place or named or ended(sentence, index)
    return sentence.passages[index] if is_speech(sentence, index, words, pointed) else None


def _inside_name(sentence: Sentence, index: int, speaker: Span) -> bool:
    """Whether a passage stands between an office and who holds it: "Капитанът на „сините“ Иван
    Иванов"."""
    first, last = sentence.held[index]
    if first < 2 or last >= len(sentence.tokens) or last - first > _OFFICE:
        return False
    before, behind = sentence.tokens[first - 1], sentence.tokens[last]
    return before.word and behind.start == speaker.start and not ended(sentence, index)


# Tokens of the name of a team, a firm, a unit, marks and all.
_OFFICE = 5


def _before_marks(sentence: Sentence, left: int, speaker: Span) -> bool:
    """Whether the speaker stands before the passage that ends at token `left`."""
    index = sentence.quoted[left] if left >= 0 else -1
    return index >= 0 and speaker.end <= sentence.passages[index].outer_start


def _glued(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the token is the verb's first part, tied to what follows: "a-t-" of "a-t-il dit"."""
    following = sentence.tokens[place + 1].text if place + 1 < len(sentence.tokens) else ""
    auxiliary = "clause.auxiliaries" in words.labels(sentence.tokens[place].normal)
    elided = auxiliary and sentence.tokens[place].normal.endswith("'")
    return elided or (following == "-" and (auxiliary or sentence.tokens[place].normal == "t"))


def ended(sentence: Sentence, index: int) -> bool:
    """Whether the passage ends in punctuation, inside its marks."""
    first, last = sentence.held[index]
    return last - first > 2 and sentence.tokens[last - 2].text in ",.!?…，。！？"


def passage_after(sentence: Sentence, words: Lexicon, tail: int) -> Marked | None:
    """The first quotation after the attribution, when no clause of its own comes between."""
    for place in range(tail, min(len(sentence.tokens), tail + REACH + 6)):
        if sentence.quoted[place] >= 0:
            index = sentence.quoted[place]
            near = place - tail <= 3
            return sentence.passages[index] if is_speech(sentence, index, words, near) else None
        if sentence.tokens[place].text in ";.!?" and place > tail + 1:
            return None
        if place > tail and words.labels(sentence.tokens[place].normal) & {"verbs.say"}:
            return None
        if place > tail and another_verb(sentence, place):
            return None
    return None


def another_verb(sentence: Sentence, place: int) -> bool:
    """Whether a reporting verb of several words begins at token `place`."""
    return any(one.first == place and "verbs.say" in one.labels for one in sentence.found)


def rejoins(sentence: Sentence, tail: int, passage: Marked) -> bool:
    """Whether the quotation after an attribution continues the one before it."""
    for place in range(tail, min(len(sentence.tokens), tail + REACH)):
        if sentence.tokens[place].start >= passage.outer_start:
            # "сказал наставник «жёлто-синих»" names a team
            named = (
                sentence.tokens[place - 1].word and len(passage_words(sentence, place)) <= _NAMED
            )
            return not named
    return False


# Words of a team, a firm or a unit between marks.
_NAMED = 3


def passage_words(sentence: Sentence, place: int) -> list[Token]:
    """The words of the passage that token `place` stands in."""
    first, last = sentence.held[sentence.quoted[place]]
    return [token for token in sentence.tokens[first:last] if token.word]


def is_speech(sentence: Sentence, index: int, words: Lexicon, pointed: bool) -> bool:
    """Whether a passage between marks is speech rather than a name, title or scare quote."""
    passage = sentence.passages[index]
    if passage.mark in TITLE_MARKS:
        return False
    first, last = sentence.held[index]
    held = sentence.tokens[first:last]
    inner = [token for token in held if token.word]
    if not inner:
        return False
    if is_title(sentence, words, index, inner):
        return False
    if len(inner) >= SPEECH_WORDS or held[-2:][0].text in ",.!?…":
        return True
    if is_named(sentence, words, index) and (inner[0].capital or not words.comma_clauses):
        return False
    capitals = sum(1 for token in inner if token.capital)
    return pointed and (not inner[0].capital or capitals < len(inner) or len(inner) == 1)


def is_title(sentence: Sentence, words: Lexicon, index: int, inner: list[Token]) -> bool:
    """Whether a passage in mid-sentence begins with a capital, as names and titles do:
    words quoted in the run of a clause begin small."""
    first = sentence.held[index][0]
    if words.nouns_capitalised or first == 0 or len(inner) > _TITLE_WORDS:
        return False
    if not inner[0].capital or ended(sentence, index):
        return False
    before = sentence.tokens[first - 1]
    return before.word and "clause.that" not in words.labels(before.normal)


def is_named(sentence: Sentence, words: Lexicon, index: int) -> bool:
    """Whether a noun for an outlet, firm or work stands right before the mark."""
    first = sentence.held[index][0]
    labels = words.labels(sentence.tokens[first - 1].normal) if first else NOTHING
    return bool(labels & {"speakers.groups", "speakers.documents"})


def is_worded(sentence: Sentence, words: Lexicon, index: int) -> bool:
    """Whether a passage holds words said rather than a name or title, which has capitals
    throughout."""
    first, last = sentence.held[index]
    inner = [token for token in sentence.tokens[first:last] if token.word]
    if not inner or is_named(sentence, words, index):
        return False
    return ended(sentence, index) or any(not token.capital for token in inner)


def all_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is one quotation and nothing else, but for a dateline."""
    first = past_dateline(sentence)
    outside = (
        place
        for place, token in enumerate(sentence.tokens)
        if place >= first and token.word and sentence.quoted[place] < 0
    )
    return len(sentence.passages) == 1 and next(outside, None) is None
