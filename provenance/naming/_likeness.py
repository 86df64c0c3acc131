"""Whether two words of names are one, and how two of different scripts are laid side by side.

How the two sound settles most pairs; only where it does not are they aligned letter by
letter, which takes ten times as long. The weights are ``data/comparison.toml``, fitted by
``python -m training.names``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from provenance.naming._keys import consonants, sound
from provenance.naming._spelling import GIVEN_UP, best_chance, chances, usual
from provenance.naming._words import TABLES, Word, alphabet, word
from provenance.naming.transliterate import NATIVE

Values = tuple[float, ...]
# What is looked at: of two words as they sound, and besides how likely one is spelt so.
HEARD = (
    "sound",
    "skeleton",
    "letters",
    "spelt",
    "apart",
    "hard",
    "long",
    "wide",
    "first",
    "last",
    "equal",
)
SPELT = (*HEARD, "chance", "whole", "far")
LIMIT = 7.0  # no spelling alone is surer than 999 in 1000
_SETTLED = 4.0  # log-odds by sound that letters would change in one verdict of 10,000
_UNLIKE = 0.25  # likeness of sounds below which letters need not be aligned: 1 true pair in 300
_FAR = 1.2  # nats a letter beyond which two spellings have little to do with each other
# By hand: what sounds alike in no letter is no spelling of one name, however short it is.
_NOTHING_ALIKE = -4.0
_SWAPPED = 1.0  # two neighbouring letters changed places: a slip more often than another name
_SLIP = 4  # letters of a word in which such a slip is told from another word
# Latin letters a Japanese name can have: all of the list do, of Chinese names one in seven.
_ROMAJI = re.compile(
    "(?:(?:kk?y?|gg?y?|ss?y?|s?sh|zz?y?|jj?y?|tt?y?|t?ts|[ct]?ch|dd?y?|dz|ny?|hy?|f|bb?y?|pp?y?"
    "|my?|ry?|w|y)?[aeiou]|oh|n|m(?=[bmp]))+"
)
_SURE = 4.0  # a Chinese reading surer than this needs no Japanese one beside it


class Pair(NamedTuple):
    """Two words compared: log-odds that they are one name, and how they were read."""

    first: Word
    second: Word
    odds: float
    says: str


class Weights(NamedTuple):
    """One weight a value, of names that sound apart, and what is added as they sound alike."""

    bias: float
    apart: tuple[float, ...]
    more_bias: float
    more: tuple[float, ...]

    def weighed(self, values: Values) -> float:
        """Log-odds for one name by values that begin with how alike the two sound."""
        plain: float = self.bias + sum(map(mul, self.apart, values))
        more: float = self.more_bias + sum(map(mul, self.more, values))
        return plain + values[0] * more


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]]:
    path = files(__package__) / "data" / "comparison.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _weights(kind: str, stage: str) -> Weights:
    halves = _tables()[kind][stage]
    apart, alike = halves["apart"], halves["alike"]
    names = HEARD if stage == "heard" else SPELT
    return Weights(
        apart["bias"],
        tuple(apart[name] for name in names),
        alike["bias"] - apart["bias"],
        tuple(alike[name] - apart[name] for name in names),
    )


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
    sides = _sides(a, b)
    odds, read = _judged(sides)
    if sides.kind == "zh" and odds < _SURE:
        odds = max(odds, _as_japanese(sides))
    elif odds < _SWAPPED and a.script == b.script and _slipped(a.letters, b.letters):
        return Pair(a, b, _SWAPPED, f"“{a.text}” is “{b.text}” with two letters swapped")
    return Pair(a, b, odds, _saying(a, b, read))


class Sides(NamedTuple):
    """Two words as they are laid beside each other: the one of another script first, `kind`
    the weights that apply, `read` the nominative a case form was read as (mostly empty)."""

    kind: str
    other: Word
    latin: Word
    read: str = ""


def _sides(a: Word, b: Word) -> Sides:
    if b.script != "Latn" and a.script == "Latn":
        a, b = b, a
    if a.script == b.script == "Cyrl":
        return Sides("cyrillic", *_uninflected(a, b))
    kind = TABLES.get(a.script, "la") if b.script == "Latn" else "la"
    if kind == "zh" and len(a.letters) <= NATIVE:  # longer ones are read so to begin with
        a = min(a, _read_as(a, "zh"), key=lambda one: Levenshtein.distance(one.sound, b.sound))
    return Sides(kind, a, b)


def _judged(sides: Sides) -> tuple[float, str]:
    """Log-odds for one name, and the nominative read: by sound alone where that settles it,
    else by how likely the one is spelt as the other."""
    heard = _heard(sides)
    odds = _weights(sides.kind, "heard").weighed(heard)
    read = sides.read
    if abs(odds) < _SETTLED:
        spelt, read = _spelt(sides, heard)
        odds = _weights(sides.kind, "spelt").weighed(spelt)
    most = _NOTHING_ALIKE if _unlike(sides.kind, heard) else LIMIT
    return max(-LIMIT, min(most, odds)), read


def _through_latin(a: Word, b: Word) -> Pair:
    """Two scripts or alphabets that no table joins: either in Latin letters, beside the other."""
    there, back = compare(a, word(b.latin)), compare(word(a.latin), b)
    says = f"“{a.text}” compared with “{b.text}” by way of Latin letters"
    return Pair(a, b, max(there.odds, back.odds), says)


def _as_japanese(sides: Sides) -> float:
    """Log-odds of a name in Chinese characters read as Japanese ones are."""
    known = chances("kanji")
    if not _ROMAJI.fullmatch(sides.latin.latin) or not known.keys() >= set(sides.other.letters):
        return -LIMIT
    return _judged(_japanese(sides))[0]


def _japanese(sides: Sides) -> Sides:
    return Sides("kanji", _read_as(sides.other, "kanji"), sides.latin)


@lru_cache(maxsize=1 << 12)
def _read_as(signs: Word, code: str) -> Word:
    """A word in Chinese characters as it sounds where each is spelt as it most often is."""
    latin = usual(signs.letters, code)
    heard = sound(latin)
    return signs._replace(latin=latin, sound=heard, skeleton=consonants(heard))


def _slipped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbouring letters that changed places."""
    return (
        len(one) == len(other) >= _SLIP
        and OSA.distance(one, other, score_cutoff=1) == 1
        and sorted(one) == sorted(other)
    )


