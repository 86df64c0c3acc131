"""Numbers in figures that one side has and the other nowhere says, in figures or in words.

A number is met by the same value, by the same figures however they are parted (``02:30`` and
``0230``), by a Roman numeral (``XVIII`` and ``18th``), by a decade (``70`` and ``1970s``), by
the same time of day (``16:23`` and ``4:23 pm``), by a numeral joined to a word
(``dwumiesięczny`` and ``2 months``), and by one or two words (``двадцать первый`` and
``21st``), told by the lexicon. Linear in the texts' lengths.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from provenance.languages import table
from provenance.languages.numbers import Number, numbers
from provenance.languages.words import fold, stem_of, words
from provenance.languages.writing import han_numerals
from provenance.translating import _otherwise
from provenance.translating._lexicon import lexicon

_LIKELY = 0.05  # chance from which a sense may say a number
_PARTED = ".,:٫٬  \u202f’'"
_TOKEN = re.compile(r"(?<![a-z\d])\d++(?:[.,:٫٬]\d++)*+")  # but for the 2 of km2
_FIGURES = re.compile(r"\d++")
_BETWEEN = re.compile(rf"(?<=\d)[{_PARTED}](?=\d{{3}}(?!\d))|(?<=\d):(?=\d)")
_DECIMAL = re.compile(r"\d++[.,٫]\d++")
_POINT = str.maketrans(",٫:", "...")
_SPACED = re.compile(r"(?<=\d)[ \u00a0](?=[百千万萬亿億])")
_MONTH = re.compile(r"\d{1,2}\s?(?=月)")
_DECADE = re.compile(r"(\d{1,2})\s?世纪\s?(\d{2})\s?年代")
_DUAL = re.compile(r"[^\W\d_]{3,}(?:ين|ان)(?![^\W_])")  # two of a thing, in Arabic
_CENTURIES = ("18", "19", "20")
_HALVED, _MAGNITUDES = 1.5, (1e3, 1e6, 1e9)  # bir buçuk milyon
_SPELLED = 4  # figures from which a number is not said in one word


@dataclass(frozen=True, slots=True)
class _Side:
    """A text with its figures read: their strings, their values, the English said in it."""

    text: str
    found: tuple[Number, ...]
    strings: frozenset[str]
    values: frozenset[float]
    said: frozenset[str]
    clocks: Mapping[int, tuple[int, int]]


def unmet(
    text: str, language: str, other: str, target: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers in figures of `text` that `other` lacks, and those of `other` that `text` lacks."""
    if not (_any_digit(text) or _any_digit(other)):
        return (), ()
    one, two = _side(text, language), _side(other, target)
    return tuple(_lacking(one, two)), tuple(_lacking(two, one))


def _any_digit(text: str) -> bool:
    return bool(_FIGURES.search(text))


def _lacking(side: _Side, other: _Side) -> Iterator[str]:
    """The numbers of a side that the other does not have."""
    for match in _TOKEN.finditer(side.text):
        parts = _FIGURES.findall(match.group())
        if not (
            (
                _in_figures(match.group(), parts, other.strings)
                and not _of_other_size(match, side, other)
            )
            or _by_value(match, parts, side.found, other)
            or _at_that_time(side.clocks.get(match.start()), other)
        ):
            yield match.group()


def _of_other_size(match: re.Match[str], side: _Side, other: _Side) -> bool:
    """Whether both sides have these figures with a magnitude, and never the same (3 млн, 3 bn)."""
    figures = _float(match.group())
    ours = _size(match, side.found, figures)
    theirs = {
        _size(there, other.found, figures)
        for there in _TOKEN.finditer(other.text)
        if _float(there.group()) == figures
    }
    return ours > 1 and bool(theirs) and min(theirs) > 1 and ours not in theirs


def _size(match: re.Match[str], found: Sequence[Number], figures: float) -> float:
    """How many times its figures a number is worth, 1 where they are no number's."""
    at = bisect_right(found, match.start(), key=lambda number: number.start) - 1
    if at < 0 or match.end() > found[at].end or not figures:
        return 1.0
    return float(f"{found[at].value / figures:.6g}")


def _float(token: str) -> float:
    """Figures with one point or comma as a decimal number; 0 for any others."""
    plain = token.translate(_POINT)
    return float(plain) if plain.count(".") <= 1 else 0.0


def _at_that_time(clock: tuple[int, int] | None, other: _Side) -> bool:
    """Whether the other side tells the same time of day, by the full hour in a word perhaps."""
    if clock is None:
        return False
    hour, minute = clock
    figures = (str(hour), str(minute)) if minute else (str(hour),)
    return other.strings.issuperset(figures) or (
        not minute
        and any(
            hours in other.values or not other.said.isdisjoint(_words_of(hours))
            for hours in (float(hour), float(hour % 12 or 12))
        )
    )


