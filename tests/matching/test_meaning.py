"""What texts mean beside each other, and what is left of them when words have met."""

from __future__ import annotations

import numpy as np
import pytest

from provenance.matching import directions, prepare
from provenance.matching._meaning import disparity, meant
from provenance.matching._prepare import about
from tests.matching.saying import compared


def features(one: str, other: str) -> dict[str, float]:
    return dict(compared(one, other).features)


def test_what_a_paraphrase_says_in_other_words_means_the_same() -> None:
    asked = "The minister stepped down after the inquiry."
    paraphrase = features(asked, "The minister resigned following the investigation.")
    other = features(asked, "The minister drank coffee beside the swimming pool.")
    assert paraphrase["rest"] > other["rest"] + 0.2


def test_of_a_text_word_for_word_nothing_is_left() -> None:
    found = features("The bridge was closed.", "The bridge was closed.")
    assert (found["rest"], found["rest_later"], found["rest_earlier"]) == (0, 0, 0)


def test_of_a_text_that_shares_nothing_all_is_left() -> None:
    words = about(prepare("Bakers sell bread.", "en").tokens)
    found = meant(words, words, ([1.0] * len(words), [1.0] * len(words)))
    assert found.alike == pytest.approx(found.rest) == pytest.approx(1.0)
    assert found.left == pytest.approx((1.0, 1.0))


def test_figures_alone_mean_nothing_and_their_overlap_stands_for_it() -> None:
    found = features("240 15", "Of 240 winters 15 were cold in the valley.")
    assert found["meaning"] == found["f1"]
    assert found["rest_later"] == found["rest_earlier"] == pytest.approx(1 - found["f1"])


def test_an_index_keeps_how_long_a_text_is() -> None:
    some = [
        "Bakers sell bread.",
        "Bakers sell bread. Bakers sell bread. Bread is what bakers sell.",
    ]
    short, long = directions([about(prepare(text, "en").tokens) for text in some])
    assert disparity(short, np.array([short, long])) == pytest.approx([0.0, 1.4], abs=0.2)


def test_a_length_that_is_not_known_stands_for_any() -> None:
    known = directions([about(prepare("Bakers sell bread.", "en").tokens)])
    assert disparity(known[0], np.zeros_like(known)).tolist() == [0.0]
    assert disparity(np.zeros_like(known[0]), known).tolist() == [0.0]


def test_capitals_say_nothing_where_all_is_written_in_them() -> None:
    asked, stored = "We will not close the old harbour", "We are ready to close the old harbour."
    assert compared(asked.upper(), stored).probability == compared(asked, stored).probability
