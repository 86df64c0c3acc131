"""What speaks against a machine translation: signs that it is not what the source says.

Each flag is a plain word that is shown with the translation and lowers its confidence.
They are cheap and look at both sides; none of them proves anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.languages.words import Word, words
from provenance.languages.writing import expansion, unspaced
from provenance.model import Aligned
from provenance.translating._changes import changed_denial, changed_numbers, lost_names
from provenance.translating._direct import compare
from provenance.translating._judging import changed, uncovered

# What a flag leaves of the confidence: the more surely it is wrong, the less.
WORTH = {
    "repetition": 0.1,
    "wrong language": 0.3,
    "echoed": 0.3,
    "length": 0.5,
    "content": 0.6,
    "numbers": 0.6,
    "negation": 0.6,
    "names": 0.8,
    "masks": 0.9,
}
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Human translations keep to this range of the expected length in 998 of 1,000 sentences.
_SHORTEST, _LONGEST = 0.5, 1.9
_SHORT = 20  # code points below which lengths say nothing
_TURNS = 4  # times a phrase of up to four words stands in a row before it is a loop
_ECHO = 0.7  # share of the translation's words that stand in the source as they are
_FEW = 4  # words below which an echo may be a name
_SURE = 0.9  # confidence from which another language is believed
_SENTENCE = 3_000  # code points up to which each word is compared with each: no sentence is longer
_TELLING = 40  # code points a language is told from


def flags(source_text: str, text: str, source: str, target: str) -> tuple[str, ...]:
    """The flags that fire, sorted by how much they matter.

    Linear in the texts' lengths: denials and names are compared word with word only in what
    may be a sentence, not in a line of megabytes.
    """
    pairwise = max(len(source_text), len(text)) <= _SENTENCE
    before, after = words(source_text, source), words(text, target)
    told = _told(source_text, source, text, target) if pairwise else frozenset[str]()
    fired = {
        "repetition": _loops([w.stem for w in after]) and not _loops([w.stem for w in before]),
        "length": _odd_length(source_text, text, source, target),
        "content": pairwise and _uncovered(source_text, source, text, target),
        "echoed": _echoed(before, words(text, source)),
        "numbers": changed_numbers(source_text, source, text, target),
        "negation": "negation" in told
        or (
            pairwise
            and changed_denial(
                source_text, source, text, target, _aligned(source_text, source, text, target)
            )
        ),
        "names": "name" in told
        or (pairwise and bool(lost_names(source_text, source, text, target))),
    }
    fired["wrong language"] = _other_language(text, target) and not fired["echoed"]
    for flag in ("names", "content"):
        fired[flag] = fired[flag] and not fired["wrong language"]
    return tuple(flag for flag in WORTH if fired.get(flag))


def _told(source_text: str, source: str, text: str, target: str) -> frozenset[str]:
    """The kinds of change the words of the source speak for, where the lexicon knows them."""
    found = changed(source_text, source, text) if target == "en" else ()
    return frozenset(change.kind for change in found)


def _uncovered(source_text: str, source: str, text: str, target: str) -> bool:
    """Whether a stretch of either side stands for nothing on the other, one of them English."""
    if source == "en":
        return uncovered(text, target, source_text)
    return target == "en" and uncovered(source_text, source, text)


def _aligned(source_text: str, source: str, text: str, target: str) -> tuple[Aligned, ...]:
    """The words of both sides that translate each other, where the lexicon can tell."""
    found = compare(source_text, source, text) if target == "en" else None
    return found.aligned if found else ()


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
    ratio = _size(text, target) / _size(source_text, source)
    return not _SHORTEST <= ratio <= _LONGEST


def _size(text: str, language: str) -> float:
    """The length of a text in letters of English."""
    each, length = expansion(language), len(text.strip())
    if not unspaced(language):
        return length * each
    dense = len(_DENSE.findall(text))
    return dense * each + (length - dense)


def _echoed(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether most of the translation is the source's own words."""
    letters = [word.text.casefold() for word in after if not word.text[:1].isdigit()]
    if len(letters) < _FEW:
        return False
    theirs = {word.text.casefold() for word in before}
    return sum(word in theirs for word in letters) >= _ECHO * len(letters)


def _other_language(text: str, target: str) -> bool:
    from provenance.languages.detect import detect

    if len(text) < _TELLING:
        return False
    guess = detect(text)
    return guess.language not in {target, "und"} and guess.confidence >= _SURE
