"""Whether two spellings name the same: a calibrated probability, and why.

Words are paired (surname with surname, given name with given name), each pair is judged
by how likely one spelling gave the other, and a name is as sure as its least sure pair.
The weights are ``data/comparison.toml``, fitted by ``python -m training.names``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from provenance.model import Evidence
from provenance.naming._keys import sound
from provenance.naming._spelling import GIVEN_UP, best_chance
from provenance.naming._words import TABLES, Word, full_form, word, words

_UNSPACED = frozenset(["Hani", "Kore", "Jpan"])
# Log-odds by hand, from what a match of that kind leaves open; see docs/origin.md.
_TOGETHER = 2.0  # how much a fitting given name speaks for the surname, and the other way
_DOUBTFUL = 1.0  # log-odds against, up to which a fitting neighbour may still save a word
_INITIAL = 1.5  # an initial fits the given name: one letter in about ten does by chance
_MISFIT = -3.0  # an initial that does not fit
_SURNAME_ONLY = 0.0  # one form has the surname alone: as likely as not another of that name
_NICKNAME = 4.0
_UNLIKE = 0.25  # likeness of sounds below which letters need not be aligned: 1 true pair in 300
_FAR = 1.2  # nats a letter beyond which two spellings have little to do with each other
_LIMIT = 7.0  # no spelling alone is surer than 999 in 1000


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How sure it is that two spellings name the same, in [0, 1], and on what grounds."""

    probability: float
    evidence: tuple[Evidence, ...]


class _Pair(NamedTuple):
    """Two words compared: log-odds that they are one name, and how they were read."""

    first: Word
    second: Word
    odds: float
    says: str


@cache
def _weights() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """By kind and feature: the weight for names that sound apart, and what is added to it
    as they sound alike."""
    path = files(__package__) / "data" / "comparison.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        kind: {
            name: (weight, halves["alike"][name] - weight)
            for name, weight in halves["apart"].items()
        }
        for kind, halves in tables.items()
    }


def same(a: str, b: str) -> NameMatch:
    """How likely `a` and `b` name the same person, in whatever scripts and case forms.

    Symmetric. One surname is never enough: a form without a given name leaves the
    probability at about a half, different given names bring it near none.
    """
    left, right = words(a), words(b)
    if not left or not right:
        return NameMatch(0.0, (Evidence("empty", "one of the names has no letters"),))
    if (len(right), b) < (len(left), a):  # the shorter first; which of two equals is the same
        left, right = right, left
    if len(right) == 1:
        return _result([_compare(left[0], right[0])], [])
    if _run_together(left, right):
        return _result([_solid(left, right)], [])
    pairs = _paired(left, right)
    return _judged(pairs, left, right)


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-max(-_LIMIT, min(_LIMIT, odds))))


def _result(pairs: Sequence[_Pair], more: Sequence[Evidence]) -> NameMatch:
    odds = min(pair.odds for pair in pairs) if pairs else 0.0
    told = [Evidence("spelling", pair.says, round(pair.odds, 2)) for pair in pairs]
    odds = min([odds, *(one.weight for one in more)])
    return NameMatch(_sigmoid(odds), (*told, *more))


# ---------------------------------------------------------------- whole names


