"""Stretches of a passage, or of its English, for which the other side has nothing.

Every good translation leaves a word here and there that no lexicon finds on the other side.
A stretch in which most words are such was left out, put in or replaced. Looked at are words
of content that the lexicon knows well; the stretch is the run of words whose sum of misses
over the usual is greatest (the maximum subarray, Bentley 1984). Numbers are left to `unmet`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import log

from provenance.translating import _tables
from provenance.translating._direct import English, Foreign, foreign, linked, prepared
from provenance.translating._lexicon import Lexicon, lexicon
from provenance.translating._suspects import heads

_CONTENT = 3.0  # nats of information from which a word says something
_USUAL = 0.6  # of a word's meaning may miss before it counts: FLORES misses .26 (de) to .40 (zh)
_ABOUT = 0.5  # what a synonym, or a word with the same beginning, covers
_HEAD = 4  # letters by which a country and its adjective are one
_SHORTEST = 4  # words added to a length, so that two words alone are no stretch to speak of


def stretches(text: str, language: str, english: str) -> tuple[float, float]:
    """How much of a stretch of `text` is lost, and how much of one of `english` is put in.

    Both from 0 up; comparable within one language, whatever the length. (0, 0) without a
    lexicon.
    """
    known = lexicon(language)
    if known is None:
        return 0.0, 0.0
    passage, target = foreign(text, known), prepared(english)
    return _longest(_lost(passage, target, known)), _longest(_put_in(passage, target, language))


def _longest(misses: Iterable[float]) -> float:
    """The greatest sum of neighbouring misses over the usual; long texts have longer runs."""
    found = [missing - _USUAL for missing in misses]
    sums = accumulate(found, lambda total, more: max(0.0, total + more), initial=0.0)
    return max(sums) / log(len(found) + _SHORTEST)


def _lost(passage: Sequence[Foreign], target: English, known: Lexicon) -> Iterator[float]:
    """For each word of content that is listed, how far no English word means it."""
    likeness = {number: best for number, _, best in linked(passage, target)[0]}
    begun = _beginnings(target.places)
    for number, item in enumerate(passage):
        stem = item.word.stem
        listed = () if stem[:1].isdigit() else known.listed(stem)
        if listed and item.weight >= _CONTENT:
            senses = (sense for sense, _ in listed)
            yield 1 - _covered(likeness.get(number, 0.0), senses, target.places, begun)


def _put_in(passage: Sequence[Foreign], target: English, language: str) -> Iterator[float]:
    """For each English word of content that the lexicon knows, how far nothing means it."""
    meant: dict[str, float] = {}
    for sense, likeness in (sense for item in passage for sense in item.senses):
        meant[sense] = max(meant.get(sense, 0.0), likeness)
    begun = _beginnings(meant)
    for word, weight in zip(target.words, target.weights, strict=True):
        if weight >= _CONTENT and word.stem in heads(language) and not word.stem[:1].isdigit():
            yield 1 - _covered(meant.get(word.stem, 0.0), (word.stem,), meant, begun)


def _covered(
    likeness: float, stems: Iterable[str], there: Mapping[str, object], begun: Collection[str]
) -> float:
    """How far any of some stems is `there`, as it is, as a synonym, or begun alike."""
    if likeness >= _ABOUT:
        return likeness
    synonyms = _tables.synonyms()
    akin = any(
        stem[:_HEAD] in begun or any(other in there for other, _ in synonyms.get(stem, ()))
        for stem in stems
    )
    return _ABOUT if akin else likeness


def _beginnings(stems: Iterable[str]) -> frozenset[str]:
    """How stems begin that are long enough to be told by it."""
    return frozenset(stem[:_HEAD] for stem in stems if len(stem) >= _HEAD)
