"""Words reduced to what stays the same when case, accents and inflection change."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

# Letters Unicode does not decompose, and variants one script writes for another's letter.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ə": "a",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "ґ": "г",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ـ": "",
    }
)


class _Bare(dict[int, str | None]):
    """A table for `str.translate` that takes combining marks away, filled as it is asked."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if unicodedata.combining(letter) else letter
        return self[code]


_BARE = _Bare(_LETTERS)
_STEM = 3  # letters a stem keeps: РБК, НТВ and МИД stay whole


@cache
def _endings(script: str) -> tuple[str, ...]:
    path = files(__package__) / "data" / "endings.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    folded = {fold(ending) for ending in table[script]}
    return tuple(sorted(folded, key=lambda ending: (-len(ending), ending)))


@cache
def declining() -> frozenset[str]:
    """Languages in Latin script that decline the names they borrow."""
    path = files(__package__) / "data" / "endings.toml"
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))["declining"])


@lru_cache(maxsize=1 << 13)
def fold(word: str) -> str:
    """`word` without case, accents and letter variants; the same for any case form's letters."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKD", word.casefold()).translate(_BARE)


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """`word` folded, a Cyrillic one also without its case ending."""
    folded = fold(word)
    if not "\u0400" <= folded[:1] <= "\u052f":
        return folded
    for ending in _endings("cyrillic"):
        if folded.endswith(ending) and len(folded) - len(ending) >= _STEM:
            return folded[: -len(ending)]
    return folded


def latin_stems(folded: str) -> list[str]:
    """What a declined Latin-script name may have been: the word less each possible ending."""
    return [
        folded[: -len(ending)]
        for ending in _endings("latin")
        if folded.endswith(ending) and len(folded) - len(ending) >= _STEM
    ]
