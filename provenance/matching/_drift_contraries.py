"""Drift between words of one fate or course: the wounded killed, a rise a fall.

Bilingual tables pair such words now and then, since both stand beside the same others, so an
alignment alone does not tell them apart. The classes stand in ``meaning.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from provenance.languages import table
from provenance.languages.words import fold
from provenance.matching._drift_words import expected_at
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.matching._prepare import Prepared
from provenance.model import Drift

_OFTEN = frozenset({"always", "never"})
_FAMILIES = (
    frozenset({"killed", "wounded", "missing", "captured"}),
    frozenset({"rise", "fall"}),
    frozenset({"opening", "closing"}),
    _OFTEN,
    frozenset({"higher", "lower"}),
    frozenset({"support", "oppose"}),
    frozenset({"accept", "reject"}),
    frozenset({"win", "lose"}),
    frozenset({"guilty", "innocent"}),
    frozenset({"allow", "forbid"}),
)
_NEAR = 6  # tokens between where a word should stand and where its rival stands


def contraries(pairing: Pairing) -> list[Drift]:
    """A word of one class in place of one of a rival class, where neither text has both."""
    ours, theirs = _classes(pairing.later), _classes(pairing.earlier)
    found = []
    for kind, place in theirs.items():
        rivals = [one for one in ours if any({one, kind} <= family for family in _FAMILIES)]
        if kind in ours or len(rivals) != 1 or rivals[0] in theirs or rivals[0] == kind:
            continue
        other = ours[rivals[0]]
        beside = _beside(pairing.earlier, place, other) and not _denied(pairing, other, place)
        if beside and (kind not in _OFTEN or _governs_one(pairing, other, place)):
            found.append(_contrary(pairing, other, place))
    return found[:1]


def classes(prepared: Prepared) -> dict[str, list[int]]:
    """Where the words of each class stand in a text."""
    known = _words(prepared.language)
    found: dict[str, list[int]] = {}
    for place, token in enumerate(prepared.tokens):
        if token.lexeme.surface in known and not token.name:
            found.setdefault(known[token.lexeme.surface], []).append(place)
    return found


def _classes(side: Side) -> dict[str, int]:
    """The first place of each class in the sentences that correspond."""
    found = classes(side.prepared)
    inside = {kind: [one for one in places if one in side.beyond] for kind, places in found.items()}
    return {kind: places[0] for kind, places in inside.items() if places}


def _beside(side: Side, place: int, other: int) -> bool:
    """Whether the words around `place` say that its counterpart stands near `other`."""
    return any(abs(other - there) <= _NEAR for there in expected_at(side, place))


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
    """Whether either word is denied: "not closed" is "open"."""
    sides = ((pairing.later, ours), (pairing.earlier, theirs))
    kinds = ("negation", "soft negation", "none")
    return any(
        mark.head == place != mark.first for side, place in sides for mark in side.unmet(kinds)
    )


def _contrary(pairing: Pairing, ours: int, theirs: int) -> Drift:
    here, there = (pairing.later, ours, ours + 1), (pairing.earlier, theirs, theirs + 1)
    says = f"{quoted(_text(there))} became {quoted(_text(here))}."
    return finding("replaced", "serious", says, here, there)


def _text(where: tuple[Side, int, int]) -> str:
    side, first, last = where
    return side.text(first, last)


@cache
def _words(language: str) -> Mapping[str, str]:
    """The class of each listed word, folded."""
    return dict(_listed(language))


def _listed(language: str) -> Iterator[tuple[str, str]]:
    for kind, written in table(language, "meaning").get("contraries", {}).items():
        yield from ((fold(word), kind) for word in written.split())
