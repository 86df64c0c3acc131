"""A translation taken back into its source language: what does not come home was in doubt.

A reader who does not know the foreign language can read both ends. A good round trip proves
little, for two engines may undo each other's faults; a bad one says where to look.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance.languages.words import words
from provenance.model import Aligned, Span, Translation
from provenance.translating._changes import changed_denial, changed_numbers, lost_names
from provenance.translating._translator import translator


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A translation and its way back.

    `kept` is the share in [0, 1] of the source's words that came back, by their stems;
    `missing` those that did not, as they are written and in their order. `changed` says
    whether a ``number``, a ``negation`` or a ``name`` is not what it was.
    """

    there: Translation
    back: Translation
    kept: float
    missing: tuple[str, ...]
    changed: tuple[str, ...]


def round_trip(translation: Translation) -> RoundTrip | None:
    """The way back of a translation; None when no engine leads back or for a gloss.

    Raises `TranslationError` as the engine does.
    """
    engine = translator(translation.target, translation.source)
    if engine is None or translation.translator == "gloss":
        return None
    [back] = engine.translate([translation.text], translation.target, translation.source)
    kept, missing = _kept(translation.source_text, back.text, translation.source)
    changed = _changed(translation.source_text, back.text, translation.source)
    return RoundTrip(translation, back, kept, missing, changed)


def _kept(source: str, back: str, language: str) -> tuple[float, tuple[str, ...]]:
    """The share of the words that came back, and those that did not."""
    found = words(source, language)
    home = {word.stem for word in words(back, language)}
    missing = tuple(word.text for word in found if word.stem not in home)
    return round(1 - len(missing) / max(1, len(found)), 4), missing


def _changed(source: str, back: str, language: str) -> tuple[str, ...]:
    fired = {
        "number": changed_numbers(source, language, back, language),
        "negation": changed_denial(source, language, back, language, _same(source, back, language)),
        "name": bool(lost_names(source, language, back, language)),
    }
    return tuple(kind for kind, is_changed in fired.items() if is_changed)


def _same(source: str, back: str, language: str) -> tuple[Aligned, ...]:
    """Words of both ends with one stem."""
    home = {word.stem: Span(word.start, word.end) for word in words(back, language)}
    return tuple(
        Aligned(Span(word.start, word.end), home[word.stem], 1.0)
        for word in words(source, language)
        if word.stem in home
    )
