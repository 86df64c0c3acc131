"""What of a run of capitals is a person's name, and what is the thing, party or headline it is in.

"Republican Jane Roe", "Absetzung Jane Roes", "Minister Resigns As Jane Roe Walks" hold a name;
"National Mall", "Election Day" hold none. What tells them is given names, and words so common that
they name nobody: those of the tagger's classes, where no people are.
"""

from __future__ import annotations

from functools import cache

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._particles import listed
from provenance.quoting._tagger import classes
from provenance.quoting._tokens import Token

# Share of people's names among the words of a class from which on any word of it may be one:
# surnames that are words besides (Baker, May) stand in classes above it, things below.
_PEOPLED = 0.02
# Words of a full name, at least.
_FULL = 2
# Words of four letters or more from which on a sentence of nothing but capitals is a headline.
_HEADLINE, _LONG = 4, 4
# Letters of the shortest word that a compound may end with.
_TAIL = 5


def proper(run: list[Token], lexicon: Lexicon, *, headline: bool = False) -> list[Token]:
    """The words of `run` that name a person, empty where none do. In a `headline`, where every
    word has a capital, only a given name and the word behind it do."""
    given = next((place for place, one in enumerate(run[:-1]) if _given(one)), -1)
    if headline:
        return run[given : given + _FULL] if given >= 0 else []
    if given > 0 and not any(_initial(one) for one in run[:given]):
        return run[given:]  # "Republican Jane Roe"
    if given == 0 or any(_given(one) for one in run):
        return run
    if lexicon.nouns_capitalised:
        while run and common(run[0], lexicon):
            run = run[1:]  # "Absetzung Roes", "Oppositionsführer Roe"
        while run and run[0].normal in listed("particles"):
            run = run[1:]
        return run if len(run) >= _FULL else []
    return [] if all(common(one, lexicon) for one in run) else run


def in_headline(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether all longer words of a sentence have capitals: "Minister Resigns As Roe Walks"."""
    long = [one for one in sentence.tokens if one.word and len(one.text) >= _LONG]
    capitals = len(long) >= _HEADLINE and all(one.capital for one in long)
    return capitals and not lexicon.nouns_capitalised


def common(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is so common that it names nobody: by its class, or where nouns are put
    together by that of the word it ends with."""
    known = classes(lexicon.code)
    word = token.normal
    number = known.get(word)
    if number is None and lexicon.compounds:
        tails = (word[start:] for start in range(2, len(word) - _TAIL + 1))
        number = next((known[tail] for tail in tails if tail in known), None)
    return number is not None and number not in _peopled(lexicon.code)


@cache
def _peopled(language: str) -> frozenset[int]:
    """The classes of words among which people's names are."""
    names = listed("women_given") | listed("men_given") | _listed_people()
    held: dict[int, list[bool]] = {}
    for word, number in classes(language).items():
        held.setdefault(number, []).append(word in names)
    return frozenset(number for number, its in held.items() if sum(its) >= _PEOPLED * len(its))


@cache
def _listed_people() -> frozenset[str]:
    from provenance.naming.people import everyone

    return frozenset(word for one in everyone() for word in one.name.lower().split())


def _given(token: Token) -> bool:
    return token.normal in listed("women_given") or token.normal in listed("men_given")


def _initial(token: Token) -> bool:
    return len(token.text.rstrip(".")) == 1
