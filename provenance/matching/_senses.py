"""What a word means for comparison: English stems with weights, and how much it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from provenance.languages.numbers import may_count
from provenance.languages.words import fold, function_words, stem_of
from provenance.matching._names import romanised, skeleton
from provenance.translating import frequencies, lexicon, synonyms

_RAREST = 11.0  # nats: one sentence in 60,000; rarer words are not more telling, only rarer
COMMON = 8.0
"""Nats: two different words both this common are not spelling variants of each other."""
_UNSEEN = 11.2  # nats: in fewer than three of 200,000 sentences
_STOP = 0.25  # a function word counts a quarter of its rarity: fitted by recall on two-hop pairs
_LANGUAGES = 64  # languages kept ready at a time: a file may claim any number of them
_FORMS = 200_000  # word forms remembered a language, about 120 MB of them at most
_FEW_SENSES = 6  # translations kept a word; beyond the sixth they add noise only
_UNLIKELY = 0.04  # translation probabilities below this are mostly misalignments


@dataclass(slots=True, eq=False)  # not frozen, which would take three times as long to make
class Lexeme:
    """A word form of a language, as matching sees it; compared by identity, and never changed.

    `translated` are English stems with probabilities, of an English word its own, `weight` its
    information in nats, `found` what it is found by in another text, `value` what a number says. A
    word that `counts` may be part of a number. What only few words are asked for is worked out
    when they are.
    """

    surface: str
    stem: str
    language: str
    translated: tuple[tuple[str, float], ...]
    found: tuple[str, ...]
    weight: float
    stop: bool
    counts: bool
    value: float | None = None
    unit: str = ""

    @property
    def senses(self) -> tuple[tuple[str, float], ...]:
        """English stems with probabilities, the synonyms of an English word among them."""
        return _with_synonyms(self.stem) if self.language == "en" else self.translated

    @property
    def keys(self) -> tuple[str, ...]:
        """What the word is looked up by in another text."""
        if self.language != "en":
            return self.found
        return tuple([f"en:{sense}" for sense, _ in self.senses])

    @property
    def skeleton(self) -> str:
        """Its consonants as heard, for names."""
        return skeleton(self.surface)

    @property
    def initial(self) -> str:
        """Its first letter, a Latin one where it has a sound."""
        return romanised(self.surface)[:1]

    @property
    def known(self) -> bool:
        """Whether the word is an ordinary one, and not a name or a slip."""
        return _known(self.stem, self.language)

    @property
    def telling(self) -> bool:
        """Whether the word is rare enough to be a name or a variant of another's spelling."""
        return self.weight >= COMMON or not self.known


class Figure(Lexeme):
    """A number: it has one sense, and no letters to be heard by."""

    __slots__ = ()

    skeleton = initial = ""
    known = True

    @property
    def senses(self) -> tuple[tuple[str, float], ...]:
        """The number itself, in any language."""
        return self.translated

    @property
    def keys(self) -> tuple[str, ...]:
        """The number itself."""
        return self.found


def number(text: str, value: float, unit: str, language: str) -> Lexeme:
    """The lexeme of a number: equal to every other way of writing it."""
    return _number(text, value, unit, language)


@lru_cache(maxsize=_LANGUAGES)
def lexemes(language: str) -> Callable[[str], Lexeme]:
    """What gives the lexeme of a word form of `language`: the same object for the same form."""
    return _Forms(language).__getitem__


def stored(form: str, language: str) -> Lexeme:
    """The lexeme of a word form as far as an index asks: none has a weight."""
    surface, stem = fold(form), stem_of(form, language)
    stop, counts = surface in function_words(language), may_count(form, language)
    return Lexeme(surface, stem, language, _translated(stem, language), (), 0.0, stop, counts)


class _Forms(dict[str, Lexeme]):
    """Word forms remembered: nothing is moved at a look-up, which an `lru_cache` would do.

    Beyond the limit it starts afresh.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, form: str) -> Lexeme:
        if len(self) >= _FORMS:
            self.clear()
        found = self[form] = _lexeme(self._language, form)
        return found


def _lexeme(language: str, text: str) -> Lexeme:
    surface, stem = fold(text), stem_of(text, language)
    stop, counts = surface in function_words(language), may_count(text, language)
    senses, found, weight = _said(stem, language)
    return Lexeme(
        surface, stem, language, senses, found, _STOP * weight if stop else weight, stop, counts
    )


def glimpse(form: str, language: str) -> tuple[tuple[str, ...], float]:
    """What the lexeme of a word form is found by, and its information, with nothing else of it
    worked out."""
    _, found, weight = _said(stem_of(form, language), language)
    return found, _STOP * weight if fold(form) in function_words(language) else weight


def _said(stem: str, language: str) -> tuple[tuple[tuple[str, float], ...], tuple[str, ...], float]:
    """What the words of one stem share: translations, what they are found by, information as
    it is of those that are no function words; synonyms make none common."""
    own = f"{language}:{stem}"
    if language == "en":
        return ((stem, 1.0),), (own,), rarity(stem)
    senses = _translated(stem, language)
    return senses, (own, *[f"en:{sense}" for sense, _ in senses]), _expected(senses)


@lru_cache(maxsize=20_000)
def _number(text: str, value: float, unit: str, language: str) -> Lexeme:
    digits = len(f"{value:g}".strip("0.")) or 1
    name = f"#{value:g}"
    return Figure(
        surface=fold(text),
        stem=name,
        language=language,
        translated=((name, 1.0),),
        found=(name,),
        weight=min(4.0 + digits, 8.0),  # "2" is as common as a frequent noun, "15432" is rare
        stop=False,
        counts=False,
        value=value,
        unit=unit,
    )


@lru_cache(maxsize=_FORMS)
def _with_synonyms(stem: str) -> tuple[tuple[str, float], ...]:
    return ((stem, 1.0), *synonyms().get(stem, ()))


def _translated(stem: str, language: str) -> tuple[tuple[str, float], ...]:
    if language == "en":
        return ((stem, 1.0),)
    found_in = lexicon(language)
    if found_in is None:
        return ()
    found = found_in.senses(stem)
    return tuple((e, p) for e, p in found[:_FEW_SENSES] if p >= _UNLIKELY)


def _expected(senses: tuple[tuple[str, float], ...]) -> float:
    """Information in nats, over the senses."""
    if len(senses) == 1 and senses[0][1] == 1.0:
        return rarity(senses[0][0])
    mass = sum([p for _, p in senses])
    return sum([p * rarity(stem) for stem, p in senses]) / mass if mass else 0.8 * _RAREST


@lru_cache(maxsize=_FORMS)
def _known(stem: str, language: str) -> bool:
    if language == "en":
        return frequencies().idf(stem) < _UNSEEN
    listed_in = lexicon(language)
    return listed_in is not None and bool(listed_in.listed(stem))


def rarity(stem: str) -> float:
    """How much an English stem says, in nats: minus the log of its share of sentences."""
    return max(0.0, min(_RAREST, frequencies().idf(stem)))
