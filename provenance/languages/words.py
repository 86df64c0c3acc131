"""Words of a text with their stems: what the gloss and matching count by.

A stem is for comparing, never for reading: case, accents and endings are gone. Stems come
from Snowball (Porter 1980, https://snowballstem.org) where it knows the language, else from
the suffix list in ``languages/<code>/words.toml``. English stems are the common currency of
the whole project: the gloss translates into them and the matcher compares by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.languages import _segmenting, table

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = r"\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_KANA = rf"\u3040-\u309f{_KATAKANA}"
_LETTER = rf"[^\W\d_{_HAN}{_KANA}]"
# Inside a word: letters, digits, combining marks of the scripts we meet, soft hyphen, tatweel.
_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u200c\u200d"
)
_INSIDE = rf"(?:[^\W_{_HAN}{_KANA}]++|[{_MARKS}]++)*+"  # possessive: linear on any input
_NUMBER = r"\d++(?:[.,\u066b\u066c]\d++|[ \u00a0\u2009\u202f’']\d{3}(?!\d))*+"
_UNSPACED = re.compile(f"[{_HAN}{_KANA}]")
_APOSTROPHES = "'’ʼ‘`"
_LONGEST = 64  # a longer run of letters is no word of any language; its stem is its head
_LANGUAGES = 64  # languages kept ready at a time: a file may claim any number of them
_CACHED = 200_000  # stems kept a language, about 30 MB; beyond that the cache starts afresh

_COMBINING = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200c\u200d]+")
_PLAIN = {ord("ı"): "i", ord("ł"): "l", ord("ø"): "o", ord("đ"): "d", ord("æ"): "ae"}
_PLAIN |= {ord("œ"): "oe", ord("þ"): "th", ord("ð"): "d", ord("ʼ"): "'", ord("’"): "'"}
_PLAIN |= {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ة"): "ه"}
_KEPT = str.maketrans({"й": "\ue000", "ї": "\ue001", "ў": "\ue002"})
_BACK = str.maketrans({"\ue000": "й", "\ue001": "ї", "\ue002": "ў"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its offsets, with the folded stem by which it is compared."""

    start: int
    end: int
    text: str
    stem: str


def fold(text: str) -> str:
    """`text` without case, accents, vowel points and stretching; ё is е, ß is ss, ﻻ is لا.

    Cyrillic й, ї and ў stay themselves, for they are letters and not accents. Persian and
    Arabic forms of one letter (ي ى ی, ك ک) become one.
    """
    if text.isascii():
        return text.lower()
    low = unicodedata.normalize("NFKC", text).casefold()
    kept = unicodedata.normalize("NFC", low).translate(_KEPT)
    bare = _COMBINING.sub("", unicodedata.normalize("NFKD", kept)).translate(_PLAIN)
    return unicodedata.normalize("NFC", bare.translate(_BACK))


def words(text: str, language: str) -> tuple[Word, ...]:
    """Words of `text` in order, at their offsets, in time linear in its length.

    Numbers are one word each (``15,000`` has the stem ``15000``, ``3,5`` the stem ``3.5``);
    Chinese and Japanese runs are cut into the longest words the vocabulary knows.
    """
    stem = _stemmer(language)
    return tuple(Word(start, end, found, stem(found)) for start, end, found in _cut(text, language))


def forms(text: str, language: str) -> list[str]:
    """The wording of each of `words`."""
    if not text.isascii() and _UNSPACED.search(text):
        return [found for _, _, found in _run_together(text, language)]
    return _pattern(language, text.isascii()).findall(text)


def pieces(text: str, language: str) -> list[str]:
    """`text` cut before and after each of `words`: these at odd places, what stands between
    two of them, before the first and after the last at even ones."""
    if not text.isascii() and _UNSPACED.search(text):
        return _around(text, list(_run_together(text, language)))
    return _parting(language, text.isascii()).split(text)


def _around(text: str, found: Sequence[tuple[int, int, str]]) -> list[str]:
    parts: list[str] = []
    at = 0
    for start, end, word in found:
        parts += text[at:start], word
        at = end
    return [*parts, text[at:]]


def stems(text: str, language: str) -> list[str]:
    """The stems of `words`, alone, for counting."""
    stem = _stemmer(language)
    return [stem(found) for _, _, found in _cut(text, language)]


def stem_of(word: str, language: str) -> str:
    """The stem of one word."""
    return _stemmer(language)(word)


@cache
def function_words(language: str) -> frozenset[str]:
    """The listed function words of `language`, folded; none where it has no ``meaning`` table."""
    return frozenset(fold(word) for word in table(language, "meaning").get("stop", "").split())


# ---------------------------------------------------------------- cutting


def _cut(text: str, language: str) -> Sequence[tuple[int, int, str]]:
    """Offsets and surface of each word."""
    if not text.isascii() and _UNSPACED.search(text):
        return list(_run_together(text, language))
    found = _pattern(language, text.isascii()).finditer(text)
    return [(match.start(), match.end(), match[0]) for match in found]


