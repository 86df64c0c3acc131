"""What a foreign word means in English: senses with probabilities, whatever it takes.

`Lexicon.senses` first asks the trained table; where a word is not in it, it goes down a
ladder of back-offs, each worth less: the word itself (names and loans in Latin script), the
parts of a compound, a kindred language, a word with the same beginning, the usual English
spelling of the name it romanises to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from tomllib import loads

from provenance.languages import writing
from provenance.languages.words import Word, fold, stem_of
from provenance.translating import _tables

Senses = tuple[tuple[str, float], ...]

# What a back-off is worth: the share of unlisted words that it gives a sense which stands in
# the reference (python -m benchmarks.retrieval back-offs); a listed word has 0.74 to 0.86.
_ITSELF = 0.5  # and 0.97 where the language has another script
_PART = 0.8
_KINDRED = 0.7
_BEGINNING = 0.25
_NAME = 0.15
_SENSES = 8
_SPREAD = 12  # neighbours in the sorted table looked at: the longest beginning is next door
_RARE = 40  # an English stem in more of 200,000 sentences than this is no unlisted name
_CLITIC = 0.9  # worth of a word without its particle beside one that stands alone
_ROOT = 3  # letters an Arabic root has


class Frequencies:
    """How common English stems are, counted over sentences of news and debate."""

    def idf(self, stem: str) -> float:
        """Inverse document frequency in nats, from 0 up to 12 or so for an unseen stem."""
        found, total = _tables.counts()
        return log(total / (found.get(stem, 0) + 0.5))


class Lexicon:
    """English senses of the words of one language."""

    def __init__(self, language: str, table: _tables.Table) -> None:
        self.language = language
        self._table = table
        self.latin = writing.latin(language)
        self._particles = tuple(fold(one) for one in writing.particles(language))
        self.senses: Callable[[Word | str], Senses] = lru_cache(maxsize=100_000)(self._senses)

    def _senses(self, word: Word | str) -> Senses:
        """English stems with probabilities, likeliest first, at most eight; () when unknown.

        `word` is a `Word`, or the stem of one.
        """
        stem = word.stem if isinstance(word, Word) else word
        if stem[:1].isdigit():
            return ((stem, 1.0),)
        if self.borrowed(stem):
            return ((stem_of(stem, "en"), 1.0),)
        return self._articled(stem) or self.listed(stem) or self._guessed(stem)

    def _articled(self, stem: str) -> Senses:
        """The senses of an Arabic word with and-the written onto it, which no stemmer takes off.

        Before those of the whole, which were learned from few sentences.
        """
        prefix = next((p for p in writing.unstemmed(self.language) if stem.startswith(p)), "")
        return _worth(self.listed(stem.removeprefix(prefix)), _CLITIC) if prefix else ()

    def _bare(self, stem: str) -> Senses:
        """The senses of an unlisted Arabic word without the particle written onto it."""
        prefix = next((p for p in self._particles if stem.startswith(p)), "")
        long = prefix and len(stem) - len(prefix) >= _ROOT
        return _worth(self.listed(stem.removeprefix(prefix)), _CLITIC) if long else ()

    def borrowed(self, stem: str) -> bool:
        """Whether a word stands in Latin letters in a language that has others."""
        return stem.isascii() and not self.latin

    def listed(self, stem: str) -> Senses:
        """The senses the table has for `stem`, and no guess."""
        place = self._table.place.get(stem)
        return () if place is None else self._table.senses(place)

    def spellings(self, stem: str) -> tuple[str, ...]:
        """How each of the `listed` senses of `stem` is mostly spelled in English."""
        place = self._table.place.get(stem)
        return () if place is None else self._table.spellings(place)

    def _guessed(self, stem: str) -> Senses:
        return _merged(*(senses for _, senses in self.guesses(stem)))

    def guesses(self, stem: str) -> Iterator[tuple[str, Senses]]:
        """The back-offs that have something to say of an unlisted stem, by name."""
        if stem.isascii():
            yield "itself", ((stem_of(stem, "en"), _ITSELF),)
        if bare := self._bare(stem):
            yield "particle", bare
        elif inside := self._whole(self.parts(stem)):
            yield "parts", inside
        elif kin := self._kindred(stem):
            yield "kindred", kin
        else:
            yield "beginning", self._beginning(stem)
            yield "name", _names(stem)

    def parts(self, stem: str) -> tuple[str, ...]:
        """The listed stems an unlisted word is made of, () when it does not come apart.

        A compound is cut in two where the shorter part is longest; a run of Chinese into
        its characters.
        """
        if "\u3400" <= stem[:1] <= "\u9fff":
            return tuple(char for char in stem if char in self._table.place) if stem[1:] else ()
        if not writing.compounds(self.language):
            return ()
        cuts = sorted(range(4, len(stem) - 2), key=lambda cut: -min(cut, len(stem) - cut))
        for cut in cuts[:16]:
            head = next((h for h in self._first(stem[:cut]) if h in self._table.place), "")
            tail = stem_of(stem[cut:], self.language)
            if head and tail in self._table.place:
                return head, tail
        return ()

    def _first(self, head: str) -> tuple[str, ...]:
        """The first part of a compound, with and without the linking letters."""
        bare = (head[:-size] for size in (1, 2) if head[-size:] in _LINKS)
        return (head, stem_of(head, self.language), *bare)

    def _whole(self, parts: tuple[str, ...]) -> Senses:
        worth = _PART / max(1, len(parts) - 1)
        return _merged(*(_worth(self.listed(part)[:4], worth) for part in parts))

    def related(self, stem: str) -> str:
        """The listed stem that shares the longest beginning with an unlisted one, or empty."""
        heads, at = self._table.heads, bisect_left(self._table.heads, stem)
        near = heads[max(0, at - _SPREAD) : at + _SPREAD]
        best = max(near, key=lambda head: (shared(head, stem), -len(head)), default="")
        common = shared(best, stem)
        close = common >= max(4, round(0.75 * len(stem))) and len(best) - common <= 3
        return best if close else ""

    def _beginning(self, stem: str) -> Senses:
        best = self.related(stem)
        share = shared(best, stem) / max(len(best), len(stem))
        return _worth(self.listed(best)[:4], _BEGINNING * share) if best else ()

    def _kindred(self, stem: str) -> Senses:
        """The senses of the same word in a kindred language with a larger table."""
        code, letters = writing.kin(self.language)
        kin = lexicon(code) if code else None
        return (
            _worth(kin.listed(stem_of(stem.translate(letters), code))[:4], _KINDRED) if kin else ()
        )


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon of `language`, or None where no table was trained."""
    table = _tables.table(language)
    return None if table is None else Lexicon(language, table)


