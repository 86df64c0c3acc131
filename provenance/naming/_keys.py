"""What a Latin spelling sounds like, roughly: spellings of one sound fall together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

# Spellings that different romanisations and languages have for one sound, longest first.
_SOUNDS = {
    "schtsch": "s",
    "shch": "s",
    "szcz": "s",
    "tsch": "c",
    "tch": "c",
    "sch": "s",
    "dzh": "j",
    "dsch": "j",
    "eaux": "o",
    "eau": "o",
    "aux": "o",
    "ough": "o",
    "ch": "c",
    "cz": "c",
    "sh": "s",
    "sz": "s",
    "zh": "j",
    "dj": "j",
    "dg": "j",
    "kh": "h",
    "ph": "f",
    "th": "t",
    "gh": "g",
    "ck": "k",
    "cq": "k",
    "qu": "k",
    "ts": "z",
    "tz": "z",
    "ks": "x",
    "iy": "i",
    "yy": "i",
    "ij": "i",
    "yi": "i",
    "iyi": "i",
    "ei": "i",
    "ey": "i",
    "ie": "i",
    "ee": "i",
    "ea": "i",
    "ay": "ai",
    "ou": "u",
    "oo": "u",
    "ow": "o",
    "oe": "o",
    "ae": "e",
    "ue": "u",
    "ya": "a",
    "ia": "a",
    "ja": "a",
    "yu": "u",
    "iu": "u",
    "ju": "u",
    "yo": "o",
    "io": "o",
    "jo": "o",
    "ye": "e",
    "je": "e",
    "ce": "se",
    "ci": "si",
    "cy": "si",
    "w": "v",
    "q": "k",
    "c": "k",
    "y": "i",
}


def _grouped(spellings: Iterable[str]) -> re.Pattern[str]:
    """The longest of the spellings, those of one first letter together: half as long to match."""
    longest = sorted(spellings, key=lambda one: (one[0], -len(one), one))
    groups = [
        (first, [one[1:] for one in group]) for first, group in groupby(longest, itemgetter(0))
    ]
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups))


_SOUND = _grouped(_SOUNDS)
_DOUBLED = re.compile(r"(.)\1+")
_UNHEARD = str.maketrans("", "", "aeiouh")


@lru_cache(maxsize=1 << 13)
def sound(latin: str) -> str:
    """The sound key of plain Latin letters: ``dzhonson`` and ``johnson`` come near."""
    heard = _SOUND.sub(lambda found: _SOUNDS[found[0]], latin)
    # Most have no letter twice, and to look is cheaper than to put in.
    return _DOUBLED.sub(r"\1", heard) if _DOUBLED.search(heard) else heard


@lru_cache(maxsize=1 << 13)
def consonants(key: str) -> str:
    """A sound key without its vowels and its h, which come and go."""
    return key.translate(_UNHEARD)
