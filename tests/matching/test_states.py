"""A state goes by its name, its people's and its capital's, and by "we" when it speaks."""

import pytest

from provenance.matching import compare
from provenance.matching._senses import lexemes
from provenance.matching._states import WE, stands, state
from provenance.model import Rendering


def rendering(text: str, language: str = "en") -> Rendering:
    return Rendering(1, 1, text, language)


@pytest.mark.parametrize(
    ("word", "language", "code"),
    [
        ("Kremlin", "en", "ru"),
        ("Moscow", "en", "ru"),
        ("Британии", "ru", "gb"),
        ("Londres", "fr", "gb"),
        ("our", "en", WE),
        ("bridge", "en", ""),
        ("zzyx", "ru", ""),
    ],
)
def test_words_stand_for_states(word: str, language: str, code: str) -> None:
    assert state(lexemes(language)(word)) == code


def test_we_is_any_state_and_two_states_are_none() -> None:
    assert stands("ru", WE)
    assert stands("ru", "ru")
    assert not stands("ru", "ua")
    assert not stands("", WE)


def test_who_is_reported_no_longer_says_we() -> None:
    said = rendering("We will send forty engineers to rebuild the bridges.")
    sure = [
        compare(rendering(f"{who} will send engineers to rebuild the bridges"), said).probability
        for who in ("London", "Sheffield")
    ]
    assert sure[0] > sure[1]


def test_a_capital_is_no_other_states() -> None:
    said = rendering("Britain will send engineers.")
    pairs = compare(rendering("Moscow will send engineers."), said).alignment
    assert all(pair.from_span.start > 0 for pair in pairs)


def test_a_state_by_another_name_has_not_changed() -> None:
    said = rendering("We will send forty engineers to rebuild the bridges.")
    told = compare(rendering("London will send forty engineers to rebuild the bridges."), said)
    assert told.drift == ()