@cache
def frequencies() -> Frequencies:
    """Frequencies of English stems."""
    return Frequencies()


def _worth(senses: Senses, share: float) -> Senses:
    return tuple((stem, part * share) for stem, part in senses)


def _merged(*lists: Senses) -> Senses:
    best: dict[str, float] = {}
    for stem, part in (sense for senses in lists for sense in senses):
        best[stem] = max(part, best.get(stem, 0.0))
    return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_SENSES])


def shared(one: str, other: str) -> int:
    """Length of the common beginning."""
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return size


_LINKS = frozenset({"s", "n", "e", "es", "en", "er"})

# ---------------------------------------------------------------- names


@cache
def _letters() -> tuple[dict[int, str], tuple[tuple[str, str], ...]]:
    own = loads((files(__package__) / "romanisation.toml").read_text(encoding="utf-8"))
    return str.maketrans(own["letters"]), tuple(own["sounds"].items())


@lru_cache(maxsize=100_000)
def romanised(text: str) -> str:
    """`text` in Latin letters as English newspapers mostly would, letter by letter."""
    letters, _ = _letters()
    spelled = (char.translate(letters) for char in text)
    lower = "".join(spelled) if text == text.lower() else ""
    return lower or "".join(_cased(char, letters) for char in text)


def _cased(char: str, letters: dict[int, str]) -> str:
    low = char.lower().translate(letters)
    return low.capitalize() if char != char.lower() else low


@lru_cache(maxsize=200_000)
def heard(latin: str) -> str:
    """The consonants of a word in Latin letters as they sound, doubled ones once."""
    return _as_heard(latin)


def _as_heard(lines: str) -> str:
    for letters, sound in _letters()[1]:
        lines = lines.replace(letters, sound)
    return _DOUBLED.sub(r"\1", lines)


_DOUBLED = re.compile(r"(.)\1+")  # never a line's end


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """Rare English stems by what is heard of them."""
    counted = sorted(_tables.counts()[0].items())
    rare = [stem for stem, n in counted if n <= _RARE and len(stem) > 3 and stem.isalpha()]
    found: dict[str, list[str]] = {}
    # All in one text, a line a stem: ten times as fast as one after another.
    for stem, sound in zip(rare, _as_heard("\n".join(rare)).split("\n"), strict=True):
        found.setdefault(sound, []).append(stem)
    return {sound: tuple(stems) for sound, stems in found.items() if len(sound) > 2}


def _names(stem: str) -> Senses:
    """English stems that sound as `stem` does when read as a name; the closest first."""
    latin = romanised(stem)
    if not latin or latin == stem or not latin.isascii():  # a lone hard sign has no sound
        return ()
    sound = heard(latin)
    near = [c for s in (sound, sound[:-1]) if len(s) > 2 for c in _by_sound().get(s, ())]
    scored = sorted(((_likeness(latin, near_by), near_by) for near_by in near), reverse=True)
    alike = tuple((name, _NAME * score) for score, name in scored[:4] if score > 0.5)
    return _merged(((stem_of(latin, "en"), _NAME),), alike)


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    return float(JaroWinkler.similarity(one, other))