def _saying(a: Word, b: Word, read: str) -> str:
    if read and read not in (a.letters, b.letters):
        return f"“{a.text}” compared with “{b.text}”, reading it as «{read}» in another case"
    return f"“{a.text}” compared with “{b.text}”, letter by letter"


def features(a: Word, b: Word, *, japanese: bool = False) -> tuple[str, Values]:
    """Which weights two words are compared by, and the values of `SPELT`. With `japanese` a
    word in Chinese characters is read as a Japanese name."""
    sides = _japanese(_sides(a, b)) if japanese else _sides(a, b)
    return sides.kind, _spelt(sides, _heard(sides))[0]


def _heard(sides: Sides) -> Values:
    """The values of `HEARD`: shares in [0, 1] but ``apart`` and ``hard``, counts of letters."""
    kind, a, b, _ = sides
    ours, theirs = a.sound, b.sound
    size = max(len(a.latin), len(b.latin), 1)
    apart = Levenshtein.distance(ours, theirs)
    hard = Levenshtein.distance(a.skeleton, b.skeleton)
    return (
        1 - apart / max(len(ours), len(theirs), 1),
        1 - hard / max(len(a.skeleton), len(b.skeleton), 1),
        JaroWinkler.similarity(a.latin, b.latin),
        1 - Levenshtein.distance(a.latin, b.latin) / size,
        apart / 5,
        hard / 5,
        min(size, 12) / 10,
        _width(a, b, kind) / 3,
        1.0 if ours[:1] == theirs[:1] else 0.0,
        1.0 if ours[-1:] == theirs[-1:] else 0.0,
        0.0 if apart else 1.0,
    )


def _spelt(sides: Sides, heard: Values) -> tuple[Values, str]:
    """The values of `SPELT`, and the nominative that a case form was read as."""
    kind, a, b, read = sides
    if _unlike(kind, heard):
        chance = GIVEN_UP
    elif kind in ("la", "cyrillic"):
        chance, _ = best_chance(min(a.latin, b.latin), max(a.latin, b.latin), "la")
    else:
        chance, read = best_chance(a.letters, b.latin, kind, a.others)
    chance = max(chance, GIVEN_UP)
    each = chance / max(len(a.latin), len(b.latin), 1)
    return (*heard, each, chance / 10, min(0.0, each + _FAR)), read


def _unlike(kind: str, heard: Values) -> bool:
    """Whether two words sound alike in next to nothing; of a Japanese name, whose characters
    have many readings each, only one was heard."""
    return kind != "kanji" and heard[0] < _UNLIKE > heard[1]


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
