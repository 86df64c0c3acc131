"""Words of a text with their stems: what the gloss and matching count by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its offsets, with the folded stem by which it is compared."""

    start: int
    end: int
    text: str
    stem: str


def fold(text: str) -> str:
    """`text` case-folded, without combining marks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str, language: str) -> tuple[Word, ...]:
    """Words of `text` in order; each Chinese or Japanese character is one for now."""
    return tuple(Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text))
