"""How a language is written, as ``languages/<code>/words.toml`` says; what it leaves out is no.

Such a fact is asked for by more than one part: where spaces do not part words a name has no
edges, where letters have no case a capital shows nothing.
"""

from __future__ import annotations

from functools import cache

from provenance.languages import table


@cache
def unspaced(language: str) -> bool:
    """Whether words stand without spaces between them, as in Chinese and Japanese."""
    return _says(language, "unspaced")


@cache
def caseless(language: str) -> bool:
    """Whether letters have no capitals."""
    return _says(language, "caseless")


@cache
def latin(language: str) -> bool:
    """Whether it is written in Latin letters; so of a language nothing is known of."""
    return not _says(language, "other_script")


@cache
def capital_nouns(language: str) -> bool:
    """Whether every noun has a capital, so that one shows no name: German."""
    return _says(language, "capital_nouns")


@cache
def compounds(language: str) -> bool:
    """Whether nouns are joined to one word that no list has."""
    return _says(language, "compounds")


@cache
def han_numerals(language: str) -> bool:
    """Whether numbers are written in Chinese characters, 2万4801 among them."""
    return _says(language, "han_numerals")


@cache
def expansion(language: str) -> float:
    """Median length of its English translation over its own, in code points; 1 where unknown.

    Of unspaced writing it is what one of its characters comes to, letters and digits being one.
    Counted on FLORES dev.
    """
    return float(table(language, "words").get("expansion", 1.0))


@cache
def particles(language: str) -> tuple[str, ...]:
    """Particles written onto the front of a word, the longer of two that begin alike first."""
    return _listed(language, "particles")


@cache
def articles(language: str) -> tuple[str, ...]:
    """Articles written onto the front of a word, alone and behind a particle."""
    return _listed(language, "articles")


@cache
def unstemmed(language: str) -> tuple[str, ...]:
    """Those of `articles` that the stemmer leaves where they are."""
    return _listed(language, "unstemmed")


@cache
def kin(language: str) -> tuple[str, dict[int, int]]:
    """The kindred language in which an unknown word may be looked up, and how it spells the
    letters that it does not have; ("", {}) where none is."""
    own = table(language, "words")
    return str(own.get("kin", "")), str.maketrans(*own.get("kin_letters", ("", "")))


def _says(language: str, fact: str) -> bool:
    return bool(table(language, "words").get(fact, False))


def _listed(language: str, fact: str) -> tuple[str, ...]:
    return tuple(str(table(language, "words").get(fact, "")).split())