def _run_together(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """The same where words may stand without spaces between them."""
    for match in _unspaced(language).finditer(text):
        if match.lastgroup is None:
            yield *match.span(), match[0]
        else:
            yield from _characters(match.group(), match.start(), language, match.lastgroup)


def _characters(run: str, offset: int, language: str, kind: str) -> Iterator[tuple[int, int, str]]:
    """Words of a run of Chinese or Japanese writing; kana stay together."""
    at = 0
    for length in [len(run)] if kind == "kana" else _segmenting.lengths(run, language):
        yield offset + at, offset + at + length, run[at : at + length]
        at += length


@lru_cache(maxsize=_LANGUAGES)
def _pattern(language: str, plain: bool) -> re.Pattern[str]:
    """What a word is in `language`: whether an apostrophe joins or parts.

    A `plain` text is all ASCII; what cannot stand in it is not looked for, in half the time.
    """
    letter, inside = (r"[A-Za-z]", r"[A-Za-z0-9]*+") if plain else (_LETTER, _INSIDE)
    word = f"{letter}{inside}"
    if _rule(language) != "parts":
        joins = "".join(filter(str.isascii, _APOSTROPHES)) if plain else _APOSTROPHES
        word += f"(?:[{joins}]{letter}{inside})*+"
    return re.compile(f"{word}|{_NUMBER}")  # the first that most pieces are


@lru_cache(maxsize=_LANGUAGES)
def _parting(language: str, plain: bool) -> re.Pattern[str]:
    """The same as what parts a text, and is kept."""
    return re.compile(f"({_pattern(language, plain).pattern})")


@lru_cache(maxsize=_LANGUAGES)
def _unspaced(language: str) -> re.Pattern[str]:
    """The same, and runs of Chinese or Japanese writing."""
    kana = f"[{_KATAKANA}]++|[\u3040-\u309f]++"
    return re.compile(f"(?P<han>[{_HAN}]++)|(?P<kana>{kana})|{_pattern(language, False).pattern}")


def _rule(language: str) -> str:
    return str(table(language, "words").get("apostrophe", "joins"))


# ---------------------------------------------------------------- stemming


@lru_cache(maxsize=_LANGUAGES)
def _stemmer(language: str) -> Callable[[str], str]:
    """The stemmer of `language`, remembering the words it has seen."""
    known: dict[str, str] = {}
    strip, rule = _endings(language), _rule(language)
    plain = language == "en"

    def stem(word: str) -> str:
        found = known.get(word)
        if found is None:
            if len(known) >= _CACHED:
                known.clear()
            if plain and word.isalpha() and word.isascii() and len(word) <= _LONGEST:
                found = strip(word.lower())  # as below, in half the time
            found = known[word] = found or _stem(word, language, rule, strip)
        return found

    return stem


def _stem(word: str, language: str, rule: str, strip: Callable[[str], str]) -> str:
    if word[0].isdigit():
        return _number(word)
    if len(word) > _LONGEST:
        return fold(word[:_LONGEST])
    plain = _lower(word, language)
    if rule == "ends":
        plain = plain.partition("'")[0]
    elif rule == "letter":
        plain = plain.replace("'", "")
    return fold(strip(plain)) or fold(word) or word


def _lower(word: str, language: str) -> str:
    """Lower case with its accents, apostrophes made one, as stemmers expect it."""
    if table(language, "words").get("dotless"):
        word = word.replace("İ", "i").replace("I", "ı")
    if word.isascii():
        return word.lower().replace("`", "'")
    low = unicodedata.normalize("NFC", word.lower()).replace("ё", "е").replace("\u00ad", "")
    for mark in _APOSTROPHES[1:]:
        low = low.replace(mark, "'")
    return low


def _number(word: str) -> str:
    """A number in plain digits: grouping marks gone, a decimal comma made a point.

    A mark that parts exactly three digits groups, any other is decimal; which of the two
    ``1.500`` means is not the language's to say, since news agencies write both.
    """
    digits = "".join(str(unicodedata.digit(c, 0)) if c.isdigit() else c for c in word)
    head, *groups = re.split(r"[^0-9]", digits)
    if all(len(group) == 3 for group in groups) and head not in {"", "0"} and len(head) <= 3:
        return head + "".join(groups)
    *whole, decimals = [head, *groups]
    return f"{''.join(whole)}.{decimals}" if groups else head


def _endings(language: str) -> Callable[[str], str]:
    """What takes the endings off a word in lower case."""
    own = table(language, "words")
    if own.get("endings"):
        return _suffixes(own["endings"], int(own.get("shortest", 3)))
    if language in _SNOWBALL:
        return _snowball(_SNOWBALL[language])
    return str


def _snowball(algorithm: str) -> Callable[[str], str]:
    import Stemmer

    if algorithm not in Stemmer.algorithms():
        return str
    strip: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    return strip


def _suffixes(rounds: Sequence[Sequence[str]], shortest: int) -> Callable[[str], str]:
    """A light stemmer: each round takes the longest of its endings that leaves `shortest`."""
    sets = [(frozenset(endings), max(map(len, endings))) for endings in rounds]

    def strip(word: str) -> str:
        for endings, longest in sets:
            for size in range(min(longest, len(word) - shortest), 0, -1):
                if word[-size:] in endings:
                    word = word[:-size]
                    break
        return word

    return strip
