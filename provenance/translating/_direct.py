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
class _Foreign:
    word: Word
    senses: dict[str, float]
    weight: float
    sound: str


def compare(text: str, language: str, english: str) -> Correspondence | None:
    """The correspondence of a passage and an English one; None without a lexicon."""
    known = lexicon(language)
    if known is None:
        return None
    return correspond(foreign(text, known), words(english, "en"))


def foreign(text: str, known: Lexicon) -> tuple[_Foreign, ...]:
    """The words of a passage with their senses, once, for many comparisons."""
    return tuple(_prepared(word, known) for word in words(text, known.language))


def _prepared(word: Word, known: Lexicon) -> _Foreign:
    found = known.senses(word)
    top = max((part for _, part in found), default=1.0)
    idf = frequencies().idf
    mass = sum(part for _, part in found)
    weight = sum(part * idf(stem) for stem, part in found) / mass if mass else _UNKNOWN
    senses = {stem: (part / top) ** _POWER * min(1.0, mass) for stem, part in found}
    unlisted = not known.listed(word.stem) and word.stem[:1].isalpha()
    return _Foreign(word, senses, weight, heard(romanised(word.stem)) if unlisted else "")


def correspond(prepared: Sequence[_Foreign], english: Sequence[Word]) -> Correspondence:
    """Align prepared foreign words with English ones and weigh what is covered."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(english):
        places.setdefault(word.stem, []).append(place)
    backward = [0.0] * len(english)
    aligned, covered, total = [], 0.0, 0.0
    for number, item in enumerate(prepared):
        here = number / max(1, len(prepared)) * len(english)
        best, target = _best(item, places, here, backward)
        total += item.weight
        covered += item.weight * best
        if best >= _FAIR and target is not None:
            there = english[target]
            here_span = Span(item.word.start, item.word.end)
            aligned.append(Aligned(here_span, Span(there.start, there.end), round(best, 4)))
    weights = [_weight(word.stem) for word in english]
    onward = covered / total if total else 0.0
    back = sum(map(float.__mul__, weights, backward)) / sum(weights) if sum(weights) else 0.0
    score = 2 * onward * back / (onward + back) if onward + back else 0.0
    return Correspondence(tuple(aligned), onward, back, score)


def _best(
    item: _Foreign, places: dict[str, list[int]], here: float, backward: list[float]
) -> tuple[float, int | None]:
    """The likeliest English place of a foreign word; notes in `backward` what it covers."""
    best, target = 0.0, None
    for stem, likeness in item.senses.items():
        for place in places.get(stem, ()):
            backward[place] = max(backward[place], likeness)
            if likeness > best or (
                likeness == best and target is not None and abs(place - here) < abs(target - here)
            ):
                best, target = likeness, place
    if best < _CERTAIN and len(item.sound) > 2:
        for stem, found in places.items():
            if _sound(stem) == item.sound:
                for place in found:
                    backward[place] = max(backward[place], _CERTAIN)
                best, target = _CERTAIN, found[0]
    return best, target


@lru_cache(maxsize=100_000)
def _sound(stem: str) -> str:
    return heard(stem)


@lru_cache(maxsize=100_000)
def _weight(stem: str) -> float:
    return frequencies().idf(stem)
