"""What a passage and its English do not agree on: numbers, denials, names.

All three look at the words of the source, so that they see what a translation turned round.
Numbers are compared by value. A denial is looked for about where its neighbours are aligned.
A name is what the source writes as one (a capital inside the sentence, a known outlet) or
what the lexicon knows only as one; it is there when a word of the other side is one of its
senses or sounds alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from provenance.languages import negation
from provenance.languages.numbers import Number, numbers
from provenance.languages.words import Word, words
from provenance.languages.writing import capital_nouns, unspaced
from provenance.model import Aligned
from provenance.translating._lexicon import Lexicon, heard, lexicon, romanised
from provenance.translating._numerals import unmet

Place = tuple[float, float]

_NEIGHBOURS = 3  # aligned words by which a place on the other side is told
_SLACK = 15  # letters, two or three words: how near a denial must be in a short text
_FAIR = 0.3  # likeness from which a link tells a place
_NAMED = 0.5  # share of a word's senses that are written with a capital before it is a name
_ONLY_NAMED = 0.8  # and where no capital says so
_PROBABLY = 0.5  # chance from which two spellings are one name
_COMPARED = 5_000  # pairs of names looked at closely: a third of a second, and no sentence has more
_HEAD = 4  # letters by which a country and its adjective are one
_SHORT = 3  # letters below which a name is told by nothing
_ALIKE = 0.76  # likeness of Latin spellings from which two names may be one
_OPENS = re.compile(r"(?:^|[.!?…:;—–\-(\[«„“”\"'‘’])\s*$")


def changed_numbers(text: str, language: str, other: str, target: str = "en") -> bool:
    """Whether a number in figures, or its unit, has no equal on the other side."""
    lost, gained = unmet(text, language, other, target)
    return bool(lost or gained) or _in_other_units(text, language, other, target)


def _in_other_units(text: str, language: str, other: str, target: str) -> bool:
    """Whether a number stands on the other side with another unit, or a share as a bare number.

    Other units may go unsaid: "15 of 20 kilometres".
    """
    one, two = _units(numbers(text, language)), _units(numbers(other, target))
    return any(
        one[value].isdisjoint(two[value])
        and ("" not in one[value] | two[value] or {"%"} in (one[value], two[value]))
        for value in one.keys() & two.keys()
    )


def _units(found: Sequence[Number]) -> dict[float, set[str]]:
    """The units each value stands with, the empty one where it stands alone."""
    units: dict[float, set[str]] = {}
    for number in found:
        units.setdefault(number.value, set()).add(number.unit)
    return units


# ---------------------------------------------------------------- denials


def changed_denial(
    text: str, language: str, other: str, target: str, aligned: Sequence[Aligned]
) -> bool:
    """Whether one side surely denies something where the other has nothing that could."""
    links = places(text, other, aligned)
    back = [(to, here) for here, to in links]
    near = nearness(language, other)
    return (
        negation.known(target)
        and _unmet(negation.denials(text, language), negation.possible(other, target), links, near)
    ) or (
        negation.known(language)
        and _unmet(negation.denials(other, target), negation.possible(text, language), back, near)
    )


def nearness(language: str, other: str) -> float:
    """How far off its place, as a share of `other`, an answer may stand."""
    return max(negation.nearness(language), _SLACK / max(1, len(other)))


def places(text: str, other: str, aligned: Sequence[Aligned]) -> list[Place]:
    """Aligned words as relative places in both texts."""
    one, two = 2 * max(1, len(text)), 2 * max(1, len(other))
    return [
        ((a.from_span.start + a.from_span.end) / one, (a.to_span.start + a.to_span.end) / two)
        for a in aligned
        if a.similarity >= _FAIR
    ]


def _unmet(
    denials: Sequence[float], answers: Sequence[float], links: Sequence[Place], near: float
) -> bool:
    """Whether a denial has no answer near any place where its neighbours went."""
    for denial in denials:
        expected = around(denial, links)
        if all(abs(place - answer) > near for answer in answers for place in expected):
            return True
    return False


def around(denial: float, links: Sequence[Place]) -> list[float]:
    """The places on the other side to which the words next to a denial are aligned."""
    nearest = sorted(links, key=lambda link: abs(link[0] - denial))[:_NEIGHBOURS]
    return [there for _, there in nearest] or [denial]


# ---------------------------------------------------------------- names


def lost_names(text: str, language: str, other: str, target: str = "en") -> tuple[str, ...]:
    """Names of `text` that `other` does not have in any spelling, as they are written."""
    found = _unnamed(text, language, other, target)
    return tuple(name.text for name in found if _capital(name) and not name.text.isupper())


def _capital(name: Word) -> bool:
    return name.text[:1].isupper()


def _unnamed(one: str, language: str, other: str, target: str) -> Iterator[Word]:
    """Names of one side that the other lacks, each once."""
    there = tuple({word.text: word for word in words(other, target)}.values())
    means = _means(words(one, language), language, target), _means(there, target, language)
    stems = frozenset(word.stem for word in there)
    latin = tuple(dict.fromkeys(romanised(word.text).lower() for word in there))
    found = {name.text: name for name in names(one, language)}.values()
    likely = [word for word in there if _capital(word) or not word.text.isascii()]
    likely = likely[: _COMPARED // max(1, len(found))]
    for name in found:
        meant = means[0].get(name.stem, frozenset((name.stem,)))
        told = _akin(meant, stems) or _akin((name.stem,), means[1].get("", frozenset()))
        if not (told or _sounded(name, latin) or _same(name, likely)):
            yield name


def _akin(some: Collection[str], others: Collection[str]) -> bool:
    """Whether any two stems are one or begin alike (China, Chinese)."""
    heads = {stem[:_HEAD] for stem in others}
    return any(stem[:_HEAD] in heads for stem in some)


def _same(name: Word, likely: Sequence[Word]) -> bool:
    """Whether the naming rules take any of these words for the same name."""
    from provenance.naming import same

    return any(same(name.text, word.text).probability >= _PROBABLY for word in likely)


def _means(found: Sequence[Word], language: str, target: str) -> dict[str, frozenset[str]]:
    """English stems each stem of a foreign side may mean; all of them under the empty stem."""
    known = lexicon(language) if target == "en" else None
    if known is None:
        return {}
    senses = {word.stem: frozenset(stem for stem, _ in known.senses(word)) for word in found}
    return senses | {"": frozenset().union(*senses.values())}


def names(text: str, language: str) -> Iterator[Word]:
    """Words of `text` that are names or parts of one."""
    return (word for word in words(text, language) if is_name(word, text, language))


def is_name(word: Word, text: str, language: str) -> bool:
    """Whether a word of `text` is a name: by its capital, else by what the lexicon knows."""
    if len(word.text) < (2 if unspaced(language) else _SHORT):
        return False
    capital = word.text[:1].isupper() and not opens(text, word)
    return _is_name(word, lexicon(language), capital, language)


def opens(text: str, word: Word) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    return bool(_OPENS.search(text[: word.start][-8:]))


def _is_name(word: Word, known: Lexicon | None, capital: bool, language: str) -> bool:
    """Whether a word is a name: by its capital, else by what the lexicon knows of it."""
    if not word.text[:1].isalpha():
        return False
    listed = known.listed(word.stem) if known else ()
    if known is None or not listed:
        return capital and not capital_nouns(language)
    forms = known.spellings(word.stem)
    named = sum(part for (_, part), form in zip(listed, forms, strict=False) if form[:1].isupper())
    return named >= (_NAMED if capital else _ONLY_NAMED) * sum(part for _, part in listed)


def _sounded(name: Word, latin: Sequence[str]) -> bool:
    """Whether any Latin word sounds or is spelled like a name."""
    from rapidfuzz.distance import JaroWinkler

    own = romanised(name.text).lower()
    sound = heard(own)
    return any(
        heard(word) == sound or JaroWinkler.similarity(own, word) >= _ALIKE for word in latin
    )
