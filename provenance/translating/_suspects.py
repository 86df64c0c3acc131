"""Names of an English passage that nothing in its source may stand for, with what speaks for it.

For each word with a capital: whether a word of the source means it, sounds like it or is
spelled like it; how rare it is and whether the lexicon knows it; whether the words it forms a
name with are accounted for; and whether about its place a word of the source is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log1p

from provenance.languages.words import Word, fold
from provenance.naming import romanise, same
from provenance.naming._keys import consonants, sound
from provenance.translating import _tables
from provenance.translating._changes import is_name, opens
from provenance.translating._direct import English, Foreign, linked
from provenance.translating._lexicon import Lexicon, frequencies

FEATURES = (
    "meant",
    "begins as one meant",
    "spelled out",
    "same name",
    "sounds alike",
    "consonants alike",
    "begins alike",
    "explained",
    "information",
    "known to the lexicon",
    "letters",
    "opens a sentence",
    "company explained",
    "has company",
    "name left over",
    "capital left over",
    "word left over",
    "unlisted left over",
    "certain word left over",
    "length",
    "in Latin letters",
    "in letters with capitals",
)
_SHORT = 3  # letters below which a name is told by nothing
_HEAD = 4  # letters by which a country and its adjective are one
_UNICASE = frozenset({"ar", "fa", "zh"})
_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_HAN = re.compile(r"[\u3400-\u9fff]{2,80}")
_SIZES = range(2, 7)  # characters of a foreign name in Chinese
_LIKELY = 3  # spellings compared letter by letter
_WORTH = (0.4, 0.75)  # likeness of consonants or of sound from which that is worth while
_FAIR = 0.3  # likeness from which a link tells a place
_FREE = 0.5  # likeness of its best link below which a word is left over
_NEIGHBOURS = 4
_REACH = ((2, 1.0), (4, 0.7), (6, 0.4))  # words from the expected place, and what they count
_CONTENT = 3.0  # nats of information from which a word is no function word
_KNOWN = 25 / 255  # probability of a sense that makes the lexicon know an English word
_LONG = 60  # words from which a sentence is as long as any
_JOINED = frozenset({"", "of", "the", "of the", "and"})


@dataclass(frozen=True, slots=True)
class Suspect:
    """An English name and its `FEATURES`."""

    word: Word
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A foreign spelling as it sounds in Latin letters."""

    text: str
    sound: str
    consonants: str


def suspects(
    text: str, passage: Sequence[Foreign], english: str, target: English, known: Lexicon
) -> tuple[Suspect, ...]:
    """The names of `english`, each with what tells whether the source has it."""
    found = [word for word in target.words if _is_candidate(word)]
    if not found:
        return ()
    meant: dict[str, float] = {}
    for item in passage:
        for stem, chance in known.senses(item.word):
            meant[stem] = max(meant.get(stem, 0.0), chance)
    heads: dict[str, float] = {}
    for stem, chance in meant.items():
        heads[stem[:_HEAD]] = max(heads.get(stem[:_HEAD], 0.0), chance)
    pool, folded = _spellings(text, passage, known.language), fold(text)
    alone = [_alone(word, meant, heads, folded, pool) for word in found]
    company = _company(english, found, [row[-1] for row in alone])
    left = _left_over(text, passage, target, known)
    places = {word.start: place for place, word in enumerate(target.words)}
    return tuple(
        Suspect(
            word,
            (
                *row,
                frequencies().idf(word.stem) / 10,
                min(log1p(_heads(known.language).get(word.stem, 0)), 3.0) / 3,
                min(len(word.text), 10) / 10,
                float(opens(english, word)),
                *beside,
                *left.about(places[word.start]),
                min(len(passage), _LONG) / _LONG,
                float(known.latin),
                float(known.language not in _UNICASE),
            ),
        )
        for word, row, beside in zip(found, alone, company, strict=True)
    )


def _is_candidate(word: Word) -> bool:
    return len(word.text) >= _SHORT and word.text[:1].isupper() and not word.text.isupper()


# ---------------------------------------------------------------- the word itself


def _alone(
    word: Word,
    meant: dict[str, float],
    heads: dict[str, float],
    folded: str,
    pool: Sequence[_Spelling],
) -> tuple[float, ...]:
    """How far any word of the source means a name, sounds like it or is spelled like it."""
    letters = re.sub("[^a-z]", "", re.sub("['’]s?$", "", fold(word.text)))
    link = meant.get(word.stem, 0.0) ** 0.5
    head = heads.get(word.stem[:_HEAD], 0.0) ** 0.5 if len(word.stem) >= _SHORT else 0.0
    if letters and letters in folded:
        return link, head, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0
    one, heard, bones, begun = _alike(letters, pool)
    explained = max(link, one, 0.8 * head, 0.9 if heard > 0.93 else 0.0)
    return link, head, 0.0, one, heard, bones, begun, explained


