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
from provenance.naming._spelling import pinyin, usual
from provenance.naming.transliterate import NATIVE, plain, script

_SPLIT = re.compile(r"[\s·・=‧•_]+")
_TRIM = "«»“”„\"‘’'`()[]{}<>,;:!?…—–-"
_JOINED = "\u2010"  # begins a part that a hyphen joins to the one before it
_HYPHENS = re.compile(r"[-‐‑–]+")
_RUN_ON = re.compile(r"(?<=\w)\.(?=\w)")  # A.B. Smith
_READ = 512  # characters of a name that are looked at
_LONGEST = 64  # letters compared in a word; beyond it nothing is a name
_LATIN = frozenset(["Latn", "Zyyy"])
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
    joined: bool = False  # by a hyphen to the word before it

    def others(self) -> tuple[tuple[str, float], ...]:
        """What the word may be besides itself, with log chances: the nominatives of a case
        form, an Arabic name without its article."""
        if self.script in ("Cyrl", "Grek"):
            return nominatives(self.letters)[1:]
        return _bare(self.letters) if self.script == "Arab" else ()

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


def forms_of_names() -> tuple[tuple[str, str], ...]:
    """Every form of a given name with the full name it stands for; some stand for several."""
    table = _table()["nicknames"]
    names = table.items() if isinstance(table, dict) else ()
    return tuple((form, full) for full, short in names for form in (full, *short))


