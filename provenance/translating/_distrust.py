"""What speaks against a machine translation: signs that it is not what the source says.

Each flag is a plain word that is shown with the translation and lowers its confidence.
They are cheap and look at both sides; none of them proves anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from provenance.languages import table
from provenance.languages.numbers import Number, numbers
from provenance.languages.words import Word, fold, words

# What a flag leaves of the confidence: the more surely it is wrong, the less.
WORTH = {
    "repetition": 0.1,
    "wrong language": 0.3,
    "echoed": 0.3,
    "length": 0.5,
    "numbers": 0.6,
    "negation": 0.6,
    "masks": 0.9,
}
# Median length of the English over that of the source, in characters (FLORES dev).
_EXPANSION = {"zh": 3.15, "ja": 2.3, "ko": 2.0, "ar": 1.15, "fa": 1.05, "de": 0.86, "fr": 0.85}
_EXPANSION |= {"es": 0.85, "it": 0.86}
# Human translations keep to this range of the expected length in 998 of 1,000 sentences.
_SHORTEST, _LONGEST = 0.5, 1.9
_SHORT = 20  # code points below which lengths say nothing
_TURNS = 4  # times a phrase of up to four words stands in a row before it is a loop
_ECHO = 0.7  # share of the translation's words that stand in the source as they are
_FEW = 4  # words below which an echo may be a name
_SURE = 0.9  # confidence from which another language is believed
_TELLING = 40  # code points a language is told from


def flags(source_text: str, text: str, source: str, target: str) -> tuple[str, ...]:
    """The flags that fire, sorted by how much they matter. Linear in the texts' lengths."""
    before, after = words(source_text, source), words(text, target)
    fired = {
        "repetition": _loops([w.stem for w in after]) and not _loops([w.stem for w in before]),
        "length": _odd_length(source_text, text, source, target),
        "echoed": _echoed(before, after),
        "numbers": _numbers_changed(source_text, text, source, target),
        "negation": _negated(source_text, before, source) and not _negated(text, after, target),
    }
    fired["wrong language"] = _other_language(text, target) and not fired["echoed"]
    return tuple(flag for flag in WORTH if fired.get(flag))


def trust(score: float, fired: Sequence[str]) -> float:
    """The model's own confidence lowered by what speaks against it, in [0, 1]."""
    for flag in fired:
        score *= WORTH[flag]
    return round(max(0.0, min(1.0, score)), 4)


def _loops(stems: list[str]) -> bool:
    """Whether a phrase of one to four words stands several times in a row."""
    for size in range(1, 5):
        run = 0
        for place in range(size, len(stems)):
            run = run + 1 if stems[place] == stems[place - size] else 0
            if run >= size * (_TURNS - 1):
                return True
    return False


def _odd_length(source_text: str, text: str, source: str, target: str) -> bool:
    before, after = len(source_text.strip()), len(text.strip())
    if before < _SHORT:
        return after > 4 * _SHORT
    expected = before * _EXPANSION.get(source, 1.0) / _EXPANSION.get(target, 1.0)
    return not _SHORTEST <= after / expected <= _LONGEST


def _echoed(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether most of the translation is the source's own words."""
    letters = [word.text.casefold() for word in after if not word.text[:1].isdigit()]
    if len(letters) < _FEW:
        return False
    theirs = {word.text.casefold() for word in before}
    return sum(word in theirs for word in letters) >= _ECHO * len(letters)


def _numbers_changed(source_text: str, text: str, source: str, target: str) -> bool:
    """Whether a number written in digits has no equal on the other side."""
    before, after = numbers(source_text, source), numbers(text, target)
    lost = _without(before, after)
    gained = _without(after, before)
    return any(re.search(r"\d", number.text) for number in (*lost, *gained))


def _without(some: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """Those of `some` whose value is none of `others`."""
    values = Counter(round(number.value, 6) for number in others)
    return [number for number in some if not values[round(number.value, 6)]]


@cache
def _particles(language: str) -> frozenset[str]:
    return frozenset(_entries(language))


def _entries(language: str) -> Iterator[str]:
    """Words of negation, of every kind the language's table lists."""
    negation = table(language, "meaning").get("negation", {})
    for topic in ("particles", "verbs"):
        yield from fold(str(negation.get(topic, ""))).split()
    for pair in fold(str(negation.get("affixed", ""))).split():
        yield pair.partition(":")[0]


def _negated(text: str, found: Sequence[Word], language: str) -> bool:
    """Whether anything in the text denies."""
    listed = _particles(language)
    if not listed:
        return False
    folded = [fold(word.text).replace("’", "'") for word in found]
    if language == "zh":
        return any(mark in text for mark in listed)
    return any(word in listed or word.endswith("n't") for word in folded)


def _other_language(text: str, target: str) -> bool:
    from provenance.languages.detect import detect

    if len(text) < _TELLING:
        return False
    guess = detect(text)
    return guess.language not in {target, "und"} and guess.confidence >= _SURE
