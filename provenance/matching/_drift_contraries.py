"""Drift between words that exclude each other: the wounded killed, Monday Tuesday.

Bilingual tables pair such words now and then, since both stand beside the same others, so an
alignment alone does not tell them apart. See `_contraries` for the classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from provenance.languages import negation
from provenance.matching._contraries import Class, classes
from provenance.matching._drift_words import expected_at
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift

_OFTEN = "frequency"
# One event told from its other end: who buys from him is sold to, what is after it is before that.
_CONVERSE = frozenset({"order", "trade", "trading", "contest"})
_MOST = 2  # findings a pair
_NEAR = 6  # tokens between where a word should stand and where its rival stands


def contraries(pairing: Pairing) -> list[Drift]:
    """A word of one class in place of one of a rival class."""
    ours, theirs = _inside(pairing.later), _inside(pairing.earlier)
    found: dict[tuple[range, range], Drift] = {}
    for new, old in _exchanged(ours, theirs):
        away, here, there = _nearest(pairing, ours[new], theirs[old])
        alone = len(ours[new]) == len(theirs[old]) == 1
        if not (away <= _NEAR or alone) or _denied(pairing, here, there):
            continue
        if new.family != _OFTEN or _governs_one(pairing, here.start, there.start):
            sure = away <= _NEAR and new.family not in _CONVERSE
            found[here, there] = _contrary(pairing, here, there, sure)
    return list(found.values())[:_MOST]


_Places = Mapping[Class, Sequence[range]]


def _exchanged(ours: _Places, theirs: _Places) -> Iterator[tuple[Class, Class]]:
    """A class of the later text and its one rival in the earlier, of which one text has more and
    the other none of the one."""
    for old in sorted(theirs.keys() - ours.keys()):
        if len(more := _more(old, ours, theirs)) == 1:
            yield more[0], old
    for new in sorted(ours.keys() - theirs.keys()):
        if len(more := _more(new, theirs, ours)) == 1:
            yield new, more[0]


def _more(kind: Class, some: _Places, others: _Places) -> list[Class]:
    """The rivals of a class that one text has more of than the other."""
    return [one for one in some if one.rivals(kind) and len(some[one]) > len(others.get(one, ()))]


def _inside(side: Side) -> dict[Class, list[range]]:
    """The places of each class in the sentences that correspond."""
    found = classes(side.prepared).items()
    inside = {kind: [one for one in places if one.start in side.beyond] for kind, places in found}
    return {kind: places for kind, places in inside.items() if places}


def _nearest(
    pairing: Pairing, ours: Sequence[range], theirs: Sequence[range]
) -> tuple[int, range, range]:
    """The places that stand nearest to each other by the words around them, and how far apart."""
    near = (
        (abs(one.start - expected), one, two)
        for two in theirs
        for expected in expected_at(pairing.earlier, two.start)
        for one in ours
    )
    return min(near, key=itemgetter(0), default=(_NEAR + 1, ours[0], theirs[0]))


def _governs_one(pairing: Pairing, ours: int, theirs: int) -> bool:
    """Whether "always" and "never" stand by one verb: who never accepts always refuses."""
    here, there = _verb(pairing.later, ours), _verb(pairing.earlier, theirs)
    return here is not None and pairing.later.partner.get(here) == there


def _verb(side: Side, place: int) -> int | None:
    """The content word behind an adverb."""
    tokens = side.prepared.tokens
    near = range(place + 1, min(len(tokens), place + 4))
    return next((i for i in near if not tokens[i].lexeme.stop), None)


def _denied(pairing: Pairing, ours: range, theirs: range) -> bool:
    """Whether either word is denied: "not closed" is "open". Where the small words of a language
    are not known, whether either text alone denies anything."""
    sides = (pairing.later, ours.start), (pairing.earlier, theirs.start)
    if not pairing.known:
        one, other = (side.prepared for side, _ in sides)
        return bool(negation.denials(one.text, one.language)) != bool(
            negation.denials(other.text, other.language)
        )
    kinds = ("negation", "soft negation", "none")
    return any(
        mark.head == place != mark.first for side, place in sides for mark in side.unmet(kinds)
    )


def _contrary(pairing: Pairing, ours: range, theirs: range, sure: bool) -> Drift:
    here = (pairing.later, ours.start, ours.stop)
    there = (pairing.earlier, theirs.start, theirs.stop)
    says = f"{quoted(_text(there))} became {quoted(_text(here))}."
    return finding("replaced", "serious", says, here, there, certain=sure)


def _text(where: tuple[Side, int, int]) -> str:
    side, first, last = where
    return side.text(first, last)
