"""Texts made ready for comparison: tokens with meanings, numbers merged, terms to find them by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

from provenance.languages.numbers import Number, numbers
from provenance.languages.words import fold, function_words, pieces
from provenance.matching._senses import Lexeme, lexemes, number

LONGEST = 60_000
"""Characters looked at: 10,000 words; the rest of a longer text is ignored."""
FEW_WORDS = 6
"""With fewer content words than this, pairs of neighbours become terms as well."""
_RUNNING = " ,;)-–\u00a0"  # what may stand between two words of one sentence
# Synonyms asked for: with twelve of any closeness fewer originals are found, and later.
_ASKED = 5
_CLOSE = 0.3
_SYNONYM = 0.6  # what meeting a synonym is worth beside the word itself, before its closeness
_NAME = 3  # consonants a skeleton needs before it says anything


class Token(NamedTuple):
    """A word or number at its offsets; `name` where it is written like a proper name."""

    start: int
    end: int
    lexeme: Lexeme
    name: bool = False


_token = partial(tuple.__new__, Token)  # as `Token._make`, which costs as much as all the rest


@dataclass(frozen=True, eq=False)
class Prepared:
    """A text with its tokens; `english` is the same for a stored translation of it.

    `prepare` gives the same object for the same text, so comparison is by identity.
    """

    text: str
    language: str
    english: Prepared | None = None

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words and numbers of the first 60,000 characters, in order."""
        return tuple(self.read())

    @cached_property
    def words(self) -> tuple[Lexeme, ...]:
        """What each of its tokens says."""
        return tuple([token.lexeme for token in self.tokens])

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The information of each of its tokens, in nats."""
        return tuple([word.weight for word in self.words])

    def read(self) -> Sequence[Token]:
        """The tokens, not kept unless they were asked for before: indexing needs them once."""
        found: Sequence[Token] | None = vars(self).get("tokens")
        return tokens(self.text[:LONGEST], self.language) if found is None else found


def prepare(text: str, language: str, english: str = "") -> Prepared:
    """`text` ready to be compared and indexed; the same object for the same arguments.

    `english` is a translation of it, when one is stored: a second road to compare by.
    Only the first 60,000 characters are looked at.
    """
    return _prepare(text, language or "en", "" if language == "en" else english)


@lru_cache(maxsize=20_000)
def _prepare(text: str, language: str, english: str) -> Prepared:
    return Prepared(text, language, _prepare(english, "en", "") if english else None)


def about(tokens: Sequence[Token]) -> list[Lexeme]:
    """The words a direction is made of: numbers are about nothing."""
    return [token.lexeme for token in tokens if token.lexeme.value is None]


def tokens(text: str, language: str) -> list[Token]:
    """Words and numbers in order; a number swallows the words it is written in."""
    parts = pieces(text, language)
    words = [*map(lexemes(language), parts[1::2])]
    *bounds, _ = accumulate(map(len, parts))
    placed = zip(bounds[::2], bounds[1::2], words, _names(text, parts), strict=True)
    found = [*map(_token, placed)]
    if any(word.counts for word in words):
        return list(_merged(found, numbers(text, language), language))
    return found


def _names(text: str, parts: Sequence[str]) -> list[bool]:
    """Whether each word of `text`, cut into `parts`, is written like a proper name."""
    words = parts[1::2]
    named = [False] * len(words)
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    if not any(words[place].isupper() for place in capitals) or not shouts(text):
        for place in capitals:
            named[place] = _named(parts, place)
    return named


def _merged(found: Sequence[Token], counted: Sequence[Number], language: str) -> Iterator[Token]:
    """Tokens with each number in the place of the words it is written in."""
    ahead = iter(counted)
    current = next(ahead, None)
    for token in found:
        while current is not None and current.end <= token.start:
            yield _counted(current, language)
            current = next(ahead, None)
        if current is None or token.end <= current.start:
            yield token
    while current is not None:
        yield _counted(current, language)
        current = next(ahead, None)


def _counted(found: Number, language: str) -> Token:
    return Token(found.start, found.end, number(found.text, found.value, found.unit, language))


def shouts(text: str) -> bool:
    """Whether capitals say nothing because nearly everything is written in them."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _named(parts: Sequence[str], place: int) -> bool:
    """Whether a capitalised word is a name: no sentence begins there, or a name goes on."""
    at = 2 * place + 1
    if place and runs_on(parts[at - 1]):
        return True
    following = parts[at + 2 : at + 3]
    goes_on = following and following[0][0].isupper() and len(parts[at + 1]) == 1
    return bool(goes_on) and fold(parts[at]) not in function_words("en")


