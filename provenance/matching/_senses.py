"""What a word means for comparison: English stems with weights, and how much it says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from provenance.languages import table
from provenance.languages.words import Word, fold
from provenance.matching._names import skeleton

_RAREST = 11.0  # nats: a stem not in the table occurs in fewer than four of a million sentences
_STOP = 0.25  # a function word counts a quarter of its rarity: fitted by recall on two-hop pairs
_FEW_SENSES = 6  # translations kept a word; beyond the sixth they add noise only
_UNLIKELY = 0.04  # translation probabilities below this are mostly misalignments


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """A word form of a language, as matching sees it; compared by identity.

    `senses` are English stems with probabilities, `weight` its information in nats,
    `skeleton` its consonants as heard, for names, `value` what a number says.
    """

    surface: str
    stem: str
    language: str
    senses: tuple[tuple[str, float], ...]
    skeleton: str
    weight: float
    stop: bool
    value: float | None = None
    unit: str = ""
    known: bool = True


def lexeme(word: Word, language: str) -> Lexeme:
    """The lexeme of `word`; the same object for the same word form."""
    return _lexeme(word.text, word.stem, language)


def number(text: str, value: float, unit: str, language: str) -> Lexeme:
    """The lexeme of a number: equal to every other way of writing it."""
    return _number(text, value, unit, language)


@lru_cache(maxsize=200_000)
def _lexeme(text: str, stem: str, language: str) -> Lexeme:
    surface = fold(text)
    stop = surface in stop_words(language)
    senses = _senses(stem, text, language)
    return Lexeme(
        surface=surface,
        stem=stem,
        language=language,
        senses=senses,
        skeleton=skeleton(surface),
        weight=_weight(senses, stop),
        stop=stop,
        known=_known(stem, senses, language),
    )


@lru_cache(maxsize=20_000)
def _number(text: str, value: float, unit: str, language: str) -> Lexeme:
    digits = len(f"{value:g}".strip("0.")) or 1
    return Lexeme(
        surface=fold(text),
        stem=f"#{value:g}",
        language=language,
        senses=((f"#{value:g}", 1.0),),
        skeleton="",
        weight=min(4.0 + digits, 8.0),  # "2" is as common as a frequent noun, "15432" is rare
        stop=False,
        value=value,
        unit=unit,
    )


def _senses(stem: str, text: str, language: str) -> tuple[tuple[str, float], ...]:
    if language == "en":
        return ((stem, 1.0),)
    lexicon = _lexicon(language)
    if lexicon is None:
        return ()
    found = lexicon.senses(stem)
    return tuple((e, p) for e, p in found[:_FEW_SENSES] if p >= _UNLIKELY)


def _weight(senses: tuple[tuple[str, float], ...], stop: bool) -> float:
    """Information in nats: expected over the senses, discounted for function words."""
    mass = sum(p for _, p in senses)
    plain = sum(p * rarity(stem) for stem, p in senses) / mass if mass else 0.8 * _RAREST
    return plain * _STOP if stop else plain


def _known(stem: str, senses: tuple[tuple[str, float], ...], language: str) -> bool:
    return stem in _counts()[0] if language == "en" else bool(senses)


def rarity(stem: str) -> float:
    """How much an English stem says, in nats: minus the log of its share of sentences."""
    counts, total = _counts()
    count = counts.get(stem)
    return _RAREST if count is None else min(_RAREST, math.log(total / count))


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words of `language`, folded."""
    return frozenset(fold(word) for word in table(language, "meaning").get("stop", "").split())


@cache
def _counts() -> tuple[Mapping[str, int], int]:
    text = (files(__package__) / "english.tsv").read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    total = next(int(word) for word in head.split() if word.isdigit())
    pairs = (row.split("\t") for row in rows)
    return {stem: int(count) for stem, count in pairs}, total


@cache
def _lexicon(language: str):  # type: ignore[no-untyped-def]
    try:
        from provenance.translating import lexicon
    except ImportError:
        return None
    return lexicon(language)