def _in_figures(token: str, parts: list[str], strings: frozenset[str]) -> bool:
    """Whether the other side has the same figures, parted in another way perhaps."""
    if _DECIMAL.fullmatch(token):
        return not strings.isdisjoint((token.translate(_POINT), _BETWEEN.sub("", token)))
    joined = "".join(parts)
    decade = (len(joined) == 4 and joined[:2] in _CENTURIES and joined[2:] in strings) or (
        len(joined) == 2 and any(century + joined in strings for century in _CENTURIES)
    )
    return (
        joined in strings
        or decade
        or all(part in strings or part.lstrip("0") in strings or not int(part) for part in parts)
    )


def _by_value(
    match: re.Match[str], parts: list[str], found: Sequence[Number], other: _Side
) -> bool:
    """Whether the other side has the value, or says it in a word."""
    at = bisect_right(found, match.start(), key=lambda number: number.start) - 1
    whole = [found[at].value] if at >= 0 and match.end() <= found[at].end else []
    if len(parts) == 1 and len(parts[0]) < _SPELLED:
        whole.append(float(parts[0]))
    if len(parts) == 1 and match.string.startswith("s", match.end()):  # 1970s, the seventies
        whole.append(float(parts[0][-2:]))
    return any(round(value, 6) in other.values or _in_words(value, other) for value in whole)


def _in_words(value: float, other: _Side) -> bool:
    """Whether a whole number is said in a word, or in two of which one says its ten.

    But for where the two say a number below twenty: in Arabic ten and twenty sound alike.
    """
    if not other.said.isdisjoint(_words_of(value)):
        return True
    tens, units = divmod(value, 10)
    return (
        2 <= tens <= 9
        and 10 + units not in other.values
        and all(not other.said.isdisjoint(_words_of(part)) for part in (10 * tens, units))
    )


def _side(text: str, language: str) -> _Side:
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    plain = _otherwise.plain(plain, language)
    if han_numerals(language):
        plain = _SPACED.sub("", plain)
        plain = _DECADE.sub(lambda m: f"{100 * (int(m[1]) - 1) + int(m[2])}年代", plain)
    found = numbers(plain, language)
    strings = {*_FIGURES.findall(plain), *_FIGURES.findall(_BETWEEN.sub("", plain))}
    strings |= {token.translate(_POINT) for token in _TOKEN.findall(plain)}
    strings |= {string.lstrip("0") for string in strings}
    clocks = _otherwise.clocks(plain, language)
    strings |= {string for time in clocks.values() for string in _otherwise.written(*time)}
    values = {round(number.value, 6) for number in found}
    values |= {
        round(value, 6) for value in _otherwise.values(plain, language, _joined(language), found)
    }
    folded = fold(text)
    values |= {value for phrase, value in _phrases(language) if phrase in folded}
    if _HALVED in values:
        values |= {_HALVED * magnitude for magnitude in _MAGNITUDES}
    if language == "ar" and _DUAL.search(plain):
        values.add(2.0)
    if han_numerals(language):  # the third month is March: no figure to be looked for
        plain = _MONTH.sub(lambda m: "月" * len(m.group()), plain)
    return _Side(plain, found, frozenset(strings), frozenset(values), _said(text, language), clocks)


def _said(text: str, language: str) -> frozenset[str]:
    """English stems a text holds or may mean."""
    found = words(text, language)
    if language == "en":
        return frozenset(word.stem for word in found)
    known = lexicon(language)
    if known is None:
        return frozenset()
    senses = (sense for word in found for sense in known.senses(word))
    return frozenset(stem for stem, chance in senses if chance >= _LIKELY)


@cache
def _phrases(language: str) -> tuple[tuple[str, float], ...]:
    """What a language says for numbers otherwise than in plain words, folded."""
    own = _numerals()["phrases"].get(language, {})
    return tuple((fold(phrase), float(value)) for value, said in own.items() for phrase in said)


@cache
def _joined(language: str) -> Mapping[str, float]:
    """What a longer word of a language may begin with that is a numeral, folded."""
    own = _numerals()["joined"].get(language, {})
    return {fold(form): float(value) for value, forms in own.items() for form in forms.split()}


@cache
def _numerals() -> Mapping[str, Any]:
    return loads((files(__package__) / "numerals.toml").read_text(encoding="utf-8"))


@cache
def _spoken() -> dict[int, str]:
    own = _numerals()["said"]
    plain = table("en", "meaning").get("numbers", {})
    spoken = {int(n): f"{plain.get(n, '')} {own.get(n, '')}" for n in {*own, *plain}}
    return spoken | {1: own["1"]}  # "one" is said without counting


@cache
def _words_of(value: float) -> frozenset[str]:
    """Stems of the English words that say a whole number."""
    said = _spoken().get(int(value), "") if value == int(value) else ""
    return frozenset(stem_of(word, "en") for word in said.split())
