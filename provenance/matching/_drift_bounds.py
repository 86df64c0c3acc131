"""Drift of the bounds of numbers: "up to 40" become "40", "at most" become "at least"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from provenance.languages import table
from provenance.languages.words import fold
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift, Severity

_LONGEST = 4  # words of a bound: "no fewer than", "pas plus de"
# What may say the same of a number less plainly: near it, no bound is missed.
_SOFT = ("approximate", "at_least", "at_most")


def bounds(pairing: Pairing) -> list[Drift]:
    """Numbers that lost their bound, got one, or had it turned around."""
    found = (_change(pairing, i, j) for j, i in sorted(pairing.earlier.partner.items()))
    return [drift for drift in found if drift is not None]


def _change(pairing: Pairing, place: int, before: int) -> Drift | None:
    """What became of the bound of the number at `before`, now at `place`."""
    later, earlier = pairing.later, pairing.earlier
    value = earlier.prepared.tokens[before].lexeme.value
    if value is None or value != later.prepared.tokens[place].lexeme.value:
        return None
    (old, first), (new, start) = _bound(earlier, before), _bound(later, place)
    if old == new or {old, new} == {"", "about"}:
        return None  # an "about" that went or came is a hedge
    if not (old and new) and (later.near(place, _SOFT) and earlier.near(before, _SOFT)):
        return None
    said, was = later.text(start, place + 1), earlier.text(first, before + 1)
    says, severity = f"{quoted(was)} became {quoted(said)}.", _severity(old, new)
    here, there = (later, start, place + 1), (earlier, first, before + 1)
    return finding("quantifier", severity, says, here, there, certain=pairing.same)


def _severity(old: str, new: str) -> Severity:
    """A bound turned around says the reverse; one more or less changes how much is claimed."""
    return "serious" if {old, new} == {"most", "least"} else "notable"


def _bound(side: Side, place: int) -> tuple[str, int]:
    """``most``, ``least``, ``about`` or "" as the words before a number say, and where they
    begin."""
    tokens = side.prepared.tokens
    listed = _listed(side.prepared.language)
    for first in range(max(0, place - _LONGEST), place):
        kind = listed.get(tuple(token.lexeme.surface for token in tokens[first:place]))
        if kind is not None:
            return kind, first
    about = (m.first for m in side.marks if m.kind == "approximate" and m.last == place)
    return next((("about", first) for first in about), ("", place))


@cache
def _listed(language: str) -> dict[tuple[str, ...], str]:
    return dict(_phrases(language))


def _phrases(language: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for kind, phrases in table(language, "meaning").get("bounds", {}).items():
        for phrase in phrases:
            yield tuple(fold(word) for word in phrase.replace("’", " ").split()), kind