@cache
def _endings() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For the endings of case forms: those of the nominatives, with log chances."""
    path = files(__package__) / "data" / "cases.tsv"
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        written = row["written"].casefold()  # the Greek ς has another form at the end
        rule = (row["nominative"].casefold(), float(row["log chance"]))
        found[written] = (*found.get(written, ()), rule)
    return found


_ARTICLE = "ال"
_WITHOUT = -0.3  # log chance by hand that the press leaves the article out: three in four


def _bare(letters: str) -> tuple[tuple[str, float], ...]:
    long = letters.startswith(_ARTICLE) and len(letters) > len(_ARTICLE) + 2
    return ((letters[len(_ARTICLE) :], _WITHOUT),) if long else ()


@lru_cache(maxsize=1 << 13)
def nominatives(letters: str) -> tuple[tuple[str, float], ...]:
    """What a Cyrillic word may be the case form of, with log chances; itself first."""
    found = {letters: 0.0}
    endings = _endings()
    for cut in range(max(2, len(letters) - _ENDING), len(letters) + 1):
        for nominative, chance in endings.get(letters[cut:], ()):
            form = letters[:cut] + nominative
            found[form] = max(found.get(form, chance), chance)
    if len(found) == 1:
        return ((letters, 0.0),)
    other = sorted([(-chance, form) for form, chance in found.items()])
    return tuple([(form, -chance) for chance, form in other[: _FORMS + 1]])


@lru_cache(maxsize=1 << 13)
def word(text: str) -> Word:
    """`text` as a word of a name."""
    written = text[:_LONGEST]
    kind = script(written)
    if kind in _LATIN:
        letters = latin = latin_letters(written)
    else:
        letters = source_letters(written)
        latin = latin_letters(_latin(written, letters, kind))
    key = sound(latin)
    bare = text.rstrip(".")
    short = len(bare) <= _PARTICLE and kind not in ("Hani", "Kore")
    return Word(
        text,
        kind,
        letters,
        latin,
        key,
        consonants(key),
        short and _is_initial(text, bare),
        short and fold(bare) in _listed("particles"),
    )


def _is_initial(text: str, bare: str) -> bool:
    """One letter, or two consonants that write one sound and a full stop (Дж., Ch.)."""
    short = len(bare) == 2 and len(text) > 2 and fold(bare) in _listed("initials of two letters")
    return len(bare) == 1 or short


def _latin(written: str, letters: str, kind: str) -> str:
    """A word by the usual standard, or as its letters mostly are where that leaves out vowels or
    a longer name in Chinese characters renders a foreign one."""
    if kind == "Hani" and len(letters) <= NATIVE:
        heard = pinyin()
        return "".join([heard.get(sign, "") for sign in letters])
    if kind in ("Arab", "Hebr", "Hani"):
        return usual(letters, TABLES[kind])
    return plain(written, kind, alphabet(written) if kind == "Cyrl" else "")


# Letters by which one Cyrillic alphabet is known from the others, the telling ones first.
_ALPHABETS = tuple(
    (frozenset(signs), code)
    for signs, code in (("ў", "be"), ("ђјљњћџ", "sr"), ("әғқңөұүһ", "kk"), ("іїєґ", "uk"))
)
_TELLING = re.compile("[" + "".join("".join(sorted(signs)) for signs, _ in _ALPHABETS) + "]")


def alphabet(text: str) -> str:
    """The language whose letters a Cyrillic word has; empty where they show none."""
    letters = text.lower()
    if not _TELLING.search(letters):
        return ""
    return next((code for signs, code in _ALPHABETS if not signs.isdisjoint(letters)), "")


@lru_cache(maxsize=1 << 12)
def words(name: str) -> tuple[Word, ...]:
    """The words of `name` that tell who it is, in the order given name – surname.

    Titles go, unless nothing else is left; "Surname, Given" and "Surname A. B." are turned
    round; parts joined by a hyphen are words of their own.
    """
    if name.isalnum() and len(name) <= _READ:
        return (word(_without_title(name)),)
    parts = _parts(name[:_READ])
    last = len(parts) - 1
    kept = [part for at, part in enumerate(parts) if not _is_title(part, behind=at == last)]
    return _telling(kept or parts)


def readings(name: str, other: str) -> tuple[tuple[Word, ...], ...]:
    """The ways to read `name` beside `other`: as `words` has it, or also with the first word,
    where that is a title or a particle to some and a given name to others (Don, Пан, Ben)."""
    found = words(name)
    if name.isalnum() or len(found) > _MOST - 1:
        return (found,)
    first = _first(name)
    if first is None or first in found:
        return (found,)
    if not first.particle:
        return found, (first, *found)
    inside = any(one.sound == first.sound for one in _others(other))
    return (found,) if inside else ((first, *found),)


@lru_cache(maxsize=1 << 14)
def _first(name: str) -> Word | None:
    """The first word of a name of several, if it may be a given name all the same."""
    first, *more = _parts(name[:_READ]) or [""]
    begins = more and first[:1].isupper() and more[0][0] != _JOINED
    return word(first) if begins and fold(first) in _listed("given names too") else None


@lru_cache(maxsize=1 << 14)
def _others(name: str) -> tuple[Word, ...]:
    return tuple(_word(part) for part in _parts(name[:_READ])[1:])


def _is_title(part: str, *, behind: bool) -> bool:
    """Whether a part of a name is a title; the last word is a surname, unless titles of that
    kind stand behind the name (Martin Luther King, 王主席)."""
    return fold(part.strip(f".{_JOINED}")) in _listed("titles behind" if behind else "titles")


def _without_title(part: str) -> str:
    """A word in a script without spaces, less the title written behind it (トランプ大統領)."""
    if "\u2e80" <= part[-1:] <= "\ud7af" and part.endswith(_behind()):
        name = next(part.removesuffix(one) for one in _behind() if part.endswith(one))
        return name or part
    return part


@cache
def _behind() -> tuple[str, ...]:
    """Titles that stand behind names without a space, the longest first."""
    solid = [title for title in _listed("titles behind") if not title.isascii()]
    return tuple(sorted(solid, key=lambda title: (-len(title), title)))


def _telling(parts: list[str]) -> tuple[Word, ...]:
    found = [_word(part) for part in parts[:_MOST]]
    solid = [one for one in found[:-1] if not one.particle] + found[-1:]
    behind = [one for one in solid[1:] if one.initial and one.text.endswith(".")]
    if behind and len(behind) == len(solid) - 1 and not solid[0].initial:
        solid = [*behind, solid[0]]  # Путин В. В.
    return tuple(solid)


def _word(part: str) -> Word:
    if part[0] == _JOINED:
        return word(part[1:])._replace(joined=True)
    return word(_without_title(part))


def _parts(name: str) -> list[str]:
    family, comma, given = name.partition(",")
    ordered = f"{given} {family}" if comma and given.strip() else name
    spread = _HYPHENS.sub(f" {_JOINED}", _RUN_ON.sub(". ", ordered))
    parts = [part.lstrip(_TRIM).rstrip(_TRIM + _JOINED) for part in _SPLIT.split(spread)]
    return [part for part in parts if any(letter.isalnum() for letter in part)]
