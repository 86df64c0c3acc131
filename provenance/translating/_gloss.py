"""A readable word-by-word English of a foreign passage: for finding, never for quoting.

Every word is replaced by the spelling of its likeliest sense; numbers, punctuation and what
is already in Latin letters stay, unknown names are romanised. No word order, no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.errors import TranslationError
from provenance.languages.words import Word, words
from provenance.model import Translation
from provenance.translating import _tables
from provenance.translating._lexicon import Lexicon, heard, lexicon, romanised

PACKAGE = "gloss 1"
_BEST = 0.4  # a gloss in which every word is known: its content words are right four times in five
_NATIVE = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "「": '"', "」": '"', "『": '"'}
_NATIVE |= {"』": '"', "，": ", ", "。": ". ", "、": ", ", "；": "; ", "：": ": ", "？": "? "}
_NATIVE |= {"！": "! ", "（": " (", "）": ") ", "《": '"', "》": '"', "،": ",", "؛": ";", "؟": "?"}
_NATIVE |= {"۔": ".", "…": "...", "¿": "", "¡": "", "·": " "}
_MARKS = str.maketrans(_NATIVE)
_ELIDING = "'’ʼ"  # l'homme: the two words are no longer one in English
_PARTED = re.compile(r"(?:^|[.!?…。！？]\s*)[\"'«„“”「『(\s]*$")
_SPACES = re.compile(r"[^\S\n]{2,}")
_BEFORE_MARK = re.compile(r"[^\S\n]([,.;:!?)])(?=\s|$)")


def gloss(text: str, language: str) -> Translation:
    """`text` word by word in English, marked as such.

    `confidence` is at most 0.4 and falls with the share of words not in the table. Raises
    `TranslationError` when there is no table for `language`.
    """
    known = lexicon(language)
    if known is None:
        listed = ", ".join(_tables.languages())
        raise TranslationError(f"no built-in gloss for {language!r}; there is one for: {listed}")
    found = words(text, language)
    return Translation(
        source_text=text,
        text=_tidied("".join(_pieces(text, found, known))),
        source=language,
        target="en",
        translator="gloss",
        package=PACKAGE,
        confidence=round(_BEST * _listed(found, known), 3),
        flags=("word by word",),
    )


def _listed(found: tuple[Word, ...], known: Lexicon) -> float:
    """The share of words the lexicon lists, numbers counting as listed."""
    if not found:
        return 0.0
    sure = (
        w.stem[:1].isdigit() or known.borrowed(w.stem) or bool(known.listed(w.stem)) for w in found
    )
    return sum(sure) / len(found)


def _pieces(text: str, found: tuple[Word, ...], known: Lexicon) -> Iterator[str]:
    """English words and the marks between them, in the order of the source."""
    at, first = 0, True
    for word in found:
        between = text[at : word.start]
        first = first or bool(_PARTED.search(between[-8:]) if between.strip() else False)
        parted = between and between not in _ELIDING
        yield between.translate(_MARKS) if parted or at == 0 else " "
        yield _shown(word, known, first)
        at, first = word.end, False
    yield text[at:].translate(_MARKS)


def _shown(word: Word, known: Lexicon, first: bool) -> str:
    """The English of one word, with a capital where the source has a name or a beginning."""
    if word.stem[:1].isdigit() or known.borrowed(word.stem):
        return word.text
    capital = word.text[:1].isupper()
    english = _spelling(word, known, capital and not first) or _guess(word, known)
    if first or (capital and known.language != "de"):
        return english[:1].upper() + english[1:]
    return english


def _spelling(word: Word, known: Lexicon, named: bool) -> str:
    """The spelling of the likeliest sense; a name as it sounds, or as it is."""
    forms = known.spellings(word.stem)
    sound = heard(romanised(word.stem)) if named else ""
    alike = [form for form in forms if sound and heard(form.lower()) == sound]
    if alike and alike[0][:1].isupper() and word.text.isascii():
        return word.text
    return (*alike, *forms)[0] if forms else ""


def _guess(word: Word, known: Lexicon) -> str:
    """A compound by its parts, a name as it is or romanised, else a word that begins alike."""
    if parts := known.parts(word.stem):
        return " ".join(known.spellings(part)[0] for part in parts)
    if word.text.isascii() or word.text[:1].isupper():
        return romanised(word.text)
    related = known.related(word.stem)
    return known.spellings(related)[0] if related else romanised(word.text)


def _tidied(text: str) -> str:
    return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
