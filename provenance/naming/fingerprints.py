"""What the spelling of names betrays about the language a text came through.

*Kir* is «Кир» letter by letter; nobody who knows the British prime minister writes it.
Three kinds of such scars are looked for: spellings of known people that follow another
script's form of their name, spellings listed in ``data/scars.tsv`` (by hand) and
``data/scars.ru.tsv`` (learned, ``python -m training.scars``), and case endings left
on. Weights are log likelihood ratios: how much likelier the spelling is in a text that came
through that language than in one that did not.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from provenance import languages
from provenance.model import Evidence
from provenance.naming._letters import latin_letters
from provenance.naming._passing import passed_through
from provenance.naming._words import words
from provenance.naming.people import Person, everyone
from provenance.naming.transliterate import script, transliterate

# Log likelihood ratios, by hand: the English press misspells a name this well known about
# once in two thousand times, a careless translation from Russian about once in five.
_KNOWN = 5.0
_ROMANISED = 1.5  # names from other scripts are romanised in several ways anyway
_ENDING = 3.0  # a case ending left on a known name in a language that has none
_CASING = 0.4  # «РИА Новости» spelt as words: machine translation does, editors seldom
_FOREIGN_LETTER = 2.5  # ы or ё in Ukrainian, і or ї in Russian: typing slips are rarer
_KINDS = frozenset(["spelling", "case ending", "letters", "casing"])
_SISTER = 2.5  # «Зеленський» in Russian text: copied, not mistyped
_MOST = 40  # evidence of one text, at most: enough for any verdict
_LANGUAGES = ("ru", "uk", "be", "de", "fr", "es", "pl", "en")
_CAPITALISED = re.compile(r"[^\W\d_]+(?:'(?=[^\W\d_]))?[^\W\d_]*")
_ENDINGS = ("a", "u", "om", "em", "ym", "ogo", "omu")
# Where names are written in Cyrillic, every romanisation is somebody's own spelling.
_CYRILLIC_LANDS = frozenset(
    ["RU", "UA", "BY", "BG", "RS", "MK", "KZ", "KG", "TJ", "UZ", "ME", "BA"]
)
_OTHER_LANDS = frozenset(
    ["CN", "TW", "JP", "KR", "KP", "IN", "PK", "IR", "IL", "PS", "LB", "SY", "EG", "SA", "QA", "AE"]
    + ["JO", "GR", "AM", "GE", "ET"]
)
_STANDARDS = {"ru": ("ru-bgn", "ru-press", "ru-gost"), "uk": ("uk-2010", "uk-bgn")}


@dataclass(frozen=True, slots=True)
class Scar:
    """A spelling that betrays a language: the form it renders, what is usual instead."""

    language: str
    form: str
    usual: str
    weight: float
    person: Person | None = None


def fingerprints(text: str, language: str = "en") -> tuple[Evidence, ...]:
    """Scars of another language in the names of `text`, in order, each with its weight.

    `language` is the language `text` is written in. Kinds: ``spelling``, ``case ending``,
    ``letters``, ``casing``; `says` names the language and the form it has there. Linear in
    the length of `text`.
    """
    if language in ("ru", "uk"):
        return tuple(_cyrillic(text, language))
    found: list[Evidence] = []
    for one in _latin(text, language):
        found.append(one)
        if len(found) == _MOST:
            break
    return tuple(found)


def betrayed(name: str) -> tuple[Evidence, ...]:
    """What the spelling of one name in Latin letters, alone, says of the language it came
    through: its scars, and for words no table has, what their runs of letters tell."""
    known = fingerprints(name)
    told = {one.text for one in known}
    found = list(known)
    for word in _CAPITALISED.finditer(name):
        passage = passed_through(word.group()) if word.group() not in told else None
        if passage and script(word.group()) == "Latn":
            says = f"the letters of “{word.group()}” are put as in names from "
            says += languages.name(passage.language)
            found.append(Evidence("letters", says, passage.weight, word.group(), *word.span()))
    return tuple(sorted(found, key=lambda one: one.start or 0))


def languages_of(evidence: Iterable[Evidence]) -> Mapping[str, float]:
    """The languages that fingerprints speak for, with their summed weights."""
    codes = {languages.name(code): code for code in _LANGUAGES}
    found: dict[str, float] = {}
    for one in evidence:
        code = codes.get(one.says.rsplit(" ", 1)[-1])
        if code and one.kind in _KINDS:
            found[code] = found.get(code, 0.0) + one.weight
    return found


# ---------------------------------------------------------------- Latin text


def _latin(text: str, language: str) -> Iterator[Evidence]:
    if "Ria Novosti" in text:
        yield _casing(text)
    listed, known = _listed(language), _known() if language == "en" else {}
    told: set[str] = set()
    for found in _CAPITALISED.finditer(text):
        word = found.group()
        if not word[0].isupper() or len(word) > 24 or word in told:
            continue
        scar = listed.get(word) or _of_person(text, found, known.get(word.lower(), ()))
        if scar:
            told.add(word)
            yield _evidence(scar, word, found.start())


def _casing(text: str) -> Evidence:
    start = text.index("Ria Novosti")
    says = "“Ria Novosti” is «РИА Новости» with the capitals of words, which came through Russian"
    return Evidence("casing", says, _CASING, "Ria Novosti", start, start + 11)


def _evidence(scar: Scar, word: str, start: int) -> Evidence:
    name = languages.name(scar.language)
    if script(scar.form) == "Cyrl":
        what = f"“{word}” is «{scar.form}» letter by letter"
    else:
        what = f"“{word}” is the {name} spelling"
    says = f"{what}; the usual form is “{scar.usual}”, so the name came through {name}"
    kind = "case ending" if scar.person and scar.weight == _ENDING else "spelling"
    return Evidence(kind, says, scar.weight, word, start, start + len(word))


@cache
def _listed(language: str) -> Mapping[str, Scar]:
    found: dict[str, Scar] = {}
    if language == "en":
        for row in _rows("scars.ru.tsv"):
            scar = Scar("ru", row["russian"].title(), row["usual"].title(), float(row["weight"]))
            found[row["spelling"].title()] = scar
    for row in _rows("scars.tsv"):
        if row["in"] == language:
            found[row["spelling"]] = Scar(
                row["language"], row["form"], row["usual"], float(row["weight"])
            )
    return found


def _rows(name: str) -> list[dict[str, str]]:
    path = files(__package__) / "data" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _known() -> Mapping[str, tuple[Scar, ...]]:
    """Scars of public figures' names, by spelling in small letters."""
    found: dict[str, dict[Scar, None]] = {}
    for person in everyone():
        spelt = {latin_letters(one) for name in person.names for one in _latin_words(name)}
        for code, form in (("ru", person.russian), ("uk", person.ukrainian)):
            for spelling, scar in _scars(person, code, form, spelt):
                found.setdefault(spelling, {})[scar] = None
    return {spelling: tuple(scars) for spelling, scars in found.items()}


