"""Numbers are read as values, whatever the script, the words or the separators."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.languages.numbers import numbers


def values(text: str, language: str) -> list[float]:
    return [number.value for number in numbers(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "about 15,000 personnel"),
        ("en", "fifteen thousand personnel"),
        ("ru", "15 тысяч военных"),
        ("ru", "15 тыс. военных"),
        ("ru", "пятнадцать тысяч военных"),
        ("uk", "п'ятнадцять тисяч військових"),
        ("uk", "п’ятнадцять тисяч військових"),
        ("de", "15.000 Soldaten"),
        ("de", "fünfzehntausend Soldaten"),
        ("fr", "15 000 soldats"),
        ("fr", "15\u202f000 soldats"),
        ("fr", "quinze mille soldats"),
        ("es", "quince mil soldados"),
        ("it", "quindicimila soldati"),
        ("pl", "piętnaście tysięcy żołnierzy"),
        ("tr", "on beş bin asker"),
        ("fa", "پانزده هزار سرباز"),
        ("zh", "1.5万名士兵"),
        ("zh", "一万五千名士兵"),
        ("ar", "١٥٬٠٠٠ جندي"),
    ],
)
def test_fifteen_thousand_is_one_number_however_it_is_written(language: str, text: str) -> None:
    assert values(text, language) == [15_000]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "twenty-five", 25),
        ("en", "he came twice", 2),
        ("de", "er kam dreimal", 3),
        ("ru", "приезжал трижды", 3),
        ("zh", "访问了五次", 5),
        ("en", "two hundred and five", 205),
        ("en", "a hundred and fifty thousand", 150_000),
        ("en", "3 million 200 thousand", 3_200_000),
        ("de", "fünfundzwanzig", 25),
        ("de", "zweihundertfünfundzwanzigtausend", 225_000),
        ("fr", "quatre-vingt-douze", 92),
        ("fr", "soixante-dix-sept", 77),
        ("fr", "quatre-vingts", 80),
        ("ru", "двадцать пять тысяч триста", 25_300),
        ("uk", "2 тисячі 659", 2_659),
        ("zh", "一百二十万", 1_200_000),
        ("zh", "二〇二二", 2022),
        ("bg", "двеста и десет", 210),
        ("bg", "хиляда двеста двадесет и пет", 1_225),
        ("en", "1.5", 1.5),
        ("de", "1,5", 1.5),
        ("en", "1,234.5", 1234.5),
        ("de", "1.234,5", 1234.5),
    ],
)
def test_compound_numbers_add_up(language: str, text: str, value: float) -> None:
    assert values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "$1.5 billion", 1.5e9, "USD"),
        ("en", "$15m", 15e6, "USD"),
        ("en", "0.5 per cent", 0.5, "%"),
        ("en", "5 %", 5, "%"),
        ("fr", "dix pour cent", 10, "%"),
        ("fr", "sept millions d'euros", 7e6, "EUR"),
        ("ru", "1,5 млн долларов", 1.5e6, "USD"),
        ("zh", "百分之五十", 50, "%"),
        ("es", "treinta y cinco por ciento", 35, "%"),
        ("en", "40 kilometres", 40, "km"),
        ("zh", "在40 公里", 40, "km"),
        ("ar", "و40 كيلومتر", 40, "km"),
        ("es", "40 millones de euros", 4e7, "EUR"),
        ("tr", "40 milyon avroya", 4e7, "EUR"),
        ("en", "3 percentage points", 3, "pp"),
        ("fr", "3 points de pourcentage", 3, "pp"),
        ("zh", "3个百分点", 3, "pp"),
        ("ar", "اثنا عشر يوما في الميناء", 12, ""),
    ],
)
def test_the_unit_beside_a_number_is_read_with_it(
    language: str, text: str, value: float, unit: str
) -> None:
    (number,) = numbers(text, language)
    assert (number.value, number.unit) == (value, unit)
    assert number.whole.start <= number.start < number.end <= number.whole.end


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "about $15m now", "$15m"),
        ("es", "un 35 por ciento de", "35 por ciento"),
        ("zh", "有百分之15的人", "百分之15"),
        ("zh", "共3万吨粮", "3万吨"),
        ("ru", "весит 3 млн тонн.", "3 млн тонн"),
    ],
)
def test_where_a_number_stands_with_its_unit_is_known(language: str, text: str, whole: str) -> None:
    (number,) = numbers(text, language)
    assert text[number.whole.start : number.whole.end] == whole


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one of them"),
        ("en", "thousands of people"),
        ("en", "the G7 and an F-16"),
        ("en", "signed on 12.05.2022"),
        ("de", "ein Mann und eine Frau"),
        ("zh", "万一"),
        ("en", ""),
    ],
)
def test_what_is_not_reliably_a_number_is_left_out(language: str, text: str) -> None:
    assert numbers(text, language) == ()


def test_a_tie_of_words_does_not_join_two_numbers() -> None:
    assert values("between ten and fifteen", "en") == [10, 15]
    assert values("eighty and twenty", "en") == [80, 20]


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "uk", "de", "fr", "zh", "ar", "xx", ""]))
def test_any_text_is_read_and_every_number_stands_where_it_says(text: str, language: str) -> None:
    found = numbers(text, language)
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(min_value=2, max_value=10**12))
def test_grouped_digits_have_the_value_of_plain_ones(value: int) -> None:
    assert values(f"{value:,}", "en") == [value]
    assert values(f"{value:,}".replace(",", "\u00a0"), "ru") == [value]
    assert values(str(value), "de") == [value]


def test_a_very_long_line_takes_linear_time() -> None:
    assert len(numbers("1 " * 20_000, "en")) == 20_000
    assert numbers("hundert" * 20_000, "de") == ()


def test_which_time_it_was_is_no_number_of_times() -> None:
    assert values("第三次访问", "zh") == []
