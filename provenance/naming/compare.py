"""Whether two spellings name the same: a calibrated probability, and why.

Words are paired (surname with surname, given name with given name), each pair is judged
by how likely one spelling gave the other, and a name is as sure as its least sure pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from provenance.model import Evidence
from provenance.naming._keys import sound
from provenance.naming._likeness import LIMIT, Pair, compare
from provenance.naming._pairing import paired
from provenance.naming._words import Word, readings, word, words

# Log-odds by hand: how much a fitting given name speaks for the surname, and the other way.
_TOGETHER = 2.0
_DOUBTFUL = 1.0  # log-odds against, up to which a fitting neighbour may still save a word


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How sure it is that two spellings name the same, in [0, 1], and on what grounds."""

    probability: float
    evidence: tuple[Evidence, ...]


def same(a: str, b: str) -> NameMatch:
    """How likely `a` and `b` name the same person, in whatever scripts and case forms.

    Symmetric. One surname is never enough: a form without a given name leaves the
    probability at about a half, different given names bring it near none.
    """
    if a.isalnum() and b.isalnum():  # one word each
        left, right = words(min(a, b))[0], words(max(a, b))[0]
        return _of_one(compare(left, right))
    ours, theirs = readings(a, b), readings(b, a)
    if len(ours) == len(theirs) == 1:
        return _same(ours[0], theirs[0], a < b)
    found = [_same(left, right, a < b) for left in ours for right in theirs]
    return max(found, key=lambda match: match.probability)


def _same(left: Sequence[Word], right: Sequence[Word], ordered: bool) -> NameMatch:
    if not left or not right:
        return NameMatch(0.0, (Evidence("empty", "one of the names has no letters"),))
    if len(right) < len(left) or (len(right) == len(left) and not ordered):
        left, right = right, left  # the shorter first; which of two equals is the same
    if len(right) == 1:
        return _of_one(compare(left[0], right[0]))
    pairs, more = paired(left, right)
    surname, given = pairs[0], pairs[1:]
    if not given or min(pair.odds for pair in pairs) <= -_DOUBTFUL:
        return _result(pairs, more)
    support = max(0.0, min(pair.odds for pair in given)) / 2
    if left[-1].script == right[-1].script == "Latn":
        support = 0.0  # a Boris Johnson is no likelier to be a Johnston than another Johnson
    helped = [_helped(surname, support)]
    return _result([*helped, *(_helped(pair, max(0.0, surname.odds)) for pair in given)], more)


def _of_one(pair: Pair) -> NameMatch:
    told = Evidence("spelling", pair.says, round(pair.odds, 2))
    return NameMatch(1 / (1 + exp(-pair.odds)), (told,))


def _helped(pair: Pair, support: float) -> Pair:
    """A pair whose neighbour fits as well: two halves of a name speak for each other."""
    return pair._replace(odds=min(LIMIT, pair.odds + min(_TOGETHER, support)))


def _result(pairs: Sequence[Pair], more: Sequence[Evidence]) -> NameMatch:
    told = [Evidence("spelling", pair.says, round(pair.odds, 2)) for pair in pairs]
    odds = min([*(pair.odds for pair in pairs), *(one.weight for one in more)])
    return NameMatch(_sigmoid(odds), (*told, *more))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-max(-LIMIT, min(LIMIT, odds))))


def key(name: str) -> str:
    """A stable Latin key under which spellings of one name mostly fall together.

    Lower-case ASCII words joined by spaces: titles, particles, case endings and most
    differences of romanisation are gone. For grouping, not for deciding.
    """
    return " ".join(_key(one) for one in words(name))


@lru_cache(maxsize=1 << 13)
def _key(one: Word) -> str:
    """The sound of a word without the vowels it ends in, which case endings replace."""
    form = max(one.others(), key=lambda pair: pair[1], default=(one.letters, 0.0))[0]
    heard = sound(word(form).latin) if one.script == "Cyrl" else one.sound
    return heard.rstrip("aeiouj") or heard
