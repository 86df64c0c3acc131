"""Numbers in Chinese characters, and figures with 万 or 亿 behind them; Japanese writes both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from provenance.languages import _figures, table

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
}
_NUMBER = (
    r"(?P<percent>百分之)?(?:(?P<digits>\d{1,24}(?:[.,]\d{1,24}){0,6})(?P<scale>[百千万萬亿億]+)"
    r"|(?P<words>[零〇一二两兩三四五六七八九十百千万萬亿億]{2,24})"
    r"|(?P<after>(?<=百分之)[一二三四五六七八九十]|(?<![第再])[二两兩三四五六七八九十](?=次)))"
)


@cache
def pattern() -> re.Pattern[str]:
    """A number with its unit, in the groups ``percent``, ``digits`` and ``scale`` or ``words`` or
    ``after``, and ``unit``."""
    longest_first = sorted(units(), key=lambda word: (-len(word), word))
    return re.compile(f"{_NUMBER}(?P<unit>{'|'.join(longest_first)})?")


@cache
def units() -> Mapping[str, str]:
    """Units by the words that stand right behind a number."""
    listed = table("zh", "meaning")["han_units"]
    return {word: unit for unit, forms in listed.items() for word in forms.split()}


def value(match: re.Match[str]) -> float | None:
    """What a match of `pattern` is worth; None where it is no number."""
    if match["digits"]:
        head = _figures.value(match["digits"], ".")
        if head is None:
            return None
        for char in match["scale"]:
            head *= _SCALES[char]
        return head
    return _words(match["words"] or match["after"])


def _words(word: str) -> float | None:
    """``一百二十万`` as a value; None when it begins with a magnitude other than ten."""
    if word[0] in _SCALES and word[0] != "十":
        return None
    if not any(char in _SCALES for char in word):
        if len(word) != 4:  # years are read digit by digit: 二〇二二
            return float(_DIGITS[word]) if len(word) == 1 else None
        return float("".join(str(_DIGITS[char]) for char in word))
    total = section = digit = 0
    for char in word:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _SCALES[char] < 10**4:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            total = (total + section + digit) * _SCALES[char]
            section = digit = 0
    return float(total + section + digit)
