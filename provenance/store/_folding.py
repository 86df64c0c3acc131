"""Text as a search sees it: without case, accents and vowel marks, ideographs in pairs.

SQLite's tokenizer takes accents off Latin letters only and sees a run of Chinese as one
word. Overlapping pairs make any stretch of two characters findable, as in Lucene's
CJKBigramFilter.
"""

from __future__ import annotations

import re
import unicodedata

# Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# Marks that change no word: combining accents, Hebrew points, Arabic vowels and tatweel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+")


def folded(text: str) -> str:
    """`text` as it goes to the index; empty where the tokenizer does as well by itself."""
    if text.isascii():
        return ""
    return _UNSPACED.sub(lambda run: f" {_pairs(run.group())} ", _unmarked(text))


def question(text: str, columns: str) -> str:
    """`text` as an FTS5 query for its words in any order: no character of it an operator.

    `columns` are those that hold the text as written. Empty when `text` has no words.
    """
    words = [word for word in text.replace("\0", " ").split() if any(map(str.isalnum, word))]
    return " AND ".join(_asked(word, columns) for word in words[:_LONGEST])


# Words of one query. FTS5 parses far more, but nobody types more, and each costs a look-up.
_LONGEST = 64


def _asked(word: str, columns: str) -> str:
    plain = f"{{{columns}}} : {_phrase(word)}"
    if word.isascii():
        return plain
    # One ideograph alone is the start of a pair; a phrase of pairs is the stretch itself.
    star = "*" if len(word) == 1 and _UNSPACED.fullmatch(word) else ""
    return f"({plain} OR folded : {_phrase(folded(word).strip())}{star})"


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _unmarked(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", bare).casefold()


def _pairs(run: str) -> str:
    return " ".join(run[i : i + 2] for i in range(max(1, len(run) - 1)))
