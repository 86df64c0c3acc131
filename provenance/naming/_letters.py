"""The letters of a name as they are compared: one script, no case, no marks, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from provenance.naming._folding import fold

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NOT_LATIN = re.compile(r"[^a-z]+")
_HEBREW_FINALS = str.maketrans("ךםןףץ", "כמנפצ")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي"})
# Apostrophes tell ג׳ (j) from ג and Ukrainian syllables apart: they are letters there.
_APOSTROPHE = re.compile("[׳'’ʼ`]")


@lru_cache(maxsize=1 << 13)
def latin_letters(name: str) -> str:
    """The letters a–z of a Latin name: ``Müller`` gives ``muller``."""
    folded = name.lower() if name.isascii() else fold(name)
    return folded if folded.isascii() and folded.isalpha() else _NOT_LATIN.sub("", folded)


@lru_cache(maxsize=1 << 13)
def source_letters(name: str) -> str:
    """The letters of a name in another script, Hangul taken apart into its sounds.

    Cyrillic keeps й and ё apart from и and е, Hebrew its geresh; vowel points go, and
    Chinese characters are simplified ones.
    """
    text = name.casefold()
    if "\uac00" <= text[:1] <= "\ud7af" or "\u1100" <= text[:1] <= "\u11ff":
        return _NOT_LETTERS.sub("", unicodedata.normalize("NFD", text))
    if "\u0590" <= text[:1] <= "\u05ff":
        marked = _APOSTROPHE.sub("׳", text.translate(_HEBREW_FINALS))
        return "".join(letter for letter in marked if letter.isalpha() or letter == "׳")
    if "\u0600" <= text[:1] <= "\u06ff":
        return _NOT_LETTERS.sub("", text.translate(_ARABIC).translate(_PERSIAN))
    if "\u0370" <= text[:1] <= "\u03ff" or "\u1f00" <= text[:1] <= "\u1fff":
        return _NOT_LETTERS.sub("", unicodedata.normalize("NFD", text))
    plain = unicodedata.normalize("NFKC", text)
    if "\u3400" <= plain[:1] <= "\u9fff":
        plain = plain.translate(_simplified())
    return plain if plain.isalpha() else _NOT_LETTERS.sub("", plain)


@cache
def _simplified() -> Mapping[int, str]:
    """Simplified characters for traditional ones of the same Mandarin syllable, by the table
    of OpenCC (Apache licence 2.0)."""
    path = files(__package__) / "data" / "simplified.tsv"
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()[1:])
    return {ord(sign): simple for simple, signs in rows for sign in signs}


_PERSIAN = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ـ": None})
