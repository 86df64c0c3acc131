"""Words of which one excludes the other: killed and wounded, open and closed, Monday and Tuesday.

They stand in ``[contraries]`` of each language's ``meaning.toml``, by family and class; of two
classes of one family the one is never said by the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from provenance.languages import table
from provenance.languages.words import fold
from provenance.languages.writing import unspaced
from provenance.matching._prepare import Prepared

_LONGEST = 3  # words of a phrase; letters of one where words are not parted, twice as many
_CAPITAL = "^"  # before a word that counts only with a capital


@dataclass(frozen=True, order=True, slots=True)
class Class:
    """Words that say one thing of a `family` of things that exclude one another."""

    family: str
    name: str

    def rivals(self, other: Class) -> bool:
        """Whether what one class says excludes what the other does."""
        return self.family == other.family and self.name != other.name


@dataclass(frozen=True, slots=True)
class _Listed:
    """Folded words and phrases with their classes; `begun` are beginnings of words, `joined` what
    may be written before any."""

    exact: Mapping[str, Class]
    begun: Mapping[str, Class]
    joined: tuple[str, ...]


def classes(prepared: Prepared) -> dict[Class, list[range]]:
    """The tokens in which each class is said in a text, in order."""
    found: dict[Class, list[range]] = {}
    for kind, places in _found(prepared):
        found.setdefault(kind, []).append(places)
    return found


def _found(prepared: Prepared) -> Iterator[tuple[Class, range]]:
    listed = _listed(prepared.language)
    if not listed.exact:
        return
    units, places = _units(prepared)
    part = "" if unspaced(prepared.language) else " "
    longest = _LONGEST if part else 2 * _LONGEST
    at = 0
    while at < len(units):
        for size in range(min(longest, len(units) - at), 0, -1):
            kind = _meant(prepared, places[at], part.join(units[at : at + size]), listed)
            if kind is not None:
                yield kind, range(places[at], places[at + size - 1] + 1)
                break
        else:
            size = 1
        at += size


def _meant(prepared: Prepared, place: int, written: str, listed: _Listed) -> Class | None:
    """The class of a folded word or phrase, which a name has only where it is listed with a
    capital: the month of May, no West Bank."""
    token = prepared.tokens[place]
    capital = prepared.text[token.start].isupper()
    kind = _class(_CAPITAL + written, listed) if capital else None
    return kind or (None if token.name else _class(written, listed))


def _units(prepared: Prepared) -> tuple[Sequence[str], Sequence[int]]:
    """What words and phrases are made of, words or characters, and the tokens these are of."""
    words = [token.lexeme.surface for token in prepared.tokens]
    if not unspaced(prepared.language):
        return words, range(len(words))
    ends = list(accumulate(map(len, words)))
    letters = "".join(words)
    return letters, [bisect_right(ends, place) for place in range(len(letters))]


def _class(written: str, listed: _Listed) -> Class | None:
    """The class of a word or phrase, of which only the last word may have another ending."""
    if kind := listed.exact.get(written):
        return kind
    for end in range(len(written) - 1, written.rfind(" ") + 1, -1):
        if kind := listed.begun.get(written[:end]):
            return kind
    bare = (written.removeprefix(one) for one in listed.joined if written.startswith(one))
    return next((kind for one in bare if (kind := listed.exact.get(one))), None)


@cache
def _listed(language: str) -> _Listed:
    part = "" if unspaced(language) else " "
    exact: dict[str, Class] = {}
    begun: dict[str, Class] = {}
    for kind, word in _written(language):
        folded = part.join(fold(one) for one in word.rstrip("*").split("-"))
        folded = _CAPITAL + folded if word[0].isupper() else folded
        exact.setdefault(folded, kind)
        if word.endswith("*"):
            begun[folded] = kind
    joined = table(language, "meaning").get("joined", "").split()
    return _Listed(exact, begun, tuple(fold(one) for one in joined))


def _written(language: str) -> Iterator[tuple[Class, str]]:
    for family, members in table(language, "meaning").get("contraries", {}).items():
        for name, words in members.items():
            yield from ((Class(family, name), word) for word in words.split())
