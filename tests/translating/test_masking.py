"""What must not be translated comes back exactly as it was."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._masking import kept, mask, pieces, restore, with_numbers, written

TEXT = "Пишите @kremlin_press или press@news.example (https://news.example/a?b=1_2). #Мир"
ITEMS = ("@kremlin_press", "press@news.example", "https://news.example/a?b=1_2", "#Мир")


def test_handles_addresses_links_and_hashtags_are_kept() -> None:
    assert tuple(TEXT[start:end] for start, end in kept(TEXT)) == ITEMS


def test_a_mask_goes_on_and_comes_off() -> None:
    masked, items = mask(TEXT)
    assert items == ITEMS
    assert not any(item in masked for item in items)
    assert restore(masked, items) == TEXT


def test_numbers_are_kept_with_their_signs_and_written_as_english_does() -> None:
    text = "В @city_24 выросло на 12,5 % до 15 000 €."
    found = [text[start:end] for start, end in with_numbers(text, "ru")]
    assert found == ["@city_24", "12,5 %", "15 000 €"]
    assert [written(item, "ru", "en") for item in found] == ["@city_24", "12.5%", "15,000€"]
    assert [written(item, "ru", "de") for item in found] == found


@pytest.mark.parametrize("translated", ["gone", "XQ0 XQ0 XQ1 XQ2 XQ3", "XQ0 XQ1 XQ2"])
def test_a_lost_or_doubled_stand_in_is_noticed(translated: str) -> None:
    assert restore(translated, ITEMS) is None


def test_more_than_ten_items_keep_their_order() -> None:
    text = " ".join(f"@name{n}" for n in range(25))
    masked, items = mask(text)
    assert restore(masked, items) == text


@given(st.text(alphabet=st.sampled_from("a@#./:_ htpsw-"), max_size=60))
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text
    masked, items = mask(text)
    assert restore(masked, items) == text


@pytest.mark.parametrize("unit", ["a", "@", "a@", "a.", "#", "http://", "www.", "-"])
def test_a_long_line_of_anything_takes_time_in_proportion(unit: str) -> None:
    def spent(times: int) -> float:
        start = time.process_time()
        kept(unit * times)
        return time.process_time() - start

    assert spent(100_000) < 60 * (spent(10_000) + 0.005)
