"""Public figures: their names in several scripts, their countries and offices.

The table is ``data/people.tsv``, one person a row. Offices have roles that mean the same
in every language (``head of government``), with years; it was compiled in 2025 and says
nothing about what came later.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from provenance.model import Evidence
from provenance.naming._letters import source_letters
from provenance.naming._words import Word, word, words
from provenance.naming.compare import NameMatch, key, same
from provenance.naming.transliterate import romanise, script

_SURE = 0.85  # a match below it is a candidate, not a decision
# Latin letters of a name of one word below which nothing is decided: «Ý» is not Wang Yi.
_TELLING = 4
# Two full names of one listed person: by hand, about as sure as the table, which is read by people.
_LISTED, _WEIGHT = 0.99, 4.6
# Where a name in these scripts is one in full; names of others stand for the surname (特朗普).
_NATIVE = frozenset(["CN", "TW", "HK", "JP", "KR", "KP", "SG", "VN"])
_UNSPACED = frozenset(["Hani", "Kore"])
# Share of letters in which a word spelt out twice is alike: "Guterrish" and "Guterriš" are, "Li"
# and "I" are not. By hand, on 26 names that went through Russian, and 20 of other people.
_NEARLY = 0.75
_OTHER = NameMatch(0.0, ())
_OFFICE = re.compile(r"(.+) (\d{4})(–?)(\d{4})?$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: its role in English words, and the years (`until` 0: not known to end)."""

    role: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Person:
    """A public figure: the usual English name, ISO country, offices, and other spellings."""

    name: str
    country: str
    offices: tuple[Office, ...]
    russian: str
    ukrainian: str
    names: tuple[str, ...]


@cache
def everyone() -> tuple[Person, ...]:
    """Every person of the table, in its order."""
    path = files(__package__) / "data" / "people.tsv"
    rows = csv.DictReader(
        path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return tuple(_person(row) for row in rows)


def _person(row: dict[str, str]) -> Person:
    aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
    names = (row["name"], row["russian"], row["ukrainian"], *aliases)
    return Person(
        name=row["name"],
        country=row["country"],
        offices=tuple(_office(item) for item in row["offices"].split(";")),
        russian=row["russian"],
        ukrainian=row["ukrainian"],
        names=tuple(dict.fromkeys(names)),
    )


def _office(text: str) -> Office:
    found = _OFFICE.match(text.strip())
    if not found:
        return Office(text.strip(), 0, 0)
    role, since, dash, until = found.groups()
    return Office(role, int(since), int(until or (0 if dash else since)))


@cache
def _index() -> dict[str, tuple[Person, ...]]:
    """People by the sounds of the words of their names, in every script and case form."""
    found: dict[str, dict[Person, None]] = {}
    for person in everyone():
        for name in person.names:
            for one in words(name):
                for sound in _sounds(one):
                    found.setdefault(sound, {})[person] = None
    return {sound: tuple(people) for sound, people in found.items()}


def _sounds(one: Word) -> tuple[str, ...]:
    forms = [word(form).sound for form, _ in one.forms()]
    return tuple(dict.fromkeys(key for key in (one.letters, one.sound, *forms) if key))


def same_person(a: str, b: str) -> NameMatch:
    """`same`, and where letters do not tell, whether the table has both as names of one person
    (金正恩, Ким Чен Ын). Surnames alone stay undecided."""
    match = same(a, b)
    if match.probability >= _SURE:
        return match
    shared = _called().get(key(a), frozenset()) & _called().get(key(b), frozenset())
    if len(shared) != 1:
        return match
    (person,) = shared
    says = f"“{a}” and “{b}” are both listed as names of {person.name}"
    return NameMatch(_LISTED, (Evidence("public figure", says, _WEIGHT),))


@cache
def _called() -> Mapping[str, frozenset[Person]]:
    """People by the keys of their names in full."""
    found: dict[str, set[Person]] = {}
    for person in everyone():
        for name in person.names:
            if len(words(name)) > 1 or (person.country in _NATIVE and script(name) in _UNSPACED):
                found.setdefault(key(name), set()).add(person)
    return {one: frozenset(people) for one, people in found.items()}


def holders(
    roles: frozenset[str], countries: frozenset[str], years: tuple[int, int]
) -> frozenset[Person]:
    """Who held an office of one of `roles` in one of `countries` in those years, both counted."""
    first, last = years
    return frozenset(
        person
        for person in everyone()
        if person.country in countries
        and any(
            office.role in roles and office.since <= last and first <= (office.until or last)
            for office in person.offices
        )
    )


def candidates(name: str) -> tuple[tuple[Person, NameMatch], ...]:
    """People `name` may mean, most likely first, each with how well the names match."""
    met: dict[Person, None] = {}
    for one in words(name):
        for sound in _sounds(one):
            met.update(dict.fromkeys(_index().get(sound, ())))
    scored = [(person, _best(person, name)) for person in met]
    scored = [(person, match) for person, match in scored if match.probability >= 0.4]
    return tuple(sorted(scored, key=lambda pair: (-pair[1].probability, pair[0].name)))


def _best(person: Person, name: str) -> NameMatch:
    """How well `name` matches the person's spellings.

    Where there is one in its script, those in others count only if the name is one of them
    spelt out ("Ben Uolles"): an alphabet in between hides what tells two people apart, so that
    "Wang Li" might be «Ван И». In Chinese characters a native name is written in its own: 王义
    is another than 王毅.
    """
    if name in person.names:  # no other spelling is nearer, nor need its alphabet be loaded
        return same(name, name)
    own = [known for known in person.names if script(known) == script(name)]
    told = [known for known in person.names if not own or known in own or _spelt(name, known)]
    if own and script(name) == "Hani" and person.country in _NATIVE:
        told = [known for known in own if source_letters(known) == source_letters(name)]
    found = (same(name, known) for known in told)
    return max(found, key=lambda match: match.probability, default=_OTHER)


def _spelt(name: str, known: str) -> bool:
    """Whether each word of `name` is nearly one of `known` as that is spelt in Latin letters."""
    spelt = romanise(known).lower().split()
    return all(
        any(Levenshtein.normalized_similarity(one, other) >= _NEARLY for other in spelt)
        for one in romanise(name).lower().split()
    )


def lookup(name: str, context: str = "") -> Person | None:
    """The public figure `name` means, in any script or case form; None when unknown or unsure.

    A bare surname is settled only by `context`: words around it that name the person in
    full. Otherwise see `candidates`.
    """
    found = _lookup(name)
    if found or not context:
        return found
    for person, match in candidates(name):
        if match.probability >= 0.4 and any(other in context for other in person.names):
            return person
    return None


@lru_cache(maxsize=1 << 12)
def _lookup(name: str) -> Person | None:
    found = candidates(name)
    if not found or found[0][1].probability < _SURE or _slight(name):
        return None
    rivals = [match for _, match in found[1:] if match.probability >= _SURE]
    return None if rivals and rivals[0].probability >= found[0][1].probability else found[0][0]


def _slight(name: str) -> bool:
    return len(words(name)) < 2 and sum(map(str.isalpha, romanise(name))) < _TELLING
