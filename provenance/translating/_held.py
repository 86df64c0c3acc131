"""What of a sentence a translation model must not touch, and what stands there afterwards.

Addresses, handles and hashtags never reach the model. Numbers with their units and names that
are known do, since the model sets them in their case and gender; they are held only where it
changed one. A number is put back as English writes it, with its unit; a name as it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from tomllib import loads

from provenance.languages.numbers import Number, numbers
from provenance.languages.words import stem_of, words
from provenance.languages.writing import particles, unspaced

# Bounded and possessive throughout: linear on any input.
_KEPT = re.compile(
    r"https?://[^\s<>\"«»“”]++"
    r"|(?<![\w.])www\.[^\s<>\"«»“”]++"
    r"|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)++"
    r"|(?<![\w@#])[@#]\w++"
)
_SIGN = re.compile(r"\s?(?:°[CF]?|[%‰€$£¥₽₴])")
_MONTH = re.compile(r"\s?月")  # after a figure: the name of a month, not a count
_TIME = re.compile(r"(?<![\d.:])(?:\d{1,2}:\d\d(?::\d\d)?|\d{1,2}\.\d\d?\.(?:\d\d){1,2})(?![\d:])")
_TRAILING = ".,;:!?)]}…"
_SHORTEST = 2  # characters of a surname that stands for a name: 普京
_MILLION = 10**6
_PART = re.compile(r"[\w-]++")
_YEARS = range(1000, 2101)  # a number of this size beside "year" is a date
_SURELY = 0.85  # chance from which two spellings are one name
_LONGEST = 3_000  # code points in which names are told by their sound: no sentence is longer
_LETTERS = 4  # of a name told by its spelling alone


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of a sentence, in code points, and what is put in its place."""

    start: int
    end: int
    put: str


def addresses(text: str) -> list[Held]:
    """Addresses, handles and hashtags of `text`, put back to the letter."""
    found = []
    for match in _KEPT.finditer(text):
        start, end = match.start(), match.start() + len(match.group().rstrip(_TRAILING))
        if end > start:
            found.append(Held(start, end, text[start:end]))
    return found


def held(
    text: str, language: str, target: str, names: Mapping[str, str] | None = None
) -> list[Held]:
    """All that can be held, in order: addresses, known names, numbers in figures with units.

    `names` are names of the document as it writes them, with their usual English spelling.
    """
    found: list[Held] = []
    for items in (
        addresses(text),
        known(text, language, target, names),
        _times(text),
        _counts(text, language, target),
    ):
        found += [one for one in items if not any(_overlap(one, other) for other in found)]
    return sorted(found, key=lambda item: item.start)


def _overlap(one: Held, other: Held) -> bool:
    return one.start < other.end and other.start < one.end


# ---------------------------------------------------------------- numbers


def _counts(text: str, language: str, target: str) -> Iterator[Held]:
    """Numbers in figures with the unit beside them, as English writes them where it is asked."""
    read = [n for n in numbers(text, language) if text[n.start].isdigit()]
    ends = {word.start: word.end for word in words(text, language) if word.text[:1].isdigit()}
    known = {n.start: n for n in read if n.end >= ends.setdefault(n.start, n.end)}
    done = 0
    for start, end in sorted(ends.items()):
        if start < done or _MONTH.match(text, end):
            continue
        number = known.get(start) if target == "en" else None
        if number and number.unit and _is_measure(number):
            item = Held(number.whole.start, number.whole.end, _measure(text, number, language))
        elif number:
            item = _bare(text, start, number.end, _said(text, number, language))
        else:
            item = _bare(text, start, end, _ascii(text[start:end]) if target == "en" else "")
        done = item.end
        yield item


def _bare(text: str, start: int, end: int, said: str) -> Held:
    """Figures with the sign behind them; as they are where nothing else is `said` for them."""
    sign = _SIGN.match(text, end)
    until = sign.end() if sign else end
    put = said + text[end:until].strip() if said else text[start:until]
    return Held(start, until, put)


def _times(text: str) -> Iterator[Held]:
    """Times of day and dates in figures: ``9:30``, ``12.05.2022``."""
    return (Held(*match.span(), _ascii(match.group())) for match in _TIME.finditer(text))


