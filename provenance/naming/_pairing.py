"""The words of two names laid side by side: surname by surname, given name by given name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from provenance.model import Evidence
from provenance.naming._given import compare_given
from provenance.naming._likeness import LIMIT, Pair, compare
from provenance.naming._words import Word, word

_UNSPACED = frozenset(["Hani", "Kore", "Jpan"])
# Log-odds by hand, from what a match of that kind leaves open; see docs/origin.md.
_SURNAME_ONLY = 0.0  # one form has the surname alone: as likely as not another of that name
_MIDDLE = -5.0  # the given name fits another's second name: «Marie» in Jean-Marie
_INITIALS = 0.0  # one form has an initial more among several: George W. and George H. W. Bush
_GOES_ON = 1.0  # one form goes on behind the surname: Pedro Sánchez Pérez-Castejón
_SYLLABLE = 1.5  # Latin letters for a Chinese character, at least: the shortest have one or two
_WHOLE = 2.0  # log-odds above which two words together are the one


class Pairing(NamedTuple):
    """Words paired, the surnames first, and what speaks against taking them for all there is."""

    pairs: tuple[Pair, ...]
    more: tuple[Evidence, ...] = ()

    @property
    def odds(self) -> float:
        """The log-odds of the least sure part."""
        return min(*(pair.odds for pair in self.pairs), *(one.weight for one in self.more), LIMIT)


def paired(left: Sequence[Word], right: Sequence[Word]) -> Pairing:
    """The best pairing of the words of `left`, the shorter name, with those of `right`."""
    options = _options(left, right)
    best = next(options)
    for option in options:
        if best.odds > 0:
            break
        best = option if option.odds > 0 else best
    return best


def _options(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Pairing]:
    if len(left) == 1:
        yield from _of_one(left[0], right)
        return
    straight, turned = _assigned(left, right), _assigned((*left[1:], left[0]), right)
    yield max(straight, turned, key=lambda one: one.odds)  # Orbán Viktor
    if len(right) > len(left):
        yield _assigned(left, (*right[1:], right[0]))  # Горбачёв Михаил Сергеевич
        for names in _joined(right):
            yield _assigned(left, names)
        pairs, more = _assigned(left, right[: len(left)])
        says = f"“{right[len(left)].text}” stands behind what is the surname of the other"
        yield Pairing(pairs, (*more, Evidence("further names", says, _GOES_ON)))


def _joined(names: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The name with two neighbouring words written as one: نصر الله is Nasrallah."""
    for at in range(len(names) - 1):
        if not (names[at].initial or names[at + 1].initial):
            yield (*names[:at], _glued(names[at : at + 2]), *names[at + 2 :])


def _of_one(alone: Word, names: Sequence[Word]) -> Iterator[Pairing]:
    """One word against several: the whole name run together, or its surname alone."""
    tried = [compare(alone, name) for name in reversed(names)]
    part = max(tried, key=lambda pair: (_as_long(pair), pair.odds))
    says = f"“{alone.text}” alone fits others of that name as well"
    surname = Pairing((part,), (Evidence("surname only", says, _SURNAME_ONLY),))
    unspaced = alone.script in _UNSPACED
    if part.odds > 0 and not unspaced:
        yield surname
        return
    whole = _solid(alone, names) if unspaced else compare(alone, _glued(names))
    least = min(part.odds, _WHOLE) if unspaced and _as_long(part) else 0.0 if unspaced else _WHOLE
    sure = whole.odds > least
    yield Pairing((whole,)) if sure else surname


def _as_long(pair: Pair) -> bool:
    """Whether the Latin word can be all of a Chinese one: 马英九 is more than Ma."""
    signs = [one.letters for one in pair[:2] if one.script == "Hani"]
    latin = [one.letters for one in pair[:2] if one.script == "Latn"]
    return not (signs and latin) or len(latin[0]) >= _SYLLABLE * len(signs[0])


def _solid(alone: Word, names: Sequence[Word]) -> Pair:
    """A name written without spaces against one with them, the surname first or last."""
    orders = [names, (*names[1:], names[0]), (*names[-1:], *names[:-1])]
    return max((compare(alone, _glued(order)) for order in orders), key=lambda pair: pair.odds)


def _glued(parts: Sequence[Word]) -> Word:
    return parts[0] if len(parts) == 1 else word("".join(part.text for part in parts))


def _assigned(left: Sequence[Word], right: Sequence[Word]) -> Pairing:
    """The last words paired as surnames, and of the others each with the likeliest left."""
    pairs = [compare(left[-1], right[-1])]
    free = list(right[:-1])
    for name in left[:-1]:
        if not free:
            break
        tried = [compare_given(name, other) for other in free]
        best = max(range(len(free)), key=lambda place: tried[place].odds)
        pair = tried[best]
        if free[best].joined and not name.joined and not name.initial:
            pair = pair._replace(odds=pair.odds + _MIDDLE)
        pairs.append(pair)
        del free[best]
    return Pairing(tuple(pairs), tuple(_unpaired(left, free)))


def _unpaired(left: Sequence[Word], free: Sequence[Word]) -> Iterator[Evidence]:
    """Two forms that both have several given names, and not the same number of initials."""
    extra = next((one for one in free if one.initial), None)
    if len(left) > 2 and extra:
        says = f"“{extra.text}” is an initial that the other form, which has some, does not have"
        yield Evidence("initials", says, _INITIALS)
