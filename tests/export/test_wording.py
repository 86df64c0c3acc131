"""How times, probabilities and stations are put into words, wherever they are shown."""

import pytest

from provenance.export.wording import (
    after,
    change,
    coming,
    percent,
    standing,
    station,
    surely,
    when,
)
from provenance.model import Drift, Hop, Node, Origin


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-03-02T14:05:00+00:00", "2 March 2026, 14:05 UTC"),
        ("2026-03-02T17:05:00+03:00", "2 March 2026, 17:05 +03:00"),
        ("2026-03-02T17:05:00", "2 March 2026, 17:05"),
        ("2026-03-02", "2 March 2026"),
        ("2026-03", "2026-03"),
        ("", "date unknown"),
        ("last Tuesday\x1b[2J", "last Tuesday\\x1b[2J"),
    ],
)
def test_times_are_shown_as_precisely_as_they_are_known(published: str, shown: str) -> None:
    assert when(published) == shown


@pytest.mark.parametrize(
    ("hours", "first", "published", "told"),
    [
        (3.25, "2026-03-02T09:00Z", "2026-03-02T12:15Z", "+3 h 15 min"),
        (49, "2026-03-02T09:00Z", "2026-03-04T10:00Z", "+2 d 1 h"),
        (0.0, "2026-03-02T09:00Z", "2026-03-02T09:00Z", ""),
        (27, "2026-03-02T09:00Z", "2026-03-03", "about 1 day"),
        (3, "2026-03-02", "2026-03-02T15:00Z", "the same day"),
        (100, "2026-03-02", "2026-03", ""),
    ],
)
def test_no_time_is_counted_more_exactly_than_it_is_known(
    hours: float, first: str, published: str, told: str
) -> None:
    assert after(hours, first, published) == told


def test_how_likely_it_is_that_nothing_is_known_is_left_out() -> None:
    known = Origin("translated relay", "ru", ("TASS",), 0.85, ())
    told = ["translated relay", "85 %", "via TASS", "probably first in Russian"]
    assert coming(known, "en") == told
    assert coming(Origin("unknown", "und", (), 0.6, ()), "en") == ["unknown"]


def test_no_probability_is_shown_as_a_certainty() -> None:
    assert (percent(1.0), percent(0.0), percent(0.934)) == ("99 %", "1 %", "93 %")


@pytest.mark.parametrize(
    ("node", "called", "stands"),
    [
        (Node("named:tass", "named", outlet="TASS"), "TASS", "named, not stored"),
        (Node("inferred:ru", "inferred", language="ru"), "A text in Russian", "inferred, not seen"),
        (Node("inferred:", "inferred"), "An unknown source", "inferred, not seen"),
        (
            Node("q1", "stored", 1, 1, speaker="Ann", published="2026-03-02"),
            "quote 1 (outlet unknown)",  # and not Ann, whom it quotes
            "2 March 2026",
        ),
        (
            Node("q2", "stored", 2, 1, url="https://paper.example/1"),
            "paper.example",
            "date unknown",
        ),
        (Node("q0", "named", text="x", speaker="Ann"), "Ann", "not stored"),
    ],
)
def test_a_station_is_called_by_what_is_known_of_it(node: Node, called: str, stands: str) -> None:
    assert (station(node), standing(node)) == (called, stands)


def test_a_change_says_how_grave_it_is_and_where_to_look_if_it_is_not_sure() -> None:
    told = change(Drift("negation", "serious", "", "not", "“not” is gone.", certain=False))
    assert told == "negation (serious): “not” is gone. — uncertain, see the original"


def test_a_person_is_told_from_an_inference() -> None:
    assert surely(Hop("q1", "q0", "copies", "match", 0.5)) == "50 % sure, by match"
    assert "by a reviewer" in surely(Hop("q1", "q0", "copies", "review", 0.99))
