"""Writing names of other scripts in Latin letters, by the standards that people use.

The standards are ``data/romanisation.toml``; how people really spell foreign names,
learned from pairs, is ``data/letters.<code>.tsv`` (``python -m training.names``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from provenance.naming._letters import source_letters
from provenance.naming._spelling import pinyin, usual

# Scripts by the code points of their letters; the first that a word contains is its script.
_SCRIPTS = (
    ("Cyrl", "\u0400", "\u052f"),
    ("Grek", "\u0370", "\u03ff"),
    ("Hebr", "\u0590", "\u05ff"),
    ("Arab", "\u0600", "\u06ff"),
    ("Jpan", "\u3040", "\u30ff"),
    ("Hani", "\u3400", "\u9fff"),
    ("Kore", "\u1100", "\u11ff"),
    ("Kore", "\uac00", "\ud7af"),
)
_USUAL = {
    "Cyrl": "ru-press",
    "Grek": "el-elot",
    "Hebr": "he",
    "Arab": "ar-bgn",
    "Jpan": "ja-hepburn",
    "Kore": "ko-rr",
}
_LANGUAGES = {
    "ru": "ru-press",
    "uk": "uk-2010",
    "be": "be-2007",
    "bg": "bg-2009",
    "sr": "sr",
    "kk": "kk-2021",
    "fa": "fa-bgn",
    "mk": "sr",
}
_VOWELS = frozenset("аеёиоуыэюяіїєъь")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SMALL_KANA = frozenset("ァィゥェォャュョ")  # the second of every pair
_WORD = re.compile(r"\w+")
NATIVE = 4  # characters in a Chinese person's name, at most; foreign names are longer


def script(text: str) -> str:
    """ISO 15924 code of the first letter of `text` (``Latn``, ``Cyrl``, ``Hani``, ``Jpan`` for
    kana, ``Kore`` …); ``Zyyy`` when it has none."""
    for letter in text:
        if letter.isalpha():
            return _script(letter)
    return "Zyyy"


@lru_cache(maxsize=1 << 12)
def _script(letter: str) -> str:
    return next((code for code, low, high in _SCRIPTS if low <= letter <= high), "Latn")


@cache
def standards() -> Mapping[str, str]:
    """The standards by key (``ru-bgn``, ``uk-2010`` …) with what they are."""
    return {key: row["title"] for key, row in _tables().items()}


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    path = files(__package__) / "data" / "romanisation.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def letters(standard: str) -> Mapping[str, str]:
    """Spellings of `standard`: letters to Latin ones; "^x" at a word's start, "~x" after a vowel.

    Raises KeyError for a standard that no table has.
    """
    pairs = (item.partition("=") for item in _tables()[standard]["letters"].split())
    return {source: latin for source, _, latin in pairs}


def transliterate(text: str, standard: str) -> str:
    """`text` with every letter the standard knows in Latin ones, capitals kept.

    Raises KeyError for a standard that no table has.
    """
    table = letters(standard)
    prepared = unicodedata.normalize("NFC", text).translate(_HIRAGANA)
    if standard.startswith("ko"):
        prepared = unicodedata.normalize("NFD", prepared)
    if standard.startswith("el"):
        spread = unicodedata.normalize("NFD", prepared)
        prepared = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return _WORD.sub(lambda word: _spell(word.group(), table), prepared)


def _spell(word: str, table: Mapping[str, str]) -> str:
    spelt, place, low = [], 0, word.lower()
    if len(low) != len(word):  # İ and its like grow when lowered
        word = low
    while place < len(word):
        size = 2 if low[place : place + 2] in table else 1
        spelt.append(_unit(word, low, place, size, table))
        place += size
    latin = "".join(spelt)
    return latin.upper() if word.isupper() and len(word) > 2 else latin


def _unit(word: str, low: str, place: int, size: int, table: Mapping[str, str]) -> str:
    unit = low[place : place + size]
    latin = None
    if place == 0:
        latin = table.get("^" + unit)
    elif low[place - 1] in _VOWELS:
        latin = table.get("~" + unit)
    if latin is None:
        latin = table.get(unit, word[place : place + size])
    return latin[:1].upper() + latin[1:] if word[place].isupper() else latin


def romanise(text: str, language: str = "") -> str:
    """`text` in Latin letters as the press usually has it; Latin text comes back as it is.

    A short Chinese name is read in pinyin; in longer ones, which render foreign names, each
    character takes the letters it most often stands for.
    """
    kind = script(text)
    if kind in ("Latn", "Zyyy"):
        return text
    if kind == "Hani":
        return _WORD.sub(_chinese, text)
    return transliterate(text, _LANGUAGES.get(language, _USUAL[kind]))


def plain(text: str, kind: str, language: str = "") -> str:
    """`romanise` for a word of script `kind`, in small letters; many times as fast where the
    standard has no rule that looks at what stands before a letter."""
    standard = _LANGUAGES.get(language, _USUAL[kind])
    pairs, table = _plainly(standard)
    if pairs is None:
        return transliterate(text, standard).lower()
    split = kind == "Kore"
    small = unicodedata.normalize("NFD" if split else "NFC", text).lower()
    if kind == "Jpan":
        small = small.translate(_HIRAGANA)
        if _SMALL_KANA.isdisjoint(small):
            return small.translate(table)
    for two, latin in pairs:
        if two in small:
            small = small.replace(two, latin)
    return small.translate(table)


@cache
def _plainly(standard: str) -> tuple[tuple[tuple[str, str], ...] | None, Mapping[int, str]]:
    """The pairs of letters a standard has, None where the place of a letter counts, and its
    single letters."""
    table = letters(standard)
    pairs = tuple((unit, latin) for unit, latin in table.items() if len(unit) == 2)
    single = {ord(unit): latin for unit, latin in table.items() if len(unit) == 1}
    return None if any(unit[0] in "^~" for unit in table) else pairs, single


def _chinese(word: re.Match[str]) -> str:
    text = source_letters(word.group())
    native = len(text) <= NATIVE and word.group() == word.string.strip()
    latin = "".join(pinyin().get(sign, "") for sign in text) if native else usual(text, "zh")
    return latin.title()
