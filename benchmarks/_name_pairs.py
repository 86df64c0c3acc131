"""Pairs of names, the same and nearly the same, built from lists of transliterations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from random import Random
from zlib import crc32

from provenance.naming._keys import consonants, sound
from provenance.naming._words import nominatives
from training.names import pairs, romanised

Pair = tuple[str, str, bool]
Chosen = Callable[[str], bool]
_NEAR = 6  # neighbours looked at among names with the same consonants


def labelled(code: str, chosen: Chosen, size: int, seed: int = 1) -> list[Pair]:
    """`size` pairs of a source name and a Latin one of those `chosen`, half of one name.

    The others are hard: the Latin name is a neighbour in sound of the right one, and the
    list does not have it for that source. Left out are neighbours that sound alike by our
    own key, and those that are variants of the right name (Tareq and Tariq): nobody can
    tell them apart.
    """
    listed = [pair for pair in pairs(code) if chosen(pair[1])]
    # By checksum: what is added to a list does not move the names already drawn.
    listed.sort(key=lambda pair: crc32(f"{seed} {pair[0]} {pair[1]}".encode()))
    known: dict[str, set[str]] = defaultdict(set)
    for source, latin in pairs(code):
        known[source].add(latin)
    near = _neighbours({latin for _, latin in listed})
    found: list[Pair] = []
    for number, (source, latin) in enumerate(listed):
        rivals = [
            name
            for name in near.get(consonants(sound(latin)), ())
            if name not in known[source]
            and sound(name) != sound(latin)
            and not variants(name, latin)
        ]
        if number % 3 == 2 or not rivals:
            rivals = [listed[(number * 7919 + 13) % len(listed)][1]]
        rival = rivals[number % min(len(rivals), _NEAR)]
        found.append((source, latin, True))
        if rival not in known[source]:
            found.append((source, rival, False))
        if len(found) >= size:
            break
    return found


_TELLING = ("ru", "ja", "ko")  # scripts that write vowels, so that one form means one sound


def variants(one: str, other: str) -> bool:
    """Whether a list has two Latin names under one form of a script that writes vowels."""
    none: frozenset[str] = frozenset()
    tables = [_written(code) for code in _TELLING]
    return any(table.get(one, none) & table.get(other, none) for table in tables)


@cache
def _written(code: str) -> dict[str, frozenset[str]]:
    """The forms that a list has for each Latin name."""
    found: dict[str, set[str]] = defaultdict(set)
    for source, latin in pairs(code):
        found[latin].add(source)
    return {latin: frozenset(forms) for latin, forms in found.items()}


def _neighbours(names: set[str]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        near[consonants(sound(name))].append(name)
    return near


def inflected(found: list[Pair], seed: int = 1) -> list[Pair]:
    """The same pairs with the Russian name in a case other than the nominative, by rule."""
    random = Random(seed)
    return [(random.choice(_forms(source)), latin, true) for source, latin, true in found]


def declined(found: list[Pair], seed: int = 1) -> list[Pair]:
    """The same pairs with the Russian name declined by pymorphy3 as a noun in the singular;
    names it takes for something else, and those that Russian does not decline, stay. Empty
    where that library, which nothing else needs, is not installed."""
    try:
        from pymorphy3 import MorphAnalyzer
    except ImportError:
        return []
    random, morphology = Random(seed), MorphAnalyzer(lang="ru")
    pairs_: list[Pair] = []
    for source, latin, true in found:
        case = random.choice(("gent", "datv", "ablt", "loct"))
        declines = source[-1] not in "оеёиуыэю"
        nouns = [one for one in morphology.parse(source) if {"NOUN", "sing"} in one.tag]
        form = nouns[0].inflect({"sing", case}) if nouns and declines else None
        pairs_.append((form.word if form else source, latin, true))
    return pairs_


def _forms(source: str) -> list[str]:
    if source[-1] in "бвгджзклмнпрстфхцчшщ":
        return [source + ending for ending in ("а", "у", "ом", "е")]
    if source.endswith("ий"):
        return [source[:-2] + ending for ending in ("ого", "ому", "им", "ом")]
    if source.endswith("а"):
        return [source[:-1] + ending for ending in ("ы", "е", "у", "ой")]
    if source[-1] in "йь":
        return [source[:-1] + ending for ending in ("я", "ю", "ем", "е")]
    return [source]


def latin_pairs(chosen: Chosen, size: int) -> list[Pair]:
    """Russian names by two standards of romanisation, and neighbours in sound."""
    sources = sorted({source for source, latin in pairs("ru") if chosen(latin)})
    Random(1).shuffle(sources)
    spelt = [romanised(source, crc32(source.encode())) for source in sources]
    near = _neighbours({other for _, other in spelt})
    found: list[Pair] = []
    for number, (one, other) in enumerate(spelt):
        rivals = [name for name in near[consonants(sound(other))] if sound(name) != sound(other)]
        if number % 3 == 2 or not rivals:
            rivals = [spelt[(number * 7919 + 13) % len(spelt)][1]]
        if one != other and len(found) < size:
            found.append((one, other, True))
            found.append((one, rivals[number % min(len(rivals), _NEAR)], False))
    return found


def cyrillic_pairs(chosen: Chosen, size: int) -> list[Pair]:
    """Two case forms of one Russian name, and of neighbours."""
    listed = [source for source, latin in pairs("ru") if chosen(latin)]
    names = sorted(set(listed))
    random = Random(2)
    found: list[Pair] = []
    while len(found) < size:
        at = random.randrange(len(names) - 1)
        one, other = names[at], names[at + 1]
        found.append((random.choice(_forms(one)), one, True))
        stems = {form for form, _ in nominatives(other)} & {form for form, _ in nominatives(one)}
        if not stems:
            found.append((random.choice(_forms(one)), other, False))
            found.append((random.choice(_forms(one)), random.choice(names), False))
    return found


def slips(chosen: Chosen, size: int) -> list[Pair]:
    """Latin names with one slip of a typist, and other names one letter away, neighbours in
    sound, or those of the women of a Slavic family."""
    names = sorted({latin for _, latin in pairs("ru") if len(latin) > 4})
    known, random = set(names), Random(4)
    picked = [name for name in names if chosen(name)]
    random.shuffle(picked)
    near, edited = _neighbours(set(picked)), _one_letter_away(picked)
    found: list[Pair] = []
    for number, name in enumerate(picked):
        slip = _slip(name, random)
        rivals = sorted(edited[name]) or near[consonants(sound(name))]
        rivals = [one for one in rivals if sound(one) != sound(name)]
        if slip not in known and slip != name and rivals:
            found.append((name, slip, True))
            wife = [name + "a"] if number % 2 and name + "a" in known else []
            found.append((name, random.choice(wife or rivals), False))
        if len(found) >= size:
            break
    return found


def _one_letter_away(names: list[str]) -> dict[str, set[str]]:
    """For each name those that become the same when either loses a letter, or one does."""
    shared: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for short in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            shared[short].append(name)
    found: dict[str, set[str]] = defaultdict(set)
    for group in shared.values():
        for name in group:
            found[name].update(one for one in group if one != name)
    return found


def _slip(name: str, random: Random) -> str:
    """`name` with two letters swapped, one doubled, one left out, or another vowel."""
    at = random.randrange(1, len(name) - 1)
    return random.choice(
        (
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 :],
            name[:at]
            + ("e" if name[at] == "i" else "i" if name[at] == "e" else name[at] * 2)
            + name[at + 1 :],
        )
    )
