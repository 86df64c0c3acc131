"""The built-in lexicon: what a foreign word means in English, however it is inflected."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.languages.words import stem_of, words
from provenance.translating import frequencies, lexicon

LANGUAGES = ("ru", "uk", "de", "fr", "es", "it", "pl", "tr", "ar", "fa", "zh")


def means(language: str, word: str) -> list[str]:
    known = lexicon(language)
    assert known is not None
    return [stem for stem, _ in known.senses(words(word, language)[0])]


@pytest.mark.parametrize(
    ("language", "word", "english"),
    [
        ("ru", "войсками", "troops"),
        ("ru", "Украине", "Ukraine"),
        ("uk", "військових", "military"),
        ("uk", "вогню", "fire"),
        ("de", "Waffenstillstand", "ceasefire"),
        ("fr", "soldats", "soldiers"),
        ("es", "guerra", "war"),
        ("it", "governo", "government"),
        ("pl", "wojny", "war"),
        ("tr", "savaş", "war"),
        ("ar", "الحرب", "war"),
        ("fa", "جنگ", "war"),
        ("zh", "战争", "war"),
    ],
)
def test_inflected_words_mean_what_they_mean(language: str, word: str, english: str) -> None:
    assert stem_of(english, "en") in means(language, word)[:3]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)  # the first example loads a table
@given(text=st.text(min_size=1, max_size=12))
@example(text="Ъ")  # has no sound, so no Latin letter
def test_senses_are_probabilities_likeliest_first(language: str, text: str) -> None:
    known = lexicon(language)
    assert known is not None
    for word in words(text, language):
        senses = known.senses(word)
        parts = [part for _, part in senses]
        assert parts == sorted(parts, reverse=True)
        assert all(0 < part <= 1 for part in parts)
        assert len(senses) <= 8
        assert len({stem for stem, _ in senses}) == len(senses)
        assert known.senses(word.stem) == senses


def test_english_stems_are_those_of_the_english_words() -> None:
    known = lexicon("de")
    assert known is not None
    for word in words("Regierung Minister Länder Verhandlungen Frieden gestern", "de"):
        for stem, _ in known.senses(word):
            assert (
                stem == stem_of(stem, "en") or stem in {w.stem for w in words(stem, "en")} or stem
            )


def test_numbers_mean_themselves_however_they_are_grouped() -> None:
    assert means("uk", "15 000") == ["15000"]
    assert means("fr", "3,5") == ["3.5"]


def test_a_name_in_latin_letters_means_itself() -> None:
    assert means("de", "Quixelby")[0] == stem_of("Quixelby", "en")


def test_an_unlisted_compound_means_its_parts() -> None:
    found = means("de", "Friedensgeneral")
    assert {stem_of("peace", "en"), stem_of("general", "en")} <= set(found)


def test_an_unlisted_name_is_offered_as_it_sounds() -> None:
    assert "quaddafi" not in means("ru", "Брозельман")
    assert any(stem.startswith("broz") for stem in means("ru", "Брозельман"))


def test_a_language_without_a_table_has_no_lexicon() -> None:
    assert lexicon("xx") is None
    assert lexicon("en") is None


def test_rare_stems_say_more_than_common_ones() -> None:
    idf = frequencies().idf
    assert 0 <= idf("the") < idf("minist") < idf("qzxv") < 14
