"""Drift of the bounds of numbers: "up to 40" become "40", "at most" become "at least"."""

from __future__ import annotations

from functools import cache
from itertools import product

from provenance.languages import table
from provenance.languages.words import fold
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift, Severity

_AFTER = "_after"  # of a class of phrases that stand behind the number
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
    (old, theirs), (new, ours) = _bound(earlier, before), _bound(later, place)
    if old == new or {old, new} == {"", "about"}:
        return None  # an "about" that went or came is a hedge
    if not (old and new) and (later.near(place, _SOFT) and earlier.near(before, _SOFT)):
        return None
    says = f"{quoted(earlier.text(*theirs))} became {quoted(later.text(*ours))}."
    here, there = (later, *ours), (earlier, *theirs)
    return finding("quantifier", _severity(old, new), says, here, there, certain=pairing.same)


def _severity(old: str, new: str) -> Severity:
    """A bound turned around says the reverse; one more or less changes how much is claimed."""
    return "serious" if {old, new} == {"most", "least"} else "notable"


def _bound(side: Side, place: int) -> tuple[str, tuple[int, int]]:
    """``most``, ``least``, ``about`` or "" as the words before a number say, or behind it and its
    unit, and the tokens of number and words."""
    tokens = side.prepared.tokens
    before, after = _listed(side.prepared.language)
    for first in range(max(0, place - _LONGEST), place):
        kind = before.get(tuple(token.lexeme.surface for token in tokens[first:place]))
        if kind is not None:
            return kind, (first, place + 1)
    for first, size in product((place + 1, place + 2), range(1, _LONGEST)):
        kind = after.get(tuple(token.lexeme.surface for token in tokens[first : first + size]))
        if kind is not None:
            return kind, (place, first + size)
    about = (m.first for m in side.marks if m.kind == "approximate" and m.last == place)
    begins = next(about, None)
    return ("", (place, place + 1)) if begins is None else ("about", (begins, place + 1))


_Phrases = dict[tuple[str, ...], str]


@cache
def _listed(language: str) -> tuple[_Phrases, _Phrases]:
    """The phrases before and behind a number, by their folded words."""
    before: _Phrases = {}
    after: _Phrases = {}
    for kind, phrases in table(language, "meaning").get("bounds", {}).items():
        where = after if kind.endswith(_AFTER) else before
        for phrase in phrases:
            words = phrase.replace("’", " ").split()
            where[tuple(fold(word) for word in words)] = kind.removesuffix(_AFTER)
    return before, after
