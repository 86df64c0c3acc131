"""What the source of an English sentence may mean and spell, whatever English stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from provenance.languages.words import Word, fold, stem_of, words
from provenance.languages.writing import capital_nouns
from provenance.translating import _tables
from provenance.translating._by_ear import Spelling, pieces, spellings
from provenance.translating._changes import is_name
from provenance.translating._direct import Foreign, foreign
from provenance.translating._lexicon import Lexicon
from provenance.translating._phrases import LONGEST, phrases

HEAD = 4  # letters by which a country and its adjective are one
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?月")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WITHIN = 0.3  # what a part of a word counts beside the whole
_LONGEST_PART = 4  # characters
_CONTENT = 3.0  # nats of information from which a word is no function word
_SURELY = 0.5  # chance of its likeliest sense from which the meaning of a word is certain


@dataclass(frozen=True, slots=True)
class Readings:
    """What a passage may mean and spell, whatever English it is compared with.

    `told` are the English stems its words may mean, with chances and the words; `meant` the
    greatest chance of each, `heads` and `tails` how those begin and end, `about` stems that mean
    about the same as they; `spelled` every spelling in which a name may stand, with its first
    and last word; `kinds` what each word is, and how surely a name of one meaning; `wordings`
    stems that runs of words are rendered by; `pieces` runs that may be a name no dictionary has.
    """

    told: dict[str, tuple[tuple[float, int], ...]]
    meant: dict[str, float]
    heads: dict[str, float]
    tails: dict[str, float]
    about: dict[str, float]
    spelled: tuple[tuple[Spelling, int, int], ...]
    kinds: tuple[tuple[tuple[bool, ...], float], ...]
    wordings: dict[str, float]
    pieces: tuple[tuple[int, int, float], ...]

    def nearly(self, stem: str) -> tuple[float, float]:
        """How surely a word means about the same as a stem, and how surely one ends as it does."""
        tail = self.tails.get(stem[-HEAD:], 0.0) if len(stem) >= HEAD else 0.0
        return self.about.get(stem, 0.0) ** 0.5, tail**0.5


@lru_cache(maxsize=16)
def readings(text: str, known: Lexicon) -> Readings:
    """What a passage may mean and spell, once for all the English it is compared with."""
    passage = foreign(text, known)
    told = _meant(text, passage, known)
    meant = {stem: max(chance for chance, _ in found) for stem, found in told.items()}
    synonyms = _tables.synonyms()
    about = (
        (other, chance * likeness)
        for stem, chance in meant.items()
        for other, likeness in synonyms.get(stem, ())
    )
    return Readings(
        told,
        meant,
        _likeliest((stem[:HEAD], chance) for stem, chance in meant.items()),
        _likeliest((stem[-HEAD:], chance) for stem, chance in meant.items()),
        _likeliest(about),
        tuple(spellings(text, passage, known)),
        tuple((_kinds(text, item, known), _surely_named(item, known)) for item in passage),
        _wordings(passage, known),
        pieces(passage, known),
    )


def _surely_named(item: Foreign, known: Lexicon) -> float:
    """How surely a word is a name of one meaning."""
    listed = known.listed(item.word.stem)
    if not listed:
        return 0.0
    form = known.spellings(item.word.stem)[0]
    return listed[0][1] * form[:1].isupper()


def _likeliest(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The greatest chance of each key."""
    best: dict[str, float] = {}
    for key, chance in found:
        best[key] = max(best.get(key, 0.0), chance)
    return best


def _meant(
    text: str, passage: Sequence[Foreign], known: Lexicon
) -> dict[str, tuple[tuple[float, int], ...]]:
    """English stems the words of the source may mean, with chances and the words they are of."""
    found: dict[str, list[tuple[float, int]]] = {}
    for number, item in enumerate(passage):
        senses = list(known.senses(item.word))
        if known.language == "zh":
            senses += ((s, _WITHIN * c) for s, c in _within(item.word.text, known))
            senses += _month(text, item.word)
        for stem, chance in senses:
            found.setdefault(stem, []).append((chance, number))
    return {stem: tuple(rows) for stem, rows in found.items()}


def _wordings(passage: Sequence[Foreign], known: Lexicon) -> dict[str, float]:
    """English stems that runs of up to three words are rendered by, with chances.

    A name of two words is often one in Chinese, of which a lexicon knows mostly one (苏联).
    """
    table = phrases(known.language) if known.language == "zh" else None
    if table is None:
        return {}
    folded = [fold(item.word.text) for item in passage]
    found: dict[str, float] = {}
    for at in range(len(folded)):
        for size in range(1, min(LONGEST, len(folded) - at) + 1):
            said: dict[str, float] = {}
            for wording, cost in table.wordings(" ".join(folded[at : at + size])):
                for stem in {word.stem for word in words(wording, "en")}:
                    said[stem] = said.get(stem, 0.0) + exp(-cost)
            for stem, chance in said.items():
                found[stem] = max(found.get(stem, 0.0), min(1.0, chance))
    return found


def _month(text: str, word: Word) -> Iterator[tuple[str, float]]:
    """The month a number before 月 is."""
    match = _MONTH.match(text, word.start)
    if match and 1 <= int(match[1]) <= 12:
        yield stem_of(_MONTHS[int(match[1]) - 1], "en"), 1.0


def _within(word: str, known: Lexicon) -> Iterator[tuple[str, float]]:
    """What the parts of a Chinese word mean: the royal of a royal navy."""
    sizes = range(1, min(len(word), _LONGEST_PART + 1))
    parts = {word[at : at + size] for size in sizes for at in range(len(word) - size + 1)}
    for part in sorted(parts):
        yield from known.listed(part)


def _kinds(text: str, item: Foreign, known: Lexicon) -> tuple[bool, ...]:
    """Whether a word is a name, has a capital, has content, is unlisted, is certain."""
    word, listed = item.word, known.listed(item.word.stem)
    capital = word.text[:1].isupper() and not capital_nouns(known.language)
    content = item.weight >= _CONTENT or not item.senses
    certain = bool(listed) and listed[0][1] > _SURELY and item.weight >= _CONTENT
    return is_name(word, text, known.language), capital, content, not listed, certain
