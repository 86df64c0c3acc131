"""Collect what the translator learns from into a small folder of compressed text.

English sentences are kept once however many languages they come with. Sources whose terms
forbid it, and machine-made ones, are left out (``training/excluded.tsv``), as for the gloss.
"""

from __future__ import annotations

import bz2
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from benchmarks import lines
from provenance.languages.words import forms, stem_of
from provenance.naming.transliterate import romanise
from provenance.translating import _tables
from training.gloss import pairs
from training.translator._names import LANGUAGES, POOR, STAND_INS

# English news without a translation, for back-translation. Left out are the collections that
# matching is measured on (statements, debates, fact checks) and old books.
_NEWS = frozenset({"newstest", "reuters", "bbc"})
_LONGEST = 600  # characters
_HELD = 150  # pairs a language that only measure
_MASKED = 0.07  # of the pairs come once more with stand-ins
_LISTED = 40  # characters of a word list entry; longer ones are explanations
_WORDS = 20_000  # English words that are replaced in word-by-word examples
_FORMS = 4  # foreign forms an English word
_ALIKE = 78.0  # a name and its romanised form, of 100; below, common words pass as names
_EXPLAINED = re.compile(r"^-|-$|[()\[\]…+]|\.\.\.")
_NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]{2,}(?: [A-Z][\w’'-]{2,})*")
_CAPITAL = re.compile(r"\b[^\W\d_][\w’'-]{2,}(?: [^\W\d_a-z][\w’'-]{2,})*")


def pack(folder: Path) -> None:
    """Write everything into `folder` and print how much there is of each."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    english: dict[str, int] = {}
    listed: list[str] = []
    masked: list[str] = []
    found: dict[str, dict[tuple[str, int], None]] = {}
    for code in LANGUAGES:
        rows = found[code] = {}
        for one, other, weight in pairs(code):
            foreign, meaning = _tidy(one), _tidy(other)
            if weight != 1.0:
                listed += _entry(code, foreign, meaning)
            elif _fits(code, foreign, meaning):
                rows[foreign, english.setdefault(meaning, len(english))] = None
                if chance.random() < _MASKED and (pair := _masked(foreign, meaning, chance)):
                    masked.append("\t".join((code, *pair)))
        print(f"{code}: {len(rows):,} pairs", flush=True)
    paired = len(english)
    for line in lines("corpus/english_sentences.tsv.xz"):
        source, _, text = line.partition("\t")
        if source in _NEWS and len(text) <= _LONGEST:
            english.setdefault(_tidy(text), len(english))
    _write(folder / "english.bz2", english)
    numbers: dict[str, NDArray[np.int32]] = {}
    for code, rows in found.items():
        order = list(rows)
        chance.shuffle(order)
        _write(folder / f"{code}.bz2", (foreign for foreign, _ in order))
        numbers[code] = np.array([number for _, number in order], np.int32)
    numbers |= {"paired": np.array([paired], np.int32), "held": np.array([_HELD], np.int32)}
    np.savez_compressed(folder / "pairs.npz", allow_pickle=False, **numbers)
    _write(folder / "listed.bz2", dict.fromkeys(listed))
    _write(folder / "masked.bz2", masked)
    _write(folder / "names.bz2", _names())
    words = _frequent(english)
    _write(
        folder / "words.bz2",
        (row for code in POOR for row in _forms(code, words, _counted(code, found[code], listed))),
    )
    print(f"{paired:,} English sentences with and {len(english) - paired:,} without translation,")
    print(f"{len(listed):,} word list entries, {len(masked):,} pairs with stand-ins")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _write(path: Path, rows: Iterable[str]) -> None:
    path.write_bytes(bz2.compress("\n".join(rows).encode(), 9))


def _fits(code: str, foreign: str, meaning: str) -> bool:
    """Whether two texts can be one sentence: not empty, not too long, of similar length."""
    if not foreign or not meaning or max(len(foreign), len(meaning)) > _LONGEST:
        return False
    widened = len(foreign) * (3.0 if code == "zh" else 1.0) + 10
    return 0.4 < widened / (len(meaning) + 10) < 2.5 and foreign != meaning


def _entry(code: str, foreign: str, meaning: str) -> Iterator[str]:
    """A word list entry, unless it is an affix or an explanation."""
    plain = re.sub(r"[\u064b-\u0652]", "", foreign).strip()  # as the press writes Arabic
    fits = plain and meaning and max(len(plain), len(meaning)) <= _LISTED
    if fits and not _EXPLAINED.search(plain + " " + meaning):
        yield f"{code}\t{plain}\t{meaning}"


# ---------------------------------------------------------------- stand-ins


def _masked(foreign: str, meaning: str, chance: random.Random) -> tuple[str, str] | None:
    """The pair with stand-ins for numbers and names both sides have; None where there are none."""
    shared = [*_shared_numbers(foreign, meaning), *_shared_names(foreign, meaning)]
    chance.shuffle(shared)
    marks = iter(STAND_INS)
    changed = False
    for one, other in shared[: chance.randint(1, 4)]:
        if foreign.count(one) == 1 and meaning.count(other) == 1:
            mark = next(marks)
            foreign, meaning = _put(foreign, one, mark), meaning.replace(other, mark)
            changed = True
    if not changed or chance.random() < 0.2:  # as an address or a handle stands
        mark = next(marks)
        frame = chance.choice(("{} {}", "{} ({})", "{1}: {0}", "{1} {0}"))
        return frame.format(foreign, mark), frame.format(meaning, mark)
    return foreign, meaning


def _put(text: str, old: str, mark: str) -> str:
    """`mark` in the place of `old`, as a word of its own."""
    before, _, after = text.partition(old)
    left = " " if before[-1:].isalnum() else ""
    right = " " if after[:1].isalnum() else ""
    return f"{before}{left}{mark}{right}{after}"


def _shared_numbers(foreign: str, meaning: str) -> Iterator[tuple[str, str]]:
    there = Counter(_NUMBER.findall(foreign))
    for number, count in Counter(_NUMBER.findall(meaning)).items():
        if count == 1 == there.get(number):
            yield number, number


def _shared_names(foreign: str, meaning: str) -> Iterator[tuple[str, str]]:
    """Names of the English side with what is spelled alike on the other."""
    words = [m.group() for m in _CAPITAL.finditer(foreign) if m.group()[0].isupper()]
    latin = [romanise(word).lower() for word in words]
    for match in _NAME.finditer(meaning):
        name = match.group()
        scores = [fuzz.ratio(name.lower(), word) for word in latin]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best >= 0 and scores[best] >= _ALIKE:
            yield words[best], name


# ---------------------------------------------------------------- names and words


def _names() -> Iterator[str]:
    """Names in Cyrillic with the Latin spelling that sounds like them, for both languages."""
    for line in lines("lexicon/names/names.russian-en.tsv.xz"):
        foreign, _, latin = line.partition("\t")
        if foreign.isalpha() and fuzz.ratio(romanise(foreign).lower(), latin.lower()) >= _ALIKE:
            for code in ("ru", "uk"):
                yield f"{code}\t{foreign.capitalize()}\t{latin.capitalize()}"


def _frequent(english: Iterable[str]) -> list[str]:
    """The commonest English words, in small letters."""
    counts: Counter[str] = Counter()
    for text in english:
        counts.update(re.findall(r"[a-z]+", text.lower()))
    return [word for word, _ in counts.most_common(_WORDS)]


def _counted(code: str, rows: Iterable[tuple[str, int]], listed: list[str]) -> Counter[str]:
    """How often each word form of a language is met, those only listed once."""
    counts: Counter[str] = Counter()
    for foreign, _ in rows:
        counts.update(forms(foreign, code))
    for entry in listed:
        language, form, _ = entry.split("\t")
        if language == code and form.isalpha():
            counts.setdefault(form, 1)
    return counts


def _forms(code: str, words: list[str], counts: Counter[str]) -> Iterator[str]:
    """English words with the forms of `code` that mean them and their weights.

    A form weighs as often as it is met times how likely its stem means the word (the gloss's
    table), which is the lexicon read backwards.
    """
    table = _tables.table(code)
    assert table is not None
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in counts.items():
        place = table.place.get(stem_of(form, code))
        for stem, chance in () if place is None else table.senses(place):
            meant[stem][form] += int(1000 * chance * count**0.5)
    for word in words:
        best = meant[stem_of(word, "en")].most_common(_FORMS)
        if best and len(word) > 1:
            yield "\t".join((code, word, *(f"{form}\t{weight}" for form, weight in best)))
