"""The flow, in order: read → detect → quote → attribute → translate → match → chain → store.

Everything above this file computes; this file says when. The first half needs no
database, the second works on an open `Store`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from provenance.model import (
    Document,
    LanguageGuess,
    Origin,
    Quote,
    Span,
    Translation,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one document says on its own, before it is compared with any other."""

    document: Document
    language: LanguageGuess
    quotes: tuple[Quote, ...]
    origin: Origin
    sentences: tuple[Span, ...]


# ---------------------------------------------------------------- without a database


def detect(document: Document) -> tuple[Document, LanguageGuess]:
    """1. The document with its language filled in, unless it was given."""
    from provenance.languages.detect import detect

    guess = detect(document.text)
    return replace(document, language=document.language or guess.language), guess


def quotes(document: Document) -> tuple[Document, tuple[Quote, ...]]:
    """2–3. Its quotes with speakers and relays."""
    from provenance.quoting import extract

    known, _ = detect(document)
    return known, extract(known)


def analyse(document: Document) -> Reading:
    """1–4. Language, quotes, attributions, origin and sentences of one document."""
    from provenance.languages.sentences import sentences
    from provenance.quoting import extract
    from provenance.tracing.origin import origin

    known, guess = detect(document)
    found = extract(known)
    split = sentences(known.text, known.language)
    return Reading(known, guess, found, origin(known, found), split)


def translate(document: Document, target: str = "en") -> tuple[Document, Translation]:
    """5. The whole text through an installed package, else glossed into English.

    Raises `TranslationError` when neither can serve the pair.
    """
    from provenance.errors import TranslationError
    from provenance.translating import gloss, translator

    known, _ = detect(document)
    engine = translator(known.language, target)
    if engine is not None:
        return known, engine.translate([known.text], known.language, target)[0]
    if target != "en":
        raise TranslationError(
            f"no package translates {known.language} to {target}; "
            f"install one with: provenance models install {known.language} {target}"
        )
    return known, gloss(known.text, known.language)
