"""Names that are little words besides: «Ван И», «Со Чжи Хван», Will."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._particles import listed
from provenance.quoting._tokens import Token

_SMALL = 2  # letters of a little word that is a name as well: «Со», «И»


def named(words: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words with those of a name that are little words besides kept in capitals, so that no
    table knows them: «Ван И заявил», «Со Чжи Хван заявил»."""
    if not lexicon.adjectives:
        return words if lexicon.caseless else _given(words, lexicon)
    known = [
        place
        for place, one in enumerate(words)
        if one.capital and one.word and len(one.text) <= _SMALL and not _initial(words, place)
        if len(one.text) == 1 or lexicon.labels(one.normal)
    ]
    found = list(words)
    for place in known:
        if _of_name(words, place):
            found[place] = words[place]._replace(normal=words[place].text)
    return found


def _given(words: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words with given names kept that are little words besides: "Will Roe said"."""
    found = list(words)
    for place, (one, behind) in enumerate(pairwise(words)):
        surname = behind.capital and not behind.text.isupper() and not lexicon.labels(behind.normal)
        if surname and one.capital and one.normal in _lists() and lexicon.labels(one.normal):
            found[place] = one._replace(normal=one.text)
    return found


@cache
def _lists() -> frozenset[str]:
    return listed("women_given") | listed("men_given")


_VOWEL = re.compile("[аеиоуыэюяєії]")


def _of_name(words: list[Token], place: int) -> bool:
    """Whether a little word with a capital is part of a name: behind another word of it or a word
    in small letters; at the head of a sentence before two names of one syllable."""
    before, behind = words[max(0, place - 1) : place], words[place + 1 : place + 3]
    if before and before[0].word and not before[0].text.isupper():
        return before[0].capital or bool(behind and behind[0].capital)
    short = (one.capital and len(_VOWEL.findall(one.normal)) == 1 for one in behind)
    return len(behind) > 1 and all(short)


def _initial(words: list[Token], place: int) -> bool:
    """Whether a full stop follows."""
    return any(one.text == "." for one in words[place + 1 : place + 2])
