"""Whether two words of names are one, and how two of different scripts are laid side by side.

The weights are ``data/comparison.toml``, fitted by ``python -m training.names``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from provenance.naming._keys import consonants, sound
from provenance.naming._spelling import GIVEN_UP, best_chance, chances, usual
from provenance.naming._words import TABLES, Word, alphabet, word

LIMIT = 7.0  # no spelling alone is surer than 999 in 1000
_UNLIKE = 0.25  # likeness of sounds below which letters need not be aligned: 1 true pair in 300
_FAR = 1.2  # nats a letter beyond which two spellings have little to do with each other
# By hand: what sounds alike in no letter is no spelling of one name, however short it is.
_NOTHING_ALIKE = -4.0
_SWAPPED = 1.0  # two neighbouring letters changed places: a slip more often than another name
_SLIP = 4  # letters of a word in which such a slip is told from another word
_SURE = 4.0  # a Chinese reading surer than this needs no Japanese one beside it


class Pair(NamedTuple):
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


def compare(a: Word, b: Word) -> Pair:
    """The log-odds that two words are one, within `LIMIT` on either side."""
    if not a.letters or not b.letters:
        odds = LIMIT if a.text == b.text else -LIMIT
        return Pair(a, b, odds, f"“{a.text}” and “{b.text}” have no letters to compare")
    if a.letters == b.letters:
        return Pair(a, b, LIMIT, f"“{a.text}” and “{b.text}” are spelt alike")
    if a.script != b.script and "Latn" not in (a.script, b.script):
        return _through_latin(a, b)
    if a.script == "Cyrl" == b.script and alphabet(a.letters) != alphabet(b.letters):
        return _through_latin(a, b)
    kind, values, read = features(a, b)
    odds = _bounded(weighed(kind, values), values)
    if kind == "zh" and odds < _SURE:
        odds = max(odds, _as_japanese(a, b))
    elif odds < _SWAPPED and a.script == b.script and _slipped(a.letters, b.letters):
        return Pair(a, b, _SWAPPED, f"“{a.text}” is “{b.text}” with two letters swapped")
    return Pair(a, b, odds, _saying(a, b, read))


def _bounded(odds: float, values: Mapping[str, float]) -> float:
    most = _NOTHING_ALIKE if max(values["sound"], values["skeleton"]) < _UNLIKE else LIMIT
    return max(-LIMIT, min(most, odds))


def _through_latin(a: Word, b: Word) -> Pair:
    """Two scripts or alphabets that no table joins: either in Latin letters, beside the other."""
    there, back = compare(a, word(b.latin)), compare(word(a.latin), b)
    says = f"“{a.text}” compared with “{b.text}” by way of Latin letters"
    return Pair(a, b, max(there.odds, back.odds), says)


def _as_japanese(a: Word, b: Word) -> float:
    """Log-odds of a name in Chinese characters read as Japanese ones are."""
    signs, latin = (a, b) if b.script == "Latn" else (b, a)
    if not all(sign in chances("kanji") for sign in signs.letters):
        return -LIMIT
    _, values, _ = features(signs, latin, japanese=True)
    return _bounded(weighed("kanji", values), values)


def _slipped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbouring letters that changed places."""
    return (
        len(one) == len(other) >= _SLIP
        and OSA.distance(one, other, score_cutoff=1) == 1
        and sorted(one) == sorted(other)
    )


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


def features(a: Word, b: Word, *, japanese: bool = False) -> tuple[str, dict[str, float], str]:
    """What the comparison of two words looks at: which weights apply, the values, and the
    nominative that a case form was read as (empty when none was). With `japanese` a word in
    Chinese characters is read as a Japanese name."""
    if b.script != "Latn" and a.script == "Latn":
        a, b = b, a
    kind, read = "la", ""
    if a.script == b.script == "Cyrl":
        kind, (a, b, read) = "cyrillic", _uninflected(a, b)
    elif japanese:
        kind, a = "kanji", _heard(a, usual(a.letters, "kanji"))
    elif a.script in TABLES and b.script == "Latn":
        kind = TABLES[a.script]
    heard = Levenshtein.normalized_similarity(a.sound, b.sound)
    skeleton = Levenshtein.normalized_similarity(a.skeleton, b.skeleton)
    if max(heard, skeleton) < _UNLIKE:
        chance = GIVEN_UP
    elif kind in ("la", "cyrillic"):
        chance, _ = best_chance(min(a.latin, b.latin), max(a.latin, b.latin), "la")
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


def _heard(name: Word, latin: str) -> Word:
    """A word as it sounds where its letters are read so."""
    key = sound(latin)
    return name._replace(latin=latin, sound=key, skeleton=consonants(key))


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
