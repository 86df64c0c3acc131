"""How languages are written: facts that more than one part asks for."""

from __future__ import annotations

import pytest

from provenance.languages import writing
from provenance.languages.words import function_words, stem_of


def test_of_an_unknown_language_nothing_is_said() -> None:
    assert writing.latin("xx")
    assert writing.expansion("xx") == 1.0
    assert writing.kin("xx") == ("", {})
    assert not (writing.unspaced("xx") or writing.caseless("xx") or writing.capital_nouns("xx"))
    assert writing.particles("xx") == writing.articles("xx") == ()


@pytest.mark.parametrize(
    ("language", "unspaced", "caseless", "latin"),
    [
        ("zh", True, True, False),
        ("ko", False, True, False),
        ("ar", False, True, False),
        ("uk", False, False, False),
        ("de", False, False, True),
    ],
)
def test_a_language_says_how_it_is_written(
    language: str, unspaced: bool, caseless: bool, latin: bool
) -> None:
    said = (writing.unspaced(language), writing.caseless(language), writing.latin(language))
    assert said == (unspaced, caseless, latin)


def test_letters_that_a_kindred_language_lacks_have_its_own() -> None:
    kin, letters = writing.kin("uk")
    assert kin == "ru"
    assert "місто".translate(letters) == "мисто"


def test_what_the_stemmer_leaves_is_an_article() -> None:
    """The others it takes off itself, before any noun."""
    assert set(writing.unstemmed("ar")) <= set(writing.articles("ar"))
    noun = "مدينة"
    left = [
        one for one in writing.articles("ar") if stem_of(one + noun, "ar") != stem_of(noun, "ar")
    ]
    assert set(left) == set(writing.unstemmed("ar"))


def test_function_words_are_folded_and_many_where_they_are_listed() -> None:
    assert {"the", "of", "and"} <= function_words("en")
    assert all(word == word.lower() for word in function_words("ru"))
    assert function_words("xx") == frozenset()
