"""Numbers of a text as values: digits of any script, number words, magnitudes, units.

``15 000``, ``15,000``, ``fifteen thousand``, ``15 тыс.``, ``fünfzehntausend`` and ``1.5万``
are the same kind of thing here. Left out on purpose, because they are not reliably
numbers: a lone word for one (an article or pronoun in half of Europe), a lone magnitude
("thousands of people"), ordinals in words, and digits that are part of a name (``G7``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import accumulate, compress
from typing import NamedTuple

from provenance.languages import _figures, _han, table
from provenance.languages.words import fold
from provenance.languages.writing import han_numerals
from provenance.model import Span

_PIECE = re.compile(
    rf"(\d{{1,3}}(?:[{_figures.GROUP_SPACES}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)*"
    r"|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*"
    r"|[$€£¥₽₴₺%‰٪％])"
)
# The same of a text that is all ASCII, found in half the time.
_PLAIN_PIECE = re.compile(
    r"([A-Za-z]+(?:['`][A-Za-z]+)*"
    r"|[0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*|[$%])"
)
_ANY_DIGIT = re.compile(r"[\d零〇一二两兩三四五六七八九十百千万萬亿億]")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "%": "%",
    "٪": "%",
    "％": "%",
    "‰": "‰",
}
_CURRENCIES = frozenset({"USD", "EUR", "GBP", "CNY", "RUB", "UAH", "TRY", "JPY", "PLN"})
_MONEY = frozenset("$€£¥₽₴₺")
_LARGEST = 1e18
_COMPOUND = 60  # characters: the longest German number below a million has 55
_REMEMBERED = 100_000  # wordings a language; beyond them they are forgotten


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written at ``start:end`` and what it says: `value` in `unit`.

    `unit` is a currency code, ``%``, or a short unit name (``km``, ``year``); empty when
    none stands beside the number. The span covers the number, not the unit; `whole` covers
    both, with a sign before the number or a word after it.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    whole: Span


@dataclass(frozen=True, slots=True)
class _Lexicon:
    small: Mapping[str, int]
    magnitudes: Mapping[str, int]
    starters: frozenset[str]
    units: Mapping[str, str]
    joiners: frozenset[str]
    articles: frozenset[str]
    links: frozenset[str]
    decimal: str
    compound: bool
    ten_last: bool


class _Piece(NamedTuple):
    start: int
    end: int
    kind: str  # "digits", "word", "symbol"
    text: str  # folded


_piece = partial(tuple.__new__, _Piece)  # as `_Piece._make`, in a fifth of the time


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """Numbers of `text` in order of appearance, never overlapping.

    Number words need the language's ``meaning`` table; digits are read in any language,
    their separators by the language's habit and by shape (three digits after it make a
    group). Values beyond 10^18 are left out.
    """
    if not _may_hold(text, _lexicon(language)):
        return ()
    if han_numerals(language):
        return tuple(_han_numbers(text, language))
    return tuple(_read(text, language))


def may_count(word: str, language: str) -> bool:
    """Whether a text holding `word` is worth asking for its `numbers`."""
    lexicon = _lexicon(language)
    if word.isascii() and word.isalpha() and not lexicon.compound:
        return word.lower() in lexicon.starters
    return _may_hold(word, lexicon)


def _may_hold(text: str, lexicon: _Lexicon) -> bool:
    """Whether a quick look finds digits or number words: most sentences have none."""
    if _ANY_DIGIT.search(text):
        return True
    plain = fold(text).replace("’", "'").replace("ʼ", "'").replace("`", "'")
    if lexicon.compound:
        return any(word in plain for word in lexicon.starters)
    return not lexicon.starters.isdisjoint(_LETTERS.findall(plain))


def _read(text: str, language: str) -> Iterator[Number]:
    lexicon = _lexicon(language)
    pieces = _Pieces(text)
    past = 0
    for at in pieces.beginnings(language):
        if at < past:
            continue
        taken, value = _run(text, pieces, at, lexicon)
        if value is None or (at and f"{pieces.plain(at - 1)}-{pieces.plain(at)}" in lexicon.units):
            continue  # por ciento
        past = at + taken
        start, end = pieces[at].start, pieces[past - 1].end
        if abs(value) < _LARGEST:
            unit, whole = _unit(text, pieces, at, past, lexicon)
            yield Number(start, end, text[start:end], _exact(value), unit, whole)


def _exact(value: float) -> float:
    """Without what multiplying left behind: 65.1 billion is 65,100,000,000."""
    return value if value.is_integer() and value < 1e15 else float(f"{value:.15g}")


class _Pieces(dict[int, _Piece]):
    """The pieces of a text, each made when it is looked at: most of them never are."""

    def __init__(self, text: str) -> None:
        piece = _PLAIN_PIECE if text.isascii() else _PIECE
        parts = piece.split(text)  # what lies between the pieces at even places
        self._bounds = list(accumulate(map(len, parts)))
        self._found = parts[1::2]
        self.count = len(self._found)

    def __missing__(self, at: int) -> _Piece:
        found, start, end = self._found[at], self._bounds[2 * at], self._bounds[2 * at + 1]
        made = self[at] = _piece((start, end, *_told(found)))
        return made

    def kind(self, at: int) -> str:
        """The kind of a piece, which is not made for that."""
        return _told(self._found[at])[0]

    def plain(self, at: int) -> str:
        """The text of a piece, likewise."""
        return _told(self._found[at])[1]

    def beginnings(self, language: str) -> list[int]:
        """Places where a number may begin: most words are told at a glance."""
        begins = map(_beginnings(language).__getitem__, self._found)
        return list(compress(range(self.count), begins))


class _Beginnings(dict[str, bool]):
    """Whether a number may begin with a piece."""

    def __init__(self, lexicon: _Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, found: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[found] = begins = self._begins(found)
        return begins

    def _begins(self, found: str) -> bool:
        kind, lexicon = _kind(found), self._lexicon
        if kind != "word" or lexicon.compound:
            return kind != "symbol"
        return _plain(found) in lexicon.small or _plain(found) in lexicon.magnitudes


@cache
def _beginnings(language: str) -> _Beginnings:
    return _Beginnings(_lexicon(language))


def _kind(found: str) -> str:
    if found in _SYMBOLS:
        return "symbol"
    return "digits" if found[0].isdecimal() else "word"


@lru_cache(maxsize=_REMEMBERED)
def _told(found: str) -> tuple[str, str]:
    """What kind of piece it is, and how it is looked up."""
    return _kind(found), _plain(found)


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    """Folded, with one kind of apostrophe."""
    return fold(text).replace("’", "'").replace("ʼ", "'").replace("`", "'")


def _run(text: str, pieces: _Pieces, at: int, lexicon: _Lexicon) -> tuple[int, float | None]:
    """How many pieces from `at` form one number, and its value (None when none do)."""
    if pieces[at].kind == "digits" and not _goes_on(pieces, at + 1, lexicon):
        value = (
            None if _in_name(text, pieces[at]) else _figures.value(pieces[at].text, lexicon.decimal)
        )
        return int(value is not None), value
    before = pieces.plain(at - 1) if at else ""
    reader = _Reader(lexicon, money=before in _MONEY, article=before in lexicon.articles)
    taken = 0
    for index in range(at, pieces.count):
        piece = pieces[index]
        if index > at and not _touch(text, pieces[index - 1], piece):
            break
        if taken == index - at and reader.accepts(piece, _in_name(text, piece)):
            taken = index - at + 1
        elif taken == index - at and taken and piece.text in lexicon.joiners:
            follower = pieces[index + 1] if index + 1 < pieces.count else None
            if follower is None or not _touch(text, piece, follower):
                break
            if not reader.joins(follower):
                break
            taken = index - at + 1
        else:
            break
    while taken and pieces[at + taken - 1].text in lexicon.joiners:
        taken -= 1
    return taken, reader.value() if taken else None


def _goes_on(pieces: _Pieces, at: int, lexicon: _Lexicon) -> bool:
    """Whether digits may be followed by more of their number: by a magnitude alone."""
    return at < pieces.count and pieces.plain(at) in lexicon.magnitudes


def _touch(text: str, left: _Piece, right: _Piece) -> bool:
    """Whether only a space, a hyphen or a full stop of abbreviation lies between."""
    between = text[left.end : right.start]
    return len(between) <= 2 and between.strip(" \u00a0\u202f\u2009-‑") == ""


def _in_name(text: str, piece: _Piece) -> bool:
    """Whether digits hang on a letter before them: ``G7``, ``F-16``; not so 在2019年 or و15."""
    if piece.kind != "digits" or not piece.start:
        return False
    before = text[piece.start - 1]
    if before in "-‑" and piece.start > 1:
        before = text[piece.start - 2]
        return before.isalpha() and before.isupper()
    return before.isupper() or before.islower() or before == "_"


class _Reader:
    """Adds up the pieces of one number: ``2 million three hundred and five``."""

    def __init__(self, lexicon: _Lexicon, money: bool, article: bool) -> None:
        self._lexicon = lexicon
        self._money = money
        self._article = article
        self._total = 0.0
        self._current = 0.0
        self._last = 0.0  # the last small word, or 0 after a magnitude
        self._ceiling = float("inf")  # magnitudes must fall: thousand after million
        self._started = False
        self._vague = False  # so far only "thousands" or "one"

    def accepts(self, piece: _Piece, in_name: bool) -> bool:
        if piece.kind == "digits":
            return not in_name and self._digits(piece.text)
        if piece.kind != "word":
            return False
        magnitude = self._lexicon.magnitudes.get(piece.text)
        if magnitude is not None and (len(piece.text) > 1 or self._money):
            return self._scale(magnitude)
        value = self._lexicon.small.get(piece.text)
        if value is None and self._lexicon.compound:
            return self._compound(piece.text)
        return value is not None and self._small(value)

    def joins(self, follower: _Piece) -> bool:
        """Whether a joiner may stand here: after a magnitude, between tens and ones, or behind
        hundreds that are a word of their own (двеста и десет)."""
        value = self._lexicon.small.get(follower.text)
        if value is None or not self._started:
            return False
        tens = 20 <= self._last <= 90 and 0 < value < 10
        return self._last == 0 or tens or (self._last >= 100 and 0 < value < 100)

    def value(self) -> float | None:
        if not self._started or self._vague:
            return None
        return self._total + self._current

    def _digits(self, text: str) -> bool:
        value = _figures.value(text, self._lexicon.decimal)
        if value is None or (self._started and not (self._total and not self._current)):
            return False
        if self._started and value >= self._ceiling:
            return False
        self._started = True
        self._current = value
        self._last = -1.0  # no small word may follow digits
        return True

    def _small(self, value: int) -> bool:
        if self._last < 0 or value >= self._ceiling:
            return False
        if self._last == 4 and value == 20:  # quatre-vingt
            self._current += 76
            self._last = 80.0
            return True
        teen = self._lexicon.ten_last and value == 10 and 0 < self._last < 10  # ثلاثة عشر
        if self._last and not teen and not _may_follow(self._last, value):
            return False
        self._vague = not self._started and value == 1
        self._started = True
        self._current += value
        self._last = float(value)
        return True

    def _scale(self, magnitude: int) -> bool:
        if not self._started:
            self._vague = not self._article
            self._current = 1.0
        elif magnitude >= self._ceiling or (magnitude >= 1000 and not self._current):
            return False
        else:
            self._vague = False
        self._started = True
        if magnitude < 1000:
            self._current = max(self._current, 1.0) * magnitude
        else:
            self._total += self._current * magnitude
            self._current = 0.0
            self._ceiling = magnitude
        self._last = 0.0
        return True

    def _compound(self, word: str) -> bool:
        value = _german(word, self._lexicon)
        if value is None or self._started:
            return False
        self._started = True
        self._current = float(value)
        self._last = -1.0
        return True


def _may_follow(last: float, value: int) -> bool:
    """Whether a small number word may add to the one before it: twenty + five."""
    if last == 10:  # dix-sept, on beş
        return 0 < value < 10
    if last in (60, 80) and 10 <= value < 20:  # soixante-dix, quatre-vingt-douze
        return True
    if last >= 100:
        return value < 100
    return last >= 20 and last % 10 == 0 and 0 < value < 10


def _german(word: str, lexicon: _Lexicon) -> int | None:
    """The value of a number written as one word (``fünfundzwanzigtausend``), or None."""
    if len(word) > _COMPOUND:
        return None
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(name)
        if found:
            count = 1 if not head else _german(head, lexicon)
            rest = 0 if not tail else _german(tail.removeprefix("und"), lexicon)
            if count is None or rest is None or rest >= factor:
                return None
            return count * factor + rest
    if word in lexicon.small:
        return lexicon.small[word]
    ones, found, tens = word.partition("und")
    one, ten = lexicon.small.get(ones), lexicon.small.get(tens)
    if found and one is not None and ten is not None and one < 10 <= ten:
        return one + ten
    return None


def _unit(text: str, pieces: _Pieces, first: int, end: int, lexicon: _Lexicon) -> tuple[str, Span]:
    """The unit beside the pieces ``first:end``, a symbol on either side or a word after; both."""
    start, last = pieces[first].start, pieces[end - 1].end
    after = pieces[end] if end < pieces.count else None
    if after is not None and after.start - last <= 2:
        if after.kind == "symbol":
            return _SYMBOLS[after.text], Span(start, after.end)
        for place, word in _after(pieces, end, lexicon):
            if word in lexicon.units:
                return lexicon.units[word], Span(start, pieces[place].end)
    unit = _before(text, pieces, first)
    return unit, Span(pieces[first - 1].start if unit else start, last)


def _after(pieces: _Pieces, end: int, lexicon: _Lexicon) -> Iterator[tuple[int, str]]:
    """What may be the unit behind a number, two words or one, with the place of the last; words
    that only link it to the number ("millones de euros") left out."""
    near = range(end, min(pieces.count, end + 4))
    places = [place for place in near if pieces.plain(place) not in lexicon.links][:2]
    found = [pieces.plain(place).rpartition("'")[2] for place in places]  # d'euros
    if len(places) == 2:
        yield places[1], "-".join(found)
    if places and places[0] <= end + 1:
        yield places[0], found[0]


def _before(text: str, pieces: _Pieces, first: int) -> str:
    if not first or pieces.kind(first - 1) != "symbol":
        return ""
    between = text[pieces[first - 1].end : pieces[first].start]
    unit = _SYMBOLS[pieces[first - 1].text]
    return unit if unit in _CURRENCIES and not between.strip() and len(between) < 2 else ""


def _han_numbers(text: str, language: str) -> Iterator[Number]:
    """Chinese and Japanese: character numerals and digits with 万 and 亿 first, then the rest."""
    covered = 0
    for match in _han.pattern().finditer(text):
        value = _han.value(match)
        if value is None:
            continue
        yield from _shifted(text, covered, match.start(), language)
        unit = "%" if match["percent"] else _han.units().get(match["unit"] or "", "")
        end = match.start("unit") if match["unit"] else match.end()
        whole = Span(match.start(), match.end())
        yield Number(match.start(), end, text[match.start() : end], _exact(value), unit, whole)
        covered = match.end()
    yield from _shifted(text, covered, len(text), language)


def _shifted(text: str, start: int, end: int, language: str) -> Iterator[Number]:
    for found in _read(text[start:end], language):
        first, last = start + found.start, start + found.end
        unit, whole = found.unit, Span(start + found.whole.start, start + found.whole.end)
        spaced = last + (text[last : last + 1] in {" ", "\u00a0"})
        for word, name in _han.units().items():
            if not unit and text.startswith(word, spaced):
                unit, whole = name, Span(whole.start, spaced + len(word))
        if text[max(0, first - 3) : first] == "百分之":
            unit, whole = "%", Span(first - 3, last)
        yield Number(first, last, found.text, found.value, unit, whole)


@cache
def _lexicon(language: str) -> _Lexicon:
    meaning = table(language, "meaning")
    style = meaning.get("number_style", {})
    small = _inverted(meaning.get("numbers", {}))
    magnitudes = _inverted(meaning.get("magnitudes", {}))
    return _Lexicon(
        small=small,
        magnitudes=magnitudes,
        starters=frozenset(word for word, value in {**small, **magnitudes}.items() if value != 1),
        units={
            _plain(word): unit
            for unit, forms in meaning.get("units", {}).items()
            for word in forms.split()
        },
        joiners=frozenset(_plain(word) for word in style.get("joiners", "").split()),
        articles=frozenset(style.get("articles", "").split()),
        links=frozenset(_plain(word) for word in style.get("links", "").split()),
        decimal=style.get("decimal", ","),
        compound=bool(style.get("compound", False)),
        ten_last=bool(style.get("ten_last", False)),
    )


def _inverted(values: Mapping[str, str]) -> dict[str, int]:
    return {_plain(word): int(value) for value, forms in values.items() for word in forms.split()}
