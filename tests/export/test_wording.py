"""How times, probabilities and stations are put into words, wherever they are shown."""

import pytest

from provenance.export.wording import change, percent, standing, station, surely, when
from provenance.model import Drift, Hop, Node


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


def test_no_probability_is_shown_as_a_certainty() -> None:
    assert (percent(1.0), percent(0.0), percent(0.934)) == ("99 %", "1 %", "93 %")


@pytest.mark.parametrize(
    ("node", "called", "stands"),
    [
        (Node("named:tass", "named", outlet="TASS"), "TASS", "named, not stored"),
        (Node("inferred:ru", "inferred", language="ru"), "A text in Russian", "inferred, not seen"),
        (Node("inferred:", "inferred"), "An unknown source", "inferred, not seen"),
        (Node("q1", "stored", 1, 1, published="2026-03-02"), "An unknown source", "2 March 2026"),
        (Node("q0", "named", text="x", speaker="Ann"), "Ann", "not stored"),
    ],
)
def test_a_station_is_called_by_what_is_known_of_it(node: Node, called: str, stands: str) -> None:
    assert (station(node), standing(node)) == (called, stands)


def test_a_change_says_how_grave_it_is_and_whose_fault_it_may_be() -> None:
    told = change(Drift("negation", "serious", "", "not", "“not” is gone.", certain=False))
    assert told == "negation (serious): “not” is gone. — may be the translation's fault"


def test_a_person_is_told_from_an_inference() -> None:
    assert surely(Hop("q1", "q0", "copies", "match", 0.5)) == "50 % sure, by match"
    assert "by a reviewer" in surely(Hop("q1", "q0", "copies", "review", 0.99))
