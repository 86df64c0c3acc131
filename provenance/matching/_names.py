"""Names across scripts: the consonants as heard, so that Кир Стармер meets Keir Starmer.

A skeleton keeps one capital letter for each class of consonants and drops vowels, as
Soundex (Russell 1918) does for English; here the classes are chosen so that the usual
romanisations of Slavic, Arabic, Greek and Persian names fall together.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Letters of other scripts as they are usually romanised; vowels only matter for `romanised`.
_LETTERS = dict(
    zip("абвгґдеєжзийлмнопрстуфиіїыэ", "abvggdeezziylmnoprstufiiiye", strict=True)
) | {
    "к": "k", "ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya", "ђ": "d", "ј": "y", "љ": "l", "њ": "n", "ћ": "c", "џ": "j", "ў": "u",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "h", "ψ": "ps", "ω": "o",
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "h",
    "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z",
    "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ک": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "u", "ی": "i", "ئ": "", "ء": "", "ؤ": "u",
}  # fmt: skip
_TABLE = {ord(letter): latin for letter, latin in _LETTERS.items()}

# Spellings of one sound, longest first; then one letter per class.
_SOUNDS = (
    ("shch", "S"), ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "J"), ("tz", "S"),
    ("ts", "S"), ("cz", "S"), ("sz", "S"), ("ch", "S"), ("sh", "S"), ("zh", "S"), ("kh", "H"),
    ("gh", "G"), ("ph", "F"), ("th", "T"), ("dj", "J"), ("ck", "K"), ("qu", "K"), ("x", "KS"),
)  # fmt: skip
_CLASSES = {
    "b": "B", "p": "P", "f": "F", "v": "V", "w": "V", "d": "D", "t": "T", "g": "G", "k": "K",
    "q": "K", "c": "K", "j": "J", "s": "S", "z": "S", "l": "L", "m": "M", "n": "N", "r": "R",
    "h": "H",
}  # fmt: skip
_HEARD = {code: _CLASSES.get(chr(code)) for code in range(128)}
_HEARD |= {ord(sound): sound for sound in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SPELT = frozenset("hjkqxz")  # one of these is in every spelling but ts
_DOUBLED = re.compile(r"(.)\1+")
_SOFT_C = re.compile(r"c(?=[eiy])")
_GLIDE = re.compile(r"(?<=[aeiouy])j(?![aeiouy])")


@lru_cache(maxsize=100_000)
def romanised(word: str) -> str:
    """`word` (folded) in Latin letters, roughly; what has no letter here stays as it is."""
    return word if word.isascii() else word.translate(_TABLE)


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of `word` (folded) as classes: ``зеленский``, ``Zelenskyy`` → ``SLNSK``.

    Empty for words without letters we can hear (Chinese, digits, emoji).
    """
    latin = romanised(word)
    if not latin.isascii():
        return ""
    latin = _GLIDE.sub("y", _SOFT_C.sub("s", latin))
    if "ts" in latin or not _SPELT.isdisjoint(latin):
        for spelling, sound in _SOUNDS:
            latin = latin.replace(spelling, sound)
    heard = latin.translate(_HEARD)
    if heard and heard[0] != "H":
        heard = heard[0] + heard[1:].replace("H", "")  # h inside a name is often silent
    return _DOUBLED.sub(r"\1", heard)
