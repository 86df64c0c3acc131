"""Words: verbatim at their offsets, with stems that make inflected forms meet."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.languages.words import fold, stem_of, stems, words
from tests.proportion import grows_in_proportion

LANGUAGES = ("en", "ru", "uk", "de", "fr", "tr", "ar", "fa", "zh", "ja", "ko", "bg", "xx")


def same(language: str, *forms: str) -> bool:
    return len({stem_of(form, language) for form in forms}) == 1


@settings(deadline=None)  # the first example loads a table
@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_every_word_stands_where_it_says_and_in_order(text: str, language: str) -> None:
    found = words(text, language)
    assert all(text[w.start : w.end] == w.text and w.stem for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [w.stem for w in found] == stems(text, language)


@settings(deadline=None)  # the first example loads a table
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_no_letter_or_digit_is_left_outside_the_words() -> None:
    text = "Ель, 15 000 людей; naïve Straße — 停火协议 كتاب 7a"
    covered = {i for w in words(text, "xx") for i in range(w.start, w.end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("relay", "relays", "relayed", "Relaying")),
        ("ru", ("войска", "войсками", "Войск")),
        ("ru", ("Ещё", "еще")),
        ("uk", ("незалежність", "незалежності", "незалежністю")),
        ("uk", ("об'єднання", "обʼєднання", "об’єднання")),
        ("de", ("Straße", "Strasse", "Straßen")),
        ("fr", ("économique", "économiques", "Economique")),
        ("tr", ("Türkiye'nin", "Türkiye")),
        ("tr", ("IŞIK", "ışık")),
        ("ar", ("الكتاب", "كِتَاب", "الكتـــاب")),
        ("fa", ("کتاب‌ها", "كتاب", "کتاب")),
        ("bg", ("правителството", "правителства")),
        ("ko", ("정부는", "정부가", "정부")),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, forms: tuple[str, ...]) -> None:
    assert same(language, *forms)


def test_letters_that_are_no_accents_stay() -> None:
    assert fold("Йод їжак ўсё Ёж") == "йод їжак ўсе еж"
    assert fold("Çağ ÉTÉ Łódź ŒUVRE") == "cag ete lodz oeuvre"


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("15,000", "15000"),
        ("15 000", "15000"),
        ("15\u202f000", "15000"),
        ("1.250.000", "1250000"),
        ("3,5", "3.5"),
        ("0.125", "0.125"),
        ("٣٥", "35"),
    ],
)
def test_a_number_is_one_word_in_plain_digits(text: str, stem: str) -> None:
    assert stems(f"({text})", "ru") == [stem]


def test_an_elided_article_is_a_word_of_its_own_in_french_but_not_in_english() -> None:
    assert [w.text for w in words("l’homme", "fr")] == ["l", "homme"]
    assert [w.text for w in words("don’t", "en")] == ["don’t"]


def test_chinese_is_cut_into_words_of_the_vocabulary() -> None:
    assert [w.text for w in words("英国首相说停火。", "zh")] == ["英国", "首相", "说", "停火"]


def test_katakana_and_hiragana_part() -> None:
    assert [w.text for w in words("イギリスはロンドンで", "ja")] == [
        "イギリス",
        "は",
        "ロンドン",
        "で",
    ]


@pytest.mark.parametrize(
    "unit", ["a", "a'", "1,", "1 ", "中", "e\u0301", "\u0301", "'", "あ", "\u200d"]
)
def test_a_long_line_of_anything_takes_time_in_proportion(unit: str) -> None:
    assert grows_in_proportion(lambda times: words(unit * times, "zh"), 50_000)
