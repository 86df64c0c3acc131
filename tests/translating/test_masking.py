"""What must not be translated comes back exactly as it was."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._masking import kept, mask, pieces, restore

TEXT = "Пишите @kremlin_press или press@news.example (https://news.example/a?b=1_2). #Мир"
ITEMS = ("@kremlin_press", "press@news.example", "https://news.example/a?b=1_2", "#Мир")


def test_handles_addresses_links_and_hashtags_are_kept() -> None:
    assert tuple(TEXT[start:end] for start, end in kept(TEXT)) == ITEMS


def test_a_mask_goes_on_and_comes_off() -> None:
    masked, items = mask(TEXT)
    assert items == ITEMS
    assert not any(item in masked for item in items)
    assert restore(masked, items) == TEXT


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
