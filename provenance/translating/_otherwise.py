"""Numbers said otherwise than in plain figures or plain words.

Times of day (``4:23 pm`` is ``16:23``), numerals that begin a longer word (``двухмесячный``),
ranges that name the magnitude once (``3–5 tys.``), Roman numerals, and what Chinese writes in
mixed figures (``2万4801``). All of them only ever answer a number; none is asked for an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from provenance.languages.numbers import Number
from provenance.languages.words import fold
from provenance.languages.writing import han_numerals

_CLOCK = re.compile(
    r"(?<![\d.:,])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?"
    r"(?:(?P<half>[ap])\.?m(?![^\W_])|(?P<late>in the (?:afternoon|evening)|at night))",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?<![^\W_])(?:X{0,3}(?:IX|IV|V?I{0,3}))(?=(?:[eèoº]|ème)?(?![^\W_]))")
_ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}
_LATIN = str.maketrans("ХІ", "XI")  # typed in Cyrillic letters
_RANGE = re.compile(
    r"(?<![^\W_])(?P<low>\d{1,3}|[^\W\d_]+)\s?(?:[-–—~～]|до|to|bis|à|al?|do)\s?(?=(?P<high>\d{1,3}))"
)
_SCALES = frozenset((1e3, 1e4, 1e6, 1e8, 1e9))
_DIGITS = "一二三四五六七八九"
_TENTHS = re.compile(rf"([{_DIGITS}])成")
_POINT = re.compile(rf"(十?[{_DIGITS}]|[{_DIGITS}]?十)点([{_DIGITS}])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_REST = 3  # letters of a word beside its numeral: an ending has fewer
_MIXED = re.compile(r"(?<![\d.,])(\d{1,4})[万萬](?:(\d)千(?!\d)|(\d{4})(?![\d.,]|[千万萬亿億]))")
_WIDE = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
# A pandemic's number is part of its name, which few languages write out; an amount may hang on
# the code of its currency, where the digits of a G7 do not count.
_COVID = re.compile(r"(?i)(?<=covid)[-‑ ]?19(?!\d)")
_GLUED = re.compile(
    r"(?<![^\W_])(?:RMB|CNY|KRW|INR|JPY|USD|EUR|GBP|RUB|UAH|TRY|PLN|HKD|AUD|CAD|CHF)(?=\d)"
)


def plain(text: str, language: str) -> str:
    """A text with its figures written as they are read elsewhere."""
    text = _GLUED.sub(lambda match: f"{match[0]} ", _COVID.sub("", text))
    if han_numerals(language):
        text = _MIXED.sub(_whole, _WIDE.sub(",", text))
    return text


def _whole(match: re.Match[str]) -> str:
    """7万8千 as 78000, 2万4801 as 24801."""
    return str(10_000 * int(match[1]) + (1000 * int(match[2]) if match[2] else int(match[3])))


def clocks(text: str, language: str) -> Mapping[int, tuple[int, int]]:
    """Where English tells a time of twelve hours: hour of twenty-four, and minute."""
    if language != "en":
        return {}
    return {match.start(): _time(match) for match in _CLOCK.finditer(text)}


def _time(match: re.Match[str]) -> tuple[int, int]:
    late = match["late"] or (match["half"] or "").lower() == "p"
    hour = int(match["hour"])
    return (hour % 12 + 12 * bool(late) if hour <= 12 else hour), int(match["minute"] or 0)


def written(hour: int, minute: int) -> Iterator[str]:
    """How figures tell a time of day."""
    for hours in (str(hour), f"{hour:02}"):
        yield from (f"{hours}.{minute:02}", f"{hours}{minute:02}")
        if not minute:
            yield hours
    if minute:
        yield from (str(hour), f"{minute:02}")


def values(
    text: str, language: str, joins: Mapping[str, float], found: Sequence[Number]
) -> Iterator[float]:
    """Every value that `text`, of which `found` are the numbers, says otherwise."""
    yield from _romans(text, language)
    yield from _ranges(text, found)
    yield from _joined(text, joins)
    if language == "zh":
        yield from (10 * _spoken(match[1]) for match in _TENTHS.finditer(text))
        yield from (_spoken(match[1]) + _spoken(match[2]) / 10 for match in _POINT.finditer(text))


def _spoken(digits: str) -> float:
    """A Chinese numeral below a hundred, of one digit or with one ten."""
    before, ten, after = digits.rpartition("十")
    units = _DIGITS.find(after) + 1 if after else 0
    return float((10 * (_DIGITS.find(before) + 1 if before else 1) if ten else 0) + units)


def _romans(text: str, language: str) -> Iterator[float]:
    """Values of Roman numerals, up to 39; English I, and Italian and Polish i, are words."""
    for match in _ROMAN.finditer(text.translate(_LATIN)):
        units = [_ROMAN_VALUES[char] for char in match.group()]
        if len(units) > 1 or (match.group() in {"V", "X"} and language != "en"):
            pairs = zip(units, [*units[1:], 0], strict=True)
            yield float(sum(-one if one < after else one for one, after in pairs))


def _ranges(text: str, found: Sequence[Number]) -> Iterator[float]:
    """The lower end of a range of which only the upper has its magnitude."""
    starts = [number.start for number in found]
    for match in _RANGE.finditer(text):
        at, high = bisect_left(starts, match.start("high")), int(match["high"])
        low = _value(match, found)
        if low and high and at < len(found) and starts[at] == match.start("high"):
            scale = found[at].value / high
            if scale in _SCALES:
                yield low * scale


def _value(match: re.Match[str], found: Sequence[Number]) -> float:
    """The lower end of a range, in figures or in a word."""
    if match["low"].isdecimal():
        return float(match["low"])
    return next((one.value for one in found if one.start == match.start("low")), 0.0)


def _joined(text: str, forms: Mapping[str, float]) -> Iterator[float]:
    """The numerals that longer words begin with: tens, then units."""
    if not forms:
        return
    begins = _beginning(tuple(forms))
    for match in _WORD.finditer(fold(text).translate(_APOSTROPHES)):
        word, total, last = match.group(), 0.0, float("inf")
        while (first := begins.match(word)) and forms[first[0]] < last:
            last = forms[first[0]]
            total, word = total + last, word[first.end() :]
        if total and len(word) >= _REST:
            yield total


@cache
def _beginning(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