def _alike(letters: str, pool: Sequence[_Spelling]) -> tuple[float, float, float, float]:
    """The best likeness of a name to any spelling: same name, sound, consonants, beginning."""
    from rapidfuzz.distance import Indel, JaroWinkler

    own = sound(letters)
    bare = consonants(own)
    heard = bones = begun = 0.0
    worth: list[tuple[float, str]] = []
    for other in pool:
        alike = JaroWinkler.similarity(own, other.sound)
        skeleton = Indel.normalized_similarity(bare, other.consonants) if bare else 0.0
        heard, bones = max(heard, alike), max(bones, skeleton)
        begun = max(begun, _shared(own, other.sound) / max(_HEAD, len(own)))
        if skeleton >= _WORTH[0] or alike >= _WORTH[1]:
            worth.append((alike + skeleton, other.text))
    likely = sorted(worth, reverse=True)[:_LIKELY]
    return max((_same(one, letters) for _, one in likely), default=0.0), heard, bones, begun


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=100_000)
def _same(foreign: str, letters: str) -> float:
    return same(foreign, letters.title()).probability


def _spellings(text: str, passage: Sequence[Foreign], language: str) -> tuple[_Spelling, ...]:
    """Every spelling in which a name may stand in the source."""
    if language == "zh":
        return _runs(text)
    long = (item.word.text for item in passage if len(item.word.text) >= _SHORT)
    return tuple(dict.fromkeys(one for word in long for one in _spelled(word, language)))


@lru_cache(maxsize=100_000)
def _spelled(word: str, language: str) -> tuple[_Spelling, ...]:
    """A word as it sounds, with and without what is written onto it."""
    forms = [word]
    if language == "ar":
        long = (p for p in _PREFIXES if word.startswith(p) and len(word) - len(p) >= _SHORT)
        forms += [word[len(prefix) :] for prefix in long]
    parts = re.split("['’]", word)
    forms += [part for part in parts if len(parts) > 1 and len(part) >= _SHORT]
    return tuple(_spelling(form, romanise(form, language)) for form in forms)


def _spelling(form: str, latin: str) -> _Spelling:
    heard = sound(re.sub("[^a-z]", "", fold(latin)))
    return _Spelling(form, heard, consonants(heard))


@lru_cache(maxsize=256)
def _runs(text: str) -> tuple[_Spelling, ...]:
    """Every run of Chinese characters that could be a foreign name."""
    runs = (match.group() for match in _HAN.finditer(text))
    cut = (run[at : at + n] for run in runs for n in _SIZES for at in range(len(run) - n + 1))
    # The dot keeps a short run from being read as a Chinese person's name.
    return tuple(_spelling(one, romanise(f"·{one}", "zh")) for one in dict.fromkeys(cut))


@cache
def _heads(language: str) -> dict[str, int]:
    """How many foreign stems mean each English one."""
    table = _tables.table(language)
    counts: dict[str, int] = {}
    if table is not None:
        for stem, part in zip(table.ids.tolist(), table.parts.tolist(), strict=True):
            if part >= _KNOWN * 255:
                counts[table.english[stem]] = counts.get(table.english[stem], 0) + 1
    return counts


# ---------------------------------------------------------------- what stands about it


def _company(
    english: str, found: Sequence[Word], explained: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """For each name how far the other words of it are explained, and whether it has others."""
    groups: list[list[int]] = []
    for place, word in enumerate(found):
        before = found[place - 1].end if place else 0
        if place and english[before : word.start].strip(" -–’'") in _JOINED:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        for place in group:
            others = [explained[other] for other in group if other != place]
            yield (sum(others) / len(others), 1.0) if others else (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _LeftOver:
    """Words of the source that no English word answers, and where English words come from."""

    words: tuple[tuple[int, tuple[float, ...]], ...]
    links: tuple[tuple[int, int], ...]
    stretch: float

    def about(self, place: int) -> tuple[float, ...]:
        """How much is left over about where the English word at `place` comes from."""
        others = (link for link in self.links if link[0] != place)
        near = sorted(others, key=lambda link: abs(link[0] - place))[:_NEIGHBOURS]
        guesses = sorted(here + (place - there) * self.stretch for there, here in near)
        expected = guesses[len(guesses) // 2] if guesses else place * self.stretch
        best: tuple[float, ...] = (0.0,) * 5
        for at, values in self.words:
            counts = next((worth for far, worth in _REACH if abs(at - expected) <= far), 0.0)
            if counts:
                best = tuple(max(b, counts * v) for b, v in zip(best, values, strict=True))
        return best


def _left_over(text: str, passage: Sequence[Foreign], target: English, known: Lexicon) -> _LeftOver:
    links, _, _ = linked(passage, target)
    likeness = {number: best for number, _, best in links}
    source: dict[int, tuple[int, float]] = {}
    for number, place, best in links:
        if best >= _FAIR and best > source.get(place, (0, 0.0))[1]:
            source[place] = (number, best)
    free = (
        (number, 1 - likeness.get(number, 0.0))
        for number in range(len(passage))
        if likeness.get(number, 0.0) < _FREE
    )
    left = tuple((n, tuple(f * v for v in _kinds(text, passage[n], known))) for n, f in free)
    stretch = len(passage) / max(1, len(target.words))
    return _LeftOver(left, tuple((place, n) for place, (n, _) in source.items()), stretch)


def _kinds(text: str, item: Foreign, known: Lexicon) -> tuple[bool, ...]:
    """Whether a word is a name, has a capital, has content, is unlisted, is certain."""
    word, listed = item.word, known.listed(item.word.stem)
    capital = word.text[:1].isupper() and known.language != "de"
    content = item.weight >= _CONTENT or not item.senses
    certain = bool(listed) and listed[0][1] > 0.5 and item.weight >= _CONTENT
    return is_name(word, text, known.language), capital, content, not listed, certain