def _latin_words(name: str) -> list[str]:
    return [one.text for one in words(name)] if script(name) == "Latn" else []


def _scars(person: Person, code: str, form: str, spelt: set[str]) -> Iterator[tuple[str, Scar]]:
    theirs, ours = form.split(), person.name.split()
    if len(theirs) != len(ours) or script(form) != "Cyrl" or person.country in _CYRILLIC_LANDS:
        return
    weight = _ROMANISED if person.country in _OTHER_LANDS else _KNOWN
    for foreign, usual in zip(theirs, ours, strict=True):
        for standard in _STANDARDS[code]:
            spelling = latin_letters(transliterate(foreign, standard))
            if spelling not in {*spelt, latin_letters(usual)} and len(spelling) >= 3:
                yield spelling, Scar(code, foreign, usual, weight, person)
        for ending in _ENDINGS:
            if usual[-1:] not in "aeiouy" and usual.isascii():
                inflected = Scar(code, foreign + _CYRILLIC_ENDINGS[ending], usual, _ENDING, person)
                yield usual.lower() + ending, inflected


_CYRILLIC_ENDINGS = {"a": "а", "u": "у", "om": "ом", "em": "ем", "ym": "ым", "ogo": "ого"}
_CYRILLIC_ENDINGS |= {"omu": "ому"}


def _of_person(text: str, found: re.Match[str], scars: tuple[Scar, ...]) -> Scar | None:
    """The scar whose person the words beside it confirm."""
    if not scars:
        return None
    near = text[max(0, found.start() - 40) : found.end() + 40].replace(found.group(), " ")
    beside = {latin_letters(one.group()) for one in _CAPITALISED.finditer(near)}
    for scar in scars:
        if scar.person and beside & _names_of(scar.person):
            return scar
    return None


@cache
def _names_of(person: Person) -> frozenset[str]:
    """The other words of a person's name, as usually and as carelessly spelt."""
    usual = {latin_letters(one) for name in person.names for one in _latin_words(name)}
    spelt = {
        latin_letters(transliterate(one, standard))
        for form, code in ((person.russian, "ru"), (person.ukrainian, "uk"))
        for one in form.split()
        for standard in _STANDARDS[code]
    }
    names = {name for name in usual | spelt if len(name) > 2}
    return frozenset(names | {name + ending for name in names for ending in _ENDINGS})


# ---------------------------------------------------------------- Cyrillic text


_LETTERS = {
    "ru": (re.compile("[іїєґ]", re.IGNORECASE), "uk"),
    "uk": (re.compile("[ыэёъ]", re.IGNORECASE), "ru"),
}
_CYRILLIC_WORD = re.compile(r"[Ѐ-ԯ]+(?:['’ʼ][Ѐ-ԯ]+)*")


@cache
def _sisters(language: str) -> Mapping[str, str]:
    """Words of East Slavic names in the sister language's form, with this language's own."""
    found: dict[str, str] = {}
    own: set[str] = set()
    for person in everyone():
        pair = [person.russian.split(), person.ukrainian.split()]
        ours, theirs = pair if language == "ru" else reversed(pair)
        own.update(ours)
        if person.country in ("UA", "RU", "BY") and len(ours) == len(theirs):
            found.update(zip(theirs, ours, strict=True))
    return {theirs: ours for theirs, ours in found.items() if theirs not in own}


def _cyrillic(text: str, language: str) -> Iterator[Evidence]:
    """Names in the sister language's form, and words with letters only it has."""
    pattern, sister = _LETTERS[language]
    name = languages.name(sister)
    sisters = _sisters(language)
    told: set[str] = set()
    for found in _CYRILLIC_WORD.finditer(text):
        word = found.group()
        if len(told) == _MOST or word in told:
            continue
        if word in sisters:
            says = f"“{word}” instead of «{sisters[word]}»: the name came through {name}"
            kind, weight = "spelling", _SISTER
        elif pattern.search(word):
            says = f"“{word}” has a letter of another alphabet, left over from {name}"
            kind, weight = "letters", _FOREIGN_LETTER
        else:
            continue
        told.add(word)
        yield Evidence(kind, says, weight, word, found.start(), found.end())
