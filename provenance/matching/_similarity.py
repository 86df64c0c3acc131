"""How alike two words are, within a language and across: the soft part of soft alignment."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from rapidfuzz.distance import JaroWinkler

from provenance.matching._names import romanised
from provenance.matching._senses import Lexeme

STEM = 0.97  # same stem, another form
SENSE = 0.92  # ceiling for translations and synonyms: equal in meaning, not in word
_SPELLING = 0.86  # Jaro-Winkler below this pairs unrelated words more often than variants
_SHORTEST = 4  # letters; shorter words differ by one letter too easily
_NAME = 3  # consonants


def similarity(left: Lexeme, right: Lexeme) -> float:
    """How likely `left` and `right` say the same, in [0, 1]; symmetric.

    Numbers are alike only when equal. Otherwise the best of: same word, same stem, shared
    English senses, and for rarer words the same name by ear or by spelling.
    """
    if left.value is not None or right.value is not None:
        return _numbers(left, right)
    if left.stem == right.stem and left.language == right.language:
        return 1.0 if left.surface == right.surface else STEM
    return _likeness(left, right)


@lru_cache(maxsize=400_000)
def _likeness(left: Lexeme, right: Lexeme) -> float:
    """The same of two words of different stems."""
    if left.surface == right.surface and left.language == right.language:
        return 1.0
    best = _senses(left, right)
    if best < SENSE and not (left.stop or right.stop):
        best = max(best, _spelling(left, right))
    return best


@lru_cache(maxsize=100_000)
def sounds(word: Lexeme) -> tuple[str, ...]:
    """What two words of different stems share, some of it at least, if they are alike at all."""
    return (word.initial, word.skeleton[:1], *word.keys)


def _numbers(left: Lexeme, right: Lexeme) -> float:
    if left.value is None or right.value is None or left.value != right.value:
        return 0.0
    return 0.8 if left.unit and right.unit and left.unit != right.unit else 1.0


def _senses(left: Lexeme, right: Lexeme) -> float:
    """The most probable shared English sense, each word's best counting as certain."""
    ours, theirs = left.senses, right.senses
    chances = _chances(left)
    shared = [p * chances[e] for e, p in theirs if e in chances]
    if not shared:
        return 0.0
    return SENSE * sqrt(min(1.0, max(shared) / (ours[0][1] * theirs[0][1])))


@lru_cache(maxsize=2_000)
def _chances(word: Lexeme) -> dict[str, float]:
    """The probability of each sense of a word, which is compared with many."""
    return dict(word.senses)


def _spelling(left: Lexeme, right: Lexeme) -> float:
    """Names and rare words by spelling (Winkler 1990) and by ear, 0 where it says nothing."""
    if not (left.telling or right.telling):
        return 0.0
    if left.initial != right.initial and left.skeleton[:1] != right.skeleton[:1]:
        return 0.0  # no variant begins with another sound
    one, other = romanised(left.surface), romanised(right.surface)
    spelled: float = JaroWinkler.normalized_similarity(one, other)
    heard = left.skeleton == right.skeleton
    if heard and len(left.skeleton) >= (_NAME if spelled < _SPELLING else _NAME - 1):
        return max(0.8, 0.5 + 0.5 * spelled) if spelled > 0.6 else 0.0
    if min(len(one), len(other)) < _SHORTEST or spelled < _SPELLING:
        return 0.0
    return 0.9 * spelled
