"""Drift between words of one fate or course: the wounded killed, a rise a fall.

Bilingual tables pair such words now and then, since both stand beside the same others, so an
alignment alone does not tell them apart. See `_contraries` for the classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from provenance.languages import negation
from provenance.matching._contraries import Class, classes
from provenance.matching._drift_words import expected_at
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift

_OFTEN = "frequency"
_MOST = 2  # findings a pair
_NEAR = 6  # tokens between where a word should stand and where its rival stands


def contraries(pairing: Pairing) -> list[Drift]:
    """A word of one class in place of one of a rival class."""
    ours, theirs = _inside(pairing.later), _inside(pairing.earlier)
    found: dict[tuple[int, int], Drift] = {}
    for new, old in _exchanged(ours, theirs):
        pair = _pair(pairing, ours[new], theirs[old])
        if pair is None or _denied(pairing, *pair):
            continue
        if new.family != _OFTEN or _governs_one(pairing, *pair):
            found[pair] = _contrary(pairing, *pair)
    return list(found.values())[:_MOST]


_Places = Mapping[Class, Sequence[int]]


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


def _inside(side: Side) -> dict[Class, list[int]]:
    """The places of each class in the sentences that correspond."""
    found = classes(side.prepared)
    inside = {kind: [one for one in places if one in side.beyond] for kind, places in found.items()}
    return {kind: places for kind, places in inside.items() if places}


def _pair(pairing: Pairing, ours: Sequence[int], theirs: Sequence[int]) -> tuple[int, int] | None:
    """The places that stand nearest to each other, by the words around them; alone in its text each
    need not stand near."""
    near = (
        (abs(one - expected), one, two)
        for two in theirs
        for expected in expected_at(pairing.earlier, two)
        for one in ours
    )
    away, one, two = min(near, default=(_NEAR + 1, ours[0], theirs[0]))
    return (one, two) if away <= _NEAR or len(ours) == len(theirs) == 1 else None


def _governs_one(pairing: Pairing, ours: int, theirs: int) -> bool:
    """Whether "always" and "never" stand by one verb: who never accepts always refuses."""
    here, there = _verb(pairing.later, ours), _verb(pairing.earlier, theirs)
    return here is not None and pairing.later.partner.get(here) == there


def _verb(side: Side, place: int) -> int | None:
    """The content word behind an adverb."""
    tokens = side.prepared.tokens
    near = range(place + 1, min(len(tokens), place + 4))
    return next((i for i in near if not tokens[i].lexeme.stop), None)


def _denied(pairing: Pairing, ours: int, theirs: int) -> bool:
    """Whether either word is denied: "not closed" is "open". Where the small words of a language
    are not known, whether either text alone denies anything."""
    sides = (pairing.later, ours), (pairing.earlier, theirs)
    if not pairing.known:
        one, other = (side.prepared for side, _ in sides)
        return bool(negation.denials(one.text, one.language)) != bool(
            negation.denials(other.text, other.language)
        )
    kinds = ("negation", "soft negation", "none")
    return any(
        mark.head == place != mark.first for side, place in sides for mark in side.unmet(kinds)
    )


def _contrary(pairing: Pairing, ours: int, theirs: int) -> Drift:
    here, there = (pairing.later, ours, ours + 1), (pairing.earlier, theirs, theirs + 1)
    says = f"{quoted(_text(there))} became {quoted(_text(here))}."
    return finding("replaced", "serious", says, here, there, certain=pairing.same)


def _text(where: tuple[Side, int, int]) -> str:
    side, first, last = where
    return side.text(first, last)
