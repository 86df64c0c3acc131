"""How stations and quotes are shown to a reporter."""

from provenance.cli._paint import heading, quoted
from provenance.model import Node


def test_a_long_quote_is_cut_at_a_word() -> None:
    shown = quoted("word " * 100).plain
    assert shown.endswith("word …”")
    assert len(shown) < 300


def test_stations_that_were_not_seen_say_so() -> None:
    assert "named, not stored" in heading(Node("named:tass", "named", outlet="TASS")).plain
    assert "inferred, not seen" in heading(Node("inferred:ru", "inferred")).plain
