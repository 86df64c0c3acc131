"""How times, probabilities and quotes are shown to a reporter."""

import pytest

from provenance.cli._paint import heading, percent, quoted, when
from provenance.model import Node


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


def test_a_long_quote_is_cut_at_a_word() -> None:
    shown = quoted("word " * 100).plain
    assert shown.endswith("word …”")
    assert len(shown) < 300


def test_stations_that_were_not_seen_say_so() -> None:
    assert "named, not stored" in heading(Node("named:tass", "named", outlet="TASS")).plain
    assert "inferred, not seen" in heading(Node("inferred:ru", "inferred")).plain
