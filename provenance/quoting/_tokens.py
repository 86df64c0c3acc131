"""Words and marks of a text at their offsets: the grain quoting works in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CJK = "\u3400-\u9fff\u3040-\u30ff"
# Vowel marks of Arabic, stress marks of Cyrillic: they stand on the letter before them.
_ON = "\u0300-\u036f\u064b-\u0655\u0670"
_TAIL = rf"(?:(?:['’ʼ](?!s\b)|-|\u2011|\u200c)(?:[^\W\d_][{_ON}]*)+)*"
# Hebrew marks an acronym by the mark before its last letter: צה"ל, מנכ"לית, but ב"הארץ".
_ACRONYM = '[א-ת]+["״][א-ת](?:ית|ים|ות|יות|[יהו])?(?![א-ת])'
# Web copies of Russian pages lose spaces at links: "написалаЛозован" is two words.
_RUN_ON = "[А-ЯЁІЇЄҐа-яёіїєґ][а-яёіїєґ]+(?=[А-ЯІЇЄҐA-Za-z])"
# "The Economistзаявил" as well; one or two Latin letters are look-alikes in a Cyrillic word.
_RUN_OFF = "[A-Za-zÀ-ɏ]{3,40}(?=[а-яёіїєґ]{2})"
# Each alternative begins with a different kind of character and none nests a repetition in
# a repetition over the same characters, so matching is linear in the text.
_WHOLE = re.compile(
    rf"[{_CJK}]|\d+(?:[.,:]\d+)*|['’]s\b|{_RUN_ON}|{_RUN_OFF}|{_ACRONYM}"
    rf"|(?:(?![{_CJK}])[^\W\d_][{_ON}]*)+{_TAIL}|\S",
)
# Romance languages glue little words on with an apostrophe (l'agence) or a hyphen (dit-il); a
# hyphen before a capital is inside a name (Jean-Noël).
_SPLIT = re.compile(
    rf"[{_CJK}]|\d+(?:[.,:]\d+)*"
    rf"|(?:(?![{_CJK}])[^\W\d_])+(?:-[A-ZÀ-ÖØ-ÞŒ][^\W\d_]*)*['’]?|\S",
)
_GLUING = frozenset({"fr", "it", "ca", "oc"})
_FOLDED = str.maketrans(
    {"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "\u2011": "-", "ـ": None,
     "\u0307": None, "ı": "i", "\u200c": None, "ي": "ی", "ك": "ک", "ٔ": None,
     "\u0301": None, **{chr(mark): None for mark in range(0x64B, 0x653)}}
)  # fmt: skip


class Token(NamedTuple):
    """A word or mark: ``text[start:end]``, and its form for looking up."""

    start: int
    end: int
    text: str
    normal: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, or with an article before one: "el-Sisi"."""
        return self.text[0].isupper() or (self.text[2:3] == "-" and self.text[3:4].isupper())

    @property
    def word(self) -> bool:
        """Whether it is a word rather than a mark or number."""
        return self.text[0].isalpha()


def normal(text: str) -> str:
    """The form words are compared in: lower case, one apostrophe, ё as е, one i."""
    return text.lower().translate(_FOLDED)


# Words recur, so their form is kept: of words no longer than this, as many as that.
_KEPT, _MEMORY = 32, 1 << 14
_remembered = lru_cache(_MEMORY)(normal)


def tokens(text: str, language: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of ``text[start:end]`` in order, none overlapping."""
    pattern = _SPLIT if language in _GLUING else _WHOLE
    stop = len(text) if end is None else end
    return [
        Token._make(
            (*match.span(), word, _remembered(word) if len(word) <= _KEPT else normal(word))
        )
        for match in pattern.finditer(text, start, stop)
        if (word := match.group())
    ]
