"""The words of a name, ready to be compared: titles gone, case forms undone."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from provenance.naming._folding import fold
from provenance.naming._keys import consonants, sound
from provenance.naming._letters import latin_letters, source_letters
from provenance.naming._spelling import usual
from provenance.naming.transliterate import plain, romanise, script

_SPLIT = re.compile(r"[\s·・=‧•_]+")
_TRIM = "«»“”„\"‘’'`()[]{}<>,;:!?…—–-"
_HYPHENS = re.compile(r"[-‐‑–]+")
_RUN_ON = re.compile(r"(?<=\w)\.(?=\w)")  # A.B. Smith
_READ = 512  # characters of a name that are looked at
_LONGEST = 64  # letters compared in a word; beyond it nothing is a name
_ENDING = 4  # letters of the longest case ending
_FORMS = 4  # nominatives considered besides the word itself
_PARTICLE = 5  # letters of the longest particle
_MOST = 8  # words of a name that are looked at
TABLES = {
    "Cyrl": "ru",
    "Arab": "ar",
    "Hebr": "he",
    "Hani": "zh",
    "Jpan": "ja",
    "Kore": "ko",
    "Grek": "el",
}


class Word(NamedTuple):
    """A word of a name: its letters in its own script and in Latin, its sound.

    An initial has one letter and a full stop, or stands alone.
    """

    text: str
    script: str
    letters: str
    latin: str
    sound: str
    skeleton: str
    initial: bool
    particle: bool

    def others(self) -> tuple[tuple[str, float], ...]:
        """What a Cyrillic word may be the case form of, other than itself, with log chances."""
        return nominatives(self.letters)[1:] if self.script == "Cyrl" else ()

    def forms(self) -> tuple[tuple[str, float], ...]:
        """The word itself and what it may be the case form of, with log chances."""
        return ((self.letters, 0.0), *self.others())


@cache
def _table() -> Mapping[str, object]:
    path = files(__package__) / "data" / "titles.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _listed(topic: str) -> frozenset[str]:
    items = _table()[topic]
    return frozenset(fold(str(item)) for item in items) if isinstance(items, list) else frozenset()


@cache
def _given_names() -> Mapping[str, str]:
    table = _table()["nicknames"]
    found: dict[str, str] = {}
    if isinstance(table, dict):
        for full, short in table.items():
            for name in (full, *short):
                found.setdefault(name, full)
    return found


def full_form(latin: str) -> str:
    """The full given name a nickname stands for; the name itself when it is none."""
    return _given_names().get(latin, latin)


@cache
def _endings() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For the endings of case forms: those of the nominatives, with log chances."""
    path = files(__package__) / "data" / "cases.tsv"
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        rule = (row["nominative"], float(row["log chance"]))
        found[row["written"]] = (*found.get(row["written"], ()), rule)
    return found


@lru_cache(maxsize=1 << 13)
def nominatives(letters: str) -> tuple[tuple[str, float], ...]:
    """What a Cyrillic word may be the case form of, with log chances; itself first."""
    found = {letters: 0.0}
    endings = _endings()
    for size in range(min(_ENDING, len(letters) - 2) + 1):
        stem = letters[: len(letters) - size]
        for nominative, chance in endings.get(letters[len(stem) :], ()):
            form = stem + nominative
            found[form] = max(found.get(form, chance), chance)
    other = sorted(found.items(), key=lambda form: (-form[1], form[0]))
    return tuple(other[: _FORMS + 1])


@lru_cache(maxsize=1 << 13)
def word(text: str) -> Word:
    """`text` as a word of a name."""
    written = text[:_LONGEST]
    kind = script(written)
    latin = latin_letters(written if kind == "Latn" else _latin(written, kind))
    letters = latin if kind in ("Latn", "Zyyy") else source_letters(written)
    key = sound(latin)
    bare = text.rstrip(".")
    return Word(
        text=text,
        script=kind,
        letters=letters,
        latin=latin,
        sound=key,
        skeleton=consonants(key),
        initial=len(bare) == 1 and kind not in ("Hani", "Kore"),
        particle=len(bare) <= _PARTICLE and fold(bare) in _listed("particles"),
    )


def _latin(text: str, kind: str) -> str:
    if kind in ("Arab", "Hebr"):
        return usual(source_letters(text), TABLES[kind])
    return plain(text, _alphabet(text)) if kind == "Cyrl" else romanise(text)


# Letters by which one Cyrillic alphabet is known from the others, the telling ones first.
_ALPHABETS = tuple(
    (frozenset(signs), code)
    for signs, code in (("ў", "be"), ("ђјљњћџ", "sr"), ("әғқңөұүһ", "kk"), ("іїєґ", "uk"))
)
_TELLING = re.compile("[" + "".join("".join(sorted(signs)) for signs, _ in _ALPHABETS) + "]")


def _alphabet(text: str) -> str:
    """The language whose letters a Cyrillic word has; empty where they show none."""
    letters = text.lower()
    if not _TELLING.search(letters):
        return ""
    return next((code for signs, code in _ALPHABETS if not signs.isdisjoint(letters)), "")


@lru_cache(maxsize=1 << 12)
def words(name: str) -> tuple[Word, ...]:
    """The words of `name` that tell who it is, in the order given name – surname.

    Titles go, unless nothing else is left; "Surname, Given" is turned round; parts joined
    by a hyphen are words of their own.
    """
    if name.isalnum() and len(name) <= _READ:
        return (word(name),)
    parts = _parts(name[:_READ])
    kept = [part for part in parts if fold(part.rstrip(".")) not in _listed("titles")]
    found = [word(part) for part in (kept or parts)[:_MOST]]
    solid = [one for one in found if not one.particle]
    return tuple(solid or found)


def _parts(name: str) -> list[str]:
    family, comma, given = name.partition(",")
    ordered = f"{given} {family}" if comma and given.strip() else name
    spread = _HYPHENS.sub(" ", _RUN_ON.sub(". ", ordered))
    parts = [part.strip(_TRIM) for part in _SPLIT.split(spread)]
    return [part for part in parts if any(letter.isalnum() for letter in part)]