def runs_on(gap: str) -> bool:
    """Whether what lies between two words does not end a sentence or open a quotation."""
    return gap == " " or not gap.strip(_RUNNING)


Side = tuple[str, Sequence[Token]]
"""A language, and the tokens of a text in it."""


def sides(prepared: Prepared) -> list[Side]:
    """The text itself, and last its stored translation where there is one."""
    own: Side = (prepared.language, prepared.read())
    return [own] if prepared.english is None else [own, ("en", prepared.english.read())]


def terms(prepared: Prepared, asking: bool = False) -> Mapping[str, float]:
    """What a text is stored under, or (`asking`) asked for by: terms with weights in (0, 1].

    ``e:`` English stems (through word translation for other languages), ``n:`` consonant
    skeletons of names and unknown words, ``#`` numbers, ``<code>:`` stems of the original
    language, ``b:`` pairs of neighbours for texts of function words only. Function words
    are left out. Synonyms are only asked for, not stored: one side is enough to meet.
    """
    return terms_of(sides(prepared), asking)


def terms_of(read: Sequence[Side], asking: bool = False) -> Mapping[str, float]:
    """As `terms`, of a text that was read already."""
    found: dict[str, float] = {}
    word, name = _named_by(False, asking), _named_by(True, asking)
    for language, tokens in read:
        content = [token for token in tokens if not token.lexeme.stop]
        for token in content:
            for term, weight in (name if token.name else word)(token.lexeme):
                if weight > found.get(term, 0.0):
                    found[term] = weight
        if len(content) < FEW_WORDS:
            stems = [token.lexeme.stem for token in tokens]
            for term, weight in neighbours(stems, language).items():
                found[term] = max(found.get(term, 0.0), weight)
    return found


def neighbours(stems: Sequence[str], language: str) -> dict[str, float]:
    """Pairs of neighbouring words and the function words themselves, by their stems."""
    pairs = {f"b:{left} {right}": 1.0 for left, right in pairwise(stems)}
    return pairs | {f"{language}:{stem}": 0.5 for stem in stems}


def _synonyms(word: Lexeme) -> Sequence[tuple[str, float]]:
    """The closest synonyms of an English word."""
    return [(stem, p) for stem, p in word.senses[1 : 1 + _ASKED] if p >= _CLOSE]


def terms_by(word: Lexeme, name: bool) -> Sequence[tuple[str, float]]:
    """What a text is stored under for one word of it."""
    return _terms_of(name, False, word)


@cache
def _named_by(name: bool, asking: bool) -> Callable[[Lexeme], tuple[tuple[str, float], ...]]:
    """What gives the terms of a word, remembered."""
    return lru_cache(maxsize=200_000)(partial(_terms_of, name, asking))


def _terms_of(name: bool, asking: bool, word: Lexeme) -> tuple[tuple[str, float], ...]:
    if word.value is not None:
        return ((word.stem, 1.0),)
    found: list[tuple[str, float]] = []
    if word.translated:
        best = word.translated[0][1]
        if word.language != "en":
            found += [(f"e:{stem}", (p / best) ** 0.5) for stem, p in word.translated]
        else:
            found.append((f"e:{word.stem}", 1.0))
            if asking:
                found += [(f"e:{stem}", _SYNONYM * p) for stem, p in _synonyms(word)]
    if word.language != "en":
        found.append((f"{word.language}:{word.stem}", 1.0))
    if (name or not word.known) and len(word.skeleton) >= _NAME:
        found.append((f"n:{word.skeleton}", 0.7))
    return tuple(found)
