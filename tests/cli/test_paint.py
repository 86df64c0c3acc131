"""How stations and quotes are shown to a reporter."""

import io

from rich.console import Console

from provenance.cli._paint import heading, quoted
from provenance.cli._tree import trees
from provenance.model import Chain, Hop, Node


def test_a_long_quote_is_cut_at_a_word() -> None:
    shown = quoted("word " * 100).plain
    assert shown.endswith("word …”")
    assert len(shown) < 300


def test_stations_that_were_not_seen_say_so() -> None:
    assert "named, not stored" in heading(Node("named:tass", "named", outlet="TASS")).plain
    assert "inferred, not seen" in heading(Node("inferred:ru", "inferred")).plain


def test_what_came_from_one_text_stands_in_order_of_time() -> None:
    dated = {"q3": "2026-03-02T12:30+08:00", "q2": "2026-03-02T10:00Z", "q4": ""}  # 04:30, 10:00
    nodes = [Node("q1", "stored", 1, outlet="Office", text="It opens.")]
    nodes += [Node(name, "stored", outlet=name, published=at) for name, at in dated.items()]
    hops = tuple(Hop(name, "q1", "copies", "match", 0.9) for name in ("q4", "q2", "q3"))
    (tree,) = trees(Chain(1, tuple(nodes), hops, ()), {})
    printed = io.StringIO()
    Console(file=printed, width=100).print(tree)
    shown = printed.getvalue()
    assert shown.index("q3") < shown.index("q2") < shown.index("q4")
