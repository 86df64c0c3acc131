"""What must not be translated comes back exactly as it was."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._held import addresses, held
from provenance.translating._masking import mask, pieces, restore
from tests.proportion import grows_in_proportion

TEXT = "Пишите @kremlin_press или press@news.example (https://news.example/a?b=1_2). #Мир"
ITEMS = ["@kremlin_press", "press@news.example", "https://news.example/a?b=1_2", "#Мир"]
KNOWN = {"Кир Стармер": "Keir Starmer", "Владимир Путин": "Vladimir Putin"}


def put(text: str, language: str, target: str = "en", **names: str) -> list[tuple[str, str]]:
    """What is held of a text, and what is put back for it."""
    return [(text[h.start : h.end], h.put) for h in held(text, language, target, names or KNOWN)]


def test_handles_addresses_links_and_hashtags_are_put_back_to_the_letter() -> None:
    assert [item.put for item in addresses(TEXT)] == ITEMS
    assert put(TEXT, "ru") == [(item, item) for item in ITEMS]


def test_a_mask_goes_on_and_comes_off() -> None:
    masked = mask(TEXT, addresses(TEXT))
    assert not any(item in masked for item in ITEMS)
    assert restore(masked, addresses(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ru", "на 12,5 % до 15 000 €", [("12,5 %", "12.5%"), ("15 000 €", "15,000 euros")]),
        ("ru", "3 млн тонн за $40", [("3 млн тонн", "3 million tonnes"), ("$40", "$40")]),
        ("ru", "1 час и 20 °C", [("1 час", "1 hour"), ("20 °C", "20°C")]),
        ("ru", "5 мая 2019 года", [("5", "5"), ("2019", "2019")]),
        ("ru", "в 9:30 12.05.2022", [("9:30", "9:30"), ("12.05.2022", "12.05.2022")]),
        ("de", "3,5 Millionen Dollar", [("3,5 Millionen Dollar", "3.5 million dollars")]),
        ("tr", "3 bin kilometre", [("3 bin kilometre", "3,000 km")]),
        ("zh", "运来30万吨，百分之15", [("30万吨", "300,000 tonnes"), ("百分之15", "15%")]),
        ("zh", "5月9日，70 公里", [("9", "9"), ("70 公里", "70 km")]),
        ("ar", "نحو ١٢٪ و15 كيلومتر", [("١٢٪", "12%"), ("15 كيلومتر", "15 km")]),
    ],
)
def test_a_number_is_held_with_its_unit_and_written_as_english_does(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert put(text, language) == found


def test_into_another_language_a_number_stays_as_it_is_written() -> None:
    assert put("на 12,5 % до 15 000 км", "ru", "de") == [("12,5 %", "12,5 %"), ("15 000", "15 000")]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ru", "По словам Кира Стармера,", [("Кира Стармера", "Keir Starmer")]),
        ("ru", "Вчера Путину и РИА Новости", [("Путину", "Putin"), ("РИА Новости", "RIA Novosti")]),
        ("ru", "Путиловский завод на стармерке", []),
        ("ru", "", []),
    ],
)
def test_a_known_name_is_held_in_every_case_and_written_as_it_is_known(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert put(text, language) == found


def test_a_known_name_is_found_where_words_touch() -> None:
    assert put("基尔·斯塔默说，斯塔默", "zh", **{"基尔·斯塔默": "Keir Starmer"}) == [
        ("基尔·斯塔默", "Keir Starmer"),
        ("斯塔默", "Starmer"),
    ]
    assert put("وقال وبوتين", "ar", **{"فلاديمير بوتين": "Vladimir Putin"}) == [("بوتين", "Putin")]


def test_a_stand_in_is_a_word_of_its_own() -> None:
    text = "路透社说，共30万吨。"
    assert mask(text, held(text, "zh", "en")) == "XQ0 说，共 XQ1。"


@pytest.mark.parametrize(
    "translated", ["gone", "XQ0 XQ0 XQ1 XQ2 XQ3", "XQ0 XQ1 XQ2", "XQ0 XQ1 XQ2 XQ3 XQ5"]
)
def test_a_stand_in_that_is_lost_doubled_or_made_up_is_noticed(translated: str) -> None:
    assert restore(translated, addresses(TEXT)) is None


def test_more_than_ten_items_keep_their_order() -> None:
    text = " ".join(f"@name{n}" for n in range(25))
    assert restore(mask(text, addresses(text)), addresses(text)) == text


@given(st.text(alphabet=st.sampled_from("a@#./:_ htpsw-"), max_size=60))
def test_pieces_put_together_are_the_text(text: str) -> None:
    found = addresses(text)
    assert "".join(piece for piece, _ in pieces(text, found)) == text
    restored = restore(mask(text, found), found)
    assert restored is not None
    assert restored.replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=80), st.sampled_from(["ru", "de", "zh", "ar", "tr", "xx"]))
def test_what_is_held_is_in_order_and_never_overlaps(text: str, language: str) -> None:
    found = held(text, language, "en", KNOWN)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["a", "@", "a@", "a.", "#", "http://", "www.", "-", "1 ", "Ab "])
def test_a_long_line_of_anything_takes_time_in_proportion(unit: str) -> None:
    assert grows_in_proportion(lambda times: held(unit * times, "ru", "en", KNOWN), 5_000)
