"""How names are spelled in the source: words as they sound, and runs of Chinese characters.

Chinese writes no space about a name, and a foreign one is cut into single characters where no
dictionary has it. So every run of two to six characters may be a name, but for ordinary words.
It is read in three ways: as a foreign name is spelled by ear, as a Chinese one in pinyin, as a
Japanese one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from provenance.languages._segmenting import vocabulary
from provenance.languages.words import Word, fold
from provenance.languages.writing import articles, particles
from provenance.translating._changes import is_name
from provenance.translating._direct import Foreign
from provenance.translating._lexicon import Lexicon

_SHORT = 3  # letters below which a name is told by nothing
_HAN = re.compile(r"[\u3400-\u9fff]{1,80}")
_SIZES = range(1, 7)  # characters of a name in Chinese
_FOREIGN = 2  # characters of the shortest foreign name
_OWN = 3  # characters of a name that may be read as a Chinese one
_JAPANESE = range(2, 6)  # characters of a Japanese one
_SURELY = 0.5  # chance of its likeliest sense from which the meaning of a word is certain
# A word of one character as rare as this (in nats) is seldom one: it is a piece of a name.
_PIECE, _PIECES = 6.5, 12.0


@dataclass(frozen=True, slots=True)
class Spelling:
    """A foreign spelling as it sounds in Latin letters."""

    text: str
    sound: str
    consonants: str


def spellings(
    text: str, passage: Sequence[Foreign], known: Lexicon
) -> Iterator[tuple[Spelling, int, int]]:
    """Every spelling in which a name may stand in the source, with its first and last word."""
    if known.language == "zh":
        starts = [item.word.start for item in passage]
        plain = _plain(text, passage, known)
        for spelling, start, end in _runs(text):
            if 2 * len(plain & set(range(start, end))) > (end - start):
                continue
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
            yield spelling, max(0, first), max(0, last)
        return
    for number, item in enumerate(passage):
        if len(item.word.text) >= _SHORT:
            spelled = _spelled(item.word.text, known.language)
            yield from ((one, number, number) for one in spelled)


def pieces(passage: Sequence[Foreign], known: Lexicon) -> tuple[tuple[int, int, float], ...]:
    """Runs of words of one rare character each, with how much they look like a name, up to 1.

    Such is what a name comes to that no dictionary has: its first and its last word.
    """
    if known.language != "zh":
        return ()
    costs, _, unknown = vocabulary("zh")
    found = []
    rare = [
        max(0.0, costs.get(item.word.text, unknown) - _PIECE)
        if len(item.word.text) == 1 and _HAN.match(item.word.text)
        else 0.0
        for item in passage
    ]
    for is_piece, group in groupby(range(len(passage)), lambda number: rare[number] > 0):
        run = list(group)
        if is_piece and len(run) > 1:
            found.append((run[0], run[-1], min(1.0, sum(rare[n] for n in run) / _PIECES)))
    return tuple(found)


def _plain(text: str, passage: Sequence[Foreign], known: Lexicon) -> frozenset[int]:
    """Where ordinary words of two characters and more stand, which spell no name by ear."""
    return frozenset(
        at
        for item in passage
        if len(item.word.text) > 1 and _is_plain(text, item.word, known)
        for at in range(item.word.start, item.word.end)
    )


def _is_plain(text: str, word: Word, known: Lexicon) -> bool:
    """Whether a word surely has a meaning, and is no name."""
    listed = known.listed(word.stem)
    return bool(listed) and listed[0][1] > _SURELY and not is_name(word, text, known.language)


@lru_cache(maxsize=100_000)
def _spelled(word: str, language: str) -> tuple[Spelling, ...]:
    """A word as it sounds, with and without what is written onto it."""
    from provenance.naming import romanise

    joined = (p for p in (*articles(language), *particles(language)) if word.startswith(p))
    forms = [word, *(word[len(one) :] for one in joined if len(word) - len(one) >= _SHORT)]
    parts = re.split("['’]", word)
    forms += [part for part in parts if len(parts) > 1 and len(part) >= _SHORT]
    return tuple(_spelling(form, romanise(form, language)) for form in forms)


@lru_cache(maxsize=100_000)
def _spelling(form: str, latin: str) -> Spelling:
    from provenance.naming._keys import consonants, sound

    heard = sound(re.sub("[^a-z]", "", fold(latin)))
    return Spelling(form, heard, consonants(heard))


@lru_cache(maxsize=256)
def _runs(text: str) -> tuple[tuple[Spelling, int, int], ...]:
    """Every run of Chinese characters that could be a name, and where it stands."""
    runs = ((match.group(), match.start()) for match in _HAN.finditer(text))
    return tuple(
        (spelling, start + at, start + at + size)
        for run, start in runs
        for size in _SIZES
        for at in range(len(run) - size + 1)
        for spelling in _read(run[at : at + size])
    )


@lru_cache(maxsize=50_000)
def _read(run: str) -> tuple[Spelling, ...]:
    """A run of characters as it sounds: by ear, in pinyin, in Japanese."""
    from provenance.naming._spelling import pinyin, usual

    own = pinyin()
    read = [usual(run, "zh")] if len(run) >= _FOREIGN else []
    read += ["".join(own.get(sign, "") for sign in run)] if len(run) <= _OWN else []
    read += [usual(run, "kanji")] if len(run) in _JAPANESE else []
    return tuple(
        {spelling.sound: spelling for spelling in (_spelling(run, one) for one in read)}.values()
    )