def _run_together(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether one name is written without spaces between its words (习近平, 김정은)."""
    return any(
        len(few) == 1 and few[0].script in _UNSPACED and len(many) > 1
        for few, many in ((left, right), (right, left))
    )


def _solid(left: Sequence[Word], right: Sequence[Word]) -> _Pair:
    orders = [(left, right), (left, (*right[1:], right[0])), (left, (*right[-1:], *right[:-1]))]
    if len(left) > 1:
        orders += [((*left[1:], left[0]), right), ((*left[-1:], *left[:-1]), right)]
    pairs = [_compare(_glued(one), _glued(other)) for one, other in orders]
    return max(pairs, key=lambda pair: pair.odds)


def _glued(parts: Sequence[Word]) -> Word:
    return parts[0] if len(parts) == 1 else word("".join(part.text for part in parts))


def _paired(left: Sequence[Word], right: Sequence[Word]) -> list[_Pair]:
    """The best pairing of the shorter name's words with the longer's: surname with surname
    as they stand, or with one name turned round (Orbán Viktor)."""
    straight = _assigned(left, right)
    if len(left) == 1 or (straight[0].odds > 0 and min(pair.odds for pair in straight) > 0):
        return straight
    turned = _assigned((*left[1:], left[0]), right)
    return max(straight, turned, key=lambda pairs: min(pair.odds for pair in pairs))


def _assigned(left: Sequence[Word], right: Sequence[Word]) -> list[_Pair]:
    pairs = [_compare(left[-1], right[-1])]
    if len(left) == 1 and len(right) > 1:
        others = [_compare(left[0], other) for other in right[:-1]]
        return [max([*pairs, *others], key=lambda pair: pair.odds)]
    free = list(right[:-1])
    for given in left[:-1]:
        if not free:
            break
        best = max((_given(given, other) for other in free), key=lambda pair: pair.odds)
        pairs.append(best)
        free.remove(best.second if best.second in free else best.first)
    return pairs


def _given(a: Word, b: Word) -> _Pair:
    """Two given names compared: initials and nicknames count."""
    if a.initial or b.initial:
        fits = a.sound[:1] == b.sound[:1] or a.latin[:1] == b.latin[:1]
        says = f"the initial of “{a.text}” {'fits' if fits else 'does not fit'} “{b.text}”"
        return _Pair(a, b, _INITIAL if fits else _MISFIT, says)
    pair = _compare(a, b)
    if pair.odds < _NICKNAME and _full(a) & _full(b):
        return _Pair(a, b, _NICKNAME, f"“{a.text}” and “{b.text}” are forms of one given name")
    return pair


@lru_cache(maxsize=1 << 12)
def _full(name: Word) -> frozenset[str]:
    forms = [name.latin] + [word(form).latin for form, _ in name.others()]
    return frozenset(full_form(form) for form in forms)


def _judged(pairs: list[_Pair], left: Sequence[Word], right: Sequence[Word]) -> NameMatch:
    surname, given = pairs[0], pairs[1:]
    if len(left) == 1 and len(right) > 1:
        says = f"“{left[0].text}” alone fits others of that name as well"
        return _result([surname], [Evidence("surname only", says, _SURNAME_ONLY)])
    if not given or min(pair.odds for pair in pairs) <= -_DOUBTFUL:
        return _result(pairs, [])
    support = max(0.0, min(pair.odds for pair in given)) / 2
    return _result(
        [_helped(surname, support), *(_helped(pair, max(0.0, surname.odds)) for pair in given)], []
    )


def _helped(pair: _Pair, support: float) -> _Pair:
    """A pair whose neighbour fits as well: two halves of a name speak for each other."""
    odds = min(_LIMIT, pair.odds + min(_TOGETHER, support))
    return _Pair(pair.first, pair.second, odds, pair.says)


# ---------------------------------------------------------------- words


def _compare(a: Word, b: Word) -> _Pair:
    if not a.letters or not b.letters:
        odds = _LIMIT if a.text == b.text else -_LIMIT
        return _Pair(a, b, odds, f"“{a.text}” and “{b.text}” have no letters to compare")
    if a.letters == b.letters:
        return _Pair(a, b, _LIMIT, f"“{a.text}” and “{b.text}” are spelt alike")
    kind, values, read = features(a, b)
    odds = weighed(kind, values)
    return _Pair(a, b, max(-_LIMIT, min(_LIMIT, odds)), _saying(a, b, read))


def weighed(kind: str, values: Mapping[str, float]) -> float:
    """Log-odds for one name: by the weights for names that sound ``alike`` and those for
    names that do not (``apart``), mixed as they sound."""
    weights, heard = _weights()[kind], values["sound"]
    bias, more = weights["bias"]
    odds = 0.0
    for name, value in values.items():
        apart, difference = weights[name]
        odds += (apart + heard * difference) * value
    return bias + heard * more + odds


def _saying(a: Word, b: Word, read: str) -> str:
    if read and read not in (a.letters, b.letters):
        return f"“{a.text}” compared with “{b.text}”, reading it as «{read}» in another case"
    return f"“{a.text}” compared with “{b.text}”, letter by letter"


def features(a: Word, b: Word) -> tuple[str, dict[str, float], str]:
    """What the comparison of two words looks at: which weights apply, the values, and the
    nominative that a case form was read as (empty when none was)."""
    if b.script != "Latn" and a.script == "Latn":
        a, b = b, a
    kind, read = "la", ""
    if a.script == b.script == "Cyrl":
        kind, (a, b, read) = "cyrillic", _uninflected(a, b)
    elif a.script in TABLES and b.script == "Latn":
        kind = TABLES[a.script]
    heard = Levenshtein.normalized_similarity(a.sound, b.sound)
    skeleton = Levenshtein.normalized_similarity(a.skeleton, b.skeleton)
    if max(heard, skeleton) < _UNLIKE:
        chance = GIVEN_UP
    elif kind in ("la", "cyrillic"):
        there, _ = best_chance(a.latin, b.latin, "la")
        back, _ = best_chance(b.latin, a.latin, "la")
        chance = (there + back) / 2
    else:
        chance, read = best_chance(a.letters, b.latin, kind, a.others)
    size = max(len(a.latin), len(b.latin), 1)
    chance = max(chance, GIVEN_UP)
    values = {
        "chance": chance / size,
        "whole": chance / 10,
        "far": min(0.0, chance / size + _FAR),
        "sound": heard,
        "letters": JaroWinkler.similarity(a.latin, b.latin),
        "skeleton": skeleton,
        "long": min(size, 12) / 10,
        "wide": _width(a, b, kind) / 3,
        "first": float(a.sound[:1] == b.sound[:1]),
        "equal": float(a.sound == b.sound),
    }
    return kind, values, read


def _width(a: Word, b: Word, kind: str) -> float:
    """Latin letters for each letter of the other script; of two names in one script the
    shorter's length over the longer's. In [0, 6]."""
    if kind in ("la", "cyrillic"):
        few, many = sorted((len(a.latin), len(b.latin)))
        return few / max(1, many)
    return min(6.0, len(b.latin) / max(1, len(a.letters)))


def _uninflected(a: Word, b: Word) -> tuple[Word, Word, str]:
    """Two Cyrillic words in the nominatives that fit each other best."""
    options = [
        (one[1] + other[1], one[0], other[0])
        for one in a.forms()
        for other in b.forms()
        if one[0] == other[0]
    ]
    if options:
        form = max(options)[1]
        return word(form), word(form), form
    return a, b, ""


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