def _ascii(written: str) -> str:
    """Figures of any script as those of English."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in written)


def _is_measure(number: Number) -> bool:
    """Whether a number and its unit are a quantity: 2019 is no count of years."""
    return number.unit != "year" or number.value not in _YEARS


def _measure(text: str, number: Number, language: str) -> str:
    """``12.5 km``, ``3 million dollars``, ``$40``: a number with its unit in English."""
    said = _said(text, number, language)
    before = text[number.whole.start : number.start].strip()
    if before and before != "百分之":
        return before + said
    unit = _units().get(number.unit, {})
    one = unit.get("one", "") if number.value == 1 else ""
    return said + (one or unit.get("many", ""))


def _said(text: str, number: Number, language: str) -> str:
    """A number in English: in figures, with the word million where the source has words."""
    if text[number.end - 1].isdigit():
        return _figures(text[number.start : number.end], language)
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (_MILLION, "million")):
        if number.value >= size:
            return f"{number.value / size:.10g} {word}"
    return f"{number.value:,.10g}"


def _figures(written: str, language: str) -> str:
    """Figures as English writes them: ``15 000`` is 15,000."""
    plain = stem_of(written, language)
    grouped = plain.isdecimal() and not written.isdecimal()  # 2019 is no 2,019
    return f"{int(plain):,}" if grouped else plain


@cache
def _units() -> Mapping[str, Mapping[str, str]]:
    """How English writes units after a number, one of them and many."""
    units = loads((files(__package__) / "numerals.toml").read_text(encoding="utf-8"))["units"]
    assert isinstance(units, dict)
    return units


# ---------------------------------------------------------------- names


def known(
    text: str, language: str, target: str, names: Mapping[str, str] | None = None
) -> list[Held]:
    """Names of `text` whose English is settled: outlets of the table, and those of `names`."""
    if target != "en":
        return []
    from provenance.naming import outlets

    found = [
        Held(mention.start, mention.end, mention.outlet.name)
        for mention in outlets.find(text, language)
        if mention.outlet.country
    ]
    for item in _named(text, language, names or {}):
        if not any(_overlap(item, other) for other in found):
            found.append(item)
    return sorted(found, key=lambda item: item.start)


def _named(text: str, language: str, names: Mapping[str, str]) -> Iterator[Held]:
    """Where `names` stand in `text`, in full or by surname, whatever their case endings."""
    forms = dict(_forms(names))
    for written, english in sorted(forms.items(), key=lambda item: -len(item[0])):
        before = rf"(?<!\w)(?:{'|'.join(particles(language))})?"
        edges = ("", "") if unspaced(language) else (before, r"(?!\w)")
        for match in re.finditer(rf"{edges[0]}({re.escape(written)}){edges[1]}", text):
            yield Held(match.start(1), match.end(1), english)
    if forms:
        yield from _declined(text, forms)


def _forms(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names and their surnames alone, as they are written, with their English."""
    for written, english in names.items():
        yield written, english
        own, theirs = re.split("[ ·•]", written), english.split()
        if len(own) > 1 and len(theirs) > 1 and len(own[-1]) >= _SHORTEST:
            yield own[-1], theirs[-1]


def _declined(text: str, forms: Mapping[str, str]) -> Iterator[Held]:
    """The longest stretches of words with capitals that are one of `forms` in another case."""
    long = len(text) > _LONGEST
    parts = [] if long else [m.span() for m in _PART.finditer(text) if m.group()[0].isupper()]
    at = 0
    while at < len(parts):
        sizes = (size for size in (3, 2, 1) if _adjacent(text, parts[at : at + size]))
        spans = [
            (size, parts[at][0], parts[at + size - 1][1])
            for size in sizes
            if at + size <= len(parts)
        ]
        told = [
            (size, Held(start, end, name))
            for size, start, end in spans
            if (name := _is(text[start:end], size, forms))
        ]
        yield from (item for _, item in told[:1])
        at += told[0][0] if told else 1


def _adjacent(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but a space stands between words."""
    return all(text[one[1] : two[0]] in {" ", "\u00a0"} for one, two in pairwise(parts))


def _is(written: str, size: int, forms: Mapping[str, str]) -> str:
    """The English of the form of `size` words that `written` is in another case; empty when it
    is none."""
    if len(written) < _LETTERS:
        return ""
    from provenance.naming import same

    like = sorted(form for form in forms if len(form.split()) == size)
    best, form = max(((same(written, form).probability, form) for form in like), default=(0.0, ""))
    return forms[form] if best >= _SURELY else ""
