"""Stretches of a passage or its English that stand for nothing on the other side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._stretches import stretches

SOURCE = "Министр обещал врачам новые больницы, а учителям обещал новые школы и книги."
RIGHT = "The minister promised doctors new hospitals, and teachers new schools and books."


def test_a_stretch_left_out_is_lost_and_nothing_is_put_in() -> None:
    lost, put_in = stretches(SOURCE, "ru", "The minister promised doctors new hospitals.")
    assert lost > stretches(SOURCE, "ru", RIGHT)[0]
    assert put_in == 0


def test_a_stretch_put_in_is_told_where_nothing_is_lost() -> None:
    lost, put_in = stretches(SOURCE, "ru", f"{RIGHT} Cars and ships burned in the harbour.")
    assert lost == stretches(SOURCE, "ru", RIGHT)[0]
    assert put_in > 0.5


def test_words_that_mean_about_the_same_cover() -> None:
    source = "Врач купил машину."
    near = stretches(source, "ru", "The physician purchased an automobile.")
    far = stretches(source, "ru", "The fisherman burned a newspaper.")
    assert max(near) < min(far)


@pytest.mark.parametrize(("text", "language"), [("", "de"), ("Ministrul a spus asta.", "ro")])
def test_where_nothing_is_known_nothing_is_lost(text: str, language: str) -> None:
    assert stretches(text, language, "Forty cars will arrive.")[0] == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_stretch_of_no_less_than_nothing(text: str, english: str) -> None:
    assert min(stretches(text, "ru", english)) >= 0
