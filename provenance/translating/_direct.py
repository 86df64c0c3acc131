"""Compare a foreign passage with an English one directly, word by word, with no translation.

Each word of either side looks for the word of the other that it most probably translates,
preferring one in the same relative place where several would do; coverage is the share of
each side's information (inverse document frequency) that found one. It looks at the source
words, so it sees what a translation engine dropped or turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.languages.words import Word, words
from provenance.model import Aligned, Span
from provenance.translating._lexicon import Lexicon, frequencies, heard, lexicon, romanised

_FAIR = 0.1  # a link below this is no translation
_POWER = 0.5  # senses share one unit of probability; the root keeps the second from vanishing
_UNKNOWN = 6.0  # information of a foreign word the lexicon lacks, in nats: mostly a name
_CERTAIN = 0.8  # that a foreign name and an English word sounding alike are one


@dataclass(frozen=True, slots=True)
class Correspondence:
    """How far two passages say the same, word by word.

    `foreign` and `english` are the shares in [0, 1] of each side's information that the
    other side covers; `score` is their harmonic mean.
    """

    aligned: tuple[Aligned, ...]
    foreign: float
    english: float
    score: float


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign word with the English stems it may mean, ready to be compared."""

    word: Word
    senses: tuple[tuple[str, float], ...]
    weight: float
    sound: str


@dataclass(frozen=True, slots=True)
class English:
    """An English passage ready to be compared: where each stem stands, what each word says."""

    words: tuple[Word, ...]
    places: dict[str, tuple[int, ...]]
    weights: tuple[float, ...]
    total: float


def compare(text: str, language: str, english: str) -> Correspondence | None:
    """The correspondence of a passage and an English one; None without a lexicon."""
    known = lexicon(language)
    if known is None:
        return None
    return corresponding(foreign(text, known), prepared(english))


def corresponding(passage: Sequence[Foreign], english: English) -> Correspondence:
    """The correspondence of passages prepared before."""
    links, onward, back = linked(passage, english)
    aligned = tuple(
        Aligned(_span(passage[number].word), _span(english.words[place]), round(likeness, 4))
        for number, place, likeness in links
    )
    return Correspondence(aligned, onward, back, _mean(onward, back))


def score(passage: Sequence[Foreign], english: English) -> float:
    """The score of `compare` for passages prepared before, in [0, 1]."""
    _, onward, back = linked(passage, english)
    return _mean(onward, back)


def foreign(text: str, known: Lexicon) -> tuple[Foreign, ...]:
    """The words of a passage with their senses, once, for many comparisons."""
    return tuple(_meaning(word, known) for word in words(text, known.language))


def prepared(text: str) -> English:
    """An English passage, once, for many comparisons."""
    found = words(text, "en")
    places: dict[str, tuple[int, ...]] = {}
    for place, word in enumerate(found):
        places[word.stem] = (*places.get(word.stem, ()), place)
    weights = tuple(_weight(word.stem) for word in found)
    return English(found, places, weights, sum(weights))


def _meaning(word: Word, known: Lexicon) -> Foreign:
    found = known.senses(word)
    top = max((part for _, part in found), default=1.0)
    mass = sum(part for _, part in found)
    weight = sum(part * _weight(stem) for stem, part in found) / mass if mass else _UNKNOWN
    senses = tuple((stem, (part / top) ** _POWER * min(1.0, mass)) for stem, part in found)
    unlisted = not known.listed(word.stem) and word.stem[:1].isalpha()
    return Foreign(word, senses, weight, heard(romanised(word.stem)) if unlisted else "")


def linked(
    passage: Sequence[Foreign], english: English
) -> tuple[list[tuple[int, int, float]], float, float]:
    """Links (foreign word, English place, likeness) and the coverage of either side."""
    backward = [0.0] * len(english.words)
    links: list[tuple[int, int, float]] = []
    covered = total = 0.0
    stretch = len(english.words) / max(1, len(passage))
    for number, item in enumerate(passage):
        best, place = _best(item, english, number * stretch, backward)
        total += item.weight
        covered += item.weight * best
        if best >= _FAIR:
            links.append((number, place, best))
    said = sum(map(float.__mul__, english.weights, backward))
    return links, covered / total if total else 0.0, said / english.total if said else 0.0


def _best(item: Foreign, english: English, here: float, backward: list[float]) -> tuple[float, int]:
    """The likeliest English place of a foreign word; notes in `backward` what it covers."""
    best, target = 0.0, 0
    for stem, likeness in item.senses:
        for place in english.places.get(stem, ()):
            backward[place] = max(backward[place], likeness)
            nearer = likeness == best and abs(place - here) < abs(target - here)
            if likeness > best or nearer:
                best, target = likeness, place
    if best < _CERTAIN and len(item.sound) > 2:
        for stem, found in english.places.items():
            if heard(stem) == item.sound:
                for place in found:
                    backward[place] = max(backward[place], _CERTAIN)
                return _CERTAIN, found[0]
    return best, target


def _mean(one: float, other: float) -> float:
    """The harmonic mean."""
    return 2 * one * other / (one + other) if one + other else 0.0


def _span(word: Word) -> Span:
    return Span(word.start, word.end)


@lru_cache(maxsize=100_000)
def _weight(stem: str) -> float:
    return frequencies().idf(stem)
