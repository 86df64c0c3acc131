"""The lists of names in two scripts: which pairs can be one name, and who learns from which.

One name in ten, by checksum, is kept out of everything for ``benchmarks.names``, another
tenth out of the tables, for the weights of the comparison.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zlib import crc32

from rapidfuzz.distance import Levenshtein

from benchmarks import lines
from provenance.naming._keys import sound
from provenance.naming._letters import latin_letters, source_letters
from provenance.naming._spelling import pinyin
from provenance.naming._words import word
from provenance.naming.transliterate import script, transliterate

FILES = {
    "ru": "russian",
    "ar": "arabic",
    "he": "hebrew",
    "zh": "chinese",
    "ja": "japanese",
    "ko": "korean",
    "la": "russian",
    "kanji": "",  # from a package, see `_japanese`
}
STANDARDS = ("ru-bgn", "ru-press", "ru-gost", "ru-german", "ru-french", "ru-iso9", "uk-2010")
LONG = re.compile("(?<=o)[ou](?![aeiou])|(?<=u)u")  # the press writes Sato, not Satou


def held_out(latin: str) -> bool:
    """Whether a name belongs to the tenth that nothing was learned from."""
    return crc32(latin.encode()) % 10 == 0


def for_tables(latin: str) -> bool:
    """Whether a name belongs to the eight tenths that tables are learned from."""
    return crc32(latin.encode()) % 10 > 1


def kept_for_weights(latin: str) -> bool:
    """Whether a name belongs to the tenth that the weights are fitted on, and no table."""
    return crc32(latin.encode()) % 10 == 1


@cache
def pairs(code: str) -> tuple[tuple[str, str], ...]:
    """Names of the list for `code` in source letters and plain Latin ones, as compared.

    The pairs of ``la`` are two Latin spellings of one Russian name: by two standards, or
    of two names that Russian writes alike.
    """
    if code == "kanji":
        return tuple(dict.fromkeys(_japanese()))
    return tuple(_respelt() if code == "la" else _listed(code))


def _japanese() -> Iterator[tuple[str, str]]:
    """Japanese surnames and given names in Chinese characters, with their readings as the press
    spells them, from japanese-personal-name-dataset (MIT licence), the surnames first; none where
    that package, which nothing else needs, is not installed."""
    try:
        package = files("japanese_personal_name_dataset") / "dataset"
    except ModuleNotFoundError:
        return
    surnames = [row.split(",") for row in _rows(package / "last_name_org.csv")]
    yield from _signs((cells[0], cells[3]) for cells in surnames)
    given = [
        (written, cells[1])
        for name in ("first_name_man_org.csv", "first_name_woman_org.csv")
        for cells in (row.split(",") for row in _rows(package / name))
        for written in cells[2:]
    ]
    yield from _signs(sorted(given, key=lambda pair: crc32("|".join(pair).encode())))


def _rows(file: Traversable) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _signs(listed: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for written, latin in listed:
        signs = source_letters(written)
        if signs and script(signs) == "Hani" and latin.isascii():
            yield signs, LONG.sub("", latin)


def _listed(code: str) -> Iterator[tuple[str, str]]:
    for line in lines(f"lexicon/names/names.{FILES[code]}-en.tsv.xz"):
        source, _, latin = line.partition("\t")
        left, right = source_letters(source), latin_letters(latin)
        # Full names stand there without spaces, and Korean ones change their order.
        fits = " " not in latin and 2 <= len(left) <= 24 and 2 <= len(right) <= 32
        if fits and not left.isascii() and related(left, right):
            yield left, right


# The classes of consonants that Dolgopolsky (1964) found to change into each other only.
CLASSES = {"P": "pbfvw", "T": "td", "S": "szcjx", "K": "kgqh", "M": "mn", "R": "lr"}
_CLASS = {letter: name for name, letters in CLASSES.items() for letter in letters}
_DIGRAPHS = re.compile("sch|ch|sh|zh|ts|tz|dz|kh|ph|th|gh|ck|c(?=[aourl])")
_ONE = {"ph": "p", "th": "t", "kh": "k", "gh": "k", "ck": "k", "c": "k"}
RELATED = 0.35  # below it three pairs in four name two people, see docs/origin.md


def related(source: str, latin: str) -> bool:
    """Whether two sides of a listed pair can be one name at all: classes of consonants and
    sounds, by standard romanisation, agree by a third. The lists were cut from titles word
    by word, and now and then pair a surname with a given name («трайкова» nurdzieva)."""
    read = _read(source)
    classes = Levenshtein.normalized_similarity(_classes(read), _classes(latin))
    heard = Levenshtein.normalized_similarity(sound(read), sound(latin))
    return (classes + heard) / 2 >= RELATED


def _read(source: str) -> str:
    """A listed name by the standard of its script: no table learned here may choose its pairs."""
    kind = script(source)
    if kind == "Hani":
        return "".join(pinyin().get(sign, "") for sign in source)
    standard = {"Arab": "ar-bgn", "Hebr": "he"}.get(kind)
    return latin_letters(transliterate(source, standard)) if standard else word(source).latin


def _classes(latin: str) -> str:
    plain = _DIGRAPHS.sub(lambda found: _ONE.get(found.group(), "s"), latin)
    found = "".join(_CLASS.get(letter, "") for letter in plain)
    return "".join(one for one, before in zip(found, " " + found, strict=False) if one != before)


def romanised(source: str, number: int) -> tuple[str, str]:
    """A Russian name by two of the standards in use, which two depends on `number`."""
    one = STANDARDS[number % len(STANDARDS)]
    other = STANDARDS[(number // len(STANDARDS)) % len(STANDARDS)]
    return latin_letters(transliterate(source, one)), latin_letters(transliterate(source, other))


def _respelt() -> Iterator[tuple[str, str]]:
    for number, (source, latin) in enumerate(pairs("ru")):
        one, other = romanised(source, crc32(source.encode()))
        if number % 2 and one != other and held_out(latin) == held_out(one):
            yield one, other
    spellings: dict[str, list[str]] = defaultdict(list)
    for source, latin in pairs("ru"):
        if latin not in spellings[source]:
            spellings[source].append(latin)
    for group in spellings.values():
        for number, one in enumerate(group):
            for other in group[number + 1 : number + 3]:
                if held_out(one) == held_out(other):
                    yield one, other
                    yield other, one
